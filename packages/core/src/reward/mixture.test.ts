import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveReward, withTieBreaker } from './mixture.ts';
import type { TransitionReward } from './transition.ts';

const constant =
  (value: number): TransitionReward<string, string> =>
  () =>
    value;

describe('effectiveReward', () => {
  it('weighs by state and does not ask a member without weight', () => {
    const never: TransitionReward<string, string> = () => {
      throw new Error('asked');
    };
    const mixed = effectiveReward([constant(4), constant(8), never], (s) =>
      s === 'sums' ? [1, 0, 0] : [0.25, 0.75, 0],
    );
    expect(mixed('sums', 'a', 'end')).toBe(4);
    expect(mixed('chat', 'a', 'end')).toBe(7);
  });

  it('moves by at most the weight times what one member moves (Xu, section 4)', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        unit,
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (w, r, delta) => {
          const value = (member: number) =>
            effectiveReward([constant(r), constant(member)], () => [1 - w, w])('s', 'a', 's');
          expect(Math.abs(value(1 + delta) - value(1))).toBeLessThanOrEqual(w * Math.abs(delta) + 1e-12);
        },
      ),
    );
  });

  it('refuses weights that are no distribution', () => {
    const mixed = (weights: number[]) => effectiveReward([constant(1), constant(2)], () => weights)('s', 'a', 's');
    expect(() => mixed([1])).toThrow(/weights must give 2 numbers, one a reward, got 1/);
    expect(() => mixed([0.5, 0.6])).toThrow(/weights must sum to 1, got 1.1/);
    expect(() => mixed([1.5, -0.5])).toThrow(/weights\[1\] must be at least 0, got -0.5/);
    expect(() => mixed([Number.NaN, 1])).toThrow(/weights\[0\] must be at least 0, got NaN/);
    expect(() => effectiveReward([], () => [])).toThrow(/at least one reward/);
  });
});

describe('withTieBreaker', () => {
  it('adds a little', () => {
    const short: TransitionReward<string, string> = (_s, a) => (a === 'short' ? 1 : 0);
    const broken = withTieBreaker(constant(1), short, 0.01);
    expect(broken('s', 'short', 'end')).toBe(1.01);
    expect(broken('s', 'long', 'end')).toBe(1);
    expect(() => withTieBreaker(constant(1), short, Number.NaN)).toThrow(/epsilon must be finite, got NaN/);
  });
});
