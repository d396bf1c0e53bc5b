import { Gpt } from '@laurel/core/nn';
import { defineArtifact, table } from '@laurel/core/paper';
import { type AgentRollout, sampleEpisodes } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { z } from 'zod';
import { baseAgent, modelOf } from './agent.ts';
import { ESTIMATOR_RATE, fitLearned, fitOf, type Learned } from './estimators.ts';
import { actionsOf, type HouseTask, trainErrands } from './house.ts';

const params = baseAgent.params.extend({
  exploration: z.int().min(8).default(512).describe('Episodes of exploration'),
  epochs: z.int().min(1).default(6).describe('Passes over them'),
});

/** Episodes on which a fit is measured. */
const HELD = 300;

/** The estimators, fitted to episodes of the agent before it is trained. */
export const estimators = defineArtifact({
  name: 'spa/estimators',
  description:
    'A progress estimator and a forecast of the reward, each a copy of the agent with one output, fitted to the same exploration of the agent',
  params,
  needs: (settings) => [baseAgent.ref(agentPart(settings))],
  build: async ({ exploration, epochs, ...agent }, context) => {
    const base = modelOf(await context.artifact(baseAgent.ref(agentPart(agent))));
    const { task, seed } = agent;
    const explored = explore(base, task, exploration, new Random(seed, 'spa', 'exploration'));
    const fit = (kind: Learned) => fitLearned(kind, base, explored, { epochs, learningRate: ESTIMATOR_RATE, seed });
    context.progress(0.2, 'explored');
    const estimator = fit('estimator');
    context.signal.throwIfAborted();
    context.progress(0.6, 'progress estimator fitted');
    const values = fit('values');
    const held = explore(base, task, HELD, new Random(seed, 'spa', 'held out'));
    return {
      shape: { ...estimator.shape, outputs: ['step'] },
      estimator: estimator.parameters,
      values: values.parameters,
      seen: { ...fitOf(estimator, explored) },
      held: { ...fitOf(estimator, held) },
    };
  },
  figures: ({ seen, held }) => [
    table({
      id: 'estimator',
      title: 'The progress estimator’s sums',
      caption: `How far the contributions of an episode sum to its reward: on the exploration it was fitted to, and on ${HELD} other episodes of the agent. The variance of the reward is the error of its mean as the only forecast.`,
      columns: [
        { key: 'what', label: '' },
        { key: 'seen', label: 'exploration', digits: 3 },
        { key: 'held', label: 'other episodes', digits: 3 },
      ],
      rows: [
        { what: 'mean squared error', seen: seen.mse, held: held.mse },
        { what: 'variance of the reward', seen: seen.spread, held: held.spread },
        { what: 'mean absolute error', seen: seen.mae, held: held.mae },
        { what: 'share within 0.1', seen: seen.within01, held: held.within01 },
        { what: 'share of the last turn', seen: seen.lastShare, held: held.lastShare },
      ],
    }),
  ],
});

/** The networks of an artifact. */
export function networksOf({
  shape,
  estimator,
  values,
}: {
  shape: Gpt['shape'];
  estimator: Float32Array;
  values: Float32Array;
}): Record<Learned, Gpt> {
  return { estimator: new Gpt(shape, estimator.slice()), values: new Gpt(shape, values.slice()) };
}

function agentPart({ task, width, success, seed }: z.output<typeof baseAgent.params>) {
  return { task, width, success, seed };
}

/** Episodes of an agent in houses that may be trained in. */
function explore(agent: Gpt, task: HouseTask, count: number, random: Random): AgentRollout[] {
  const errands = trainErrands(task, count, random.split('errands'));
  return sampleEpisodes(agent, errands, actionsOf(task), random.split('episodes')).flat();
}
