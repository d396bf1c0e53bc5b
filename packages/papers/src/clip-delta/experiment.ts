import { defineExperiment, type Trial } from '@laurel/core/paper';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainProcessModel, processModelOf } from '../lab/process-model.ts';
import { chainTask } from '../lab/task.ts';
import { chainRewards, type LanguageArm, languageArms, otherArms } from './arms.ts';
import { runChain } from './chain.ts';
import { figures } from './figures.ts';
import { trainLanguage } from './language.ts';
import { paper } from './paper.ts';
import { runProbe } from './probe.ts';
import type { Config, Making, Result } from './runs.ts';
import { clipDeltaGains, clipDeltaRescues, halvesAlone, rawScoresHurt } from './verdicts.ts';

const params = z.object({
  horizons: z
    .array(z.int().min(4).max(64))
    .default([8, 16, 24])
    .describe('Most steps of an episode in the filler chain'),
  chainIterations: z.int().min(10).max(1000).default(120).describe('Policy updates of a run in the filler chain'),
  task: chainTask
    .default(chainTask.parse({ plan: 0.3, restate: 0.1, room: 72 }))
    .describe('Problems of the language model'),
  width: z.int().min(8).default(48).describe('Width of the language model'),
  accuracy: z.number().min(0.05).max(0.95).default(0.4).describe('Accuracy of the policies that training begins with'),
  bases: z.int().min(1).default(2).describe('How many such policies there are, each with reward models of its own'),
  rollouts: z.int().min(16).default(1000).describe('Solutions that the reward models learn from'),
  epochs: z.int().min(1).default(4).describe('Passes over them'),
  reading: z.int().min(0).default(400).describe('Steps of supervised training that the reader is ahead of the policy'),
  iterations: z.int().min(0).max(1000).default(60).describe('Policy updates of the language model; 0 leaves it out'),
  problems: z.int().min(1).default(16).describe('Problems a batch'),
  responses: z.int().min(2).default(8).describe('Responses to each'),
  learningRate: z.number().positive().default(3e-4).describe('Of the language model, in all arms'),
  otherSeeds: z.int().min(0).default(2).describe('Seeds of the arms that no verdict rests on'),
  measured: z.int().min(2).default(96).describe('Held-out problems, sixteen responses each'),
  wanted: z.int().min(2).default(200).describe('Right solutions that the filler probe pads'),
  copies: z.int().min(1).default(10).describe('Most copies of the filler'),
});

