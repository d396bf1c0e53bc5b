import { decodeResponse, firstError, splitLines } from '@laurel/core/env';
import { Gpt } from '@laurel/core/nn';
import { defineArtifact, line, plot, rule, table } from '@laurel/core/paper';
import { evaluatePolicy, promptsOf, sampleRollouts, sft } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { modelOf } from '../lab/base.ts';
import { contextOf, family, heldOutProblems, jointExamples, tokenizer, trainProblems } from './language.ts';

const shared = {
  width: z.int().min(8),
  layers: z.int().min(1),
  difficulties: z.array(z.int().min(2).max(8)).min(1),
  accuracy: z.number().describe('Sampled accuracy of solving at which training stops'),
  seed: z.int(),
};

const EVERY = 10;
const MOST_STEPS = 2000;
const TOLERANCE = 0.05;

/** One model that has seen both how to solve and how to judge, and is good at neither. */
export const jointBase = defineArtifact({
  name: 'self-prm/base',
  description:
    'A tiny GPT after supervised training on solving and judging, three to one, stopped at a given share of right answers',
  params: z.object(shared),
  build: ({ width, layers, difficulties, accuracy, seed }, context) => {
    const most = Math.max(...difficulties);
    const shape = { vocabulary: tokenizer.size, context: contextOf(most), width, layers, heads: 4 };
    const gpt = new Gpt(shape, new Random(seed, 'joint base', 'weights'));
    const random = new Random(seed, 'joint base');
    const held = heldOutProblems('validation', 300, random.split('held out'), difficulties);
    const curve: { steps: number; accuracy: number }[] = [];
    const until = (steps: number) => {
      context.signal.throwIfAborted();
      const measured = evaluatePolicy(gpt, family, held, { random: random.split('measure', steps) }).accuracy;
      curve.push({ steps, accuracy: measured });
      context.progress(Math.min(0.99, measured / accuracy), `${Math.round(100 * measured)}% right`);
      return measured >= accuracy - TOLERANCE;
    };
    const optimiser = { learningRate: 3e-3, maxGradientNorm: 1 };
    const examples = jointExamples(difficulties, 16384, random.split('demonstrations'));
    const training = sft(gpt, examples, {
      random: random.split('order'),
      steps: MOST_STEPS,
      optimiser,
      until,
      every: EVERY,
    });
    while (!training.next().done);
    const reached = curve[curve.length - 1];
    if (reached.accuracy < accuracy - TOLERANCE) {
      throw new Error(`the base reached no accuracy near ${accuracy} in ${MOST_STEPS} steps, last ${reached.accuracy}`);
    }
    return { shape: { ...shape }, parameters: gpt.parameters, curve, ...reached };
  },
  figures: ({ curve, accuracy, steps }, { accuracy: asked }) => [
    plot({
      id: 'base-curve',
      title: 'Supervised training up to the base',
      caption: `Training stopped after ${steps} steps at ${(100 * accuracy).toFixed(0)}% right answers.`,
      x: { label: 'steps' },
      y: { label: 'sampled accuracy', percent: true },
      marks: [line(curve, { x: 'steps', y: 'accuracy' }), rule({ y: asked, label: 'asked' })],
    }),
  ],
});

/** The first seed of models that only write what others judge; no trial runs on it. */
export const GENERATOR = 900;

/** Solutions by a model that is not judged, half of them with an error: the test of judging. */
export const judgedItems = defineArtifact({
  name: 'self-prm/items',
  description: 'Solutions to judge, written by a frozen model of another seed: as many with an error as without',
  params: z.object({ ...shared, count: z.int().min(8) }),
  needs: ({ count: _, ...base }) => [jointBase.ref(base)],
  build: async ({ count, ...base }, context) => {
    const writer = modelOf(await context.artifact(jointBase.ref(base)));
    const { difficulties, seed } = base;
    const random = new Random(seed, 'judged items');
    const most = Math.max(...difficulties);
    const sampling = { maxTokens: family.maxSolutionTokens(most), stop: [tokenizer.eos] };
    const cell = Math.ceil(count / 2 / difficulties.length);
    const wrong: ReturnType<typeof read>[] = [];
    const right: ReturnType<typeof read>[] = [];
    for (let round = 0; round < 40; round++) {
      context.signal.throwIfAborted();
      const problems = trainProblems(difficulties, 128, random.split('problems', round));
      for (const rollout of sampleRollouts(writer, promptsOf(family, problems), sampling, random.split(round)).flat()) {
        const { problem } = rollout;
        const text = decodeResponse(tokenizer, rollout.response);
        // Lines of the right form in the right number: whoever judges has only their content to look at.
        if (!rollout.ended || !/^(?:\d[-+*]\d=\d\n)+A\d$/.test(text)) continue;
        if (text.split('\n').length !== problem.difficulty + 1) continue;
        const item = read(problem, text);
        const list = item.firstError < 0 ? right : wrong;
        if (list.filter(({ problem: other }) => other.difficulty === problem.difficulty).length < cell) list.push(item);
      }
    }
    const each = Math.min(right.length, wrong.length);
    if (each < 4) throw new Error(`the writer gave ${right.length} right and ${wrong.length} wrong solutions, too few`);
    const shuffled = random.split('order').shuffle([...right.slice(0, each), ...wrong.slice(0, each)]);
    return { items: shuffled };
  },
  figures: ({ items }, { difficulties }) => [
    table({
      id: 'items',
      title: 'Solutions to judge',
      caption: 'By operations of the problem and by the line of the first error, counted from 1.',
      columns: [
        { key: 'operations', label: 'operations' },
        { key: 'right', label: 'right' },
        ...Array.from({ length: Math.max(...difficulties) + 1 }, (_, k) => ({
          key: `line${k}`,
          label: `error in line ${k + 1}`,
        })),
      ],
      rows: difficulties.map((operations) => {
        const ours = items.filter(({ problem }) => problem.difficulty === operations);
        const at = (k: number) => ours.filter((item) => item.firstError === k).length;
        const lines = Array.from({ length: Math.max(...difficulties) + 1 }, (_, k) => [`line${k}`, at(k)]);
        return { operations, right: at(-1), ...Object.fromEntries(lines) };
      }),
    }),
  ],
});

function read(problem: ReturnType<typeof trainProblems>[number], text: string) {
  const { data, ...rest } = problem;
  const verdicts = family.checkLines(problem, splitLines(text));
  const plain = { start: data.start, operators: [...data.operators], operands: [...data.operands] };
  return { problem: { ...rest, data: plain }, text, firstError: firstError(verdicts) };
}

/** An item of the test. */
export type JudgedItem = ReturnType<typeof read>;
