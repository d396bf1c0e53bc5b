import { decodeResponse } from '@laurel/core/env';
import {
  labelledSteps,
  labelSteps,
  ProgressEstimator,
  StepScorer,
  type StepTargets,
  trainProgressEstimator,
  trainStepScorer,
} from '@laurel/core/model';
import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { auroc, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { type ChainProcessModel, chainProcessModel, processModelOf, stepsOf } from '../lab/process-model.ts';
import { type ChainTask, familyOf, trainProblems } from '../lab/task.ts';

const params = z.object({
  model: chainProcessModel.params.describe('The process and outcome models, whose base these begin from as well'),
});

const LEARNING_RATE = 1e-3;

/** What scores steps and responses of one base policy. */
export interface Scorers {
  readonly model: ChainProcessModel;
  readonly hierarchical: StepScorer;
  readonly attributed: ProgressEstimator;
  /** Median of the process scores: the threshold of clip. */
  readonly eta: number;
}

export const studyScorers = defineArtifact({
  name: 'process-rewards/scorers',
  description: 'A head trained on merged steps and an attributing model, for the solutions of a base policy',
  params,
  needs: ({ model: { base } }) => [chainBase.ref(base)],
  build: async ({ model: { base: from, rollouts, completions, epochs, seed } }, context) => {
    const { task } = from;
    const base = modelOf(await context.artifact(chainBase.ref(from)));
    const family = familyOf(task);
    const { tokenizer } = family;
    const random = new Random(seed, 'process-rewards scorers');
    const stop = [tokenizer.eos];
    context.progress(0, 'sampling solutions');
    const prompts = promptsOf(family, trainProblems(task, rollouts, random.split('problems')));
    const solutions = sampleRollouts(base, prompts, { maxTokens: task.room, stop }, random.split('solutions'))
      .flat()
      .map((rollout) => ({ ...rollout, steps: stepsOf(task, rollout.response) }));
    const isCorrect = (problem: (typeof solutions)[number]['problem'], response: Int32Array) =>
      family.checkAnswer(problem, decodeResponse(tokenizer, response)).correct;
    context.progress(0.1, 'labelling steps');
    const { labels, sampledTokens } = await labelSteps(base, solutions, {
      completions,
      maxTokens: task.room,
      stop,
      isCorrect,
      random: random.split('labels'),
      signal: context.signal,
    });
    const outcomes = solutions.map(({ problem, response }) => Number(isCorrect(problem, response)));
    const all = solutions.map((solution, i) => labelledSteps(solution, labels[i], 'soft'));
    const held = Math.floor(all.length / 5);
    const cut = <X>(list: readonly X[]) => ({ train: list.slice(held), validation: list.slice(0, held) });
    const how = { gpt: base, learningRate: LEARNING_RATE, maxGradientNorm: 1, epochs, patience: 2, seed, batch: 32 };

    const steps = cut(all);
    context.signal.throwIfAborted();
    context.progress(0.6, 'hierarchical model');
    const merged = solutions.flatMap((solution, i) => mergedSteps(tokenizer.newline, all[i], solution.prompt.length));
    const hierarchical = trainStepScorer({
      ...how,
      loss: 'classification',
      examples: [...steps.train, ...merged.slice(Math.floor(merged.length / 5))],
      validation: steps.validation,
    }).scorer;
    context.signal.throwIfAborted();
    context.progress(0.8, 'attribution');
    const episodes = cut(
      solutions.map((solution, i) => ({
        tokens: sequenceOf(solution).tokens,
        turnEnds: solution.steps.map(({ end }) => solution.prompt.length + end - 1),
        reward: outcomes[i],
      })),
    );
    const attributed = trainProgressEstimator({
      ...how,
      episodes: episodes.train,
      validation: episodes.validation,
    });
    // How well each tells solutions and prefixes apart that it was not trained on.
    const scoresOf = (scorer: StepScorer) => scorer.score(steps.validation).flatMap((scores) => [...scores]);
    const hopeful = steps.validation.flatMap(({ targets }) => Array.from(targets, (share) => share >= 0.5));
    return {
      shape: { ...hierarchical.gpt.shape },
      hierarchical: hierarchical.gpt.parameters,
      attributed: attributed.estimator.gpt.parameters,
      sampledTokens,
      hierarchicalAuroc: aurocOf(scoresOf(hierarchical), hopeful),
      attributionError: attributed.fit.mae,
      lastShare: attributed.fit.lastShare,
    };
  },
  figures: (value) => [
    table({
      id: 'scorers',
      title: 'The learned scorers, on solutions held out',
      caption:
        'AUROC of prefixes from which at least half of the completions are right; the attributing model’s contributions should add up to the outcome.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'head on merged steps alone, AUROC of prefixes', value: value.hierarchicalAuroc },
        { what: 'attributing model, mean error of the sum', value: value.attributionError },
        { what: 'attributing model, share of the last step', value: value.lastShare },
        { what: 'tokens sampled for labels', value: value.sampledTokens },
      ],
    }),
  ],
});

/** Null where all held-out cases are alike, as may happen with very few. */
function aurocOf(scores: readonly number[], positive: readonly boolean[]): number | null {
  return positive.includes(true) && positive.includes(false) ? auroc(scores, positive) : null;
}

/** The scorers of both artifacts. */
export function scorersOf(
  task: ChainTask,
  model: Parameters<typeof processModelOf>[1] & { quantiles: Float64Array },
  { shape, hierarchical, attributed }: { shape: GptShape; hierarchical: Float32Array; attributed: Float32Array },
): Scorers {
  return {
    model: processModelOf(task, model),
    hierarchical: new StepScorer(new Gpt(shape, hierarchical), 'probability'),
    attributed: new ProgressEstimator(new Gpt(shape, attributed)),
    eta: model.quantiles[50],
  };
}

/**
 * Each step merged with the one before it, with its own label (HRM, arXiv 2503.13551): the newline between the two goes, and
 * the score is asked for at the end of what is now one step.
 */
function mergedSteps(newline: number, { tokens, positions, targets }: StepTargets, prompt: number): StepTargets[] {
  const merged: StepTargets[] = [];
  for (let k = 1; k < positions.length; k++) {
    const before = positions[k - 1];
    if (before < prompt || tokens[before] !== newline) continue;
    const joined = [...Array.from(tokens).slice(0, before), ...Array.from(tokens).slice(before + 1, positions[k] + 1)];
    merged.push({ tokens: joined, positions: [joined.length - 1], targets: [targets[k]] });
  }
  return merged;
}
