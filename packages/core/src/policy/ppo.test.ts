import { describe, expect, it } from 'vitest';
import { type Environment, episodeReturns, swingUp } from '../env/index.ts';
import { Random } from '../stats/index.ts';
import { type PpoReport, ppo } from './ppo.ts';

/** Ten steps; the action that matches the sign shown pays 1. */
function matching(kind: 'discrete' | 'continuous'): Environment {
  const observation = new Float32Array(1);
  let rng = new Random(0);
  let [step, reward] = [10, 0];
  return {
    actions: kind === 'discrete' ? { kind, n: 2 } : { kind, dimensions: 1 },
    observation,
    signals: new Float64Array(1),
    signalNames: ['nothing'],
    get reward() {
      return reward;
    },
    terminated: false,
    get truncated() {
      return step >= 10;
    },
    reset(chance) {
      rng = chance;
      step = 0;
      observation[0] = rng.bool() ? 1 : -1;
    },
    step(action) {
      const choice = kind === 'discrete' ? 2 * action[0] - 1 : action[0];
      reward = 1 - Math.abs(choice - observation[0]) / 2;
      step++;
      observation[0] = rng.bool() ? 1 : -1;
    },
  };
}

const small = { seed: 3, steps: 6000, envs: 16, horizon: 16, hidden: [16], learningRate: 1e-2, discount: 0.5 };

describe('ppo', () => {
  it.each(['discrete', 'continuous'] as const)('learns what pays, with %s actions', (kind) => {
    const reports: PpoReport[] = [];
    const agent = ppo({ ...small, env: () => matching(kind), onIteration: (report) => reports.push(report) });
    const returns = episodeReturns(() => matching(kind), 20, new Random(9), agent.greedy);
    expect(Math.min(...returns)).toBeGreaterThan(9);
    const last = reports[reports.length - 1];
    expect(last.steps).toBe(6144);
    expect(last.reward).toBe(last.nativeReward);
    expect(last.reward).toBeGreaterThan(reports[0].reward);
    expect(Object.values(last).every(Number.isFinite)).toBe(true);
    expect(last.kl).toBeGreaterThanOrEqual(-1e-6);
    agent.dispose();
  });

  it('learns from the reward it is given, whatever its scale', () => {
    const train = (factor: number) => {
      const reward = ({ rewards }: { rewards: Float64Array }) => rewards.map((r) => -factor * r);
      const agent = ppo({ ...small, steps: 3000, env: () => matching('discrete'), reward });
      const returns = episodeReturns(() => matching('discrete'), 10, new Random(9), agent.greedy);
      const params = agent.network.parameters();
      agent.dispose();
      return { worst: Math.max(...returns), params };
    };
    expect(train(1).worst).toBeLessThan(1);
    expect(train(1).params).toEqual(train(1024).params); // a power of two scales exactly
  });

  it('gives the same policy for the same seed', () => {
    const train = (seed: number) => {
      const agent = ppo({ ...small, seed, steps: 512, env: swingUp });
      const params = agent.network.parameters();
      agent.dispose();
      return params;
    };
    expect(train(1)).toEqual(train(1));
    expect(train(1)).not.toEqual(train(2));
  });

  it('says what is wrong', () => {
    const env = () => matching('discrete');
    expect(() => ppo({ ...small, env, steps: 0 })).toThrow(/steps must be a positive whole number, got 0/);
    expect(() => ppo({ ...small, env, minibatches: 3 })).toThrow(/minibatches must divide 256 transitions, got 3/);
    expect(() => ppo({ ...small, env, reward: () => [1] })).toThrow(/reward must give 256 numbers, got 1/);
    const broken = () => new Float64Array(256).fill(Number.NaN);
    expect(() => ppo({ ...small, env, reward: broken })).toThrow(/reward must be finite, got NaN for row 0/);
  });
});
