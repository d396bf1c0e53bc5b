import type { Random } from '../stats/index.ts';

/**
 * How a population is redrawn in proportion to its weights. All leave the expected number of copies of particle i at
 * n w_i; `systematic` and `residual` keep the number itself close to it (Douc, Cappé & Moulines 2005,
 * arXiv cs/0507025), so that equal weights leave the population as it is.
 */
export type Resampler = 'systematic' | 'multinomial' | 'residual';

/**
 * Weights that sum to one, from log-weights, without overflow.
 *
 * @param logWeights finite or -Infinity, at least one finite
 * @returns the weights, and the log of the mean of exp(logWeights)
 * @throws RangeError when a log-weight is NaN or +Infinity, or none is finite
 * @example
 * normaliseLogWeights([0, Math.log(3)]); // { weights: [0.25, 0.75], logMean: log(2) }
 */
export function normaliseLogWeights(logWeights: ArrayLike<number>): { weights: Float64Array; logMean: number } {
  let largest = -Infinity;
  for (let i = 0; i < logWeights.length; i++) {
    if (Number.isNaN(logWeights[i])) throw new RangeError(`logWeights[${i}] must be a number, got NaN`);
    largest = Math.max(largest, logWeights[i]);
  }
  if (!Number.isFinite(largest)) throw new RangeError(`logWeights must have a finite largest value, got ${largest}`);
  const weights = new Float64Array(logWeights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp(logWeights[i] - largest);
    total += weights[i];
  }
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
  return { weights, logMean: largest + Math.log(total / weights.length) };
}

/**
 * Effective sample size of normalised weights, 1 / sum w² (Kong, Liu & Wong 1994): from 1 (one has all) to n (equal).
 *
 * @example
 * effectiveSampleSize([0.5, 0.5, 0, 0]); // 2
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < weights.length; i++) squares += weights[i] * weights[i];
  return 1 / squares;
}

/**
 * Draws the parents of the next population.
 *
 * @param weights normalised, as `normaliseLogWeights` gives them
 * @returns n indices of parents in ascending order: draw a particle at random where one is wanted, not the first
 * @throws RangeError for weights that are empty, negative or do not sum to one
 * @example
 * resample([0.5, 0, 0.5, 0], 'systematic', rng); // [0, 0, 2, 2]
 */
export function resample(weights: ArrayLike<number>, resampler: Resampler, rng: Random): Int32Array {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(weights[i] >= 0)) throw new RangeError(`weights[${i}] must be at least 0, got ${weights[i]}`);
    total += weights[i];
  }
  if (!(Math.abs(total - 1) < 1e-9)) throw new RangeError(`weights must sum to 1, got ${total}`);
  const parents = new Int32Array(n);
  if (resampler === 'residual') {
    const rest = Float64Array.from(weights, (w) => n * w);
    let filled = 0;
    for (let i = 0; i < n; i++) {
      // A product that rounding left just under a whole number counts as that number.
      const copies = Math.floor(rest[i] + 1e-9);
      parents.fill(i, filled, filled + copies);
      filled += copies;
      rest[i] = Math.max(0, rest[i] - copies);
    }
    pickByPoints(rest, sortedUniforms(n - filled, rng), parents, filled);
    return parents.sort();
  }
  const points = resampler === 'multinomial' ? sortedUniforms(n, rng) : evenPoints(n, rng);
  pickByPoints(weights, points, parents, 0);
  return parents;
}

/** What each new particle takes over from its parent: values[parents[i]]. */
export function gather(values: Float64Array, parents: Int32Array): Float64Array {
  const gathered = new Float64Array(parents.length);
  for (let i = 0; i < gathered.length; i++) gathered[i] = values[parents[i]];
  return gathered;
}

/** (i + u) / n with one common u: stratified points of systematic resampling. */
function evenPoints(n: number, rng: Random): Float64Array {
  const u = rng.uniform();
  const points = new Float64Array(n);
  for (let i = 0; i < n; i++) points[i] = (i + u) / n;
  return points;
}

/** n independent uniforms in ascending order. */
function sortedUniforms(n: number, rng: Random): Float64Array {
  const points = new Float64Array(n);
  for (let i = 0; i < n; i++) points[i] = rng.uniform();
  return points.sort();
}

/** Inverts the cumulative weights at ascending points of [0, 1), writing into `parents` from `start` on. */
function pickByPoints(weights: ArrayLike<number>, points: Float64Array, parents: Int32Array, start: number): void {
  if (points.length === 0) return;
  let total = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i];
    if (weights[i] > 0) last = i;
  }
  let i = 0;
  let reached = weights[0];
  for (let p = 0; p < points.length; p++) {
    // `last` guards against points that rounding puts beyond the sum of all weights.
    while (reached <= points[p] * total && i < last) reached += weights[++i];
    parents[start + p] = i;
  }
}
