import { type GaussianMixture, gaussianMixture, mixtureSample, tiltMixture } from '@laurel/core/env';
import { Random } from '@laurel/core/stats';

/**
 * The three tasks. `corner`: a smooth reward that pulls to a corner of the grid which the base model visits at most once in
 * fifty samples. `checkerboard`: a reward without a gradient. `absent`: as `corner`, with that corner's mode taken out
 * of the base model: what is never proposed.
 */
export const tasks = ['corner', 'checkerboard', 'absent'] as const;
export type Task = (typeof tasks)[number];

export interface World {
  mixture: GaussianMixture;
  /** The corner that the quadratic reward pulls to. */
  corner: readonly [number, number];
  reward(x: Float64Array): number;
  /** Gradient of the quadratic reward. */
  gradient(x: Float64Array, out: Float64Array): void;
  /** Whether a sample has what the reward is after: it lies in the corner's mode, or on a rewarded cell. */
  succeeds(x: Float64Array): boolean;
  /** Draws from the mixture tilted by exp(lambda reward), row by row. */
  target(lambda: number, count: number, rng: Random): Float64Array;
}

const side = [-2, -1, 0, 1, 2];
const centres = side.flatMap((a) => side.map((b): readonly [number, number] => [a, b]));
const deviation = 0.12;
/** Width s of the quadratic reward -|x - corner|² / (2 s²). */
const width = 0.6;
/** Three standard deviations: 98.9% of a mode, and more than five from the middle of any other. */
const reach = 3 * deviation;

/** A world of 25 modes on a 5 x 5 grid with Dirichlet(1) weights, redrawn until the lightest corner has at most 2%. */
export function makeWorld(task: Task, seed: number): World {
  const rng = new Random(seed, 'fk-steering', 'world');
  const corners = [...centres.keys()].filter((i) => centres[i].every((c) => Math.abs(c) === 2));
  let weights: Float64Array;
  let lightest: number;
  do {
    weights = rng.dirichlet(centres.length);
    lightest = corners.reduce((best, i) => (weights[i] < weights[best] ? i : best));
  } while (weights[lightest] > 0.02);
  const corner = centres[lightest];
  if (task === 'absent') weights[lightest] = 0;
  const mixture = gaussianMixture({ dimension: 2, weights, means: centres.flat(), variances: deviation ** 2 });
  const square = (x: Float64Array) => (x[0] - corner[0]) ** 2 + (x[1] - corner[1]) ** 2;
  if (task === 'checkerboard') {
    const even = (x: ArrayLike<number>) => (Math.round(x[0]) + Math.round(x[1])) % 2 === 0;
    return {
      mixture,
      corner,
      reward: (x) => (even(x) ? 1 : 0),
      gradient: (_x, out) => out.fill(0),
      succeeds: even,
      target: (lambda, count, draws) => rejectOdd(mixture, even, lambda, count, draws),
    };
  }
  return {
    mixture,
    corner,
    reward: (x) => -square(x) / (2 * width ** 2),
    gradient: (x, out) => {
      out[0] = (corner[0] - x[0]) / width ** 2;
      out[1] = (corner[1] - x[1]) / width ** 2;
    },
    succeeds: (x) => square(x) < reach ** 2,
    target: (lambda, count, draws) =>
      mixtureSample(tiltMixture(mixture, { centre: corner, precision: lambda / width ** 2 }).mixture, count, draws),
  };
}

/** The mode that a point belongs to, as an index into the grid. */
export function modeOf(x: Float64Array): number {
  const cell = (c: number) => Math.min(2, Math.max(-2, Math.round(c))) + 2;
  return 5 * cell(x[0]) + cell(x[1]);
}

/** Rejection: a sample off the rewarded cells is kept with probability exp(-lambda). */
function rejectOdd(
  mixture: GaussianMixture,
  even: (x: ArrayLike<number>) => boolean,
  lambda: number,
  count: number,
  rng: Random,
): Float64Array {
  const kept = new Float64Array(2 * count);
  for (let n = 0; n < count; ) {
    const x = mixtureSample(mixture, 1, rng);
    if (even(x) || rng.bool(Math.exp(-lambda))) kept.set(x, 2 * n++);
  }
  return kept;
}
