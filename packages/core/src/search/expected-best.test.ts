import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedBestOfN } from './expected-best.ts';

/** Every draw of n, one after another; samples of the highest score share the draw. */
function byEnumeration(scores: readonly number[], rewards: readonly number[], n: number): number {
  const draws: number[][] = [];
  const extend = (drawn: number[], next: number) => {
    if (drawn.length === n) draws.push(drawn);
    else for (let i = next; i < scores.length; i++) extend([...drawn, i], i + 1);
  };
  extend([], 0);
  const worth = draws.map((drawn) => {
    const highest = Math.max(...drawn.map((i) => scores[i]));
    const best = drawn.filter((i) => scores[i] === highest);
    return best.reduce((sum, i) => sum + rewards[i], 0) / best.length;
  });
  return worth.reduce((sum, w) => sum + w, 0) / worth.length;
}

const pool = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -3, max: 3 })), {
  minLength: 1,
  maxLength: 8,
});

describe('expectedBestOfN', () => {
  it('is the mean over all draws', () => {
    fc.assert(
      fc.property(pool, fc.nat(), (samples, draw) => {
        const n = 1 + (draw % samples.length);
        const scores = samples.map(([score]) => score);
        const rewards = samples.map(([, reward]) => reward);
        expect(expectedBestOfN(scores, rewards, n)).toBeCloseTo(byEnumeration(scores, rewards, n), 10);
      }),
    );
  });

  it('is the mean reward at 1 and the best one’s reward at the whole pool', () => {
    expect(expectedBestOfN([3, 1, 2], [0, 1, 2], 1)).toBeCloseTo(1, 12);
    expect(expectedBestOfN([3, 1, 2], [0.25, 1, 2], 3)).toBe(0.25);
  });

  it('tells what is wrong', () => {
    expect(() => expectedBestOfN([1, 2], [1], 1)).toThrow('rewards must hold one number a score, 2, got 1');
    expect(() => expectedBestOfN([1, 2], [1, 0], 3)).toThrow('n must be a whole number from 1 to the pool');
    expect(() => expectedBestOfN([1, NaN], [1, 0], 1)).toThrow('scores[1] must be finite, got NaN');
    expect(() => expectedBestOfN([1, 2], [1, Infinity], 1)).toThrow('rewards[1] must be finite, got Infinity');
  });
});
