import type { Random } from '../stats/index.ts';

/** A value, or the promise of one. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A sampler that goes from x_T (nothing known yet) to x_0 (a finished sample) in T random transitions: a diffusion
 * model, a masked text model, or a language model whose transition appends a reasoning step. It moves a whole
 * population at once, so that a model can batch. Samples are treated as values: `advance` returns new ones, since
 * resampling makes several particles share one. The transitions must be random, or copies stay copies.
 */
export interface StochasticSampler<X> {
  /** T, the number of transitions. */
  readonly steps: number;
  /** Independent draws of x_T. */
  init(count: number, rng: Random): Awaitable<readonly X[]>;
  /**
   * Takes each particle from x_from to x_to, from > to >= 0. A sampler that does not propose from its own model adds
   * log p(x_t | x_t+1) - log proposal(x_t | x_t+1) of every transition to the particle's entry of `logWeights`.
   */
  advance(
    particles: readonly X[],
    from: number,
    to: number,
    rng: Random,
    logWeights: Float64Array,
  ): Awaitable<readonly X[]>;
  /** The guess of each finished sample: a diffusion model's denoised mean. */
  predict?(particles: readonly X[], t: number): Awaitable<readonly X[]>;
  /** `count` draws of the finished sample of each particle, those of one particle after those of the other. */
  complete?(particles: readonly X[], t: number, count: number, rng: Random): Awaitable<readonly X[]>;
}

/** A sampler of one particle at a time, one transition at a time. */
export interface StepSampler<X> {
  readonly steps: number;
  /** A draw of x_T. */
  init(rng: Random): X;
  /** A draw of x_t given x_t+1, as a new value. */
  step(x: X, t: number, rng: Random): X;
  /** log p(x_t | x_t+1) - log proposal(x_t | x_t+1), where `step` does not propose from the model itself. */
  logRatio?(x: X, previous: X, t: number): number;
  predict?(x: X, t: number): X;
  /** A draw of the finished sample. */
  complete?(x: X, t: number, rng: Random): X;
}

/**
 * Makes a population's sampler of one that moves a single particle by a single step.
 *
 * @example
 * const walk = stepwise({ steps: 8, init: () => 0, step: (x, _t, rng) => x + (rng.bool() ? 1 : -1) });
 */
export function stepwise<X>(single: StepSampler<X>): StochasticSampler<X> {
  const { predict, complete } = single;
  return {
    steps: single.steps,
    init: (count, rng) => Array.from({ length: count }, () => single.init(rng)),
    advance: (particles, from, to, rng, logWeights) =>
      particles.map((start, i) => {
        let x = start;
        for (let t = from - 1; t >= to; t--) {
          const next = single.step(x, t, rng);
          if (single.logRatio) logWeights[i] += single.logRatio(next, x, t);
          x = next;
        }
        return x;
      }),
    ...(predict && { predict: (particles, t) => particles.map((x) => predict.call(single, x, t)) }),
    ...(complete && {
      complete: (particles, t, count, rng) =>
        particles.flatMap((x) => Array.from({ length: count }, () => complete.call(single, x, t, rng))),
    }),
  };
}
