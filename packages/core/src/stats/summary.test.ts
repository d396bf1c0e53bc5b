import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interquartileMean, mean, median, quantile, standardDeviation, variance } from './summary.ts';

describe('summaries', () => {
  it('agree with values worked by hand', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(variance([1, 2, 6])).toBe(7);
    expect(standardDeviation([2, 4])).toBeCloseTo(Math.SQRT2, 12);
    expect(median([5, 1, 3])).toBe(3);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75); // type 7, as R and NumPy
    // 8 values: the middle four; 6 values: the middle three, the outer two of the middle four by half.
    expect(interquartileMean([0, 1, 2, 3, 4, 5, 6, 100])).toBe(3.5);
    expect(interquartileMean([0, 1, 2, 3, 4, 50])).toBeCloseTo((0.5 * 1 + 2 + 3 + 0.5 * 4) / 3, 12);
  });

  it('lie between the least and the largest value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }), (xs) => {
        for (const s of [mean(xs), median(xs), interquartileMean(xs)]) {
          expect(s).toBeGreaterThanOrEqual(Math.min(...xs) - 1e-6);
          expect(s).toBeLessThanOrEqual(Math.max(...xs) + 1e-6);
        }
      }),
    );
  });

  it('refuse samples that are too small', () => {
    expect(() => mean([])).toThrow(/at least 1 value, got 0/);
    expect(() => variance([1])).toThrow(/at least 2 values, got 1/);
    expect(() => quantile([1], 1.5)).toThrow(/q must lie in \[0, 1\], got 1.5/);
  });
});
