import {
  cosineSchedule,
  type Guidance,
  MixtureDiffusion,
  type NoiseSchedule,
  stableDiffusionSchedule,
} from '@laurel/core/env';
import { fkSteer, type Potential, survivingAncestors } from '@laurel/core/search';
import { mean, medianDistance, Random, squaredMmd } from '@laurel/core/stats';
import { modeOf, type World } from './world.ts';

export const noises = ['stable-diffusion', 'cosine'] as const;
export type Noise = (typeof noises)[number];

/** Transitions, and how many lie between two looks, as in the authors' image runs: after 20, 40, 60, 80, and at the end. */
export const steps = 100;
export const usual = 20;

export function noiseSchedule(noise: Noise): NoiseSchedule {
  return noise === 'cosine' ? cosineSchedule(steps) : stableDiffusionSchedule(steps);
}

/** What is steered, how hard, and with how many particles. */
export interface Setting {
  /** What figures call it. */
  arm: string;
  potential: Potential;
  lambda: number;
  particles: number;
  /** The number of particles that figures and verdicts file it under: for best-of-n at equal cost, that of the rival. */
  k: number;
  /** Transitions between two looks; divides 100. */
  every: number;
}

/** Means over the runs of a setting. */
export interface Row extends Setting {
  /** Squared MMD (unbiased) of one sample a run to the exact target: a particle drawn at random, or the best of n. */
  mmd: number;
  /** Reward of a particle of the final population, and of the best one. */
  meanReward: number;
  bestReward: number;
  /** Share of runs whose best particle succeeds. */
  success: number;
  /** Distinct modes among the particles of the final population. */
  modes: number;
  /** Distinct first ancestors after each look. */
  ancestors: number[];
}

/** The ruler that all arms of a world and strength are measured with. */
export interface Ruler {
  target: Float64Array;
  bandwidth: number;
}

/** Exact samples of the target, and the median distance among samples of target and base model together. */
export function makeRuler(world: World, lambda: number, count: number, seed: number): Ruler {
  const rng = new Random(seed, 'fk-steering', 'target', lambda);
  const target = world.target(lambda, count, rng);
  const half = Math.min(count, 400);
  const pooled = new Float64Array(4 * half);
  pooled.set(target.subarray(0, 2 * half));
  pooled.set(world.target(0, half, rng), 2 * half);
  return { target, bandwidth: medianDistance(pooled, 2) };
}

/** The model that a setting steers. */
export interface Model {
  world: World;
  noise: Noise;
  guidance?: Guidance;
}

/**
 * Runs a setting many times. Transitions between two looks are merged into one: the exact kernel gives the particles the
 * same joint distribution at the looks, whatever the number of transitions between. Guidance needs them all.
 */
export async function measure(
  { world, noise, guidance }: Model,
  setting: Setting,
  ruler: Ruler,
  { runs, seed, signal }: { runs: number; seed: number; signal: AbortSignal },
): Promise<Row> {
  const { arm, potential, lambda, particles, every } = setting;
  const looksAhead = potential !== 'importance' && potential !== 'best-of-n';
  const between = guidance ? 1 : looksAhead ? every : steps;
  const schedule = noiseSchedule(noise).filter((_, t) => t % between === 0);
  const model = new MixtureDiffusion(world.mixture, schedule, guidance ? { guidance } : {});
  const picks = new Random(seed, 'fk-steering', 'picks', arm, lambda, particles, every);
  const points = new Float64Array(2 * runs);
  const ancestors: number[] = [];
  const total = { meanReward: 0, bestReward: 0, success: 0, modes: 0 };
  for (let run = 0; run < runs; run++) {
    const out = await fkSteer(model, (xs) => xs.map(world.reward), {
      particles,
      lambda,
      potential,
      schedule: { every: 1 },
      seed: `${seed} ${arm} ${lambda} ${particles} ${every} ${run}`,
      signal,
    });
    points.set(potential === 'best-of-n' ? out.best : picks.pick(out.particles), 2 * run);
    total.meanReward += mean(out.rewards);
    total.bestReward += out.bestReward;
    total.success += Number(world.succeeds(out.best));
    total.modes += new Set(out.particles.map(modeOf)).size;
    survivingAncestors(out.checkpoints).forEach((count, i) => {
      ancestors[i] = (ancestors[i] ?? 0) + count / runs;
    });
  }
  return {
    ...setting,
    mmd: squaredMmd(points, ruler.target, { dimension: 2, bandwidth: ruler.bandwidth }),
    meanReward: total.meanReward / runs,
    bestReward: total.bestReward / runs,
    success: total.success / runs,
    modes: total.modes / runs,
    ancestors,
  };
}
