import { firstErrorScore, predictFirstError, tuneThreshold } from '@laurel/core/assess';
import { decodeResponse, encodeResponse, lineSpans } from '@laurel/core/env';
import type { Gpt } from '@laurel/core/nn';
import { evaluatePolicy, isCorrect, promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { crossTabulate, mean, Random, type TwoByTwo } from '@laurel/core/stats';
import type { JudgedItem } from './artifacts.ts';
import { type ChainProblem, family, judge, readVerdict, tokenizer } from './language.ts';

/** Both skills of a model at one moment. */
export interface Checkpoint {
  iteration: number;
  /** Right answers, sampled. */
  solve: number;
  /** F1 of the first error, judgements sampled once. */
  f1: number;
  accError: number;
  accCorrect: number;
  /** The same with the likeliest token each time. */
  greedy: number;
  /** Share of sampled judgements that can be read. */
  valid: number;
  /** F1 among these alone; null where they are all about solutions of one kind. */
  validF1: number | null;
  /** F1 of the model as a solver: the first line with an unlikely token; null where no threshold could be tuned. */
  implicit: number | null;
}

const written = ({ problem, text }: JudgedItem) => ({ problem, solution: tokenizer.encode(text) });

/** Measures both skills. Equal seeds and iterations meet equal problems, items and random numbers. */
export function checkpoint(
  gpt: Gpt,
  problems: readonly ChainProblem[],
  items: readonly JudgedItem[],
  iteration: number,
  seed: number,
): Checkpoint {
  const random = new Random(seed, 'checkpoint', iteration);
  const truth = items.map(({ firstError }) => firstError);
  const judged = (temperature: number) =>
    judge(gpt, items.map(written), { temperature }, random.split('judge')).map(([one]) => readVerdict(one));
  const sampled = judged(1);
  const kept = [...items.keys()].filter((i) => sampled[i] !== null);
  const kinds = new Set(kept.map((i) => truth[i] < 0));
  const keep = <X>(list: readonly X[]) => kept.map((i) => list[i]);
  return {
    iteration,
    solve: evaluatePolicy(gpt, family, problems, { random: random.split('solve') }).accuracy,
    ...firstErrorScore(truth, sampled),
    greedy: firstErrorScore(truth, judged(0)).f1,
    valid: kept.length / items.length,
    validF1: kinds.size === 2 ? firstErrorScore(keep(truth), keep(sampled)).f1 : null,
    implicit: implicitScore(gpt, items),
  };
}

/** Judging without a word: the least log-probability of a line's tokens, with a threshold tuned on every other item. */
function implicitScore(gpt: Gpt, items: readonly JudgedItem[]): number | null {
  const examples = items.map(({ problem, text }) => ({
    prompt: tokenizer.encode(problem.prompt),
    response: encodeResponse(tokenizer, text.split('\n')),
  }));
  const scored = gpt.read(examples.map(sequenceOf)).map(({ logProbs }, i) => ({
    scores: lineSpans(tokenizer, examples[i].response).map(({ start, end }) => Math.min(...logProbs.slice(start, end))),
    firstError: items[i].firstError,
  }));
  const tuning = scored.filter((_, i) => i % 2 === 0);
  const reported = scored.filter((_, i) => i % 2 === 1);
  for (const part of [tuning, reported]) {
    if (new Set(part.map(({ firstError }) => firstError < 0)).size < 2) return null;
  }
  const { threshold } = tuneThreshold(tuning);
  return firstErrorScore(
    reported.map(({ firstError }) => firstError),
    reported.map(({ scores }) => predictFirstError(scores, threshold)),
  ).f1;
}

/** Solved and judged on the problems of the items: counts for each difficulty. */
export function dependence(
  gpt: Gpt,
  items: readonly JudgedItem[],
  seed: number,
): { operations: number; counts: number[] }[] {
  const random = new Random(seed, 'dependence');
  const most = Math.max(...items.map(({ problem }) => problem.difficulty));
  const sampling = { maxTokens: family.maxSolutionTokens(most), stop: [tokenizer.eos] };
  const prompts = promptsOf(
    family,
    items.map(({ problem }): ChainProblem => problem),
  );
  const solved = sampleRollouts(gpt, prompts, sampling, random.split('solve')).map(([one]) => isCorrect(family, one));
  const right = judge(gpt, items.map(written), {}, random.split('judge')).map(
    ([one], i) => readVerdict(one) === items[i].firstError,
  );
  return [...new Set(items.map(({ problem }) => problem.difficulty))]
    .sort((a, b) => a - b)
    .map((operations) => {
      const ours = [...items.keys()].filter((i) => items[i].problem.difficulty === operations);
      const table: TwoByTwo = crossTabulate(
        ours.map((i) => solved[i]),
        ours.map((i) => right[i]),
      );
      return { operations, counts: [...table] };
    });
}

/** Judgements to read. */
export function examplesOf(gpt: Gpt, items: readonly JudgedItem[], seed: number) {
  const few = items.slice(0, 4);
  return judge(gpt, few.map(written), {}, new Random(seed, 'examples')).map(([one], i) => ({
    problem: few[i].problem.prompt.slice(1),
    solution: few[i].text,
    judgement: decodeResponse(tokenizer, one.response),
    truth: few[i].firstError,
    right: readVerdict(one) === few[i].firstError,
  }));
}

/** Mean over what exists; null for nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? mean(known) : null;
}
