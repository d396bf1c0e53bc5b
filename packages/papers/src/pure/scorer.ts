import { firstErrorScore, predictFirstError, tuneThreshold } from '@laurel/core/assess';
import { type ChainData, firstError, type Problem } from '@laurel/core/env';
import { StepScorer, type StepTargets, trainStepScorer } from '@laurel/core/model';
import { deepened, Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { auroc, mean, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { scoreLines, stepsOf } from '../lab/process-model.ts';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';

const params = z.object({
  base: chainBase.params.describe('The policy whose solutions are labelled, and where the model begins'),
  rollouts: z.int().min(16).max(20_000).describe('Solutions whose lines are labelled'),
  epochs: z.int().min(1).max(100).describe('Passes over the labels in each stage'),
  seed: z.int(),
});

type Rollout = LanguageRollout<Problem<ChainData>>;

/** Learning rates of the two stages: the output alone, then all weights. */
const STAGES = [3e-3, 1e-3];
const MEASURED = { problems: 60, responses: 8 };

/**
 * The paper's process reward model in small: right or wrong for every line up to the first wrong one (the convention of
 * PRM800K), from an exact checker in place of people, in two stages. Nothing tells it that a right line may be needless.
 */
export const lineScorer = defineArtifact({
  name: 'pure/line-scorer',
  description:
    'A process reward model that learned, in two stages, which lines of the base policy’s solutions are right',
  params,
  needs: ({ base }) => [chainBase.ref(base)],
  build: async ({ base, rollouts, epochs, seed }, context) => {
    const { task } = base;
    const family = familyOf(task);
    const policy = modelOf(await context.artifact(chainBase.ref(base)));
    const random = new Random(seed, 'pure', 'line scorer');
    const sampling = { maxTokens: task.room, stop: [family.tokenizer.eos] };
    const problems = promptsOf(family, trainProblems(task, rollouts, random.split('problems')));
    const examples = sampleRollouts(policy, problems, sampling, random.split('solutions')).flat().map(labelledLines);
    const held = Math.ceil(rollouts / 8);
    // A line is wrong when its result is not what the policy expected one token earlier, which takes a second layer to see.
    let gpt = deepened(policy, Math.max(2, base.layers), random.split('deeper'));
    STAGES.forEach((learningRate, stage) => {
      context.signal.throwIfAborted();
      context.progress(0.1 + 0.2 * stage, stage === 0 ? 'output' : 'all weights');
      gpt = trainStepScorer({
        gpt,
        loss: 'classification',
        examples: examples.slice(held),
        validation: examples.slice(0, held),
        freezeBackbone: stage === 0,
        learningRate,
        maxGradientNorm: 1,
        batch: 32,
        epochs,
        seed,
      }).scorer.gpt;
    });
    context.progress(0.9, 'measuring');
    const measured = heldOutProblems(task, 'validation', MEASURED.problems, random.split('held out'));
    const how = { ...sampling, n: MEASURED.responses };
    const groups = sampleRollouts(policy, promptsOf(family, measured), how, random.split('measure'));
    return {
      shape: { ...gpt.shape },
      parameters: gpt.parameters,
      positive: mean(examples.flatMap(({ targets }) => Array.from(targets))),
      quality: qualityOf(task, new StepScorer(gpt, 'probability'), groups),
    };

    function labelledLines(rollout: Rollout): StepTargets {
      const steps = stepsOf(task, rollout.response);
      const verdicts = family.checkLines(rollout.problem, linesOf(task, rollout));
      const wrong = firstError(verdicts);
      const kept = wrong < 0 ? steps : steps.slice(0, wrong + 1);
      return {
        tokens: sequenceOf(rollout).tokens,
        positions: kept.map(({ end }) => rollout.prompt.length + end - 1),
        targets: kept.map((_, k) => Number(k !== wrong)),
      };
    }
  },
  figures: ({ positive, quality }, { rollouts }) => [
    table({
      id: 'line-scorer',
      title: 'The process reward model',
      caption: `Trained on ${rollouts} solutions, labelled line by line up to the first error; measured on ${MEASURED.problems} held-out problems with ${MEASURED.responses} solutions each. The threshold of F1 is tuned on every other problem.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'first error, F1', value: quality.firstErrorF1 },
        { what: 'AUROC of right lines', value: quality.auroc },
        { what: 'accuracy of a random solution', value: quality.sampled },
        { what: `best of ${MEASURED.responses} by the lowest line score`, value: quality.bestByLowest },
        { what: `best of ${MEASURED.responses} by the sum of line scores`, value: quality.bestBySum },
        { what: 'right lines among the labelled', value: positive },
      ],
    }),
  ],
});

/** The process reward model: the chance that a line is right. */
export function lineScorerOf({ shape, parameters }: { shape: GptShape; parameters: Float32Array }): StepScorer {
  return new StepScorer(new Gpt(shape, parameters.slice()), 'probability');
}

/** What the process reward model gives each line: the chance that it is right less the chance that it is wrong. */
export function lineRewards(task: ChainTask, scorer: StepScorer, rollouts: readonly Rollout[]): Float64Array[] {
  return scoreLines(task, scorer, rollouts).map((scores) => scores.map((right) => 2 * right - 1));
}

/** The lines of a response as text, one for each of its steps. */
export function linesOf(task: ChainTask, { response }: Pick<Rollout, 'response'>): string[] {
  const { tokenizer } = familyOf(task);
  return stepsOf(task, response).map(({ start, end }) => {
    const kept = response.slice(start, end).filter((id) => id !== tokenizer.newline && id !== tokenizer.eos);
    return tokenizer.decode(kept);
  });
}

function qualityOf(task: ChainTask, scorer: StepScorer, groups: readonly (readonly Rollout[])[]) {
  const family = familyOf(task);
  const judged = groups.map((group) => {
    const rewards = lineRewards(task, scorer, group);
    return group.map((rollout, i) => ({
      scores: rewards[i],
      right: isCorrect(family, rollout),
      verdicts: family.checkLines(rollout.problem, linesOf(task, rollout)),
    }));
  });
  type Judged = (typeof judged)[number][number];
  const located = (part: 0 | 1) =>
    judged
      .filter((_, g) => g % 2 === part)
      .flat()
      .map(({ scores, verdicts }) => ({ scores, firstError: firstError(verdicts) }));
  const best = (score: (solution: Judged) => number) =>
    mean(judged.map((group) => Number(group.reduce((a, b) => (score(b) > score(a) ? b : a)).right)));
  const all = judged.flat();
  return {
    auroc: auroc(
      all.flatMap(({ scores }) => [...scores]),
      all.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdict !== 'wrong')),
    ),
    // Null where solutions with an error, or without, are lacking.
    firstErrorF1: both(located(0)) && both(located(1)) ? firstErrorF1(located(0), located(1)) : null,
    sampled: mean(all.map(({ right }) => Number(right))),
    bestByLowest: best(({ scores }) => Math.min(...scores)),
    bestBySum: best(({ scores }) => scores.reduce((total, x) => total + x, 0)),
  };
}

type Located = { scores: Float64Array; firstError: number };

function both(solutions: readonly Located[]): boolean {
  return new Set(solutions.map(({ firstError }) => firstError < 0)).size === 2;
}

function firstErrorF1(tuning: readonly Located[], reported: readonly Located[]): number {
  const { threshold } = tuneThreshold(tuning);
  return firstErrorScore(
    reported.map(({ firstError: truth }) => truth),
    reported.map(({ scores }) => predictFirstError(scores, threshold)),
  ).f1;
}
