import { assertSteps, type StepSpan } from './step-tokens.ts';

/** The implicit process rewards of one response, in units of reward. */
export interface ImplicitRewards {
  /** β log(π(y_t) / π_ref(y_t)) of each token. */
  readonly perToken: Float64Array;
  /** q^t, their sum up to and with each token: a soft value of the prefix. */
  readonly prefixValues: Float64Array;
  /** What each step added to the prefix value since the end of the step before. */
  readonly perStep: Float64Array;
  /** The prefix value at each step's end. */
  readonly cumulative: Float64Array;
  /** The response's own reward, q^T; more than the steps' sum where tokens follow the last step. */
  readonly total: number;
}

export interface ImplicitOptions {
  /** β > 0, units of reward per nat; 0.05 unless told, as in the paper. */
  beta?: number;
  /** Where the steps lie; null (unless told): every token is a step. */
  steps?: readonly StepSpan[] | null;
}

/**
 * Process rewards that an outcome reward model of the form r(y) = β log(π(y) / π_ref(y)) contains without having been
 * trained on steps (Yuan et al. 2024, arXiv 2412.01981): the log-ratio of a prefix is exactly
 * q^t = β log E_ref[exp(r(y) / β) | y_≤t] (Proposition 1), and a step's reward is what it adds to that. Tokens between two
 * steps belong to the later one. Scores are relative: E_ref[exp(r / β)] = 1 for every prompt, so that 0 is no threshold.
 *
 * @param logProbs log π(y_t | y_<t) of each token of the response, in nats
 * @param referenceLogProbs log π_ref of the same tokens; null drops the reference, as one may at inference
 * @throws RangeError for lists of different lengths, a log-probability that is not finite or above 0, a β that is not
 *   positive, or spans that do not fit
 * @example
 * implicitRewards([-1, -2, -1], [-2, -2, -4], { beta: 0.5, steps: [{ start: 0, end: 2 }, { start: 2, end: 3 }] }).perStep;
 * // [0.5, 1.5]
 */
export function implicitRewards(
  logProbs: ArrayLike<number>,
  referenceLogProbs: ArrayLike<number> | null,
  { beta = 0.05, steps = null }: ImplicitOptions = {},
): ImplicitRewards {
  const tokens = logProbs.length;
  if (!(beta > 0 && beta < Infinity)) throw new RangeError(`beta must be positive and finite, got ${beta}`);
  assertLogProbs('logProbs', logProbs);
  if (referenceLogProbs !== null) {
    assertLogProbs('referenceLogProbs', referenceLogProbs);
    if (referenceLogProbs.length !== tokens) {
      throw new RangeError(
        `referenceLogProbs must hold one number a token, ${tokens}, got ${referenceLogProbs.length}`,
      );
    }
  }
  if (steps !== null) assertSteps({ length: steps.length }, steps, tokens);
  const perToken = new Float64Array(tokens);
  const prefixValues = new Float64Array(tokens);
  let total = 0;
  for (let t = 0; t < tokens; t++) {
    perToken[t] = beta * (logProbs[t] - (referenceLogProbs === null ? 0 : referenceLogProbs[t]));
    total += perToken[t];
    prefixValues[t] = total;
  }
  if (steps === null) {
    return { perToken, prefixValues, perStep: perToken.slice(), cumulative: prefixValues.slice(), total };
  }
  const cumulative = Float64Array.from(steps, ({ end }) => prefixValues[end - 1]);
  const perStep = cumulative.map((value, k) => (k === 0 ? value : value - cumulative[k - 1]));
  return { perToken, prefixValues, perStep, cumulative, total };
}

/**
 * How a response's step scores become one score for ranking: the lowest step (the paper's choice), their sum (the outcome
 * reward itself, up to the last step's end), their mean, the last step, or the lowest prefix value at a step's end.
 */
export type StepAggregate = 'min' | 'sum' | 'mean' | 'last' | 'cumulativeMin';

/**
 * One score for a response from its steps (arXiv 2412.01981). A minimum has more chances to be low in a long
 * response; a sum does not use the process view at all.
 *
 * @param perStep one reward a step, at least one
 * @throws RangeError for no steps or a reward that is not finite
 * @example
 * aggregateSteps([0.5, -0.25, 1], 'min'); // -0.25
 * aggregateSteps([0.5, -0.25, 1], 'cumulativeMin'); // 0.25
 */
export function aggregateSteps(perStep: ArrayLike<number>, how: StepAggregate): number {
  const n = perStep.length;
  if (n === 0) throw new RangeError('perStep must hold at least one step, got 0');
  let sum = 0;
  let lowest = Infinity;
  let lowestSum = Infinity;
  for (let k = 0; k < n; k++) {
    if (!Number.isFinite(perStep[k])) throw new RangeError(`perStep[${k}] must be finite, got ${perStep[k]}`);
    sum += perStep[k];
    lowest = Math.min(lowest, perStep[k]);
    lowestSum = Math.min(lowestSum, sum);
  }
  switch (how) {
    case 'min':
      return lowest;
    case 'sum':
      return sum;
    case 'mean':
      return sum / n;
    case 'last':
      return perStep[n - 1];
    case 'cumulativeMin':
      return lowestSum;
  }
}

function assertLogProbs(name: string, list: ArrayLike<number>): void {
  for (let t = 0; t < list.length; t++) {
    if (!(list[t] > -Infinity && list[t] <= 0)) {
      throw new RangeError(`${name}[${t}] must be finite and at most 0, got ${list[t]}`);
    }
  }
}
