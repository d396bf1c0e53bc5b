import { Gpt, type GptShape } from '@laurel/core/nn';
import { defineArtifact, line, plot, rule, table } from '@laurel/core/paper';
import { type EpisodesSummary, sampleEpisodes, sft, summariseEpisodes } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { actionsOf, contextOf, demonstrations, familyOf, houseTask, unseenErrands } from './house.ts';

const params = z.object({
  task: houseTask,
  width: z.int().min(8).default(32).describe('Width of the model'),
  success: z.number().min(0).max(0.95).default(0.33).describe('Share of errands at which training stops'),
  seed: z.int().describe('Decides the first weights and the demonstrations'),
});

/** In the demonstrations. With none to unlearn, training by reward gained hardly anything in this many episodes. */
const MISTAKES = { blunders: 0.2, detours: 0.15 };
const EVERY = 50;
const MOST_STEPS = 800;

/** The agent that reinforcement learning begins with, and that explores for the estimators. */
export const baseAgent = defineArtifact({
  name: 'spa/agent',
  description:
    'A tiny GPT after supervised training on demonstrated errands, stopped at a given share of errands done in unseen houses',
  params,
  build: ({ task, width, success, seed }, context) => {
    const { tokenizer } = familyOf(task);
    const shape = { vocabulary: tokenizer.size, context: contextOf(task), width, layers: 1, heads: 4 };
    const random = new Random(seed, 'spa agent');
    const gpt = new Gpt(shape, random.split('weights'));
    const examples = demonstrations(task, 4000, MISTAKES, random.split('demonstrations'));
    const held = unseenErrands(task, 'validation', 150);
    const measure = (step: number) =>
      summariseEpisodes(sampleEpisodes(gpt, held, actionsOf(task), random.split('measure', step)).flat());
    const curve: { steps: number; success: number; executed: number }[] = [];
    let last: EpisodesSummary | undefined;
    const until = (steps: number) => {
      context.signal.throwIfAborted();
      last = measure(steps);
      curve.push({ steps, success: last.reward, executed: last.executed });
      context.progress(Math.min(0.99, last.reward / success), `${Math.round(100 * last.reward)}% done`);
      context.point('share of errands done', steps, last.reward);
      return last.reward >= success;
    };
    const optimiser = { learningRate: 1e-2, maxGradientNorm: 1 };
    const how = { random: random.split('order'), steps: MOST_STEPS, batch: 32, optimiser, until, every: EVERY };
    let steps = 0;
    for (const { iteration } of sft(gpt, examples, how)) steps = iteration + 1;
    if (last === undefined || last.reward < success) {
      throw new Error(`the agent did ${last?.reward} of the errands after ${steps} steps, not ${success}`);
    }
    return {
      shape,
      parameters: gpt.parameters,
      curve,
      steps,
      success: last.reward,
      executed: last.executed,
      turns: last.turns,
    };
  },
  figures: ({ curve, steps, success, executed, turns, parameters }, { success: asked }) => [
    table({
      id: 'agent',
      title: 'The fine-tuned agent',
      caption: 'Measured on 150 errands in unseen houses, one sampled episode each.',
      columns: [
        { key: 'what', label: '' },
        { key: 'value', label: 'value', digits: 3 },
      ],
      rows: [
        { what: 'errands done', value: success },
        { what: 'executable actions', value: executed },
        { what: 'turns an episode', value: turns },
        { what: 'steps of training', value: steps },
        { what: 'parameters', value: parameters.length },
      ],
    }),
    plot({
      id: 'agent-curve',
      title: 'Supervised training of the agent',
      caption: 'Training stops at the first measurement that reaches the asked share of errands.',
      x: { label: 'steps' },
      y: { label: 'errands done', percent: true },
      marks: [line(curve, { x: 'steps', y: 'success' }), rule({ y: asked, label: 'asked' })],
    }),
  ],
});

/** The model of an agent, for the caller to train or change. */
export function modelOf({ shape, parameters }: { shape: GptShape; parameters: Float32Array }): Gpt {
  return new Gpt(shape, parameters.slice());
}
