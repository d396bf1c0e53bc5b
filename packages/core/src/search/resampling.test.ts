import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { effectiveSampleSize, normaliseLogWeights, type Resampler, resample } from './resampling.ts';

const resamplers: readonly Resampler[] = ['systematic', 'multinomial', 'residual'];
const weighted = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
  .filter((w) => w.some((x) => x > 1e-3))
  .map((w) => {
    const total = w.reduce((sum, x) => sum + x, 0);
    return w.map((x) => x / total);
  });

function copies(parents: Int32Array): number[] {
  const count = new Array<number>(parents.length).fill(0);
  for (const parent of parents) count[parent]++;
  return count;
}

describe('resample', () => {
  it('keeps the number of copies near n w: within one if systematic, at least its floor if residual', () => {
    fc.assert(
      fc.property(weighted, fc.nat(), (weights, seed) => {
        const n = weights.length;
        for (const resampler of resamplers) {
          const parents = resample(weights, resampler, new Random(seed));
          expect([...parents]).toEqual([...parents].sort((a, b) => a - b));
          copies(parents).forEach((count, i) => {
            if (weights[i] === 0) expect(count).toBe(0);
            if (resampler === 'systematic') expect(Math.abs(count - n * weights[i])).toBeLessThan(1 + 1e-9);
            if (resampler === 'residual') expect(count).toBeGreaterThanOrEqual(Math.floor(n * weights[i] - 1e-9));
          });
        }
      }),
    );
  });

  it('has the right expectation', () => {
    const weights = [0.05, 0.4, 0, 0.25, 0.3];
    for (const resampler of resamplers) {
      const rng = new Random(5, resampler);
      const mean = [0, 0, 0, 0, 0];
      for (let i = 0; i < 20_000; i++)
        for (const parent of resample(weights, resampler, rng)) mean[parent] += 1 / 20_000;
      mean.forEach((m, i) => {
        expect(Math.abs(m - 5 * weights[i])).toBeLessThan(0.04);
      });
    }
  });

  it('leaves a population of equal weights as it is, but for multinomial', () => {
    for (let n = 1; n <= 40; n++) {
      const weights = new Float64Array(n).fill(1 / n);
      const all = [...weights.keys()];
      expect([...resample(weights, 'systematic', new Random(n))]).toEqual(all);
      expect([...resample(weights, 'residual', new Random(n))]).toEqual(all);
    }
    const lost = resample(new Float64Array(40).fill(1 / 40), 'multinomial', new Random(0));
    expect(new Set(lost).size).toBeLessThan(40);
  });

  it('names what does not fit', () => {
    const rng = new Random(0);
    expect(() => resample([0.5, 0.4], 'systematic', rng)).toThrow('weights must sum to 1, got 0.9');
    expect(() => resample([1.5, -0.5], 'systematic', rng)).toThrow('weights[1] must be at least 0, got -0.5');
    expect(() => resample([], 'multinomial', rng)).toThrow('weights must sum to 1, got 0');
  });
});

describe('normaliseLogWeights', () => {
  it('has the ends and survives any size', () => {
    const { weights, logMean } = normaliseLogWeights([1000, 1000 + Math.log(3), -Infinity]);
    expect(weights[0]).toBeCloseTo(0.25, 12);
    expect(weights[1]).toBeCloseTo(0.75, 12);
    expect(weights[2]).toBe(0);
    expect(logMean).toBeCloseTo(1000 + Math.log(4 / 3), 9);
  });

  it('names what does not fit', () => {
    expect(() => normaliseLogWeights([0, Number.NaN])).toThrow('logWeights[1] must be a number, got NaN');
    expect(() => normaliseLogWeights([-Infinity])).toThrow(
      'logWeights must have a finite largest value, got -Infinity',
    );
  });
});

describe('effectiveSampleSize', () => {
  it('lies between one and n', () => {
    expect(effectiveSampleSize([1, 0, 0])).toBe(1);
    expect(effectiveSampleSize([0.25, 0.25, 0.25, 0.25])).toBe(4);
    fc.assert(
      fc.property(weighted, (weights) => {
        const size = effectiveSampleSize(weights);
        expect(size).toBeGreaterThan(1 - 1e-9);
        expect(size).toBeLessThan(weights.length + 1e-9);
      }),
    );
  });
});
