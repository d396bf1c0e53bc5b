/** The tokens of one step: from `start` up to and without `end`. */
export interface StepSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Lays step rewards out over tokens: each on the last token of its step, zero elsewhere, which is where a causal process
 * reward model has seen the whole step.
 *
 * @param stepRewards one reward a step
 * @param steps where the steps lie, in order, none empty, none overlapping
 * @param tokens length of the response
 * @throws RangeError for spans that do not fit, naming the step
 * @example
 * stepRewardsToTokens([0.8, -0.7], [{ start: 0, end: 2 }, { start: 2, end: 3 }], 4); // [0, 0.8, -0.7, 0]
 */
export function stepRewardsToTokens(
  stepRewards: ArrayLike<number>,
  steps: readonly StepSpan[],
  tokens: number,
): Float64Array {
  assertSteps(stepRewards, steps, tokens);
  const rewards = new Float64Array(tokens);
  for (let i = 0; i < steps.length; i++) rewards[steps[i].end - 1] = stepRewards[i];
  return rewards;
}

/** Throws RangeError unless there is one reward a step and the steps lie in order, without overlap, within the tokens. */
export function assertSteps(stepRewards: ArrayLike<number>, steps: readonly StepSpan[], tokens: number): void {
  if (!Number.isInteger(tokens) || tokens < 0) throw new RangeError(`tokens must be a whole number, got ${tokens}`);
  if (stepRewards.length !== steps.length) {
    throw new RangeError(
      `stepRewards must hold one reward a step, got ${stepRewards.length} for ${steps.length} steps`,
    );
  }
  let previous = 0;
  for (let i = 0; i < steps.length; i++) {
    const { start, end } = steps[i];
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < previous || end <= start || end > tokens) {
      throw new RangeError(
        `steps[${i}] must be a span of tokens from ${previous} on, at most ${tokens}, got ${start} to ${end}`,
      );
    }
    previous = end;
  }
}

/** The spans of steps of the given lengths, one after another. @example consecutiveSteps([2, 1]) // [{ start: 0, end: 2 }, { start: 2, end: 3 }] */
export function consecutiveSteps(lengths: ArrayLike<number>): StepSpan[] {
  let start = 0;
  return Array.from(lengths, (length) => {
    const span = { start, end: start + length };
    start = span.end;
    return span;
  });
}
