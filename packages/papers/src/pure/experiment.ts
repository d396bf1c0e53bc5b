import { fillerChain } from '@laurel/core/env';
import { defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import { armsOf, noAnswerScore, sweptArms, type Variant, variantName, variants } from './arms.ts';
import { figures } from './figures.ts';
import { outcomeOf } from './outcome.ts';
import { paper } from './paper.ts';
import { planScore } from './runs.ts';
import { type Arm, trainPolicy } from './train.ts';
import { hackIsPostponed, minBeatsSum, tenthOfAnswers } from './verdicts.ts';

const params = z.object({
  iterations: z.int().min(10).max(2000).default(300).describe('Policy updates a run'),
  groups: z.int().min(1).max(64).default(8).describe('Prompts a batch'),
  groupSize: z.int().min(2).max(64).default(8).describe('Responses a prompt'),
  whiten: z.boolean().default(true).describe('Scale the advantages of a batch to mean 0 and variance 1'),
  planScores: z
    .array(z.number().min(-1).max(1))
    .default([0.2, 0.4, 0.6])
    .describe('Further scores of a plan step at which sum, mean and min are compared'),
});

export const experiment = defineExperiment({
  paper,
  evidence: 'exact',
  description: `A world in which filler is easy: a solution takes three computations, each right with probability 0.8, and an
answer; planning changes nothing, but the process reward model scores a plan above a right computation, and episodes are
cut off after 24 steps. A tabular softmax policy is trained by RLOO (8 groups of 8 episodes, Adam) on each form of
credit: sum (three discounts), mean, min, strict min, verified answers, and mixtures. Accuracy and the number of plans are
computed exactly at every iteration. All runs are made twice: with a missing answer unscored, and with it scored as badly
as a wrong one. *Onset* is the first iteration with an accuracy below 80% of the start; a run has *collapsed* when the mean
of its last ten iterations is below that.`,
  departures: [
    'The filler chain is a tabular stand-in for a language model: one prompt, one token a step, a scripted table in place of a trained process reward model. The tiny language model that learns the same hack by itself is a part still to come, so claims about real models are not judged.',
    'One gradient step a batch, so that the clip of PPO never binds and is left out; the divergence from the first policy, where it is used, is differentiated exactly at the states visited.',
    'Advantages are those of the authors’ verl branch, whitened over the batch as its configuration has it, with the outcome part kept apart from the process part.',
    'Runs last 300 iterations, not the 120 first planned: pilot runs on tuning seeds showed that whitening moves the min-form’s hack from about iteration 50 to anywhere between 40 and 560. Without whitening it comes at about 50 (set `whiten` to false to see it).',
    'Tuning goes up to divergence weights of 1, far above the paper’s 0.001: whitened advantages are of order one, and only weights of that size hold the sum-form back.',
    'A step is a single token here: the token-level baseline divides by the horizon of 24, the step-level one by each response’s own number of steps.',
  ],
  params,
  profiles: {
    smoke: { seeds: 2, params: { iterations: 40, planScores: [0.4] } },
    quick: { seeds: 8 },
    full: { seeds: 32 },
  },
  trials: ({ params: { planScores, ...training }, seeds }) => {
    const trial = (seed: number, arm: Arm, variant: Variant, plan: number) => ({
      config: { arm, variant, plan, training },
      seed,
      label: `${arm.name}, ${variantName[variant]}${plan === planScore ? '' : `, plan ${plan}`}, seed ${seed}`,
    });
    const swept = planScores.filter((plan) => plan !== planScore);
    return seeds.flatMap((seed) => [
      ...variants.flatMap((variant) => armsOf(variant).map((arm) => trial(seed, arm, variant, planScore))),
      ...swept.flatMap((plan) => sweptArms.map((arm) => trial(seed, arm, 'unscored', plan))),
    ]);
  },
  runTrial: ({ config: { arm, variant, plan, training }, seed }, context) => {
    const chain = fillerChain({ noAnswer: noAnswerScore[variant], scores: { plan } });
    const trace = trainPolicy(chain, arm, training, seed, context);
    trace.accuracy.forEach((accuracy, iteration) => {
      context.point('verifier accuracy', iteration, accuracy);
    });
    return outcomeOf(trace);
  },
  summarise: (finished, { params: { iterations } }) => {
    const beats = minBeatsSum(finished);
    const postponed = hackIsPostponed(finished, iterations);
    const tenth = tenthOfAnswers(finished);
    return {
      claims: {
        ...(beats && { 'min-beats-sum': beats }),
        ...(postponed && { 'hack-is-postponed': postponed }),
        ...(tenth && { 'a-tenth-of-answers': tenth }),
      },
      figures: figures(finished, iterations),
    };
  },
});
