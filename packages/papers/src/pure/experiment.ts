import { fillerChain } from '@laurel/core/env';
import { defineExperiment, type Trial } from '@laurel/core/paper';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainTask } from '../lab/task.ts';
import { armsOf, noAnswerScore, sweptArms, type Variant, variantName, variants } from './arms.ts';
import { figures } from './figures.ts';
import { type LanguageOutcome, languageArms, trainLanguage } from './language.ts';
import { languageHackIsPostponed, languageMinBeatsSum, languageTenthOfAnswers } from './language-verdicts.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { paper } from './paper.ts';
import {
  type ChainConfig,
  type LanguageConfig,
  type LanguageRun,
  type LanguageSettings,
  planScore,
  type Run,
} from './runs.ts';
import { lineScorer, lineScorerOf } from './scorer.ts';
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
  languageSeeds: z
    .int()
    .min(0)
    .max(64)
    .default(6)
    .describe('Seeds that also train the language model; 0 leaves it out'),
  operations: z.int().min(2).max(8).default(4).describe('Language model: operations of a problem'),
  width: z.int().min(8).max(256).default(48).describe('Language model: width'),
  baseAccuracy: z.number().min(0.05).max(0.95).default(0.4).describe('Language model: accuracy it begins with'),
  labelled: z
    .int()
    .min(16)
    .max(20_000)
    .default(1500)
    .describe('Language model: solutions that the process reward model learns from'),
  languageIterations: z.int().min(3).max(500).default(60).describe('Language model: policy updates a run'),
  problems: z.int().min(1).max(256).default(16).describe('Language model: problems an iteration'),
  samples: z.int().min(2).max(64).default(8).describe('Language model: responses a problem'),
  learningRate: z.number().positive().default(3e-4).describe('Language model: learning rate after the warm-up'),
  heldOut: z.int().min(10).max(2000).default(200).describe('Language model: held-out problems'),
});

/** Passes over the labels in each stage of the process reward model. */
const EPOCHS = 6;

const taskOf = ({ operations }: LanguageSettings) =>
  chainTask.parse({ operations, plan: 0.3, restate: 0.1, room: 18 * operations });

const baseOf = (settings: LanguageSettings, seed: number) => ({
  task: taskOf(settings),
  width: settings.width,
  accuracy: settings.baseAccuracy,
  seed,
});

const scorerOf = (settings: LanguageSettings, seed: number) =>
  lineScorer.ref({ base: baseOf(settings, seed), rollouts: settings.labelled, epochs: EPOCHS, seed });

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Two parts. In the filler chain, a world in which filler is easy, everything is exact: a solution takes three
computations, each right with probability 0.8, and an answer; planning changes nothing, but the process reward model, a
table, scores a plan above a right computation, and episodes are cut off after 24 steps. A tabular softmax policy is trained
by RLOO (8 groups of 8 episodes, Adam) on each form of credit: sum (three discounts), mean, min, strict min, verified answers,
and mixtures. Accuracy and the number of plans are computed exactly at every iteration. All runs are made twice: with a missing
answer unscored, and with it scored as badly as a wrong one. *Onset* is the first iteration with an accuracy below 80% of the
start; a run has *collapsed* when the mean of its last ten iterations is below that.

