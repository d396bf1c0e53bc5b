import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

const relative = (ours: number, theirs: number) => Math.abs(ours / theirs - 1);

describe('the normal distribution', () => {
  it('agrees with SciPy 1.17, far out too', () => {
    const cdf = [
      [-8, 6.22096057427174e-16],
      [-3, 0.0013498980316300933],
      [-1.5, 0.06680720126885807],
      [-0.1, 0.460172162722971],
      [0.7, 0.758036347776927],
      [2.9, 0.998134186699616],
      [5, 0.9999997133484281],
    ];
    for (const [z, p] of cdf) expect(relative(normalCdf(z), p)).toBeLessThan(2e-13);
    const quantiles = [
      [1e-12, -7.034483825301131],
      [1e-3, -3.090232306167813],
      [0.025, -1.9599639845400545],
      [0.3, -0.5244005127080409],
      [0.9, 1.2815515655446004],
      [0.995, 2.5758293035489004],
    ];
    for (const [p, z] of quantiles) expect(relative(normalQuantile(p), z)).toBeLessThan(1e-13);
    expect(normalCdf(0)).toBe(0.5);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });

  it('has a quantile that inverts its distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-280, max: 0.5, noNaN: true }), (p) => {
        expect(relative(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-11);
        expect(normalCdf(normalQuantile(1 - p))).toBeCloseTo(1 - p, 13);
      }),
    );
  });

  it('names what does not fit', () => {
    expect(() => normalQuantile(1.1)).toThrow('p must lie in [0, 1], got 1.1');
    expect(() => normalCdf(Number.NaN)).toThrow('z must be a number');
  });
});
