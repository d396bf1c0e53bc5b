import { lineSpans, responseLines } from '@laurel/core/env';
import { mergeLabelled, type StepExample } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';
import { type Chain, family, ROOM, rateLines, tokenizer } from './world.ts';

/** A solution of the policy with a rating of each line. */
export interface RatedPath {
  problem: Chain;
  tokens: readonly number[];
  /** The lines as text, each with its end. */
  steps: readonly string[];
  right: readonly (0 | 1)[];
  correct: boolean;
}

export type Example = StepExample<string, Chain>;

export function ratedPath(rollout: LanguageRollout<Chain>): RatedPath {
  const { problem, response } = rollout;
  return {
    problem,
    tokens: [...rollout.prompt, ...response],
    steps: lineSpans(tokenizer, response).map(({ start, end }) => tokenizer.decode(response.subarray(start, end))),
    right: rateLines(problem, responseLines(tokenizer, response)),
    correct: isCorrect(family, rollout),
  };
}

/** Solutions of the policy, one a problem, every line rated by the checker: what people did in PRM800K. */
export function ratedPaths(gpt: Gpt, problems: readonly Chain[], random: Random): RatedPath[] {
  const sampling = { maxTokens: ROOM, stop: [tokenizer.eos] };
  return sampleRollouts(gpt, promptsOf(family, problems), sampling, random).flat().map(ratedPath);
}

/** Single lines, and with `merge` 1 pairs of lines as well. */
export function pathExamples(paths: readonly RatedPath[], merge: 0 | 1): Example[] {
  return paths.flatMap(({ problem, steps, right }) =>
    mergeLabelled(
      problem,
      steps.map((step, i) => ({ candidates: [{ step, rating: right[i] === 1 ? 1 : -1 }], chosen: step })),
      { merge },
    ),
  );
}