The second part trains a tiny GPT. Problems are chains of four operations modulo ten; a solution computes them line by line,
and may name the next operation or repeat the current value in lines of their own. The model learns from demonstrations until
it is right four times in ten; a process reward model learns which lines of its solutions are right, from an exact checker’s
labels up to the first wrong one. Then copies of the model are trained on the sum of its scores, their minimum, the minimum
with answers for every tenth problem, and answers alone, by RLOO on the same problems in the same order. A missing answer is
not scored, as in the paper. Held-out accuracy is measured every four iterations; onset is the first of two measurements in a
row below 80% of the start, and a run has collapsed when the mean of its last three is below that. The figure *The language
model*, the first rollouts, the last rows of the table and the claims that name a language model rest on trained models;
all others are exact.`,
  departures: [
    'The filler chain is a tabular stand-in for a language model: one prompt, one token a step, a scripted table in place of a trained process reward model. The language model beside it has some 30,000 parameters, so claims about real models are not judged.',
    'The process reward model of the language part learns from an exact checker’s labels of lines in place of people’s, up to the first wrong line, as in the paper’s data; a plan or restatement that is true counts as right. Its score is the chance of right less the chance of wrong, and its learning rates are those of a tiny model.',
    'The language part has four arms at one learning rate, chosen for verified answers on a tuning seed, without discount and without a divergence penalty; the sum with other discounts, mean, strict minimum, other baselines and the tuned pair are compared in the filler chain alone. So the sum’s best tuned chance is judged there and not in the language model. On the one tuning seed a third of the learning rate put the fall of sum and min off and did not prevent it.',
    'The language part has 60 iterations, not 100, and runs on the first six seeds and not in the quick profile, to keep within the time that a run may take. Its demonstrations plan before three computations in ten and restate before one in ten, not before every other one.',
    'One gradient step a batch, so that the clip of PPO never binds and is left out; the divergence from the first policy, where it is used, is differentiated exactly at the states visited.',
    'Advantages are those of the authors’ verl branch, whitened over the batch as its configuration has it, with the outcome part kept apart from the process part.',
    'Runs last 300 iterations, not the 120 first planned: pilot runs on tuning seeds showed that whitening moves the min-form’s hack from about iteration 50 to anywhere between 40 and 560. Without whitening it comes at about 50 (set `whiten` to false to see it).',
    'Tuning goes up to divergence weights of 1, far above the paper’s 0.001: whitened advantages are of order one, and only weights of that size hold the sum-form back.',
    'A step is a single token here: the token-level baseline divides by the horizon of 24, the step-level one by each response’s own number of steps.',
  ],
  params,
  profiles: {
    smoke: {
      seeds: 2,
      params: {
        iterations: 40,
        planScores: [0.4],
        languageSeeds: 1,
        operations: 2,
        width: 16,
        baseAccuracy: 0.15,
        labelled: 48,
        languageIterations: 4,
        problems: 4,
        samples: 4,
        heldOut: 40,
      },
    },
    quick: { seeds: 8, params: { languageSeeds: 0 } },
    full: { seeds: 32 },
  },
  artifacts: [chainBase, lineScorer],
  trials: ({ params: p, seeds }): Trial<ChainConfig | LanguageConfig>[] => {
    const { iterations, groups, groupSize, whiten } = p;
    const chain = (seed: number, arm: Arm, variant: Variant, plan: number) => ({
      config: { part: 'chain' as const, arm, variant, plan, training: { iterations, groups, groupSize, whiten } },
      seed,
      label: `${arm.name}, ${variantName[variant]}${plan === planScore ? '' : `, plan ${plan}`}, seed ${seed}`,
    });
    const { operations, width, baseAccuracy, labelled } = p;
    const { languageIterations, problems, samples, learningRate, heldOut } = p;
    const language = seeds.slice(0, p.languageSeeds).flatMap((seed) =>
      languageArms.map((arm) => ({
        config: {
          part: 'language' as const,
          arm,
          base: seed,
          settings: { operations, width, baseAccuracy, labelled },
          training: { iterations: languageIterations, problems, samples, learningRate, whiten, heldOut },
        },
        seed,
        label: `language model, ${arm.name}, seed ${seed}`,
      })),
    );
    const swept = p.planScores.filter((plan) => plan !== planScore);
    return [
      ...language,
      ...seeds.flatMap((seed) => [
        ...variants.flatMap((variant) => armsOf(variant).map((arm) => chain(seed, arm, variant, planScore))),
        ...swept.flatMap((plan) => sweptArms.map((arm) => chain(seed, arm, 'unscored', plan))),
      ]),
    ];
  },
  needs: (config) => {
    if (config.part === 'chain') return [];
    return [chainBase.ref(baseOf(config.settings, config.base)), scorerOf(config.settings, config.base)];
  },
  runTrial: async ({ config, seed }, context): Promise<Outcome | LanguageOutcome> => {
    if (config.part === 'language') {
      const { arm, base, settings, training } = config;
      const policy = modelOf(await context.artifact(chainBase.ref(baseOf(settings, base))));
      const scorer = lineScorerOf(await context.artifact(scorerOf(settings, base)));
      return trainLanguage(policy, scorer, taskOf(settings), arm, training, seed, context);
    }
    const { arm, variant, plan, training } = config;
    const chain = fillerChain({ noAnswer: noAnswerScore[variant], scores: { plan } });
    const trace = trainPolicy(chain, arm, training, seed, context);
    trace.accuracy.forEach((accuracy, iteration) => {
      context.point('verifier accuracy', iteration, accuracy);
    });
    return outcomeOf(trace);
  },
  summarise: (all, { params: { iterations, languageIterations } }) => {
    const finished = all.filter((run): run is typeof run & Run => run.config.part === 'chain');
    const language = all.filter((run): run is typeof run & LanguageRun => run.config.part === 'language');
    const claims = {
      'min-beats-sum': minBeatsSum(finished),
      'hack-is-postponed': hackIsPostponed(finished, iterations),
      'a-tenth-of-answers': tenthOfAnswers(finished),
      'language-min-beats-sum': languageMinBeatsSum(language),
      'language-hack-is-postponed': languageHackIsPostponed(language, languageIterations),
      'language-tenth-of-answers': languageTenthOfAnswers(language),
    };
    return {
      claims: Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim !== null)),
      figures: figures(finished, language, { chain: iterations, language: languageIterations }),
    };
  },
});