const artifactsOf = ({ base, ...rest }: Making) => {
  const ref = chainProcessModel.ref({ base, ...rest, seed: base.seed });
  return { base: chainBase.ref(base), model: ref };
};

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Two worlds in which filler earns process reward. In the *filler chain* a tabular policy needs three computations, each
right with probability 0.8, and an answer; a plan changes nothing and scores 0.9, above a right computation. RLOO, 8 × 8 episodes an
iteration; accuracy is exact. The *language model* is a GPT of thirty thousand parameters that computes left to right modulo 10, line by
line, and answers 40% of the problems; a line may also restate the current value. Its process reward model learned from Monte-Carlo
labels of its own solutions, hard ones from four completions a line, and is shown with its use at inference. Each arm adds one refinement of the step scores to the
verified answer, with a weight of its own. The *filler probe* trains nothing: it pads right solutions and adds up rewards. The
quick profile leaves the training of the language model out.`,
  departures: [
    'The worlds are a tabular chain and a language model of thirty thousand parameters, not models of 1.5 and 7 billion on competition mathematics.',
    'Advantages are returns from each step on, less a baseline from the other responses to the problem; no value model is learned, and one update a batch leaves nothing for PPO to clip. No divergence from the first policy is charged.',
    'In the paper a model of 7 billion parameters completes the solutions that the process reward model learns from; here the policy does it itself. A scalar output on the tiny policy could not learn to check arithmetic from a thousand solutions (picking by it was no better than picking at random). Its score is therefore weighed with the surprise of a reader: the same model after 400 more steps of supervised training. The labels decide the weights; the outcome model is made in the same way.',
    'Two base policies with a reward model each serve the six seeds in turn, so intervals tell more of the luck of training than of the luck of reward models. Sizes and seeds keep the whole run within a few minutes.',
    'Only the five rewards that verdicts rest on have six seeds and a tuned weight. The others (outcome model, division by steps, penalty a step, and raw scores that pay no line twice) have two seeds and weights that were not tuned. The repetition filter stands beside raw scores, where there is something to filter, not beside the verifier alone.',
    'Learning rate: one for all arms, because the larger ones were worse for each that was tried; 1e-4 was not tried.',
    'The paper leaves the formulas of its length fixes open. Here: scores over the number of steps, and scores less their mean.',
    'In the chain each arm has the best of two weights at every horizon, which is the smaller one for all; the larger one is shown and judges nothing.',
  ],
  params,
  profiles: {
    smoke: {
      seeds: 2,
      params: {
        horizons: [8, 24],
        chainIterations: 20,
        task: { operations: 2, plan: 0.3, restate: 0.1, room: 30 },
        width: 16,
        accuracy: 0.1,
        bases: 1,
        rollouts: 120,
        epochs: 1,
        reading: 20,
        iterations: 2,
        problems: 4,
        responses: 4,
        otherSeeds: 1,
        measured: 4,
        wanted: 6,
        copies: 3,
      },
    },
    quick: { seeds: 6, params: { width: 32, bases: 1, iterations: 0 } },
    full: { seeds: 6 },
  },
  artifacts: [chainBase, chainProcessModel],
  trials: ({ params: p, seeds }): Trial<Config>[] => {
    const makingOf = (seed: number): Making => ({
      base: chainBase.params.parse({ task: p.task, width: p.width, accuracy: p.accuracy, seed: seed % p.bases }),
      rollouts: p.rollouts,
      epochs: p.epochs,
      reading: p.reading,
    });
    const { iterations, problems, responses, learningRate, measured } = p;
    const language = (arm: LanguageArm, seed: number): Trial<Config> => ({
      config: {
        kind: 'language',
        making: makingOf(seed),
        arm,
        training: { iterations, problems, responses, learningRate, measured },
      },
      seed,
      label: `language model, ${arm.name}, seed ${seed}`,
    });
    return [
      ...seeds.flatMap((seed) =>
        p.horizons.map((horizon) => ({
          config: { kind: 'chain' as const, horizon, iterations: p.chainIterations },
          seed,
          label: `chain of ${horizon} steps, seed ${seed}`,
        })),
      ),
      ...seeds.slice(0, p.bases).map((seed) => ({
        config: { kind: 'probe' as const, making: makingOf(seed), wanted: p.wanted, copies: p.copies },
        seed,
        label: `filler probe, policy ${seed}`,
      })),
      ...(iterations === 0
        ? []
        : seeds.flatMap((seed) => [
            ...languageArms.map((arm) => language(arm, seed)),
            ...(seed < p.otherSeeds ? otherArms.map((arm) => language(arm, seed)) : []),
          ])),
    ];
  },
  needs: (config) => {
    if (config.kind === 'chain') return [];
    const { base, model } = artifactsOf(config.making);
    return [base, model];
  },
  runTrial: async ({ config, seed }, context): Promise<Result> => {
    if (config.kind === 'chain') {
      const runs = chainRewards.map((reward, i) =>
        runChain(reward, config, seed, {
          signal: context.signal,
          progress: (fraction) => context.progress((i + fraction) / chainRewards.length),
        }),
      );
      return { kind: 'chain', runs };
    }
    const { task } = config.making.base;
    const refs = artifactsOf(config.making);
    const policy = modelOf(await context.artifact(refs.base));
    const value = await context.artifact(refs.model);
    const models = processModelOf(task, value);
    const etaAt = (quantile: number) => value.quantiles[quantile];
    if (config.kind === 'probe') {
      return { kind: 'probe', ...(await runProbe(task, models, etaAt(30), config, seed, context.signal)) };
    }
    const { arm, training } = config;
    const levels = { eta: etaAt(arm.quantile), penalty: value.meanScore };
    return { kind: 'language', ...trainLanguage(policy, task, models, levels, arm, training, seed, context) };
  },
  summarise: (finished) => {
    const hurts = rawScoresHurt(finished);
    const rescues = clipDeltaRescues(finished);
    const gains = clipDeltaGains(finished);
    const halves = halvesAlone(finished);
    return {
      claims: {
        ...(hurts && { 'raw-prm-hurts': hurts }),
        ...(rescues && { 'clip-delta-rescues': rescues }),
        ...(gains && { 'clip-delta-gains': gains }),
        ...(halves && { 'halves-alone': halves }),
      },
      figures: figures(finished),
    };
  },
});
