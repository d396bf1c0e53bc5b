import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gae, type Transitions } from './gae.ts';
import { discountedReturns } from './returns.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rollout = fc
  .record({ envs: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 12 }), seed: fc.integer() })
  .chain(({ envs, rows }) => {
    const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: envs * rows,
      maxLength: envs * rows,
    });
    const flags = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: envs * rows, maxLength: envs * rows });
    return fc.record({ envs: fc.constant(envs), rewards: numbers, values: numbers, nextValues: numbers, flags });
  })
  // 0 and 1: goes on; 2: cut; 3: terminated
  .map(
    ({ flags, ...rest }): Transitions => ({
      ...rest,
      terminated: flags.map((flag) => Number(flag === 3)),
      ended: flags.map((flag) => Number(flag >= 2)),
    }),
  );

/** The sum as it is defined, from each step to its episode's end. */
function byDefinition({ envs, rewards, values, nextValues, terminated, ended }: Transitions, gamma: number, l: number) {
  return Array.from(rewards, (_, start) => {
    let total = 0;
    for (let at = start, weight = 1; at < rewards.length; at += envs, weight *= gamma * l) {
      total += weight * (rewards[at] + (terminated[at] ? 0 : gamma * nextValues[at]) - values[at]);
      if (ended[at]) break;
    }
    return total;
  });
}

describe('gae', () => {
  it('is the sum of its definition', () => {
    fc.assert(
      fc.property(rollout, share, share, (transitions, discount, lambda_) => {
        const { advantages, returns } = gae(transitions, { discount, lambda_ });
        byDefinition(transitions, discount, lambda_).forEach((a, at) => {
          expect(advantages[at]).toBeCloseTo(a, 4);
          expect(returns[at]).toBeCloseTo(a + transitions.values[at], 4);
        });
      }),
    );
  });

  it('with λ = 1 gives discounted returns for a terminated episode, whatever the values', () => {
    const rewards = [1, -2, 0.5, 3];
    const values = [0.3, 9, -4, 2];
    const nextValues = [9, -4, 2, 77];
    const flags = [0, 0, 0, 1];
    const { returns } = gae(
      { envs: 1, rewards, values, nextValues, terminated: flags, ended: flags },
      { discount: 0.9, lambda_: 1 },
    );
    discountedReturns(rewards, 0.9).forEach((g, t) => {
      expect(returns[t]).toBeCloseTo(g, 5);
    });
  });

  it('names what is wrong', () => {
    const fine = { envs: 1, rewards: [1], values: [0], nextValues: [0], terminated: [0], ended: [0] };
    const options = { discount: 0.9, lambda_: 0.9 };
    expect(() => gae({ ...fine, envs: 2 }, options)).toThrow(/envs must divide/);
    expect(() => gae({ ...fine, values: [] }, options)).toThrow(
      /values must hold as many numbers as rewards, 1, got 0/,
    );
    expect(() => gae(fine, { ...options, discount: 1.1 })).toThrow(/discount must lie in \[0, 1\], got 1.1/);
  });
});
