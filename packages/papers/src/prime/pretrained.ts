import { type ImplicitSequence, type LabelledResponse, trainImplicitPrm } from '@laurel/core/model';
import { defineArtifact, table } from '@laurel/core/paper';
import { isCorrect, promptsOf, sampleRollouts, sequenceOf } from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { z } from 'zod';
import { chainBase, modelOf } from '../lab/base.ts';
import { familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';
import { lineAuroc } from './lines.ts';

const params = z.object({
  base: chainBase.params.describe('The policy that writes the responses, where the model begins, and its reference'),
  responses: z.int().min(8).max(20_000).default(4096).describe('Responses that the model learns from, four a problem'),
  epochs: z.int().min(1).max(20).default(4).describe('Most passes over them; the best one is kept'),
});

const SAMPLES = 4;
const LEARNING_RATE = 1e-3;
const HELD_OUT = 128;

/** An implicit process reward model trained before the reinforcement learning, on the base policy's own responses. */
export const pretrainedPrm = defineArtifact({
  name: 'prime/pretrained',
  description:
    'An implicit process reward model that learned by cross-entropy which of the base policy’s own responses are right, before any reinforcement learning',
  params,
  needs: ({ base }) => [chainBase.ref(base)],
  build: async ({ base, responses: count, epochs }, context) => {
    const { task, seed } = base;
    const family = familyOf(task);
    const policy = modelOf(await context.artifact(chainBase.ref(base)));
    const random = new Random(seed, 'pre-trained implicit model');
    const sample = (
      problems: Parameters<typeof promptsOf<ReturnType<typeof trainProblems>[number]>>[1],
      name: string,
    ) =>
      sampleRollouts(
        policy,
        promptsOf(family, problems),
        { n: SAMPLES, maxTokens: task.room, stop: [family.tokenizer.eos] },
        random.split(name),
      ).flat();
    const learned = sample(trainProblems(task, Math.ceil(count / SAMPLES), random.split('problems')), 'responses');
    const held = sample(heldOutProblems(task, 'validation', HELD_OUT, random.split('held out')), 'validation');
    const labelled = (rollouts: typeof learned): LabelledResponse[] =>
      rollouts.map((rollout) => ({ ...sequenceOf(rollout), outcome: Number(isCorrect(family, rollout)) }));
    context.signal.throwIfAborted();
    const responses = labelled(learned);
    const { prm, report } = trainImplicitPrm({
      gpt: policy,
      loss: 'ce',
      responses,
      validation: labelled(held),
      learningRate: LEARNING_RATE,
      maxGradientNorm: 10,
      epochs,
      seed,
      onEpoch: () => context.signal.throwIfAborted(),
    });
    const rewards = prm.tokenRewards(held.map((rollout): ImplicitSequence => sequenceOf(rollout)));
    return {
      shape: { ...prm.model.shape },
      parameters: prm.model.parameters,
      curve: report.epochs.map(({ loss, validation }) => ({ loss, accuracy: validation?.accuracy ?? null })),
      best: report.best,
      pairAccuracy: report.epochs[report.best].validation?.accuracy ?? null,
      lineAuroc: lineAuroc(family, held, rewards),
      right: mean(responses.map(({ outcome }) => outcome)),
    };
  },
  figures: ({ curve, best, pairAccuracy, lineAuroc: auroc, right }, { responses }) => [
    table({
      id: 'pretrained',
      title: 'The pre-trained reward model',
      caption: `Measured on ${HELD_OUT} held-out problems with ${SAMPLES} responses each. Lines are judged by the checker, which the training never asked.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'pairs of a right and a wrong response in order', value: pairAccuracy },
        { what: 'AUROC of line rewards for right lines', value: auroc },
        { what: 'responses to learn from', value: responses },
        { what: 'right ones among them', value: right },
        { what: 'passes kept', value: best + 1 },
        { what: 'last loss in training', value: curve[curve.length - 1].loss },
      ],
    }),
  ],
});
