import { decodeResponse } from '@laurel/core/env';
import { outcomeScores, type StepScorer } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { promptsOf, sampleRollouts } from '@laurel/core/policy';
import { StepProposals, type TokenTrace, type TraceScorer, tokenBeam } from '@laurel/core/search';
import { auroc, mean, type Random } from '@laurel/core/stats';
import { type RatedPath, ratedPath } from './labels.ts';
import { type Chain, family, MOST_LINES, ROOM, tokenizer } from './world.ts';

/** Problems to search on, with next lines that every scorer chooses among. */
export interface Bench {
  gpt: Gpt;
  problems: readonly Chain[];
  /** Numbers of candidates, rising. */
  ns: readonly number[];
  proposals: StepProposals;
  random: Random;
}

export function benchOf(gpt: Gpt, problems: readonly Chain[], ns: readonly number[], random: Random): Bench {
  const proposals = new StepProposals({
    gpt,
    prompts: problems.map(({ prompt }) => tokenizer.encode(prompt)),
    stop: [tokenizer.newline],
    end: tokenizer.eos,
    maxTokens: ROOM,
    random: random.split('lines'),
  });
  return { gpt, problems, ns, proposals, random };
}

export interface Searched {
  /** One a number of candidates. */
  accuracy: number[];
  /** Answers to the first problems with most candidates, with the score of each line. */
  answers: { prompt: string; lines: string; right: boolean }[];
}

/** Step-wise best-of-n. */
export function searchSteps({ problems, ns, proposals }: Bench, scorer: StepScorer, signal: AbortSignal): Searched {
  const score = remembered((traces) =>
    scorer
      .score(
        traces.map(({ index, tokens }) => ({
          tokens: [...proposals.prompts[index], ...tokens],
          positions: [proposals.prompts[index].length + tokens.length - 1],
        })),
      )
      .map(([value]) => value),
  );
  const isRight = ({ index, tokens, finish }: TokenTrace) =>
    finish === 'end' && family.checkAnswer(problems[index], decodeResponse(tokenizer, tokens)).correct;
  // Most candidates first: the lists of lines are sampled once, at full length.
  const found = ns
    .toReversed()
    .map((expand) =>
      tokenBeam(proposals, { width: 1, expand, maxSteps: MOST_LINES, score, signal }).map(([best]) => best),
    )
    .toReversed();
  return {
    accuracy: found.map((traces) => mean(traces.map((trace) => Number(isRight(trace))))),
    answers: found[found.length - 1].slice(0, 6).map((trace) => ({
      prompt: problems[trace.index].prompt,
      lines: trace.ends
        .map((end, i) => {
          const line = tokenizer.decode(trace.tokens.slice(trace.ends[i - 1] ?? 0, end));
          return `${line.replaceAll('\n', '').replace('<eos>', '')} (${trace.scores[i].toFixed(2)})`;
        })
        .join('  '),
      right: isRight(trace),
    })),
  };
}

/** Best of n whole solutions. */
export function searchSolutions({ gpt, problems, ns, random }: Bench, scorer: StepScorer): Searched {
  const n = ns[ns.length - 1];
  const sampling = { n, maxTokens: ROOM, stop: [tokenizer.eos] };
  const groups = sampleRollouts(gpt, promptsOf(family, problems), sampling, random.split('solutions'));
  const scores = groups.map((group) =>
    outcomeScores(
      scorer,
      group.map(({ prompt, response }) => [...prompt, ...response]),
    ),
  );
  const right = groups.map((group) => group.map((rollout) => ratedPath(rollout).correct));
  const best = (g: number, among: number) => {
    let at = 0;
    for (let i = 1; i < among; i++) if (scores[g][i] > scores[g][at]) at = i;
    return right[g][at];
  };
  return { accuracy: ns.map((among) => mean(groups.map((_, g) => Number(best(g, among))))), answers: [] };
}

/** What a line does to a solution: right or wrong before it, right or wrong after it. */
export const pairs = ['right, right', 'right, wrong', 'wrong, right', 'wrong, wrong'] as const;
export type Pair = (typeof pairs)[number];

export interface PairTable {
  /** Lines of each kind, with the mean share of all lines that score below one of them: 0.5 tells nothing. */
  kinds: { pair: Pair; lines: number; rank: number }[];
  /** Chance that a right line scores above a wrong one: of all lines, after a right line, after a wrong one. Null without both. */
  auroc: { all: number | null; afterRight: number | null; afterWrong: number | null };
  /** Share of repairs (`!`, and right after it) that score below half of the wrong lines. Null without repairs. */
  missedRepairs: number | null;
}

/** How a scorer sees lines of solutions that the policy writes by itself. */
export function pairTable(scorer: StepScorer, paths: readonly RatedPath[]): PairTable {
  const scores = scorer.score(
    paths.map(({ problem, tokens, steps }) => {
      let end = tokenizer.encode(problem.prompt).length - 1;
      return { tokens, positions: steps.map((step) => (end += tokenizer.encode(step).length)) };
    }),
  );
  const lines = paths.flatMap(({ steps, right }, p) =>
    steps.map((step, i) => ({
      score: scores[p][i],
      right: right[i] === 1,
      // A problem is right before anything is written.
      before: i === 0 || right[i - 1] === 1,
      repair: step.startsWith('!'),
    })),
  );
  const area = (of: typeof lines) =>
    new Set(of.map(({ right }) => right)).size < 2
      ? null
      : auroc(
          of.map(({ score }) => score),
          of.map(({ right }) => right),
        );
  const sorted = lines.map(({ score }) => score).sort((a, b) => a - b);
  const kindOf = ({ before, right }: (typeof lines)[number]): Pair =>
    `${before ? 'right' : 'wrong'}, ${right ? 'right' : 'wrong'}`;
  const wrong = lines.filter(({ right }) => !right).map(({ score }) => score);
  const medianWrong = wrong.sort((a, b) => a - b)[wrong.length >> 1] ?? 0;
  const repairs = lines.filter(({ repair, right, before }) => repair && right && !before);
  return {
    kinds: pairs.map((pair) => {
      const ours = lines.filter((line) => kindOf(line) === pair);
      return {
        pair,
        lines: ours.length,
        rank: ours.length === 0 ? 0 : mean(ours.map(({ score }) => below(sorted, score))),
      };
    }),
    auroc: {
      all: area(lines),
      afterRight: area(lines.filter(({ before }) => before)),
      afterWrong: area(lines.filter(({ before }) => !before)),
    },
    missedRepairs: repairs.length === 0 ? null : mean(repairs.map(({ score }) => Number(score < medianWrong))),
  };
}

/** Share of sorted numbers below a value, equal ones counting half. */
function below(sorted: readonly number[], value: number): number {
  const first = sorted.findIndex((x) => x >= value);
  const next = sorted.findIndex((x) => x > value);
  return ((first < 0 ? sorted.length : first) + (next < 0 ? sorted.length : next)) / 2 / sorted.length;
}

/** Scores every trace once, however often it comes. */
function remembered(score: (traces: readonly TokenTrace[]) => readonly number[]): TraceScorer {
  const known = new Map<string, number>();
  const keyOf = ({ index, tokens }: TokenTrace) => `${index}:${tokens.join()}`;
  return (traces) => {
    const fresh = traces.filter((trace) => !known.has(keyOf(trace)));
    if (fresh.length > 0) {
      const values = score(fresh);
      fresh.forEach((trace, i) => {
        known.set(keyOf(trace), values[i]);
      });
    }
    return traces.map((trace) => known.get(keyOf(trace))!);
  };
}
