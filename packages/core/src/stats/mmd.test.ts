import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianDistance, squaredMmd } from './mmd.ts';
import { Random } from './random.ts';

const normals = (n: number, shift: number, rng: Random) =>
  Float64Array.from({ length: 2 * n }, (_, i) => rng.normal() + (i % 2 === 0 ? shift : 0));

describe('squaredMmd', () => {
  it('has the closed form for two pairs of points', () => {
    const k = (d: number) => Math.exp(-(d * d) / 2);
    const x = Float64Array.of(0, 1);
    const y = Float64Array.of(3, 5);
    const between = (k(3) + k(5) + k(2) + k(4)) / 4;
    const options = { dimension: 1, bandwidth: 1 };
    expect(squaredMmd(x, y, options)).toBeCloseTo(k(1) + k(2) - 2 * between, 12);
    expect(squaredMmd(x, y, { ...options, unbiased: false })).toBeCloseTo(
      (1 + k(1)) / 2 + (1 + k(2)) / 2 - 2 * between,
      12,
    );
  });

  it('has the closed form for two normal distributions in the limit', () => {
    // For N(0, I) and N((s, 0), I) in two dimensions: 2 h²/(h² + 2) (1 - exp(-s² / (2 (h² + 2)))).
    const rng = new Random(1);
    const [h, s] = [1, 1.5];
    const expected = ((2 * h * h) / (h * h + 2)) * (1 - Math.exp((-s * s) / (2 * (h * h + 2))));
    const value = squaredMmd(normals(2000, 0, rng), normals(2000, s, rng), { dimension: 2, bandwidth: h });
    expect(Math.abs(value - expected)).toBeLessThan(0.03);
  });

  it('is zero on average for equal distributions, and positive when biased', () => {
    const rng = new Random(2);
    let total = 0;
    for (let i = 0; i < 200; i++)
      total += squaredMmd(normals(20, 0, rng), normals(20, 0, rng), { dimension: 2, bandwidth: 1 });
    expect(Math.abs(total / 200)).toBeLessThan(0.005);
  });

  it('is symmetric, ignores a common shift and the order of points, and is never negative when biased', () => {
    const cloud = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(cloud, cloud, (a, b) => {
        const of = (x: number[], y: number[]) =>
          squaredMmd(Float64Array.from(x), Float64Array.from(y), { dimension: 1, bandwidth: 3, unbiased: false });
        const value = of(a, b);
        expect(value).toBeGreaterThan(-1e-12);
        expect(of(b, a)).toBeCloseTo(value, 10);
        const shift = (x: number[]) => x.map((v) => v + 7).reverse();
        expect(of(shift(a), shift(b))).toBeCloseTo(value, 10);
        expect(of(a, a)).toBeCloseTo(0, 10);
      }),
    );
  });

  it('names what does not fit', () => {
    const x = Float64Array.of(0, 1);
    expect(() => squaredMmd(x, x, { dimension: 1, bandwidth: 0 })).toThrow('bandwidth must be positive, got 0');
    expect(() => squaredMmd(x, x, { dimension: 2, bandwidth: 1 })).toThrow(
      'x must hold at least 2 whole points of 2 numbers, got 2 numbers',
    );
  });
});

describe('medianDistance', () => {
  it('is the median over pairs', () => {
    expect(medianDistance(Float64Array.of(0, 1, 4), 1)).toBe(3);
    expect(medianDistance(Float64Array.of(0, 0, 3, 4, 0, 0, 6, 8), 2)).toBe(5);
    expect(() => medianDistance(Float64Array.of(1, 1), 1)).toThrow('points must differ');
  });
});
