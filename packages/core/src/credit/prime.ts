import { groupRelativeAdvantages } from './group-relative.ts';
import { leaveOneOutAdvantages, leaveOneOutMeans } from './leave-one-out.ts';
import { discountedReturns } from './returns.ts';

export interface PrimeOptions {
  /** What is subtracted from, and divides, each stream; `rloo` unless told. */
  estimator?: 'rloo' | 'reinforce' | 'grpo';
  /**
   * The process stream of the released code: r_t K / (K - 1) less the sum of all mean rewards over K - 1, where the paper
   * subtracts the others' mean. `rloo` only; false unless told.
   */
  correction?: boolean;
  /**
   * What is done to the log-ratios first: nothing, times β as the paper writes, or over the largest return in size, as
   * the released code does. That one looks at the whole batch: for several groups call `scaleByMaxReturn` and say `raw`.
   * `maxReturn` unless told.
   */
  scale?: 'raw' | 'beta' | 'maxReturn';
  /** β of the scale `beta`, > 0; 0.05 unless told. */
  beta?: number;
  /** Process rewards as rewards, or (an ablation) their sum before each token as its value; `reward` unless told. */
  use?: 'reward' | 'value';
  /** γ from token to token of the process stream, in [0, 1]; 1 unless told. It has no part in the use as `value`. */
  discount?: number;
  /** Weight of the process stream; 1 unless told. */
  processWeight?: number;
  /** Weight of the outcome stream; 1 unless told. */
  outcomeWeight?: number;
}

/**
 * Token advantages of the K responses to a prompt from two streams (PRIME, Cui et al. 2025, arXiv 2502.01456):
 * dense rewards of an implicit process reward model, and outcomes, each with a baseline of its own. At token t of
 * response i, with r̄ the mean reward a token of a response,
 *
 *   rloo       Σ_{s≥t} γ^(s-t) [r_i,s - mean of the others' r̄]  +  o_i - mean of the others' o
 *   reinforce  Σ_{s≥t} γ^(s-t) r_i,s  +  o_i
 *   grpo       Σ_{s≥t} γ^(s-t) (r_i,s - mean r̄) / std r̄  +  (o_i - mean o) / std o
 *
 * The use as `value` puts -Σ_{s<t} r_i,s in the place of the first stream. Whitening is for the whole batch: see `whiten`.
 *
 * @param process log π / π_ref of each token, one array a response (`implicitRewards` with β = 1)
 * @param outcomes one a response, usually 0 or 1
 * @returns one array a response, one advantage a token
 * @throws RangeError for fewer than two responses (unless `reinforce`), one without tokens, numbers that are not finite,
 *   and a correction of another estimator than `rloo`
 * @example
 * primeAdvantages([[0.5, 0.5], [-1]], [1, 0], { scale: 'raw' }); // [[4, 2.5], [-2.5]]
 */
export function primeAdvantages(
  process: readonly ArrayLike<number>[],
  outcomes: ArrayLike<number>,
  {
    estimator = 'rloo',
    correction = false,
    scale = 'maxReturn',
    beta = 0.05,
    use = 'reward',
    discount = 1,
    processWeight = 1,
    outcomeWeight = 1,
  }: PrimeOptions = {},
): Float64Array[] {
  if (outcomes.length !== process.length) {
    throw new RangeError(`outcomes must hold one number a response, ${process.length}, got ${outcomes.length}`);
  }
  if (correction && estimator !== 'rloo') throw new RangeError(`correction is for rloo, got ${estimator}`);
  for (const [name, weight] of Object.entries({ processWeight, outcomeWeight })) {
    if (!Number.isFinite(weight)) throw new RangeError(`${name} must be finite, got ${weight}`);
  }
  for (let i = 0; i < outcomes.length; i++) {
    if (!Number.isFinite(outcomes[i])) throw new RangeError(`outcomes[${i}] must be finite, got ${outcomes[i]}`);
  }
  const rewards = scaled(process, scale, beta);
  const streams = use === 'value' ? rewards.map(minusPrefixSums) : baselined(rewards, estimator, correction, discount);
  const outcome = outcomeStream(outcomes, estimator);
  return streams.map((stream, i) => stream.map((value) => processWeight * value + outcomeWeight * outcome[i]));
}

