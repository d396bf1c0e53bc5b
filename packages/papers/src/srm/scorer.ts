import { planTokenizer } from '@laurel/core/env';
import { outcomeScores, type RankMeasures, rankMeasures, type StepScorer, trainRankScorer } from '@laurel/core/model';
import { Gpt, warmupCosineSchedule } from '@laurel/core/nn';
import { Random } from '@laurel/core/stats';
import { type SiblingPair, statesOf } from './preferences.ts';
import type { ReasoningState } from './roles.ts';
import { contextOf, type View, viewTokens } from './views.ts';

/**
 * Peaks of the learning rate by view: one value for all, not tuned. On TUNING_SEED, with an earlier wording of thoughts and
 * 10,000 pairs, {1.5e-3, 3e-3, 6e-3} gave held-out pair accuracies of 0.660, 0.651, 0.696 for all formulas, 0.690, 0.685, 0.630
 * for everything, 0.553, 0.559, 0.542 for the newest formula and 0.51 throughout for the next thought.
 */
export const learningRates: Record<View, number> = {
  full: 3e-3,
  mathOnly: 3e-3,
  lastMathOnly: 3e-3,
  nextThought: 3e-3,
  thoughtOnly: 3e-3,
  shuffledMath: 3e-3,
  problemAndLastMath: 3e-3,
};
export const BATCH = 16;

export interface ScorerOptions {
  view: View;
  width: number;
  layers: number;
  /** Most steps of a state. */
  steps: number;
  learningRate: number;
  seed: number;
}

type Data = Parameters<typeof statesOf>[0];

/** A scorer from scratch, in one pass over the pairs as the view shows them. */
export function trainScorer(
  { train, held }: { train: Data; held: Data },
  { view, width, layers, steps, learningRate, seed }: ScorerOptions,
  { signal, onStep }: { signal: AbortSignal; onStep?: (fraction: number) => void },
): { scorer: StepScorer; validation: RankMeasures; tokens: number } {
  const shape = { vocabulary: planTokenizer.size, context: contextOf(steps), width, layers, heads: 4 };
  const ranked = (data: Data) => data.pairs.map((pair: SiblingPair) => seen(view, statesOf(data, pair)));
  const pairs = ranked(train);
  const total = Math.ceil(pairs.length / BATCH);
  const schedule = warmupCosineSchedule({
    peak: learningRate,
    warmup: Math.min(20, total - 1),
    steps: total,
    floor: learningRate / 10,
  });
  const { scorer, report } = trainRankScorer({
    gpt: new Gpt(shape, new Random(seed, 'scorer', 'weights')),
    pairs,
    // Asked once a step: the place to look up from the work.
    learningRate: (step) => {
      signal.throwIfAborted();
      onStep?.(step / total);
      return schedule(step);
    },
    maxGradientNorm: 1,
    epochs: 1,
    batch: BATCH,
    seed,
  });
  return { scorer, validation: rankMeasures(scorer, ranked(held)), tokens: report.tokens };
}

/** Scores of states in a view, raw: they mean something only against each other. */
export function scoresOf(scorer: StepScorer, view: View, states: readonly ReasoningState[]): number[] {
  return [
    ...outcomeScores(
      scorer,
      states.map((state) => viewTokens(view, state)),
    ),
  ];
}

function seen(view: View, { better, worse }: { better: ReasoningState; worse: ReasoningState }) {
  return { better: viewTokens(view, better), worse: viewTokens(view, worse) };
}
