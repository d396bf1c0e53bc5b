import { decodeResponse, lineSpans } from '@laurel/core/env';
import {
  labelledSteps,
  labelSteps,
  ProgressEstimator,
  StepScorer,
  type StepTargets,
  trainOutcomeModel,
  trainProgressEstimator,
  trainStepScorer,
} from '@laurel/core/model';
import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { auroc, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainTask, familyOf, trainProblems } from '../lab/task.ts';

const params = z.object({
  task: chainTask,
  width: z.int().min(8),
  accuracy: z.number().describe('Of the base policy'),
  rollouts: z.int().min(32).describe('Solutions of the base policy to learn from'),
  completions: z.int().min(1).describe('Completions from the end of every line'),
  epochs: z.int().min(1).describe('Passes over the labels'),
  seed: z.int(),
});

const LEARNING_RATE = 1e-3;

/** What scores steps and responses, all trained on the same labelled solutions of the same base policy. */
export interface Scorers {
  readonly process: StepScorer;
  readonly hierarchical: StepScorer;
  readonly outcome: StepScorer;
  readonly attributed: ProgressEstimator;
  /** Median of the process scores: the threshold of clip. */
  readonly eta: number;
}

interface Stored {
  readonly [key: string]: GptShape | Float32Array | number | null;
  readonly shape: GptShape;
}

export const studyScorers = defineArtifact({
  name: 'process-rewards/scorers',
  description:
    'Process, hierarchical, outcome and attributing models of one base policy, all trained on the same solutions with Monte-Carlo labels',
  params,
  needs: ({ task, width, accuracy, seed }) => [chainBase.ref({ task, width, accuracy, seed })],
  build: async ({ task, width, accuracy, rollouts, completions, epochs, seed }, context) => {
    const base = modelOf(await context.artifact(chainBase.ref({ task, width, accuracy, seed })));
    const family = familyOf(task);
    const { tokenizer } = family;
    const random = new Random(seed, 'process-rewards scorers');
    const stop = [tokenizer.eos];
    context.progress(0, 'sampling solutions');
    const prompts = promptsOf(family, trainProblems(task, rollouts, random.split('problems')));
    const solutions = sampleRollouts(base, prompts, { maxTokens: task.room, stop }, random.split('solutions'))
      .flat()
      .map((rollout) => ({ ...rollout, steps: lineSpans(tokenizer, rollout.response, task.room) }));
    const isCorrect = (problem: (typeof solutions)[number]['problem'], response: Int32Array) =>
      family.checkAnswer(problem, decodeResponse(tokenizer, response)).correct;
    context.progress(0.1, 'labelling steps');
    const { labels, sampledTokens } = await labelSteps(base, solutions, {
      completions,
      maxTokens: task.room,
      stop,
      isCorrect,
      random: random.split('labels'),
      start: true,
      signal: context.signal,
    });
    const outcomes = solutions.map(({ problem, response }) => Number(isCorrect(problem, response)));
    const all = solutions.map((solution, i) => labelledSteps(solution, labels[i], 'soft'));
    const held = Math.floor(all.length / 5);
    const cut = <X>(list: readonly X[]) => ({ train: list.slice(held), validation: list.slice(0, held) });
    const how = { gpt: base, learningRate: LEARNING_RATE, maxGradientNorm: 1, epochs, patience: 2, seed, batch: 32 };

    context.progress(0.4, 'process model');
    const steps = cut(all);
    const process = trainStepScorer({
      ...how,
      loss: 'classification',
      examples: steps.train,
      validation: steps.validation,
    }).scorer;
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
    context.progress(0.8, 'outcome model and attribution');
    const responses = cut(
      solutions.map((solution, i) => ({ tokens: sequenceOf(solution).tokens, outcome: outcomes[i] })),
    );
    const outcome = trainOutcomeModel({ ...how, responses: responses.train, validation: responses.validation }).scorer;
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
    const finals = outcome
      .score(responses.validation.map(({ tokens }) => ({ tokens, positions: [tokens.length - 1] })))
      .map(([score]) => score);
    const sorted = process
      .score(steps.train)
      .flatMap((scores) => [...scores])
      .sort((a, b) => a - b);
    return {
      shape: { ...process.gpt.shape },
      process: process.gpt.parameters,
      hierarchical: hierarchical.gpt.parameters,
      outcome: outcome.gpt.parameters,
      attributed: attributed.estimator.gpt.parameters,
      eta: sorted[Math.floor(sorted.length / 2)],
      sampledTokens,
      processAuroc: aurocOf(scoresOf(process), hopeful),
      hierarchicalAuroc: aurocOf(scoresOf(hierarchical), hopeful),
      outcomeAuroc: aurocOf(
        finals,
        outcomes.slice(0, held).map((right) => right === 1),
      ),
      attributionError: attributed.fit.mae,
      lastShare: attributed.fit.lastShare,
    };
  },
  figures: (value) => [
    table({
      id: 'scorers',
      title: 'The learned scorers, on solutions held out',
      caption:
        'AUROC of prefixes from which at least half of the completions are right, and of right solutions for the outcome model; the attributing model’s contributions should add up to the outcome.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'process model, AUROC of prefixes', value: value.processAuroc },
        { what: 'hierarchical model, AUROC of prefixes', value: value.hierarchicalAuroc },
        { what: 'outcome model, AUROC of solutions', value: value.outcomeAuroc },
        { what: 'attributing model, mean error of the sum', value: value.attributionError },
        { what: 'attributing model, share of the last step', value: value.lastShare },
        { what: 'median process score (the threshold of clip)', value: value.eta },
        { what: 'tokens sampled for labels', value: value.sampledTokens },
      ],
    }),
  ],
});

/** Null where all held-out cases are alike, as may happen with very few. */
function aurocOf(scores: readonly number[], positive: readonly boolean[]): number | null {
  return positive.includes(true) && positive.includes(false) ? auroc(scores, positive) : null;
}

/** The scorers of an artifact. */
export function scorersOf(value: Stored & Record<keyof Omit<Scorers, 'eta'>, Float32Array> & { eta: number }): Scorers {
  const model = (parameters: Float32Array) => new Gpt(value.shape, parameters);
  return {
    process: new StepScorer(model(value.process), 'probability'),
    hierarchical: new StepScorer(model(value.hierarchical), 'probability'),
    outcome: new StepScorer(model(value.outcome), 'probability'),
    attributed: new ProgressEstimator(model(value.attributed)),
    eta: value.eta,
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
