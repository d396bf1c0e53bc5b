import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOfKValues, effectiveRewards, processAdvantages } from './progress.ts';

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const values = fc.array(chance, { minLength: 1, maxLength: 12 });

describe('processAdvantages', () => {
  it('telescopes to the last value less the first, and gives nothing for a step that changes nothing', () => {
    fc.assert(
      fc.property(values, fc.nat(11), (q, at) => {
        const advantages = processAdvantages(q);
        expect(advantages).toHaveLength(q.length - 1);
        expect(advantages.reduce((sum, a) => sum + a, 0)).toBeCloseTo(q[q.length - 1] - q[0], 12);
        const k = at % q.length;
        expect(processAdvantages([...q.slice(0, k + 1), ...q.slice(k)])[k]).toBe(0);
      }),
    );
  });
});

describe('bestOfKValues', () => {
  it('is the chance that one of k independent attempts succeeds', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (q, k) => {
        bestOfKValues(q, k).forEach((value, h) => {
          expect(value).toBeCloseTo(1 - (1 - q[h]) ** k, 12);
        });
      }),
    );
    expect(bestOfKValues([1e-18], 4)[0]).toBeCloseTo(4e-18, 30);
  });

  it('makes the mean advantage of the steps at most zero (Jensen), and zero where they are all alike', () => {
    const steps = fc.array(fc.tuple(chance, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 2, max: 8 }), (options, k) => {
        const weight = options.reduce((sum, [, w]) => sum + w, 0);
        const before = options.reduce((sum, [q, w]) => sum + (q * w) / weight, 0);
        const mean = options.reduce(
          (sum, [q, w]) => sum + (processAdvantages(bestOfKValues([Math.min(before, 1), q], k))[0] * w) / weight,
          0,
        );
        expect(mean).toBeLessThanOrEqual(1e-9);
        if (options.length === 1) expect(mean).toBeCloseTo(0, 9);
      }),
    );
  });
});

describe('effectiveRewards', () => {
  it('adds each step its own progress and none of the later ones', () => {
    expect([...effectiveRewards(1, [0.5, 0.75, 0.25], 2)]).toEqual([1.5, 0]);
    expect([...effectiveRewards([0.5, 1], [0.5, 0.75, 0.25], 0.5)]).toEqual([0.625, 0.75]);
    fc.assert(
      fc.property(values, chance, (q, last) => {
        const shorter = effectiveRewards(1, q, 3);
        expect([...effectiveRewards(1, [...q, last], 3)].slice(0, q.length - 1)).toEqual([...shorter]);
      }),
    );
  });

  it('under the policy itself points where the outcome reward does: advantages scale by 1 + α', () => {
    const q = [0.5, 0.75];
    const others = [0.5, 0.25];
    const gap = (alpha: number) =>
      effectiveRewards([q[1]], q, alpha)[0] - effectiveRewards([others[1]], others, alpha)[0];
    expect(gap(3)).toBeCloseTo(4 * gap(0), 12);
  });

  it('names what does not fit', () => {
    expect(() => processAdvantages([])).toThrow('at least the value before the first step, got 0');
    expect(() => processAdvantages([0.5, 1.5])).toThrow('values[1] must lie in [0, 1], got 1.5');
    expect(() => bestOfKValues([0.5], 0)).toThrow('k must be a positive whole number, got 0');
    expect(() => effectiveRewards([1, 1], [0.5, 0.5], 1)).toThrow('base must hold one number a step, 1, got 2');
    expect(() => effectiveRewards(Number.NaN, [0.5, 0.5], 1)).toThrow('base must be finite, got NaN at step 0');
    expect(() => effectiveRewards(1, [0.5, 0.5], -1)).toThrow('alpha must be at least 0 and finite, got -1');
  });
});
