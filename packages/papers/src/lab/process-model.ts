import { firstErrorScore, predictFirstError, tuneThreshold } from '@laurel/core/assess';
import { type ChainData, firstError, lineSpans, type Problem, responseLines } from '@laurel/core/env';
import {
  labelledSteps,
  labelSteps,
  type SteppedResponse,
  StepScorer,
  trainOutcomeModel,
  trainStepScorer,
} from '@laurel/core/model';
import { Gpt, type GptShape, linearSchedule } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts, sequenceOf, sft } from '@laurel/core/policy';
import { auroc, mean, quantile, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from './base.ts';
import { type ChainTask, demonstrations, familyOf, heldOutProblems, trainProblems } from './task.ts';

const params = z.object({
  base: chainBase.params.describe(
    'The policy that writes the solutions and completes them, and where the models begin',
  ),
  labels: z
    .enum(['hard', 'soft'])
    .default('hard')
    .describe('What a line learns: whether any completion was right, or the share that was'),
  completions: z.int().min(1).max(64).default(4).describe('Completions from the end of each line'),
  rollouts: z.int().min(16).max(20_000).default(1000).describe('Solutions that are labelled'),
  epochs: z.int().min(1).max(100).default(4).describe('Most passes over them'),
  reading: z.int().min(0).max(10_000).default(400).describe('Steps of supervised training that the reader is ahead'),
  seed: z.int().describe('Decides the solutions, the completions and the order of training'),
});

/** Longest line in tokens: what has no newline for so long is cut, so that no policy can make one step of everything. */
const LONGEST_LINE = 12;
/** Problems, and responses to each, that the models are measured on. */
const MEASURED = { problems: 100, responses: 16 };
/** The reader is sure where its entropy is below this, in nats; a token counts for at most so many nats of surprise. */
const SURE = 0.5;
const MOST_SURPRISE = 6;

type Rollout = LanguageRollout<Problem<ChainData>>;
type Written = Pick<Rollout, 'prompt' | 'response'>;

/** What makes a chance of a head's logit and a reader's surprise: σ(bias + head · logit + surprise · surprise). */
type Weights = { bias: number; head: number; surprise: number };

/**
 * A process and an outcome reward model for the solutions of a base policy, learned from nothing but a checker of answers:
 * lines are labelled by completing the solution from their ends (Math-Shepherd, arXiv 2312.08935).
 *
 * A scalar output on so small a model learns from a thousand solutions which problems are hard and where one stands, and
 * not to check arithmetic. So a second model is asked besides, a reader: the base, some way further in its supervised
 * training, as reward models tend to be stronger than the policies they judge. What it says is the worst surprise so far: how unlikely
 * it held a token where it was sure of another. The labels weigh the two. `quantiles` are those of the process
 * scores on held-out lines, 0 to 100 percent, and `meanScore` is their mean.
 */
export const chainProcessModel = defineArtifact({
  name: 'lab/process-model',
  description:
    'A process reward model on Monte-Carlo labels and an outcome reward model, for the solutions of a base policy',
  params,
  needs: ({ base }) => [chainBase.ref(base)],
  build: async ({ base, labels: kind, completions, rollouts: count, epochs, reading, seed }, context) => {
    const { task } = base;
    const family = familyOf(task);
    const policy = modelOf(await context.artifact(chainBase.ref(base)));
    const random = new Random(seed, 'chain process model');
    const sampling = { maxTokens: task.room, stop: [family.tokenizer.eos] };
    const sample = (problems: readonly Problem<ChainData>[], n: number, what: string) =>
      sampleRollouts(policy, promptsOf(family, problems), { ...sampling, n }, random.split(what));

    const reader = policy.clone();
    if (reading > 0) {
      const examples = demonstrations(task, Math.min(8192, 64 * reading), random.split('demonstrations'));
      const optimiser = { learningRate: linearSchedule(3e-3, reading, 3e-4), maxGradientNorm: 1 };
      for (const { iteration } of sft(reader, examples, { random: random.split('order'), steps: reading, optimiser })) {
        context.signal.throwIfAborted();
        context.progress((0.3 * iteration) / reading, 'the reader reads');
      }
    }

    const solutions = sample(trainProblems(task, count, random.split('problems')), 1, 'solutions')
      .flat()
      .map((rollout) => ({ ...rollout, steps: stepsOf(task, rollout.response) }));
    const { labels } = await labelSteps(policy, solutions, {
      ...sampling,
      completions,
      random: random.split('completions'),
      signal: context.signal,
      isCorrect: (problem, response) =>
        isCorrect(family, { problem, response, ended: response.at(-1) === family.tokenizer.eos } as Rollout),
    });
    context.progress(0.6, 'lines labelled');

    // Heads learn from most solutions; what weighs them against the surprise, from those that they have not seen.
    const held = Math.ceil(count / 6);
    const examples = solutions.map((solution, i) => labelledSteps(solution, labels[i], kind));
    const outcomes = solutions.map((solution, i) => ({
      tokens: examples[i].tokens,
      outcome: Number(isCorrect(family, solution)),
    }));
    const fit = (from: number, name: string) => ({
      gpt: policy,
      learningRate: 1e-3,
      maxGradientNorm: 1,
      batch: 32,
      epochs,
      seed,
      onEpoch: ({ validation }: { validation: { loss: number } | null }) => {
        context.signal.throwIfAborted();
        from += 0.15 / epochs;
        context.progress(from, `${name}: loss ${validation?.loss.toFixed(3)}`);
      },
    });
    const line = trainStepScorer({
      ...fit(0.6, 'process model'),
      loss: 'classification',
      examples: examples.slice(held),
      validation: examples.slice(0, held),
    }).scorer;
    const whole = trainOutcomeModel({
      ...fit(0.75, 'outcome model'),
      responses: outcomes.slice(held),
      validation: outcomes.slice(0, held),
    }).scorer;
    const unseen = solutions.slice(0, held);
    const surprises = surprisesOf(task, reader, unseen);
    const value = {
      shape: { ...line.gpt.shape },
      readerShape: { ...reader.shape },
      reader: reader.parameters,
      process: line.gpt.parameters,
      outcome: whole.gpt.parameters,
      processWeights: weigh(
        scoreLines(task, line, unseen).flatMap((scores) => [...scores]),
        surprises.flat(),
        examples.slice(0, held).flatMap(({ targets }) => Array.from(targets)),
      ),
      outcomeWeights: weigh(
        scoreLines(task, whole, unseen).map((scores) => scores[scores.length - 1]),
        surprises.map((all) => all[all.length - 1]),
        outcomes.slice(0, held).map(({ outcome }) => outcome),
      ),
    };
    const models = processModelOf(task, value);
    const scores = models.lines(unseen).flatMap((ours) => [...ours]);
    const problems = heldOutProblems(task, 'validation', MEASURED.problems, random.split('held out'));
    return {
      ...value,
      quantiles: Float64Array.from({ length: 101 }, (_, q) => quantile(scores, q / 100)),
      meanScore: mean(scores),
      positive: mean(examples.flatMap(({ targets }) => Array.from(targets))),
      quality: qualityOf(task, models, sample(problems, MEASURED.responses, 'measure')),
    };
  },
  figures: ({ quality, positive, quantiles, processWeights }, { labels, completions, rollouts }) => [
    table({
      id: 'process-model',
      title: 'The reward models',
      caption: `Trained on ${rollouts} solutions with ${labels} labels from ${completions} completions a line; measured on ${MEASURED.problems} held-out problems with ${MEASURED.responses} solutions each. A reward model is of use at inference if picking by it beats a random pick. The first error is the checker's first wrong line; the threshold is tuned on every other problem and F1 is of the rest.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'process model, AUROC: lines from which right lines lead to the answer', value: quality.auroc },
        { what: 'process model, F1 of the first error', value: quality.firstErrorF1 },
        { what: 'outcome model, AUROC: right solutions', value: quality.outcomeAuroc },
        { what: 'accuracy of a random solution', value: quality.sampled },
        { what: `best of ${MEASURED.responses} by the lowest line score`, value: quality.bestByLowest },
        { what: `best of ${MEASURED.responses} by the outcome model`, value: quality.bestByOutcome },
        { what: `any of ${MEASURED.responses} right`, value: quality.any },
        { what: 'mean label of a line', value: positive },
        { what: 'median score of a line', value: quantiles[50] },
        { what: 'weight of a nat of surprise', value: processWeights.surprise },
      ],
    }),
  ],
});

/** The scores of a `chainProcessModel`, all in [0, 1]. */
export interface ChainProcessModel {
  /**
   * Chance of success after each line of each response.
   *
   * @param head another scorer in the place of the process model's own, weighed against the same surprise
   */
  lines(responses: readonly Written[], head?: StepScorer): Float64Array[];
  /** Chance that each response is right. */
  outcomes(responses: readonly Written[]): Float64Array;
}

/** The reward models of a `chainProcessModel`. */
export function processModelOf(
  task: ChainTask,
  {
    shape,
    readerShape,
    ...models
  }: {
    shape: GptShape;
    readerShape: GptShape;
    reader: Float32Array;
    process: Float32Array;
    outcome: Float32Array;
    processWeights: Weights;
    outcomeWeights: Weights;
  },
): ChainProcessModel {
  const reader = new Gpt(readerShape, models.reader.slice());
  const process = new StepScorer(new Gpt(shape, models.process.slice()), 'probability');
  const outcome = new StepScorer(new Gpt(shape, models.outcome.slice()), 'probability');
  return {
    lines: (responses, head = process) => {
      const surprises = surprisesOf(task, reader, responses);
      return scoreLines(task, head, responses).map((scores, i) =>
        scores.map((score, k) => chance(models.processWeights, score, surprises[i][k])),
      );
    },
    outcomes: (responses) => {
      const surprises = surprisesOf(task, reader, responses);
      return Float64Array.from(scoreLines(task, outcome, responses), (scores, i) =>
        chance(models.outcomeWeights, scores[scores.length - 1], surprises[i][scores.length - 1]),
      );
    },
  };
}

/** The lines of a response, as steps: what every process reward here is about. */
export function stepsOf(task: ChainTask, response: ArrayLike<number>): SteppedResponse['steps'] {
  return lineSpans(familyOf(task).tokenizer, response, LONGEST_LINE);
}

/** Scores of the lines of each response. */
export function scoreLines(task: ChainTask, scorer: StepScorer, responses: readonly Written[]): Float64Array[] {
  return scorer.score(
    responses.map((response) => ({
      tokens: sequenceOf(response).tokens,
      positions: stepsOf(task, response.response).map(({ end }) => response.prompt.length + end - 1),
    })),
  );
}

/** After each line, the reader's worst surprise so far at a token of which it was sure, in nats. */
function surprisesOf(task: ChainTask, reader: Gpt, responses: readonly Written[]): number[][] {
  return reader.read(responses.map(sequenceOf)).map(({ logProbs, entropies }, i) => {
    let worst = 0;
    return stepsOf(task, responses[i].response).map(({ start, end }) => {
      for (let t = start; t < end; t++) {
        if (entropies[t] < SURE) worst = Math.max(worst, Math.min(MOST_SURPRISE, -logProbs[t]));
      }
      return worst;
    });
  });
}

function chance({ bias, head, surprise }: Weights, score: number, surprised: number): number {
  return 1 / (1 + Math.exp(-(bias + head * logit(score) + surprise * surprised)));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

/** Logistic regression of labels on the logits of scores and on surprises, by gradient descent. */
function weigh(scores: readonly number[], surprises: readonly number[], labels: readonly number[]): Weights {
  const weights: Weights = { bias: 0, head: 1, surprise: 0 };
  for (let step = 0; step < 500; step++) {
    const gradient: Weights = { bias: 0, head: 0, surprise: 0 };
    labels.forEach((label, i) => {
      const error = chance(weights, scores[i], surprises[i]) - label;
      gradient.bias += error;
      gradient.head += error * logit(scores[i]);
      gradient.surprise += error * surprises[i];
    });
    for (const name of ['bias', 'head', 'surprise'] as const) weights[name] -= (0.2 * gradient[name]) / labels.length;
  }
  return weights;
}

function qualityOf(task: ChainTask, models: ChainProcessModel, groups: readonly (readonly Rollout[])[]) {
  const family = familyOf(task);
  const judged = groups.map((group) => {
    const lines = models.lines(group);
    const outcomes = models.outcomes(group);
    return group.map((rollout, i) => ({
      scores: lines[i],
      whole: outcomes[i],
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
    bestByOutcome: best(({ whole }) => whole),
    any: mean(judged.map((group) => Number(group.some(({ right }) => right)))),
  };
}
