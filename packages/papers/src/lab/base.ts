import { responseLines } from '@laurel/core/env';
import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, line, plot, rule, table } from '@laurel/core/paper';
import { evaluatePolicy, type PolicyEvaluation, sft } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { type ChainTask, chainTask, contextOf, demonstrations, familyOf, heldOutProblems } from './task.ts';

const params = z.object({
  task: chainTask,
  width: z.int().min(8).default(48).describe('Width of the model'),
  layers: z.int().min(1).default(1).describe('Layers'),
  accuracy: z.number().min(0.05).max(0.95).default(0.4).describe('Sampled accuracy at which training stops'),
  seed: z.int().describe('Decides the first weights and the demonstrations'),
});

/** How far from the asked accuracy a base may be. */
const TOLERANCE = 0.05;
const EVERY = 10;
const MOST_STEPS = 4000;

/**
 * A policy half-way: trained on demonstrations until it answers a given share of held-out problems. Its errors are then its
 * own, and reinforcement learning has something to find. Papers that begin from the same one share it.
 */
export const chainBase = defineArtifact({
  name: 'lab/base',
  description:
    'A tiny GPT after supervised training on demonstrated chains, stopped at a given share of right answers: the policy that reinforcement learning begins with',
  params,
  build: ({ task, width, layers, accuracy, seed }, context) => {
    const family = familyOf(task);
    const shape = { vocabulary: family.tokenizer.size, context: contextOf(task), width, layers, heads: 4 };
    const gpt = new Gpt(shape, new Random(seed, 'chain base', 'weights'));
    const random = new Random(seed, 'chain base');
    const examples = demonstrations(task, 8192, random.split('demonstrations'));
    const held = heldOutProblems(task, 'validation', 400, random.split('held out'));
    const measure = (steps: number) =>
      evaluatePolicy(gpt, family, held, { maxTokens: task.room, random: random.split('measure', steps) });
    const curve: { steps: number; accuracy: number }[] = [];
    let rate = 3e-3;
    let before = gpt.parameters.slice();
    let last: PolicyEvaluation | undefined;
    const until = (steps: number) => {
      context.signal.throwIfAborted();
      last = measure(steps);
      curve.push({ steps, accuracy: last.accuracy });
      context.progress(Math.min(0.99, last.accuracy / accuracy), `${Math.round(100 * last.accuracy)}% right`);
      context.point('sampled accuracy', steps, last.accuracy);
      if (last.accuracy > accuracy + TOLERANCE) {
        // Too far: back to where it was, and on in smaller steps.
        gpt.parameters.set(before);
        rate /= 3;
        return false;
      }
      before = gpt.parameters.slice();
      return last.accuracy >= accuracy - TOLERANCE;
    };
    const optimiser = { learningRate: () => rate, maxGradientNorm: 1 };
    let steps = 0;
    for (const { iteration } of sft(gpt, examples, {
      random: random.split('order'),
      steps: MOST_STEPS,
      optimiser,
      until,
      every: EVERY,
    })) {
      steps = iteration + 1;
    }
    if (last === undefined || Math.abs(last.accuracy - accuracy) > TOLERANCE) {
      throw new Error(`the base reached no accuracy near ${accuracy} in ${MOST_STEPS} steps, last ${last?.accuracy}`);
    }
    return {
      shape: { ...shape },
      parameters: gpt.parameters,
      curve,
      steps,
      accuracy: last.accuracy,
      responseLength: last.responseLength,
      rightLines: shareOfRightLines(task, last),
    };
  },
  figures: ({ curve, steps, accuracy, rightLines, responseLength, parameters }, { accuracy: asked }) => [
    table({
      id: 'base',
      title: 'The base policy',
      caption: 'Measured on 400 held-out problems, one sampled response each.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'right answers', value: accuracy },
        { what: 'right lines', value: rightLines },
        { what: 'tokens a response', value: responseLength },
        { what: 'steps of training', value: steps },
        { what: 'parameters', value: parameters.length },
      ],
    }),
    plot({
      id: 'base-curve',
      title: 'Supervised training up to the base',
      caption:
        'Training stops within five points of the asked accuracy; a step too far is taken back and made smaller.',
      x: { label: 'steps' },
      y: { label: 'sampled accuracy', percent: true },
      marks: [line(curve, { x: 'steps', y: 'accuracy' }), rule({ y: asked, label: 'asked' })],
    }),
  ],
});

/** The model of a base, for the caller to train or change. */
export function modelOf({ shape, parameters }: { shape: GptShape; parameters: Float32Array }): Gpt {
  return new Gpt(shape, parameters.slice());
}

/** Share of lines that the checker finds no error in. */
function shareOfRightLines(task: ChainTask, { groups }: PolicyEvaluation): number {
  const family = familyOf(task);
  let right = 0;
  let all = 0;
  for (const { problem, response } of groups.flat()) {
    const lines = responseLines(family.tokenizer, response);
    const verdicts = family.checkLines(problem as Parameters<typeof family.checkLines>[0], lines);
    right += verdicts.filter(({ verdict }) => verdict !== 'wrong').length;
    all += lines.length;
  }
  return right / all;
}
