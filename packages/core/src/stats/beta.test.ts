import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from './beta.ts';

describe('the beta distribution', () => {
  it('agrees with SciPy 1.17', () => {
    const published = [
      [0.4, 2, 3, 0.5248],
      [0.2, 0.5, 0.5, 0.2951672353008665],
      [0.9, 20, 5, 0.9149251141213293],
      [0.001, 1, 200, 0.1813511705213643],
      [0.61, 300, 200, 0.6741626935263771],
    ];
    for (const [x, a, b, p] of published) expect(Math.abs(betaCdf(x, a, b) / p - 1)).toBeLessThan(3e-13);
  });

  it('is the tail of a binomial distribution, summed by hand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(29),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, j, x) => {
          const k = 1 + (j % n);
          let tail = 0;
          let ways = 1;
          for (let i = 0; i <= n; i++) {
            if (i >= k) tail += ways * x ** i * (1 - x) ** (n - i);
            ways *= (n - i) / (i + 1);
          }
          expect(betaCdf(x, k, n - k + 1)).toBeCloseTo(tail, 12);
        },
      ),
    );
  });

  it('has a quantile that inverts it, for shapes large and small', () => {
    const shape = fc.double({ min: 0.5, max: 2000, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, p) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      }),
    );
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
  });

  it('names what does not fit', () => {
    expect(() => betaCdf(1.5, 1, 1)).toThrow('x must lie in [0, 1], got 1.5');
    expect(() => betaCdf(0.5, 0, 1)).toThrow('a must be positive and finite, got 0');
    expect(() => betaQuantile(0.5, 1, Infinity)).toThrow('b must be positive and finite, got Infinity');
    expect(() => betaQuantile(-1, 1, 1)).toThrow('p must lie in [0, 1], got -1');
  });
});