/**
 * Token rewards of a batch over the largest undiscounted return-to-go in size, so that every return lies in [-1, 1]
 * whatever the responses' lengths (`batch_norm` of the code of PRIME, arXiv 2502.01456).
 *
 * @param batch one array a response, of all groups together
 * @param epsilon added to the largest return; 1e-6 unless told
 * @returns new arrays of the same lengths; zeros stay zeros
 * @throws RangeError for a reward that is not finite or a negative epsilon
 * @example
 * scaleByMaxReturn([[1, 1], [-4]], 0); // [[0.25, 0.25], [-1]]
 */
export function scaleByMaxReturn(batch: readonly ArrayLike<number>[], epsilon = 1e-6): Float64Array[] {
  if (!(epsilon >= 0)) throw new RangeError(`epsilon must be at least 0, got ${epsilon}`);
  let largest = 0;
  for (const rewards of batch) {
    for (const value of discountedReturns(rewards)) largest = Math.max(largest, Math.abs(value));
  }
  const divisor = largest + epsilon;
  return batch.map((rewards) => Float64Array.from(rewards, (r) => (divisor === 0 ? 0 : r / divisor)));
}

/**
 * Whether a group is worth learning from: PRIME (arXiv 2502.01456) keeps prompts that are neither too easy nor too hard
 * at present, by the mean outcome of their responses.
 *
 * @param lowest the least mean that passes, 0.2 unless told
 * @param highest the greatest mean that passes, 0.8 unless told
 * @returns a predicate over a group's outcomes; it throws RangeError for an empty group
 * @throws RangeError when the bounds are not in order
 * @example
 * const keep = accuracyFilter();
 * keep([1, 0, 0, 0]); // true
 * keep([1, 1, 1, 1]); // false
 */
export function accuracyFilter(lowest = 0.2, highest = 0.8): (outcomes: ArrayLike<number>) => boolean {
  if (!(lowest <= highest)) throw new RangeError(`lowest must not exceed highest, ${highest}, got ${lowest}`);
  return (outcomes) => {
    if (outcomes.length === 0) throw new RangeError('outcomes must hold at least one number, got 0');
    const accuracy = total(outcomes) / outcomes.length;
    return accuracy >= lowest && accuracy <= highest;
  };
}

function scaled(
  process: readonly ArrayLike<number>[],
  scale: 'raw' | 'beta' | 'maxReturn',
  beta: number,
): Float64Array[] {
  process.forEach((rewards, i) => {
    if (rewards.length === 0) throw new RangeError(`process[${i}] must hold at least one token, got 0`);
    for (let t = 0; t < rewards.length; t++) {
      if (!Number.isFinite(rewards[t])) throw new RangeError(`process[${i}][${t}] must be finite, got ${rewards[t]}`);
    }
  });
  if (scale === 'maxReturn') return scaleByMaxReturn(process);
  if (!(beta > 0 && beta < Infinity)) throw new RangeError(`beta must be positive and finite, got ${beta}`);
  return process.map((rewards) => Float64Array.from(rewards, (r) => (scale === 'beta' ? beta * r : r)));
}

/** Returns-to-go of the rewards, each token less the estimator's baseline. */
function baselined(
  rewards: readonly Float64Array[],
  estimator: 'rloo' | 'reinforce' | 'grpo',
  correction: boolean,
  discount: number,
): Float64Array[] {
  if (estimator === 'reinforce') return rewards.map((r) => discountedReturns(r, discount));
  const k = rewards.length;
  const means = rewards.map((r) => total(r) / r.length);
  const others = leaveOneOutMeans(means);
  if (estimator === 'rloo') {
    const all = total(means) / (k - 1);
    return rewards.map((r, i) =>
      discountedReturns(
        r.map((x) => (correction ? (x * k) / (k - 1) - all : x - others[i])),
        discount,
      ),
    );
  }
  const mean = total(means) / k;
  const deviation = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (k - 1));
  return rewards.map((r) =>
    discountedReturns(
      r.map((x) => (x - mean) / (deviation + 1e-6)),
      discount,
    ),
  );
}

function outcomeStream(outcomes: ArrayLike<number>, estimator: 'rloo' | 'reinforce' | 'grpo'): ArrayLike<number> {
  if (estimator === 'rloo') return leaveOneOutAdvantages(outcomes);
  return estimator === 'grpo' ? groupRelativeAdvantages(outcomes) : outcomes;
}

/** -v(y_<t): less what the tokens before each have collected. */
function minusPrefixSums(rewards: Float64Array): Float64Array {
  let value = 0;
  return rewards.map((reward) => {
    const before = value;
    value += reward;
    return 0 - before;
  });
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
