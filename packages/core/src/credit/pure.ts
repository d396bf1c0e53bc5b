import { leaveOneOutAdvantages, leaveOneOutMeans } from './leave-one-out.ts';
import { type StepForm, stepCredit } from './min-form.ts';
import { discountedReturns } from './returns.ts';
import { assertSteps, type StepSpan } from './step-tokens.ts';

/** One response to the group's prompt, cut into steps that a process reward model has scored. */
export interface ScoredResponse {
  /** Length in tokens. */
  readonly tokens: number;
  /** Where the steps lie; at least one. */
  readonly steps: readonly StepSpan[];
  /** One score a step. */
  readonly stepRewards: ArrayLike<number>;
}

export interface PureOptions {
  /** How step rewards make up the return; `min` unless told. */
  form?: StepForm;
  /** Of the `min` form, in units of reward; 0.1 unless told. */
  temperature?: number;
  /** Discount of a step by the next, in [0, 1]; 1 unless told. */
  discount?: number;
  /**
   * What is subtracted from the process return. `token` (unless told): the others' mean return-to-go over the longest
   * possible response. `step`: the others' mean reward a step, charged for every step; it teaches to write few, giant
   * steps. `none`: nothing.
   */
  baseline?: 'token' | 'step' | 'none';
  /** N, the longest response possible in tokens: it, not the responses' own length, divides the `token` baseline. */
  maxTokens: number;
  /** Verifiable reward of each response; null (unless told) for a prompt without a known answer. */
  outcomes?: ArrayLike<number> | null;
  /** Weight of the outcome part; 1 unless told. */
  outcomeWeight?: number;
}

/**
 * Advantages of a group of K responses to one prompt from process rewards, with or without verified outcomes (PURE,
 * Cheng et al. 2025, arXiv 2504.15275; the form of its `verl` branch, with the outcome kept apart). At token t of
 * response i:
 *
 *   G_i,t - 1 / ((K - 1) N) sum over k != i and l of G_k,l  +  outcomeWeight (o_i - mean of the others' outcomes)
 *
 * where G is the return-to-go of the transformed step rewards. Whitening is for the whole batch: see `whiten`.
 *
 * @returns one array a response, one advantage a token
 * @throws RangeError for fewer than two responses (unless the baseline is `none` and there are no outcomes), a response
 *   without steps, one longer than `maxTokens`, and whatever the parts object to
 * @example
 * const response = (...stepRewards: number[]) =>
 *   ({ tokens: stepRewards.length, steps: stepRewards.map((_, i) => ({ start: i, end: i + 1 })), stepRewards });
 * pureAdvantages([response(0.8, -0.7), response(0.6, 0.6)], { form: 'strictMin', maxTokens: 2 });
 * // [[-1, -1], [1.3, 0.7]]
 */
export function pureAdvantages(
  group: readonly ScoredResponse[],
  {
    form = 'min',
    temperature = 0.1,
    discount = 1,
    baseline = 'token',
    maxTokens,
    outcomes = null,
    outcomeWeight = 1,
  }: PureOptions,
): Float64Array[] {
  group.forEach(({ tokens, steps, stepRewards }, i) => {
    if (steps.length === 0) {
      throw new RangeError(`group[${i}] has no steps; give an empty response a step with a reward of its own`);
    }
    if (!(tokens <= maxTokens))
      throw new RangeError(`group[${i}] has ${tokens} tokens, more than maxTokens ${maxTokens}`);
    assertSteps(stepRewards, steps, tokens);
  });
  if (outcomes !== null && outcomes.length !== group.length) {
    throw new RangeError(`outcomes must hold one reward a response, got ${outcomes.length} for ${group.length}`);
  }
  const credits = group.map(({ stepRewards }) => stepCredit(stepRewards, form, temperature));
  if (baseline === 'step') {
    const perStep = leaveOneOutMeans(credits.map((credit) => total(credit) / credit.length));
    credits.forEach((credit, i) => {
      for (let s = 0; s < credit.length; s++) credit[s] -= perStep[i];
    });
  }
  const advantages = group.map(({ steps, tokens }, i) => tokenReturns(credits[i], steps, tokens, discount));
  if (baseline === 'token') {
    const perToken = leaveOneOutMeans(advantages.map((returns) => total(returns) / maxTokens));
    advantages.forEach((returns, i) => {
      for (let t = 0; t < returns.length; t++) returns[t] -= perToken[i];
    });
  }
  if (outcomes !== null) {
    leaveOneOutAdvantages(outcomes).forEach((advantage, i) => {
      const ours = advantages[i];
      for (let t = 0; t < ours.length; t++) ours[t] += outcomeWeight * advantage;
    });
  }
  return advantages;
}

/** The return-to-go of each token: discounted from step to step, and the same for all tokens of a step. */
function tokenReturns(
  credit: Float64Array,
  steps: readonly StepSpan[],
  tokens: number,
  discount: number,
): Float64Array {
  const returns = new Float64Array(tokens);
  const perStep = discountedReturns(credit, discount);
  for (let s = 0, from = 0; s < steps.length; s++) {
    for (let t = from; t < steps[s].end; t++) returns[t] = perStep[s];
    from = steps[s].end;
  }
  return returns;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
