import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { mean, variance } from './summary.ts';

const draws = (n: number, draw: (rng: Random) => number, seed = 1) => {
  const rng = new Random(seed, 'test');
  return Float64Array.from({ length: n }, () => draw(rng));
};

describe('Random', () => {
  it('gives one stream for one seed and labels, and others for others', () => {
    const first = (rng: Random) => [rng.uint32(), rng.uint32(), rng.uint32()];
    expect(first(new Random(3, 'a'))).toEqual(first(new Random(3, 'a')));
    const others = [new Random(3, 'b'), new Random(4, 'a'), new Random(3, 'a', 'a'), new Random('3a')].map(first);
    for (const other of others) expect(other).not.toEqual(first(new Random(3, 'a')));
  });

  it('splits by what it is, not by what was drawn', () => {
    const a = new Random(5);
    const b = new Random(5);
    b.uniform();
    expect(a.split('x').uint32()).toBe(b.split('x').uint32());
  });

  it('has no two equal streams among 20,000 consecutive seeds', () => {
    const seen = new Set(
      Array.from({ length: 20_000 }, (_, seed) => {
        const rng = new Random(seed, 'rewards');
        return `${rng.uint32()} ${rng.uint32()}`;
      }),
    );
    expect(seen.size).toBe(20_000);
  });

  it('is uniform: 100 cells hold what chance allows (chi-square at 99 degrees, 1e-6)', () => {
    const counts = new Float64Array(100);
    for (const u of draws(200_000, (rng) => rng.uniform())) counts[Math.floor(u * 100)]++;
    const chi = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chi).toBeGreaterThan(45);
    expect(chi).toBeLessThan(180);
  });

  it('has the moments of its distributions', () => {
    const normal = draws(200_000, (rng) => rng.normal());
    expect(mean(normal)).toBeCloseTo(0, 1.9);
    expect(variance(normal)).toBeCloseTo(1, 1.7);
    for (const k of [0.3, 1, 4.5]) {
      const gamma = draws(200_000, (rng) => rng.gamma(k));
      expect(mean(gamma) / k).toBeCloseTo(1, 1.5);
      expect(variance(gamma) / k).toBeCloseTo(1, 1);
    }
    for (const rate of [0.5, 7, 1200]) {
      const poisson = draws(50_000, (rng) => rng.poisson(rate));
      expect(mean(poisson) / rate).toBeCloseTo(1, 1.5);
      expect(variance(poisson) / rate).toBeCloseTo(1, 1);
    }
    expect(mean(draws(200_000, (rng) => rng.exponential()))).toBeCloseTo(1, 1.7);
  });

  it('draws categories in proportion, never one of weight zero', () => {
    const rng = new Random(2);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[rng.categorical([1, 0, 3, 0])]++;
    expect(counts[1] + counts[3]).toBe(0);
    expect(counts[2] / counts[0]).toBeCloseTo(3, 0.8);
    expect(() => rng.categorical([0, 0])).toThrow(/positive finite sum, got 0/);
    expect(() => rng.categorical([1, Number.NaN])).toThrow(/got NaN/);
  });

  it('keeps its promises for every argument', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (seed, n, c) => {
          const rng = new Random(seed);
          const i = rng.int(n);
          expect(i >= 0 && i < n && Number.isInteger(i)).toBe(true);
          const p = rng.dirichlet(4, c);
          expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
          const items = Array.from({ length: n }, (_, k) => k);
          expect(rng.shuffle(items).sort((a, b) => a - b)).toEqual(items);
        },
      ),
    );
  });

  it('refuses what makes no stream and no draw', () => {
    expect(() => new Random(Number.NaN)).toThrow(/seed must be finite, got NaN/);
    expect(() => new Random(1).int(0)).toThrow(/n must be a positive whole number, got 0/);
    expect(() => new Random(1).gamma(0)).toThrow(/k must be positive/);
    expect(() => new Random(1).pick([])).toThrow(/items must not be empty/);
  });
});
