import {
  type ChainData,
  chainMod,
  encodeResponse,
  type Problem,
  responseLines,
  sampleDistinct,
  sampleFrom,
} from '@laurel/core/env';
import type { StepExample, StepTargets } from '@laurel/core/model';
import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, line, plot, rule, table } from '@laurel/core/paper';
import { evaluatePolicy, sft } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';

/**
 * Chains modulo 10 whose operands are all 1: one up, one down or stay. The arithmetic is easy enough for a tiny model to
 * learn to check it, which leaves the question of the paper: does a scorer see what earlier lines did to this one?
 */
export const family = chainMod({ name: 'up-down-stay', operands: [1, 1], corrections: true });
export const { tokenizer } = family;
export type Chain = Problem<ChainData>;

const OPERATIONS = 5;
/** Most tokens of a response: five lines, each corrected, and the answer take 68. */
export const ROOM = 72;
/** Most lines of a response in searches and trees. */
export const MOST_LINES = 14;

/** Where slips may be repaired in the next line, and the control where they never are. */
export const worlds = ['repairs', 'no repairs'] as const;
export type World = (typeof worlds)[number];

/**
 * Chances of a slip in a demonstrated line, and of its repair in the next. In both worlds a line leaves the solution on a
 * wrong track for good with probability 0.1, so that policies are about equally good.
 */
const chances: Record<World, { slip: number; fix: number }> = {
  repairs: { slip: 0.25, fix: 0.6 },
  'no repairs': { slip: 0.1, fix: 0 },
};

/** Problems to train on, with repetitions. */
export function trainingProblems(count: number, random: Random): Chain[] {
  return Array.from({ length: count }, () => sampleFrom(family, 'train', random, OPERATIONS));
}

/** Different problems that nothing is trained on. */
export function heldOut(split: 'validation' | 'test', count: number, random: Random): Chain[] {
  return sampleDistinct(family, split, count, random, OPERATIONS);
}

/**
 * For each line 1 when the solution is on the way to the right answer after it, and the line did its part in that: it has
 * no error, or brought the solution back.
 */
export function rateLines(problem: Chain, lines: readonly string[]): (0 | 1)[] {
  const verdicts = family.checkLines(problem, lines);
  return verdicts.map(({ verdict, onTrack }, i) => {
    const wasLost = i > 0 && !verdicts[i - 1].onTrack;
    return onTrack && (verdict !== 'wrong' || wasLost) ? 1 : 0;
  });
}

/**
 * What a scorer reads of an example: prompt, earlier lines, the segment in question. A segment ends where its last line
 * does; between lines that are merged stands a token of its own in place of the line end.
 */
export function targetsOf({ problem, previous, current, label }: StepExample<string, Chain>): StepTargets {
  const tokens = [...tokenizer.encode(problem.prompt + previous.join(''))];
  current.forEach((step, i) => {
    const last = i === current.length - 1;
    for (const token of tokenizer.encode(step))
      tokens.push(!last && token === tokenizer.newline ? tokenizer.bos : token);
  });
  return { tokens, positions: [tokens.length - 1], targets: [label] };
}

const params = z.object({
  world: z.enum(worlds).describe('Whether demonstrations repair slips'),
  width: z.int().min(16).describe('Width of the model'),
  steps: z.int().min(1).describe('Steps of supervised training'),
  seed: z.int().describe('Decides the first weights and the demonstrations'),
});

const DEMONSTRATIONS = 16_384;

/** The policy of a world: two layers, so that one can check lines and the other what they add up to. */
export const walkPolicy = defineArtifact({
  name: 'hrm/policy',
  description:
    'A tiny GPT after supervised training on chains of up, down and stay with deliberate slips, some of them repaired in the next line: the policy that is searched with, and where all scorers begin',
  params,
  build: ({ world, width, steps, seed }, context) => {
    const shape = {
      vocabulary: tokenizer.size,
      context: family.maxPromptTokens(OPERATIONS) + ROOM,
      width,
      layers: 2,
      heads: 4,
    };
    const random = new Random(seed, 'hrm', 'policy', world);
    const gpt = new Gpt(shape, random.split('weights'));
    const writing = random.split('demonstrations');
    const examples = trainingProblems(DEMONSTRATIONS, random.split('problems')).map((problem) => ({
      prompt: tokenizer.encode(problem.prompt),
      response: encodeResponse(tokenizer, family.solveWithSlips(problem, chances[world], writing)),
    }));
    const curve: { steps: number; loss: number }[] = [];
    const optimiser = {
      learningRate: (step: number) => 5e-3 * Math.min(1, (2 * (steps - step)) / steps),
      maxGradientNorm: 1,
    };
    for (const { iteration, loss } of sft(gpt, examples, { random: random.split('order'), steps, optimiser })) {
      if (iteration % 10 > 0) continue;
      context.signal.throwIfAborted();
      context.progress(iteration / steps);
      context.point('cross-entropy', iteration, loss);
      curve.push({ steps: iteration, loss });
    }
    const problems = heldOut('validation', 200, random.split('held out'));
    const { accuracy, responseLength, groups } = evaluatePolicy(gpt, family, problems, {
      n: 2,
      maxTokens: ROOM,
      random: random.split('measure'),
    });
    const ratings = groups
      .flat()
      .map(({ problem, response }) => rateLines(problem, responseLines(tokenizer, response)));
    return {
      shape,
      parameters: gpt.parameters,
      curve,
      accuracy,
      responseLength,
      ...lostAndFound(ratings),
    };
  },
  figures: ({ curve, accuracy, responseLength, slips, repaired }, { world }) => [
    table({
      id: `policy-${world === 'repairs' ? 'repairs' : 'control'}`,
      title: `The policy, ${world}`,
      caption: 'On 200 held-out problems, two sampled responses each.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'right answers', value: accuracy },
        { what: 'right lines that are followed by a wrong one', value: slips },
        { what: 'wrong lines that are followed by a right one', value: repaired },
        { what: 'tokens of a response', value: responseLength },
      ],
    }),
    plot({
      id: `policy-curve-${world === 'repairs' ? 'repairs' : 'control'}`,
      title: `Supervised training, ${world}`,
      caption: 'Slips are drawn by chance, so the loss does not go to 0.',
      x: { label: 'steps' },
      y: { label: 'cross-entropy of a token, nats' },
      marks: [line(curve, { x: 'steps', y: 'loss' }), rule({ y: 0 })],
    }),
  ],
});

/** The model of a policy, for the caller to change. */
export function modelOf({ shape, parameters }: { shape: GptShape; parameters: Float32Array }): Gpt {
  return new Gpt(shape, parameters.slice());
}

/** How often a right line is followed by a wrong one, and a wrong one by a right one. */
function lostAndFound(paths: readonly (readonly (0 | 1)[])[]): { slips: number; repaired: number } {
  const after = { 0: { 0: 0, 1: 0 }, 1: { 0: 0, 1: 0 } };
  for (const path of paths) {
    // What comes before the first line is right.
    path.forEach((now, i) => {
      after[i === 0 ? 1 : path[i - 1]][now]++;
    });
  }
  return { slips: after[1][0] / (after[1][0] + after[1][1]), repaired: after[0][1] / (after[0][0] + after[0][1]) };
}
