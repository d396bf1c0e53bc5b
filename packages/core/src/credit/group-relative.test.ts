import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, standardDeviation } from '../stats/index.ts';
import { groupRelativeAdvantages } from './group-relative.ts';

const group = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 });

describe('groupRelativeAdvantages', () => {
  it('sums to zero and is the z-score', () => {
    fc.assert(
      fc.property(group, (rewards) => {
        const advantages = groupRelativeAdvantages(rewards);
        expect(Math.abs(advantages.reduce((sum, a) => sum + a, 0))).toBeLessThan(1e-6);
        const deviation = standardDeviation(rewards);
        rewards.forEach((r, i) => {
          expect(advantages[i]).toBeCloseTo((r - mean(rewards)) / (deviation + 1e-6), 6);
        });
      }),
    );
  });

  it('blows a tie-breaker of any size up to size one, unless it is floored or not divided at all', () => {
    for (const bonus of [0.1, 0.001]) {
      const rewards = [1, 1 + bonus, 1, 1 + bonus];
      expect(groupRelativeAdvantages(rewards)[1]).toBeCloseTo(Math.sqrt(3) / 2, 2);
      expect(groupRelativeAdvantages(rewards, { scale: 'none' })[1]).toBeCloseTo(bonus / 2, 12);
      expect(groupRelativeAdvantages(rewards, { floor: 1 })[1]).toBeCloseTo(bonus / 2, 5);
    }
  });

  it('is zero where all rewards are alike, never NaN', () => {
    expect([...groupRelativeAdvantages([0.5, 0.5, 0.5])]).toEqual([0, 0, 0]);
    expect([...groupRelativeAdvantages([0.5, 0.5], { epsilon: 0 })]).toEqual([0, 0]);
  });

  it('refuses what is no group', () => {
    expect(() => groupRelativeAdvantages([1])).toThrow(/at least two members of a group, got 1/);
    expect(() => groupRelativeAdvantages([1, Number.NaN])).toThrow(/rewards\[1\] must be finite, got NaN/);
    expect(() => groupRelativeAdvantages([1, 2], { floor: -1 })).toThrow(/floor must be at least 0, got -1/);
    expect(() => groupRelativeAdvantages([1, 2], { epsilon: -1 })).toThrow(/epsilon must be at least 0, got -1/);
  });
});
