import { firstErrorScore, predictFirstError, tuneThreshold } from '@laurel/core/assess';
import { type ChainData, firstError, lineSpans, type Problem, responseLines } from '@laurel/core/env';
import {
  labelledSteps,
  labelSteps,
  outcomeScores,
  type SteppedResponse,
  StepScorer,
  trainOutcomeModel,
  trainStepScorer,
} from '@laurel/core/model';
import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts } from '@laurel/core/policy';
import { auroc, mean, quantile, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from './base.ts';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from './task.ts';

const params = z.object({
  base: chainBase.params.describe(
    'The policy that writes the solutions and completes them, and where the models begin',
  ),
  labels: z
    .enum(['hard', 'soft'])
    .default('hard')
    .describe('What a step learns: whether any completion was right, or the share that was'),
  completions: z.int().min(1).max(64).default(4).describe('Completions from the end of each line'),
  rollouts: z.int().min(16).max(20_000).default(1000).describe('Solutions that are labelled'),
  epochs: z.int().min(1).max(100).default(6).describe('Most passes over them'),
  seed: z.int().describe('Decides the solutions, the completions and the order of training'),
});

/** Longest line in tokens: what has no newline for so long is cut, so that no policy can make one step of everything. */
const LONGEST_LINE = 12;
/** Problems, and responses to each, that the models are measured on. */
const MEASURED = { problems: 100, responses: 16 };

type Rollout = LanguageRollout<Problem<ChainData>>;

/**
 * A process and an outcome reward model for the solutions of a base policy, learned from nothing but a checker of answers:
 * lines are labelled by completing the solution from their ends (Math-Shepherd, arXiv 2312.08935). Papers that need a
 * process reward model share it. `quantiles` are those of the process scores on training lines, 0 to 100 percent.
 */
export const chainProcessModel = defineArtifact({
  name: 'lab/chain-process-model',
  description:
    'A process reward model on Monte-Carlo labels and an outcome reward model, both begun from the base policy and trained on its own solutions',
  params,
  needs: ({ base }) => [chainBase.ref(base)],
  build: async ({ base, labels: kind, completions, rollouts: count, epochs, seed }, context) => {
    const { task } = base;
    const family = familyOf(task);
    const policy = modelOf(await context.artifact(chainBase.ref(base)));
    const random = new Random(seed, 'chain process model');
    const sampling = { maxTokens: task.room, stop: [family.tokenizer.eos] };
    const sample = (problems: readonly Problem<ChainData>[], n: number, what: string) =>
      sampleRollouts(policy, promptsOf(family, problems), { ...sampling, n }, random.split(what));

    const solutions = sample(trainProblems(task, count, random.split('problems')), 1, 'solutions')
      .flat()
      .map((rollout) => ({ ...rollout, steps: stepsOf(task, rollout.response) }));
    context.progress(0.1, `${count} solutions written`);
    const { labels } = await labelSteps(policy, solutions, {
      ...sampling,
      completions,
      random: random.split('completions'),
      signal: context.signal,
      isCorrect: (problem, response) =>
        isCorrect(family, { problem, response, ended: response.at(-1) === family.tokenizer.eos } as Rollout),
    });
    context.progress(0.4, 'lines labelled');

    const held = Math.ceil(count / 8);
    const examples = solutions.map((solution, i) => labelledSteps(solution, labels[i], kind));
    const outcomes = solutions.map((solution, i) => ({
      tokens: examples[i].tokens,
      outcome: Number(isCorrect(family, solution)),
    }));
    const fit = (from: number, name: string) => ({
      gpt: policy,
      learningRate: (globalThis as any).LR ?? 1e-3,
      maxGradientNorm: 1,
      batch: 32,
      epochs,
      patience: 4,
      seed,
      onEpoch: ({ validation }: { validation: { loss: number } | null }) => {
        context.signal.throwIfAborted();
        context.progress((from += 0.25 / epochs), `${name}: loss ${validation?.loss.toFixed(3)}`);
      },
    });
    const { scorer: process } = trainStepScorer({
      ...fit(0.4, 'process model'),
      loss: 'classification',
      examples: examples.slice(held),
      validation: examples.slice(0, held),
    });
    const { scorer: outcome } = trainOutcomeModel({
      ...fit(0.65, 'outcome model'),
      responses: outcomes.slice(held),
      validation: outcomes.slice(0, held),
    });

    const scores = process.score(examples.slice(held)).flatMap((ours) => [...ours]);
    const groups = sample(
      heldOutProblems(task, 'validation', MEASURED.problems, random.split('held out')),
      MEASURED.responses,
      'measure',
    );
    return {
      shape: { ...process.gpt.shape },
      process: process.gpt.parameters,
      outcome: outcome.gpt.parameters,
      quantiles: Float64Array.from({ length: 101 }, (_, q) => quantile(scores, q / 100)),
      positive: mean(examples.flatMap(({ targets }) => Array.from(targets))),
      quality: qualityOf(task, process, outcome, groups),
    };
  },
  figures: ({ quality, positive, quantiles }, { labels, completions, rollouts }) => [
    table({
      id: 'process-model',
      title: 'The reward models',
      caption: `Trained on ${rollouts} solutions with ${labels} labels from ${completions} completions a line; measured on ${MEASURED.problems} held-out problems with ${MEASURED.responses} solutions each. A reward model is worth training on only if picking by it beats a random pick. The first error is the checker's first wrong line; the threshold is tuned on every other problem and F1 is of the rest.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'AUROC of the process model: lines from which right lines lead to the answer', value: quality.auroc },
        { what: 'first error, F1', value: quality.firstErrorF1 },
        { what: 'AUROC of the outcome model: right solutions', value: quality.outcomeAuroc },
        { what: 'accuracy of a random solution', value: quality.sampled },
        { what: `best of ${MEASURED.responses} by the lowest line score`, value: quality.bestByLowest },
        { what: `best of ${MEASURED.responses} by the last line score`, value: quality.bestByLast },
        { what: `best of ${MEASURED.responses} by the outcome model`, value: quality.bestByOutcome },
        { what: `any of ${MEASURED.responses} right`, value: quality.any },
        { what: 'mean label of a line', value: positive },
        { what: 'median score of a training line', value: quantiles[50] },
      ],
    }),
  ],
});

/** The process reward model: a chance of success after each line. */
export function processScorerOf({ shape, process }: { shape: GptShape; process: Float32Array }): StepScorer {
  return new StepScorer(new Gpt(shape, process.slice()), 'probability');
}

/** The outcome reward model, for `outcomeScores`. */
export function outcomeScorerOf({ shape, outcome }: { shape: GptShape; outcome: Float32Array }): StepScorer {
  return new StepScorer(new Gpt(shape, outcome.slice()), 'probability');
}

/** The lines of a response, as steps: what every process reward here is about. */
export function stepsOf(task: ChainTask, response: ArrayLike<number>): SteppedResponse['steps'] {
  return lineSpans(familyOf(task).tokenizer, response, LONGEST_LINE);
}

/** Scores of the lines of each response. */
export function scoreLines(task: ChainTask, scorer: StepScorer, rollouts: readonly Rollout[]): Float64Array[] {
  return scorer.score(
    rollouts.map(({ prompt, response }) => ({
      tokens: wholeOf({ prompt, response }),
      positions: stepsOf(task, response).map(({ end }) => prompt.length + end - 1),
    })),
  );
}

function wholeOf({ prompt, response }: Pick<Rollout, 'prompt' | 'response'>): Int32Array {
  return Int32Array.of(...prompt, ...response);
}

function qualityOf(task: ChainTask, process: StepScorer, outcome: StepScorer, groups: readonly (readonly Rollout[])[]) {
  const family = familyOf(task);
  const judged = groups.map((group) => {
    const lineScores = scoreLines(task, process, group);
    const wholeScores = outcomeScores(outcome, group.map(wholeOf));
    return group.map((rollout, i) => ({
      scores: lineScores[i],
      whole: wholeScores[i],
      right: isCorrect(family, rollout),
      verdicts: family.checkLines(rollout.problem, responseLines(family.tokenizer, rollout.response, LONGEST_LINE)),
    }));
  });
  type Judged = (typeof judged)[number][number];
  const all = judged.flat();
  const located = (part: 0 | 1) =>
    judged
      .filter((_, g) => g % 2 === part)
      .flat()
      .map(({ scores, verdicts }) => ({ scores, firstError: firstError(verdicts) }));
  const { threshold } = tuneThreshold(located(0));
  const reported = located(1);
  const best = (score: (solution: Judged) => number) =>
    mean(judged.map((group) => Number(group.reduce((a, b) => (score(b) > score(a) ? b : a)).right)));
  return {
    auroc: auroc(
      all.flatMap(({ scores }) => [...scores]),
      all.flatMap(({ verdicts }) => verdicts.map(({ onTrack }) => onTrack)),
    ),
    firstErrorF1: firstErrorScore(
      reported.map(({ firstError: truth }) => truth),
      reported.map(({ scores }) => predictFirstError(scores, threshold)),
    ).f1,
    outcomeAuroc: auroc(
      all.map(({ whole }) => whole),
      all.map(({ right }) => right),
    ),
    sampled: mean(all.map(({ right }) => Number(right))),
    bestByLowest: best(({ scores }) => Math.min(...scores)),
    bestByLast: best(({ scores }) => scores[scores.length - 1]),
    bestByOutcome: best(({ whole }) => whole),
    any: mean(judged.map((group) => Number(group.some(({ right }) => right)))),
  };
}
