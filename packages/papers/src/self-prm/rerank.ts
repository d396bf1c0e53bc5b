import { decodeResponse, lineSpans, responseLines } from '@laurel/core/env';
import { type StepScorer, trainStepScorer } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { type LanguageRollout, promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { tallyVotes, voteAmongBest } from '@laurel/core/search';
import { mean, Random } from '@laurel/core/stats';
import {
  type ChainProblem,
  family,
  heldOutProblems,
  judge,
  readVerdict,
  tokenizer,
  trainProblems,
} from './language.ts';

export const rerankers = [
  'majority',
  'external, of the base',
  'external, of the final model',
  'Self-PRM, 1 vote',
  'Self-PRM, 4 votes',
  'approval-weighted majority',
  'any sample right',
] as const;
export type Reranker = (typeof rerankers)[number];

const VOTES = 4;

export interface Reranked {
  accuracy: { reranker: Reranker; operations: number; k: number; accuracy: number }[];
  /** Of the samples that one vote approves; precision is null where there are none. */
  approval: { operations: number; approved: number; precision: number | null; base: number }[];
}

export interface RerankOptions {
  difficulties: readonly number[];
  /** Problems of each difficulty. */
  problems: number;
  /** Numbers of samples, rising. */
  ks: readonly number[];
  /** Solutions that each external scorer learns from. */
  rollouts: number;
  seed: number;
}

/** Picks among samples of the final model, by all rerankers on the same samples. */
export function rerank(base: Gpt, final: Gpt, options: RerankOptions): Reranked {
  const { difficulties, seed, ks } = options;
  const random = new Random(seed, 'rerank');
  const external = {
    'external, of the base': externalScorer(base, options, random.split('base')),
    'external, of the final model': externalScorer(final, options, random.split('final')),
  };
  const most = ks[ks.length - 1];
  const result: Reranked = { accuracy: [], approval: [] };
  for (const operations of difficulties) {
    const ours = random.split('problems', operations);
    const problems = heldOutProblems('test', options.problems, ours, operations);
    const sampling = { n: most, maxTokens: family.maxSolutionTokens(operations), stop: [tokenizer.eos] };
    const groups = sampleRollouts(final, promptsOf(family, problems), sampling, ours.split('samples'));
    const answers = groups.map((group) => group.map(answerOf));
    const approvals = approve(final, groups, ours.split('judge'));
    const scores = Object.entries(external).map(([name, scorer]) => ({ name, groups: lowest(scorer, groups) }));
    const right = (i: number, answer: string | null | undefined) => Number(answer === problems[i].answer);
    for (const k of ks) {
      const share = (pick: (i: number) => number) => mean(problems.map((_, i) => pick(i)));
      const cut = <X>(list: readonly X[]) => list.slice(0, k);
      const by = (all: readonly (readonly number[])[]) =>
        share((i) => right(i, voteAmongBest(cut(answers[i]), cut(all[i]))));
      const picked: Record<string, number> = {
        majority: share((i) => right(i, tallyVotes(cut(answers[i]))[0]?.answer)),
        ...Object.fromEntries(scores.map(({ name, groups: all }) => [name, by(all)])),
        'Self-PRM, 1 vote': by(approvals.map((group) => group.map(({ first }) => first))),
        'Self-PRM, 4 votes': by(approvals.map((group) => group.map(({ all }) => all))),
        'approval-weighted majority': share((i) =>
          right(i, tallyVotes(cut(answers[i]), cut(approvals[i].map(({ all }) => all)))[0]?.answer),
        ),
        'any sample right': share((i) => Number(cut(answers[i]).includes(problems[i].answer))),
      };
      for (const reranker of rerankers) result.accuracy.push({ reranker, operations, k, accuracy: picked[reranker] });
    }
    const samples = groups.flatMap((group, i) =>
      group.map((_, j) => ({ right: right(i, answers[i][j]), approved: approvals[i][j].first === 1 })),
    );
    const approved = samples.filter((sample) => sample.approved);
    result.approval.push({
      operations,
      approved: approved.length / samples.length,
      precision: approved.length > 0 ? mean(approved.map((sample) => sample.right)) : null,
      base: mean(samples.map((sample) => sample.right)),
    });
  }
  return result;
}

type Solution = LanguageRollout<ChainProblem>;

function answerOf({ problem, response, ended }: Solution): string | null {
  return ended ? family.checkAnswer(problem, decodeResponse(tokenizer, response)).answer : null;
}

/** Approval by one vote and the share of all votes. Equal solutions to a problem are judged once; cut ones are not approved. */
function approve(gpt: Gpt, groups: readonly (readonly Solution[])[], random: Random) {
  const distinct = new Map<string, Solution>();
  const nameOf = (i: number, solution: Solution) => `${i}:${solution.response.join()}`;
  groups.forEach((group, i) => {
    for (const solution of group) if (solution.ended) distinct.set(nameOf(i, solution), solution);
  });
  const written = [...distinct.values()].map(({ problem, response }) => ({ problem, solution: response.slice(0, -1) }));
  const judged = written.length > 0 ? judge(gpt, written, { votes: VOTES }, random) : [];
  const verdicts = new Map(
    [...distinct.keys()].map((name, n) => {
      const votes = judged[n].map((one) => Number(readVerdict(one) === -1));
      return [name, { first: votes[0], all: mean(votes) }];
    }),
  );
  return groups.map((group, i) => group.map((one) => verdicts.get(nameOf(i, one)) ?? { first: 0, all: 0 }));
}

/** A process reward model of the policy’s size, begun from it, trained on the checker’s own labels of its solutions. */
function externalScorer(gpt: Gpt, { difficulties, rollouts, seed }: RerankOptions, random: Random): StepScorer {
  const problems = trainProblems(difficulties, rollouts, random.split('problems'));
  const sampling = { maxTokens: family.maxSolutionTokens(Math.max(...difficulties)), stop: [tokenizer.eos] };
  const examples = sampleRollouts(gpt, promptsOf(family, problems), sampling, random.split('solutions'))
    .flat()
    .map((rollout) => ({
      ...positionsOf(rollout),
      targets: family
        .checkLines(rollout.problem, responseLines(tokenizer, rollout.response))
        .map(({ onTrack }) => Number(onTrack)),
    }));
  const held = Math.ceil(rollouts / 6);
  return trainStepScorer({
    gpt,
    loss: 'classification',
    examples: examples.slice(held),
    validation: examples.slice(0, held),
    learningRate: 1e-3,
    maxGradientNorm: 1,
    epochs: 6,
    patience: 2,
    batch: 32,
    seed,
  }).scorer;
}

function positionsOf(solution: Solution) {
  const positions = lineSpans(tokenizer, solution.response).map(({ end }) => solution.prompt.length + end - 1);
  return { tokens: sequenceOf(solution).tokens, positions };
}

/** The least line score of each solution, for each group. */
function lowest(scorer: StepScorer, groups: readonly (readonly Solution[])[]): number[][] {
  const scores = scorer.score(groups.flat().map(positionsOf)).map((lines) => Math.min(...lines));
  let from = 0;
  return groups.map(({ length }) => {
    from += length;
    return scores.slice(from - length, from);
  });
}
