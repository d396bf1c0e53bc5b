import { quantile } from '../stats/index.ts';
import { assertSteps, type StepSpan, stepRewardsToTokens } from './step-tokens.ts';

export interface ClipDeltaOptions {
  /** η, the threshold of clipping, in units of score. */
  eta: number;
  /** Clip; true unless told. */
  clip?: boolean;
  /** Take differences, of the clipped scores if they are clipped; true unless told. */
  delta?: boolean;
}

/**
 * PR-Clip (Gao et al. 2024, arXiv 2410.15115): step scores turned into penalties, min(g_k - η, 0). No response collects
 * more than nothing, however many steps it adds; and all scores from η on count the same.
 *
 * @param g one score a step, usually in [0, 1]
 * @param eta the threshold η; see `etaFromQuantile`
 * @throws RangeError for a score or threshold that is not finite
 * @example
 * clipReward([0.75, 0.25, 1], 0.5); // [0, -0.25, 0]
 */
export function clipReward(g: ArrayLike<number>, eta: number): Float64Array {
  if (!Number.isFinite(eta)) throw new RangeError(`eta must be finite, got ${eta}`);
  return scores(g).map((score) => Math.min(score - eta, 0));
}

/**
 * PR-Delta (arXiv 2410.15115): each step is paid the difference to the next, g_k - g_{k+1}; the last step nothing and the
 * last but one its own score, for what the last step is worth the success reward says. From step k < K on the sum is
 * g_k alone. A single step earns nothing. Mind the sign: potential-based shaping is next minus current, and keeps the
 * best policy where this one only bounds what can be collected.
 *
 * @param g one score a step
 * @throws RangeError for a score that is not finite
 * @example
 * deltaReward([0.75, 0.25, 1]); // [0.5, 0.25, 0]
 */
export function deltaReward(g: ArrayLike<number>): Float64Array {
  const rewards = scores(g);
  const last = rewards.length - 1;
  for (let k = 0; k < last - 1; k++) rewards[k] -= rewards[k + 1];
  if (last >= 0) rewards[last] = 0;
  return rewards;
}

/**
 * Both refinements, clipping first (arXiv 2410.15115): with h_k = min(g_k - η, 0) the undiscounted return from step k < K
 * is h_k, in [-η, 0] for scores in [0, 1]. Either can be switched off.
 *
 * @throws RangeError as `clipReward`
 * @example
 * clipDelta([0.75, 0.25, 1], { eta: 0.5 }); // [0.25, -0.25, 0]
 */
export function clipDelta(g: ArrayLike<number>, { eta, clip = true, delta = true }: ClipDeltaOptions): Float64Array {
  const clipped = clip ? clipReward(g, eta) : scores(g);
  return delta ? deltaReward(clipped) : clipped;
}

/**
 * PR-Normed (arXiv 2410.15115): scores over the number of steps, so that a response collects their mean. It bounds the
 * return and still pays for diluting a bad step with good ones.
 *
 * @throws RangeError for a score that is not finite
 * @example
 * normedReward([0.75, 0.25]); // [0.375, 0.125]
 */
export function normedReward(g: ArrayLike<number>): Float64Array {
  return scores(g).map((score) => score / g.length);
}

/**
 * PR-LP (arXiv 2410.15115): scores less a penalty for every step. The paper leaves the penalty open; the mean score of
 * the reward model makes an average step worth nothing.
 *
 * @param penalty in units of score, at least 0
 * @throws RangeError for a score that is not finite or a penalty that is negative or not finite
 * @example
 * lengthPenalisedReward([0.75, 0.25], 0.5); // [0.25, -0.25]
 */
export function lengthPenalisedReward(g: ArrayLike<number>, penalty: number): Float64Array {
  if (!(penalty >= 0 && penalty < Infinity)) throw new RangeError(`penalty must be at least 0, got ${penalty}`);
  return scores(g).map((score) => score - penalty);
}

/**
 * A threshold below which the share q of a reward model's scores on training data lies. Scores tend to pile up near 1: a
 * low threshold silences the model, a high one makes every step a cost.
 *
 * @param q in [0, 1]; 0.5 for the median
 * @throws RangeError for no scores, one that is not finite, or a q outside [0, 1]
 * @example
 * etaFromQuantile([0.2, 0.9, 0.8], 0.5); // 0.8
 */
export function etaFromQuantile(g: ArrayLike<number>, q: number): number {
  return quantile(scores(g), q);
}

/**
 * Token rewards of a response: α r_k on the last token of step k, and success on the response's last token.
 *
 * @param stepRewards one reward a step, refined or not
 * @param steps where the steps lie
 * @param success what the verifier gave, usually 0 or 1
 * @param alpha weight of the step rewards
 * @param tokens length of the response, at least 1
 * @throws RangeError for spans that do not fit, a response without tokens, a success or weight that is not finite
 * @example
 * withSuccess([0.5, -0.5], [{ start: 0, end: 2 }, { start: 2, end: 3 }], 1, 0.5, 4); // [0, 0.25, -0.25, 1]
 */
export function withSuccess(
  stepRewards: ArrayLike<number>,
  steps: readonly StepSpan[],
  success: number,
  alpha: number,
  tokens: number,
): Float64Array {
  assertSteps(stepRewards, steps, tokens);
  if (tokens === 0) throw new RangeError('tokens must be at least 1, or there is none to carry success, got 0');
  if (!Number.isFinite(success)) throw new RangeError(`success must be finite, got ${success}`);
  if (!Number.isFinite(alpha)) throw new RangeError(`alpha must be finite, got ${alpha}`);
  const weighted = scores(stepRewards).map((reward) => alpha * reward);
  const rewards = stepRewardsToTokens(weighted, steps, tokens);
  rewards[tokens - 1] += success;
  return rewards;
}

/** A copy, checked. */
function scores(g: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(g);
  copy.forEach((score, k) => {
    if (!Number.isFinite(score)) throw new RangeError(`g[${k}] must be finite, got ${score}`);
  });
  return copy;
}
