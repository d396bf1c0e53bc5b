import { assertSteps, type StepSpan } from './step-tokens.ts';

/**
 * Gives each token the weight of its step; tokens between two steps belong to the later one, those after the last step
 * get 0. For weights of a policy gradient, where `stepRewardsToTokens` is for rewards that are yet to be summed.
 *
 * @param weights one a step
 * @param steps where the steps lie, in order
 * @param tokens length of the response
 * @throws RangeError for spans that do not fit, naming the step
 * @example
 * spreadOverTokens([0.5, -1], [{ start: 0, end: 2 }, { start: 3, end: 4 }], 5); // [0.5, 0.5, -1, -1, 0]
 */
export function spreadOverTokens(weights: ArrayLike<number>, steps: readonly StepSpan[], tokens: number): Float64Array {
  assertSteps(weights, steps, tokens);
  const spread = new Float64Array(tokens);
  for (let k = 0, from = 0; k < steps.length; k++) {
    spread.fill(weights[k], from, steps[k].end);
    from = steps[k].end;
  }
  return spread;
}
