import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialInterval } from './binomial-interval.ts';

describe('binomialInterval', () => {
  it('agrees with SciPy 1.17', () => {
    const published = [
      { k: 0, n: 10, wilson: [0, 0.27753279986288926], exact: [0, 0.30849710781876294] },
      { k: 10, n: 10, wilson: [0.7224672001371109, 1], exact: [0.6915028921812371, 1] },
      {
        k: 3,
        n: 10,
        wilson: [0.10779126740630102, 0.6032218525388546],
        exact: [0.06673951117773447, 0.652452850060008],
      },
      {
        k: 27,
        n: 30,
        wilson: [0.7437891742081592, 0.9654001112526657],
        exact: [0.7347115495257919, 0.9788828629702774],
      },
      {
        k: 812,
        n: 1000,
        wilson: [0.7866068125887821, 0.8350052901162314],
        exact: [0.7863784598368688, 0.8357692765986813],
      },
      { k: 1, n: 1, wilson: [0.20654931437723745, 1], exact: [0.025, 1] },
    ];
    for (const { k, n, ...intervals } of published) {
      for (const method of ['wilson', 'exact'] as const) {
        const { value, lo, hi } = binomialInterval(k, n, { method });
        expect(value).toBe(k / n);
        expect(lo).toBeCloseTo(intervals[method][0], 12);
        expect(hi).toBeCloseTo(intervals[method][1], 12);
      }
    }
    const ninety = binomialInterval(3, 10, { method: 'exact', level: 0.9 });
    expect(ninety.lo).toBeCloseTo(0.08726443391415029, 12);
    expect(ninety.hi).toBeCloseTo(0.6066242161055765, 12);
    expect(ninety).toMatchObject({ n: 10, level: 0.9 });
  });

  it('covers the true chance at least as often as it says when exact, by enumeration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, chance) => {
        let covered = 0;
        let ways = 1;
        for (let k = 0; k <= n; k++) {
          const { lo, hi } = binomialInterval(k, n, { method: 'exact' });
          if (lo !== null && hi !== null && lo <= chance && chance <= hi)
            covered += ways * chance ** k * (1 - chance) ** (n - k);
          ways *= (n - k) / (k + 1);
        }
        expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-12);
      }),
      { numRuns: 30 },
    );
  });

  it('names what does not fit', () => {
    expect(() => binomialInterval(0, 0)).toThrow('trials must be a whole number from 1, got 0');
    expect(() => binomialInterval(4, 3)).toThrow('successes must be a whole number from 0 to 3, got 4');
    expect(() => binomialInterval(1, 3, { level: 1 })).toThrow('level must lie between 0 and 1, got 1');
  });
});
