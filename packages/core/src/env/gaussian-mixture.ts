import type { Random } from '../stats/index.ts';

/** A mixture of round Gaussians, for which nearly everything is known in closed form. */
export interface GaussianMixture {
  readonly dimension: number;
  /** Weights of the components; they sum to one. */
  readonly weights: Float64Array;
  /** Means, component by component. */
  readonly means: Float64Array;
  /** Variance of each component in every direction. */
  readonly variances: Float64Array;
}

/**
 * Declares a mixture; the weights are scaled to sum to one.
 *
 * @param means components x dimension, row by row
 * @param variances one a component, or one for all
 * @throws RangeError for lengths that do not fit, a weight below 0, all weights 0, a variance that is not positive
 * @example
 * const two = gaussianMixture({ dimension: 1, weights: [1, 3], means: [-1, 1], variances: 0.04 });
 */
export function gaussianMixture({
  dimension,
  weights,
  means,
  variances,
}: {
  dimension: number;
  weights: ArrayLike<number>;
  means: ArrayLike<number>;
  variances: ArrayLike<number> | number;
}): GaussianMixture {
  const n = weights.length;
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(`dimension must be a positive whole number, got ${dimension}`);
  }
  if (means.length !== n * dimension) {
    throw new RangeError(`means must hold ${n} x ${dimension} numbers, got ${means.length}`);
  }
  const spread = typeof variances === 'number' ? new Float64Array(n).fill(variances) : new Float64Array(variances);
  if (spread.length !== n) throw new RangeError(`variances must hold ${n} numbers, got ${spread.length}`);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(weights[i] >= 0)) throw new RangeError(`weights[${i}] must be at least 0, got ${weights[i]}`);
    if (!(spread[i] > 0)) throw new RangeError(`variances[${i}] must be positive, got ${spread[i]}`);
    total += weights[i];
  }
  if (!(total > 0 && total < Infinity)) throw new RangeError(`weights must have a positive finite sum, got ${total}`);
  return {
    dimension,
    weights: new Float64Array(weights).map((w) => w / total),
    means: new Float64Array(means),
    variances: spread,
  };
}

/**
 * Log-density at a point. Throws RangeError for a point of another dimension.
 *
 * @example
 * mixtureLogDensity(gaussianMixture({ dimension: 1, weights: [1], means: [0], variances: 1 }), [0]); // -0.919
 */
export function mixtureLogDensity(mixture: GaussianMixture, x: ArrayLike<number>): number {
  assertPoint(mixture, x);
  const { dimension, variances } = mixture;
  const logs = variances.map((v, i) => logWeighted(mixture, i, x) - (dimension / 2) * Math.log(2 * Math.PI * v));
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return largest + Math.log(logs.reduce((sum, l) => sum + Math.exp(l - largest), 0));
}

/** Gradient of the log-density at a point: the score. Errors as `mixtureLogDensity`. @example mixtureScore(standard, [2]) // [-2] */
export function mixtureScore(mixture: GaussianMixture, x: ArrayLike<number>): Float64Array {
  assertPoint(mixture, x);
  const { dimension, means, variances } = mixture;
  const logs = variances.map((v, i) => logWeighted(mixture, i, x) - (dimension / 2) * Math.log(v));
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const score = new Float64Array(dimension);
  let total = 0;
  logs.forEach((l, i) => {
    const share = Math.exp(l - largest);
    total += share;
    for (let d = 0; d < dimension; d++) score[d] += (share * (means[i * dimension + d] - x[d])) / variances[i];
  });
  return score.map((value) => value / total);
}

/** Independent draws, row by row. @example mixtureSample(mixture, 100, new Random(0)) */
export function mixtureSample(mixture: GaussianMixture, count: number, rng: Random): Float64Array {
  const { dimension, weights, means, variances } = mixture;
  const points = new Float64Array(count * dimension);
  for (let n = 0; n < count; n++) {
    const i = rng.categorical(weights);
    const deviation = Math.sqrt(variances[i]);
    for (let d = 0; d < dimension; d++) points[n * dimension + d] = means[i * dimension + d] + deviation * rng.normal();
  }
  return points;
}

/**
 * The distribution of sqrt(a) x + sqrt(1 - a) noise for x from the mixture: what a diffusion model sees at a_t = a.
 * Throws RangeError for an a outside [0, 1].
 *
 * @example
 * diffuseMixture(mixture, 0.25).means; // half as far out
 */
export function diffuseMixture({ dimension, weights, means, variances }: GaussianMixture, a: number): GaussianMixture {
  if (!(a >= 0 && a <= 1)) throw new RangeError(`a must lie in [0, 1], got ${a}`);
  const root = Math.sqrt(a);
  return { dimension, weights, means: means.map((m) => root * m), variances: variances.map((v) => a * v + (1 - a)) };
}

/**
 * The mixture tilted by exp(-precision |x - centre|² / 2), which is a mixture again: each component is a product of two
 * Gaussians. With precision lambda / s² it is the target of a quadratic reward -|x - centre|² / (2 s²) at strength
 * lambda.
 *
 * @returns the tilted mixture, and the log of the mean of the tilt under the old one
 * @throws RangeError for a precision below 0 or a centre of another dimension
 * @example
 * const target = tiltMixture(mixture, { centre: [2, 2], precision: lambda / s ** 2 }).mixture;
 */
export function tiltMixture(
  mixture: GaussianMixture,
  { centre, precision }: { centre: ArrayLike<number>; precision: number },
): { mixture: GaussianMixture; logNormaliser: number } {
  assertPoint(mixture, centre);
  if (!(precision >= 0 && precision < Infinity)) {
    throw new RangeError(`precision must be at least 0 and finite, got ${precision}`);
  }
  const { dimension, weights, means, variances } = mixture;
  const shrink = variances.map((v) => 1 / (1 + v * precision));
  const logs = weights.map((w, i) => {
    const exponent = -0.5 * precision * shrink[i] * squaredDistance(mixture, i, centre);
    return Math.log(w) + (dimension / 2) * Math.log(shrink[i]) + exponent;
  });
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const shares = logs.map((l) => Math.exp(l - largest));
  const total = shares.reduce((sum, s) => sum + s, 0);
  const tilted = gaussianMixture({
    dimension,
    weights: shares,
    means: means.map((m, at) => {
      const i = Math.floor(at / dimension);
      return shrink[i] * (m + variances[i] * precision * centre[at % dimension]);
    }),
    variances: variances.map((v, i) => v * shrink[i]),
  });
  return { mixture: tilted, logNormaliser: largest + Math.log(total) };
}

function squaredDistance({ dimension, means }: GaussianMixture, i: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let d = 0; d < dimension; d++) sum += (x[d] - means[i * dimension + d]) ** 2;
  return sum;
}

/** Log of a component's weight times its bell, without the normaliser. */
function logWeighted(mixture: GaussianMixture, i: number, x: ArrayLike<number>): number {
  return Math.log(mixture.weights[i]) - squaredDistance(mixture, i, x) / (2 * mixture.variances[i]);
}

function assertPoint({ dimension }: GaussianMixture, x: ArrayLike<number>): void {
  if (x.length !== dimension) throw new RangeError(`the point must have ${dimension} coordinates, got ${x.length}`);
}
