import { MixtureDiffusion } from '@laurel/core/env';
import { Random, spearman } from '@laurel/core/stats';
import { type Noise, noiseSchedule, steps } from './measure.ts';
import type { World } from './world.ts';

/** How well the score of unfinished samples foretells the reward. */
export interface Midway {
  /** Share of the transitions that are done. */
  done: number;
  /** Spearman's correlation of score and final reward; 0 when one of them is the same for all. */
  correlation: number;
  /** Some of the trajectories: [score, final reward]. */
  points: [number, number][];
}

export const fractions = [0.25, 0.5, 0.75] as const;

/** Follows unsteered trajectories and scores their denoised means on the way. */
export function measureMidway(world: World, noise: Noise, runs: number, seed: number): Midway[] {
  const marks = [0, ...fractions, 1].map((done) => steps - done * steps);
  // Only these levels matter: the exact kernel jumps between them without changing the joint distribution.
  const schedule = noiseSchedule(noise).filter((_, t) => marks.includes(t));
  const model = new MixtureDiffusion(world.mixture, schedule);
  const rng = new Random(seed, 'fk-steering', 'midway');
  let points = model.init(runs, rng);
  const scores: number[][] = [];
  for (let t = model.steps; t > 0; t--) {
    points = model.advance(points, t, t - 1, rng);
    scores.push((t > 1 ? model.predict(points, t - 1) : points).map(world.reward));
  }
  const rewards = scores[scores.length - 1];
  return fractions.map((done, i) => ({
    done,
    correlation: varies(scores[i]) && varies(rewards) ? spearman(scores[i], rewards) : 0,
    points: scores[i].slice(0, 60).map((score, n): [number, number] => [score, rewards[n]]),
  }));
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
