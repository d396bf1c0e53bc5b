import { type StepScorer, type StepScorerOptions, type TrainedScorer, trainStepScorer } from './step-scorer.ts';

/** A whole response, after its prompt, and what it was worth. */
export interface Outcome {
  readonly tokens: ArrayLike<number>;
  /** In [0, 1]; 1 for a right answer. */
  readonly outcome: number;
}

export interface OutcomeModelOptions extends Omit<StepScorerOptions, 'examples' | 'validation' | 'loss'> {
  responses: readonly Outcome[];
  validation?: readonly Outcome[];
}

/**
 * Trains an outcome reward model: the chance that a response is right, learned at its last token (Cobbe et al. 2021,
 * arXiv 2110.14168). It may be read at every line's end all the same, where it was never trained.
 *
 * @throws RangeError as `trainStepScorer`
 * @example
 * const { scorer } = trainOutcomeModel({ gpt: policy, responses, learningRate: 1e-3, epochs: 4, seed: 0 });
 * outcomeScores(scorer, responses.map(({ tokens }) => tokens)); // one chance a response
 */
export function trainOutcomeModel({ responses, validation, ...rest }: OutcomeModelOptions): TrainedScorer {
  return trainStepScorer({
    ...rest,
    loss: 'classification',
    examples: responses.map(targetsOf),
    ...(validation && { validation: validation.map(targetsOf) }),
  });
}

/** Scores at the last token of each sequence. @example outcomeScores(scorer, [[4, 7, 3, 2]]) // [0.8] */
export function outcomeScores(scorer: StepScorer, sequences: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(
    scorer.score(sequences.map((tokens) => ({ tokens, positions: [tokens.length - 1] }))),
    ([score]) => score,
  );
}

function targetsOf({ tokens, outcome }: Outcome) {
  return { tokens, positions: [tokens.length - 1], targets: [outcome] };
}
