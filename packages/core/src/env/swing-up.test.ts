import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { swingUp } from './swing-up.ts';

describe('swingUp', () => {
  it('takes the steps of Pendulum-v1', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -1.5, max: 1.5, noNaN: true }), (seed, action) => {
        const env = swingUp({ dt: 0.05, substeps: 1 });
        env.reset(new Random(seed));
        const angle = Math.atan2(env.observation[1], env.observation[0]);
        const speed = 8 * env.observation[2];
        env.step([action]);
        const torque = 2 * Math.max(-1, Math.min(1, action));
        const nextSpeed = Math.max(
          -8,
          Math.min(8, speed + ((3 * 10) / 2) * Math.sin(angle) * 0.05 + 3 * torque * 0.05),
        );
        expect(env.reward).toBeCloseTo(-(angle ** 2 + 0.1 * speed ** 2 + 0.001 * torque ** 2), 4);
        expect(8 * env.observation[2]).toBeCloseTo(nextSpeed, 4);
        expect(env.observation[0]).toBeCloseTo(Math.cos(angle + nextSpeed * 0.05), 4);
      }),
    );
  });

  it('keeps its energy when nobody pushes', () => {
    const env = swingUp({ steps: 100, dt: 0.05, substeps: 500 });
    env.reset(new Random(8));
    const energy = () => (8 * env.observation[2]) ** 2 / 6 + 5 * env.observation[0];
    const before = energy();
    while (!env.truncated) env.step([0]);
    expect(energy()).toBeCloseTo(before, 1);
  });

  it('cannot be lifted straight up, but can be swung up', () => {
    const highest = (push: (observation: Float32Array) => number) => {
      const env = swingUp();
      let top = -1;
      for (let seed = 0; top === -1 || seed < 40; seed++) {
        env.reset(new Random(seed));
        if (env.observation[0] > -0.9) continue; // start hanging
        while (!env.truncated) {
          env.step([push(env.observation)]);
          top = Math.max(top, env.observation[0]);
        }
      }
      return top;
    };
    expect(highest(() => 1)).toBeLessThan(0.9);
    expect(highest((observation) => (observation[2] >= 0 ? 1 : -1))).toBeGreaterThan(0.99); // pumps energy
  });

  it('says what is wrong', () => {
    expect(() => swingUp({ dt: 0 })).toThrow(/dt must be positive, got 0/);
    const env = swingUp({ steps: 1 });
    env.reset(new Random(0));
    expect(() => env.step([Number.NaN])).toThrow(/finite/);
    env.step([0]);
    expect(() => env.step([0])).toThrow(/episode has ended/);
  });
});
