import { describe, expect, it } from 'vitest';
import { bootstrap, bootstrapUnits, pairedDifference } from './bootstrap.ts';
import { Random } from './random.ts';
import { interquartileMean } from './summary.ts';

describe('bootstrap', () => {
  it('covers the true mean about as often as it says', () => {
    const rng = new Random(11, 'coverage');
    let covered = 0;
    const trials = 400;
    for (let t = 0; t < trials; t++) {
      const { lo, hi } = bootstrap(
        Float64Array.from({ length: 40 }, () => 2 + rng.normal()),
        { resamples: 400 },
      );
      if (lo !== null && hi !== null && lo <= 2 && 2 <= hi) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.9);
    expect(covered / trials).toBeLessThan(0.98);
  });

  it('gives one interval for one sample', () => {
    expect(bootstrap([1, 5, 2, 4])).toEqual(bootstrap([1, 5, 2, 4]));
  });

  it('takes other statistics and levels', () => {
    const sample = [1, 2, 3, 4, 5, 6, 7, 1000];
    const { value, lo, hi } = bootstrap(sample, { statistic: interquartileMean, level: 0.5 });
    expect(value).toBe(4.5);
    expect(lo).toBeGreaterThan(1);
    expect(hi).toBeLessThan(300);
  });

  it('pairs: a constant difference has no spread', () => {
    expect(pairedDifference([3, 5, 9], [1, 3, 7])).toEqual({ value: 2, lo: 2, hi: 2, n: 3, level: 0.95 });
    expect(() => pairedDifference([1], [1, 2])).toThrow(/must be paired, got lengths 1 and 2/);
  });

  it('has no interval for one unit, and refuses none', () => {
    expect(bootstrap([4])).toMatchObject({ value: 4, lo: null, hi: null });
    expect(() => bootstrap([])).toThrow(/n must be a positive whole number, got 0/);
    expect(() => bootstrap([1, Number.NaN])).toThrow(/statistic must be finite, got NaN/);
  });

  it('resamples clusters', () => {
    const clusters = [[1, 1, 1], [5], [9, 9]];
    const pooled = (units: Int32Array) => {
      const all = [...units].flatMap((unit) => clusters[unit]);
      return all.reduce((a, b) => a + b, 0) / all.length;
    };
    const { lo, hi, n } = bootstrapUnits(3, pooled);
    expect([lo, hi, n]).toEqual([1, 9, 3]);
  });
});
