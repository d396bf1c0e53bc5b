import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroc, kendall, pearson, ranks, spearman } from './correlation.ts';

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 25 });

describe('correlations', () => {
  it('agree with values worked by hand', () => {
    expect(pearson([1, 2, 3, 4], [2, 1, 4, 3])).toBeCloseTo(0.6, 12);
    expect([...ranks([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 1000])).toBeCloseTo(1, 12);
    expect(kendall([1, 2, 3, 4], [2, 1, 4, 3])).toBeCloseTo(1 / 3, 12);
    expect(kendall([1, 1, 2, 3], [1, 2, 2, 4])).toBeCloseTo(4 / 5, 12); // tau-b with one tie on each side
    expect(auroc([0.9, 0.8, 0.3, 0.1], [true, false, true, false])).toBe(0.75);
    expect(auroc([1, 1], [true, false])).toBe(0.5);
  });

  it('do not depend on scale or order of the pairs, and lie in [-1, 1]', () => {
    fc.assert(
      fc.property(sample, fc.integer(), (x, seed) => {
        const y = x.map((v, i) => v * ((seed + i) % 3) + i);
        if (new Set(x).size < 2 || new Set(y).size < 2) return;
        for (const f of [pearson, spearman, kendall]) {
          const r = f(x, y);
          expect(Math.abs(r)).toBeLessThanOrEqual(1);
          expect(f(y, x)).toBeCloseTo(r, 10);
          expect(
            f(
              x.map((v) => 3 * v + 7),
              y,
            ),
          ).toBeCloseTo(r, 10);
        }
      }),
    );
  });

  it('auroc is the share of ordered pairs, by brute force', () => {
    fc.assert(
      fc.property(sample, (scores) => {
        const positive = scores.map((_, i) => i % 2 === 0);
        let wins = 0;
        let pairs = 0;
        scores.forEach((a, i) => {
          scores.forEach((b, j) => {
            if (!positive[i] || positive[j]) return;
            pairs++;
            wins += a > b ? 1 : a === b ? 0.5 : 0;
          });
        });
        expect(auroc(scores, positive)).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });

  it('say when they are not defined', () => {
    expect(() => pearson([1, 1], [1, 2])).toThrow(/x must not be constant/);
    expect(() => pearson([1, 2], [1])).toThrow(/one length, got 2 and 1/);
    expect(() => auroc([1, 2], [true, true])).toThrow(/both true and false/);
  });
});
