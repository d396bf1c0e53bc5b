import { describe, expect, it } from 'vitest';
import { ndarray, type Tensor } from '../nn/index.ts';
import { Random } from '../stats/index.ts';
import { type ActorCritic, actorCritic } from './actor-critic.ts';

const observations = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));

/** What a loss would see of actions that were sampled. */
function statisticsOf(agent: ActorCritic, actions: Float32Array) {
  const evaluate = agent.network.compile((params, batch: { observations: Tensor; actions: Tensor }) => ({
    ...agent.statistics(params, batch.observations, batch.actions),
    value: agent.value(params, batch.observations),
  }));
  return evaluate({ observations: ndarray(observations, [4, 3]), actions: agent.asInput(actions) });
}

describe('actorCritic', () => {
  it.each([{ kind: 'discrete', n: 3 } as const, { kind: 'continuous', dimensions: 2 } as const])(
    'says the same of its actions when acting and when learning: %o',
    (actions) => {
      const agent = actorCritic({ observationSize: 3, actions, hidden: [8] }, new Random(0));
      const acted = agent.sample(observations, new Random(1));
      const seen = statisticsOf(agent, acted.actions);
      for (let i = 0; i < 4; i++) {
        expect(seen.logProb.data[i]).toBeCloseTo(acted.logProbs[i], 4);
        expect(seen.value.data[i]).toBeCloseTo(acted.values[i], 5);
      }
      expect(agent.values(observations)).toEqual(seen.value.data);
      agent.dispose();
    },
  );

  it('starts close to uniform, and knows its entropy', () => {
    const agent = actorCritic({ observationSize: 3, actions: { kind: 'discrete', n: 4 } }, new Random(0));
    expect(statisticsOf(agent, Float32Array.of(0, 1, 2, 3)).entropy.data[0]).toBeCloseTo(Math.log(4), 2);
    agent.dispose();
    const gaussian = actorCritic({ observationSize: 3, actions: { kind: 'continuous', dimensions: 2 } }, new Random(0));
    const entropy = 2 * (Math.log(0.6) + Math.log(2 * Math.PI * Math.E) / 2);
    expect(statisticsOf(gaussian, new Float32Array(8)).entropy.data[0]).toBeCloseTo(entropy, 4);
    gaussian.dispose();
  });

  it('draws actions as often as it says', () => {
    const agent = actorCritic({ observationSize: 1, actions: { kind: 'discrete', n: 3 }, hidden: [4] }, new Random(2));
    const [head] = agent.network.parameters().actor.slice(-1);
    head.bias.data.set([0, 1, 2]);
    const params = agent.network.parameters();
    agent.network.load({ ...params, actor: [...params.actor.slice(0, -1), head] });
    const { actions, logProbs } = agent.sample(new Float32Array(20_000), new Random(3));
    for (let a = 0; a < 3; a++) {
      const share = actions.filter((action) => action === a).length / actions.length;
      expect(share).toBeCloseTo(Math.exp(logProbs[actions.indexOf(a)]), 1.7);
    }
    expect([...agent.greedy(new Float32Array(2))]).toEqual([2, 2]);
    agent.dispose();
  });

  it('draws normals with the mean that is its greedy action', () => {
    const agent = actorCritic({ observationSize: 1, actions: { kind: 'continuous', dimensions: 1 } }, new Random(4));
    const same = new Float32Array(20_000).fill(0.7);
    const { actions } = agent.sample(same, new Random(5));
    const mean = actions.reduce((sum, a) => sum + a, 0) / actions.length;
    expect(mean).toBeCloseTo(agent.greedy(same)[0], 1);
    const variance = actions.reduce((sum, a) => sum + (a - mean) ** 2, 0) / actions.length;
    expect(Math.sqrt(variance)).toBeCloseTo(0.6, 1);
    agent.dispose();
  });
});
