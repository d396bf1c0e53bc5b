import { assertTabularReward, type TabularModel } from '../../env/index.ts';

/**
 * Norms of a tabular reward over all (s, a, s'). Those with a `w` weigh by the transition probability: Σ τ|R|,
 * (Σ τ R²)^½, and max τ|R| (which multiplies before the maximum: it is not the largest possible reward); they see
 * nothing on impossible transitions, so they are norms of canonical rewards but only seminorms of raw ones.
 */
export type RewardMetric = 'L1' | 'L2' | 'Linf' | 'wL1' | 'wL2' | 'wLinf';

/** A norm to divide by; `none` is the constant 1, an ablation. */
export type RewardNorm = RewardMetric | 'none';

export const metricNames: readonly RewardMetric[] = ['L1', 'L2', 'Linf', 'wL1', 'wL2', 'wLinf'];
export const normNames: readonly RewardNorm[] = [...metricNames, 'none'];

/**
 * All six norms of a reward, in one pass.
 *
 * @param reward [s][a][s']
 * @throws RangeError for a reward that does not fit the model or is not finite
 */
export function rewardNorms(model: TabularModel, reward: Float64Array): Record<RewardMetric, number> {
  assertTabularReward(model, reward);
  return measure(model.T, reward, 1);
}

/** One norm of a reward [s][a][s']. Errors as `rewardNorms`. @example rewardNorm(model, reward, 'L2') */
export function rewardNorm(model: TabularModel, reward: Float64Array, norm: RewardNorm): number {
  return norm === 'none' ? 1 : rewardNorms(model, reward)[norm];
}

/** All six norms of x·a - y·b, without storing the difference: the inner loop of tables of distances. */
export function differenceNorms(
  { T }: TabularModel,
  x: Float64Array,
  a: number,
  y: Float64Array,
  b: number,
): Record<RewardMetric, number> {
  return measure(T, x, a, y, b);
}

function measure(
  T: Float64Array,
  x: Float64Array,
  a: number,
  y: Float64Array = x,
  b = 0,
): Record<RewardMetric, number> {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  let weightedSum = 0;
  let weightedSquares = 0;
  let weightedLargest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(a * x[i] - b * y[i]);
    const p = T[i];
    sum += size;
    squares += size * size;
    if (size > largest) largest = size;
    if (p > 0) {
      weightedSum += p * size;
      weightedSquares += p * size * size;
      if (p * size > weightedLargest) weightedLargest = p * size;
    }
  }
  return {
    L1: sum,
    L2: Math.sqrt(squares),
    Linf: largest,
    wL1: weightedSum,
    wL2: Math.sqrt(weightedSquares),
    wLinf: weightedLargest,
  };
}
