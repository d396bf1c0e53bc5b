import { type ChainData, decodeResponse, firstError, lineSpans, type Problem, responseLines } from '@laurel/core/env';
import { labelSteps, type SteppedResponse } from '@laurel/core/model';
import { defineArtifact, table } from '@laurel/core/paper';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts } from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';

const params = z.object({
  base: chainBase.params,
  prompts: z.int().min(8).describe('Training prompts, the eighth part of them for validation'),
  responses: z.int().min(1).describe('Responses to each'),
  completions: z.int().min(1).describe('Completions from the end of every line, for labels'),
  problems: z.int().min(4).describe('Test problems'),
  pool: z.int().min(2).describe('Responses to each'),
  valued: z.int().min(2).describe('Completions of one prefix a test problem, for its true value'),
  seed: z.int(),
});

/** A solution to learn from. Labels are those of its lines. */
export type Solution = {
  readonly prompt: Int32Array;
  readonly response: Int32Array;
  /** Which prompt, and which response to it. */
  readonly group: number;
  readonly index: number;
  readonly right: number;
  /** Share of completions that were right, and whether any was. */
  readonly soft: Float64Array;
  readonly hard: Float64Array;
  /** Whether right lines lead from there to the answer: what no completion needs to be drawn for. */
  readonly exact: Float64Array;
};

/** A response that scorers are measured on, with what the checker says of it. */
export type Tested = {
  readonly prompt: Int32Array;
  readonly response: Int32Array;
  /** Under the base policy, which is every implicit model's reference. */
  readonly logProbs: Float32Array;
  readonly right: boolean;
  readonly answer: string | null;
  /** The first wrong line; -1 for none. */
  readonly firstError: number;
};

/** A line of the first response to a test problem, and the share of completions from its end that were right. */
export type ValuedLine = { readonly group: number; readonly line: number; readonly value: number };

/** Longest line in tokens; what has no newline for so long is cut. */
const LONGEST_LINE = 12;

/** The lines of a response, as steps. */
export function stepsOf(task: ChainTask, response: ArrayLike<number>) {
  return lineSpans(familyOf(task).tokenizer, response, LONGEST_LINE);
}

type ChainRollout = LanguageRollout<Problem<ChainData>>;

/** Solutions of a base policy with all labels that any scorer learns from, and the pool that all are measured on. */
export const scorerData = defineArtifact({
  name: 'implicit-prm/data',
  description:
    'Solutions of the base policy with outcomes and Monte-Carlo labels of their lines, and the test pool that all scorers rank',
  params,
  needs: ({ base }) => [chainBase.ref(base)],
  build: async ({ base, prompts, responses, completions, problems, pool, valued, seed }, context) => {
    const { task } = base;
    const family = familyOf(task);
    const policy = modelOf(await context.artifact(chainBase.ref(base)));
    const random = new Random(seed, 'implicit-prm data');
    const sampling = { maxTokens: task.room, stop: [family.tokenizer.eos] };
    const sample = (asked: readonly Problem<ChainData>[], n: number, what: string) =>
      sampleRollouts(policy, promptsOf(family, asked), { ...sampling, n }, random.split(what));
    const verdictsOf = ({ problem, response }: ChainRollout) =>
      family.checkLines(problem, responseLines(family.tokenizer, response, LONGEST_LINE));
    const finishes = (problem: Problem<ChainData>, response: Int32Array) =>
      response.at(-1) === family.tokenizer.eos &&
      family.checkAnswer(problem, decodeResponse(family.tokenizer, response)).correct;
    const label = (solutions: readonly SteppedResponse<Problem<ChainData>>[], n: number, what: string) =>
      labelSteps(policy, solutions, {
        ...sampling,
        completions: n,
        random: random.split(what),
        signal: context.signal,
        isCorrect: finishes,
      });

    const groups = sample(trainProblems(task, prompts, random.split('problems')), responses, 'solutions');
    const rollouts = groups.flat();
    context.progress(0.15, 'solutions written');
    const { labels, sampledTokens: labelTokens } = await label(
      rollouts.map((rollout) => ({ ...rollout, steps: stepsOf(task, rollout.response) })),
      completions,
      'labels',
    );
    context.progress(0.6, 'lines labelled');
    const solutions: Solution[] = rollouts.map((rollout, i) => ({
      prompt: rollout.prompt,
      response: rollout.response,
      group: Math.floor(i / responses),
      index: i % responses,
      right: Number(isCorrect(family, rollout)),
      soft: Float64Array.from(labels[i].steps, ({ soft }) => soft ?? 0),
      hard: Float64Array.from(labels[i].steps, ({ hard }) => hard ?? 0),
      exact: Float64Array.from(verdictsOf(rollout), ({ onTrack }) => Number(onTrack)),
    }));

    const tested = sample(heldOutProblems(task, 'test', problems, random.split('test')), pool, 'pool');
    context.progress(0.8, 'test pool written');
    const test: Tested[][] = tested.map((group) =>
      group.map((rollout) => ({
        prompt: rollout.prompt,
        response: rollout.response,
        logProbs: rollout.logProbs,
        right: isCorrect(family, rollout),
        answer: family.checkAnswer(rollout.problem, decodeResponse(family.tokenizer, rollout.response)).answer,
        firstError: firstError(verdictsOf(rollout)),
      })),
    );
    // One line a problem, not the last: a finished response has nothing to complete.
    const chosen = tested.map(([{ prompt, response, problem }], g) => {
      const steps = stepsOf(task, response);
      const line = random.split('valued', g).int(Math.max(1, steps.length - 1));
      return { prompt, response, problem, line, steps: [{ start: 0, end: steps[line].end }] };
    });
    const values = await label(chosen, valued, 'values');
    return {
      solutions,
      labelTokens,
      test,
      values: chosen.map(
        ({ line }, group): ValuedLine => ({ group, line, value: values.labels[group].steps[0].soft ?? 0 }),
      ),
    };
  },
  figures: ({ solutions, labelTokens, test }, { completions }) => [
    table({
      id: 'data',
      title: 'What the scorers learn from, and what they are measured on',
      caption: `Labels of lines come from ${completions} completions each. A label is right when it says what the checker says: that right lines lead from there to the answer.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'solutions', value: solutions.length },
        { what: 'right among them', value: mean(solutions.map(({ right }) => right)) },
        { what: 'tokens of the solutions', value: solutions.reduce((sum, { response }) => sum + response.length, 0) },
        { what: 'tokens of the completions', value: labelTokens },
        { what: 'hard labels that are right', value: agreement(solutions, ({ hard }) => hard) },
        { what: 'soft labels on the right side of ½', value: agreement(solutions, ({ soft }) => soft) },
        { what: 'right in the test pool', value: mean(test.flat().map(({ right }) => Number(right))) },
        { what: 'any right in the pool', value: mean(test.map((group) => Number(group.some(({ right }) => right)))) },
      ],
    }),
  ],
});

/** Share of lines whose label is on the checker's side of a half. */
function agreement(solutions: readonly Solution[], labels: (solution: Solution) => Float64Array): number {
  const agreed = solutions.flatMap((solution) =>
    Array.from(labels(solution), (label, k) => Number(label >= 0.5 === solution.exact[k] >= 0.5)),
  );
  return mean(agreed);
}
