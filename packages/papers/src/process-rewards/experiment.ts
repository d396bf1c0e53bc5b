import { defineExperiment } from '@laurel/core/paper';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainProcessModel } from '../lab/process-model.ts';
import { chainTask } from '../lab/task.ts';
import { figures } from './figures.ts';
import { type Arm, arms, nameOf } from './forms.ts';
import { paper } from './paper.ts';
import { scorersOf, studyScorers } from './scorers.ts';
import { trainArm } from './train.ts';
import { boundedFormsResist, denseBeatsVerifier, outcomeModelFallsShort, sumIsFarmed } from './verdicts.ts';

const params = z.object({
  width: z.int().min(8).default(48).describe('Width of the models'),
  accuracy: z.number().min(0.05).max(0.95).default(0.4).describe('Accuracy of the base policy'),
  operations: z.int().min(2).max(8).default(4).describe('Operations of a problem'),
  rollouts: z.int().min(32).max(5000).default(1000).describe('Solutions that the scorers learn from'),
  completions: z.int().min(1).max(32).default(4).describe('Completions from the end of each line, for labels'),
  epochs: z.int().min(1).max(20).default(4).describe('Passes over the labels'),
  reading: z
    .int()
    .min(0)
    .max(2000)
    .default(400)
    .describe('Steps of supervised training that the process model’s reader is ahead of the policy'),
  iterations: z.int().min(2).max(500).default(40).describe('Policy updates a run'),
  prompts: z.int().min(1).max(256).default(16).describe('Problems an iteration'),
  samples: z.int().min(2).max(64).default(8).describe('Responses a problem'),
  learningRate: z.number().positive().default(3e-4).describe('Of the policy, and of the implicit model'),
  heldOut: z.int().min(10).max(1000).default(300).describe('Held-out problems at the start and at the end'),
  only: z.array(z.string()).default([]).describe('Names of arms to run; all when empty'),
});

type Params = z.output<typeof params>;

const taskOf = ({ operations }: Params) =>
  chainTask.parse({ operations, plan: 0.3, restate: 0.1, room: 18 * operations });

const baseOf = (p: Params, seed: number) =>
  chainBase.ref({ task: taskOf(p), width: p.width, accuracy: p.accuracy, seed });

/** The process model, and what is trained besides. */
const scorerRefs = (p: Params, seed: number) => {
  const { width, accuracy, rollouts, completions, epochs, reading } = p;
  const base = { task: taskOf(p), width, accuracy, seed };
  const model = { base, labels: 'hard' as const, completions, rollouts, epochs, reading, seed };
  return [chainProcessModel.ref(model), studyScorers.ref({ model })] as const;
};

export const experiment = defineExperiment({
  paper,
  evidence: 'trained',
  description: `Problems are chains of four operations modulo ten; a solution computes them line by line, and may name the next
operation or repeat the current value in lines of their own, which is where filler can grow. A tiny GPT is trained on
demonstrations until it is right four times in ten. From its solutions, with completions from the end of every line, a process
reward model, one on merged steps, an outcome model and an attributing model are trained, once a seed; the first three are weighed
with the surprise of a reader that has seen more demonstrations. Then each form of
reward trains a copy of the same base for forty iterations of 16 problems with 8 responses, from the same problems in the same
order. Accuracy is that of the iteration’s own responses; the traces of hacks are read from responses to held-out problems.`,
  departures: [
    'Each form is the core of its paper and not the whole of it: one shared update (RLOO, one step a batch, no divergence penalty, no filter of groups) takes the place of each paper’s own recipe, so that forms and not recipes are compared.',
    'The weight beside the verified outcome was tuned for each form on one tuning seed, with 24 problems an iteration and an earlier, weaker process model; the learning rate was chosen once, for the verifier alone, and is the same for all. Reported runs have 16 problems an iteration, so that six seeds of nineteen arms fit: intervals are wider for it.',
    'The process and outcome models lean on a reader, the base after 400 more steps of demonstrations, since a scalar output on so small a model does not learn to check arithmetic. They know more than the policy does, as large reward models do; the verifier and the implicit and attributing models have no such help.',
    'Forty iterations are the beginning of a training, in which accuracy rises by five to ten points; what a form does later is not seen.',
    'Clip’s threshold is the median of the process scores in training; PURE’s temperature is 0.1, PAV’s prover is the best of four attempts, as in the papers. None of these was tuned here.',
    'The hierarchical model is trained on merged pairs of consecutive steps besides the single ones, with the same labels, without the tree and its compression; it is paid by the minimum, so that it differs from that arm in the scorer alone.',
    'Attribution is fitted once, to the base policy’s own solutions, and not refreshed; there is no validity bonus, since every line is accepted.',
    'The learned scorers cost rollouts of their own, which the budget of the curves does not count: about as many tokens as the table of the shared scorers says. The implicit model has none, but an update of its own in every iteration.',
  ],
  params,
  profiles: {
    smoke: {
      seeds: 1,
      params: {
        width: 32,
        accuracy: 0.2,
        operations: 2,
        rollouts: 48,
        completions: 2,
        epochs: 1,
        reading: 20,
        iterations: 3,
        prompts: 4,
        samples: 4,
        heldOut: 40,
      },
    },
    quick: {
      seeds: 2,
      params: {
        width: 32,
        rollouts: 200,
        iterations: 24,
        heldOut: 100,
        only: ['verifier only', 'min', 'progress', 'sum, alone', 'min, alone'],
      },
    },
    full: { seeds: 6 },
  },
  artifacts: [chainBase, chainProcessModel, studyScorers],
  trials: ({ params: p, seeds }) => {
    const unknown = p.only.filter((name) => !arms.some((arm) => nameOf(arm) === name));
    if (unknown.length > 0) {
      throw new RangeError(`only must name arms (${arms.map(nameOf).join('; ')}), got ${unknown.join('; ')}`);
    }
    const chosen = arms.filter((arm) => p.only.length === 0 || p.only.includes(nameOf(arm)));
    return seeds.flatMap((seed) =>
      chosen.map((arm: Arm) => ({
        config: { arm, base: seed, params: p },
        seed,
        label: `${nameOf(arm)}, seed ${seed}`,
      })),
    );
  },
  needs: ({ base, params: p }) => [baseOf(p, base), ...scorerRefs(p, base)],
  runTrial: async ({ config: { arm, base, params: p }, seed }, context) => {
    const policy = modelOf(await context.artifact(baseOf(p, base)));
    const [model, besides] = scorerRefs(p, base);
    const scorers = scorersOf(taskOf(p), await context.artifact(model), await context.artifact(besides));
    return trainArm(policy, arm, scorers, taskOf(p), p, seed, context);
  },
  summarise: (finished) => {
    const farmed = sumIsFarmed(finished);
    const resist = boundedFormsResist(finished);
    const short = outcomeModelFallsShort(finished);
    const dense = denseBeatsVerifier(finished);
    return {
      claims: {
        ...(farmed && { 'sum-is-farmed': farmed }),
        ...(resist && { 'bounded-forms-resist': resist }),
        ...(short && { 'outcome-model-falls-short': short }),
        ...(dense && { 'dense-beats-verifier': dense }),
      },
      figures: figures(finished),
    };
  },
});
