import { decodeResponse } from '@laurel/core/env';
import { mean } from '@laurel/core/stats';
import { type ChainTask, familyOf } from '../lab/task.ts';
import { type Arm, scoresIncreases } from './arms.ts';
import { stepsOf, type Tested, type ValuedLine } from './data.ts';
import type { ExactOutcome } from './exact.ts';
import { type Measured, measure } from './measure.ts';
import { type LineScores, type Training, trainScorer } from './scorers.ts';

/** Responses out of which best-of-n picks; pools smaller than an n do without it. */
const NS = [1, 2, 4, 8, 16];

/** A solution with its line scores, to be looked at. */
type Example = { prompt: string; lines: string[]; scores: number[]; firstError: number };

export type ScorerOutcome = {
  kind: 'scorer';
  tokens: number;
  solutions: number;
  ns: number[];
  measured: Measured;
  /** Scored by the trained model alone; null for scorers without a reference. */
  withoutReference: Measured | null;
  /** Share of right responses in the pool, and of problems with a right one. */
  random: number;
  any: number;
  examples: Example[];
};

export type Outcome = ({ kind: 'exact' } & ExactOutcome) | ScorerOutcome;

/** Trains the scorer of an arm and measures it on the test pool. */
export function scorerTrial(
  arm: Arm,
  training: Training,
  test: readonly (readonly Tested[])[],
  values: readonly ValuedLine[],
): ScorerOutcome {
  const scorer = trainScorer(arm, training);
  const ns = NS.filter((n) => n <= test[0].length);
  const own = scoresIncreases(arm.learner) ? 'increases' : 'values';
  const grouped = (flat: readonly LineScores[]) => {
    let next = 0;
    return test.map((group) => group.map(() => flat[next++]));
  };
  const scores = grouped(scorer.score(test.flat()));
  const bare = scorer.scoreWithoutReference && grouped(scorer.scoreWithoutReference(test.flat()));
  return {
    kind: 'scorer',
    tokens: scorer.tokens,
    solutions: scorer.solutions,
    ns,
    measured: measure(test, scores, values, own, ns),
    withoutReference: bare && measure(test, bare, values, own, ns),
    random: mean(test.flat().map(({ right }) => Number(right))),
    any: mean(test.map((group) => Number(group.some(({ right }) => right)))),
    examples: examplesOf(training.task, test, scores, own),
  };
}

/** The first wrong response to each of ten problems. */
function examplesOf(
  task: ChainTask,
  test: readonly (readonly Tested[])[],
  scores: readonly (readonly LineScores[])[],
  own: keyof LineScores,
): Example[] {
  const { tokenizer } = familyOf(task);
  const all = test.flatMap((group, g) => {
    const i = group.findIndex(({ firstError }) => firstError >= 0);
    if (i < 0) return [];
    const { prompt, response, firstError } = group[i];
    const lines = stepsOf(task, response).map(({ start, end }) =>
      decodeResponse(tokenizer, response.slice(start, end)).trim(),
    );
    return [{ prompt: tokenizer.decode(prompt), lines, scores: [...scores[g][i][own]], firstError }];
  });
  return all.slice(0, 10);
}
