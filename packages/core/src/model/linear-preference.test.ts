import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { fitLinearPreference } from './linear-preference.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('fitLinearPreference', () => {
  it('solves one pair of one feature as the closed form does', () => {
    // ridge w = d (1 - σ(w d)) with d = 2
    const [w] = fitLinearPreference({ features: Float64Array.of(2, 0), width: 1, pairs: Int32Array.of(0, 1) }, 0.5);
    expect(0.5 * w).toBeCloseTo(2 * (1 - sigmoid(2 * w)), 10);
  });

  it('is stationary: the gradient of the penalised loss vanishes', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 40 }),
        (seed, width, count) => {
          const rng = new Random(seed);
          const features = Float64Array.from({ length: 8 * width }, () => 3 * rng.normal());
          const pairs = Int32Array.from({ length: 2 * count }, () => rng.int(8));
          const w = fitLinearPreference({ features, width, pairs }, 0.1);
          for (let k = 0; k < width; k++) {
            let slope = 0.1 * w[k];
            for (let p = 0; p < count; p++) {
              const d = (j: number) => features[pairs[2 * p] * width + j] - features[pairs[2 * p + 1] * width + j];
              let margin = 0;
              for (let j = 0; j < width; j++) margin += w[j] * d(j);
              slope -= (1 - sigmoid(margin)) * d(k);
            }
            expect(Math.abs(slope)).toBeLessThan(1e-4);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('recovers the direction of a hidden reward', () => {
    const rng = new Random(7);
    const hidden = [2, -1, 0.5];
    const features = Float64Array.from({ length: 300 }, () => rng.normal());
    const value = (i: number) => hidden.reduce((sum, h, k) => sum + h * features[3 * i + k], 0);
    const pairs = Int32Array.from(
      Array.from({ length: 2000 }, () => {
        const [a, b] = [rng.int(100), rng.int(100)];
        return rng.bool(sigmoid(value(a) - value(b))) ? [a, b] : [b, a];
      }).flat(),
    );
    const w = fitLinearPreference({ features, width: 3, pairs }, 1e-3);
    hidden.forEach((h, k) => {
      expect(Math.abs(w[k] - h)).toBeLessThan(0.25);
    });
  });

  it('gives zeros without pairs, and names what is wrong', () => {
    const fine = { features: new Float64Array(4), width: 2, pairs: new Int32Array() };
    expect([...fitLinearPreference(fine, 1)]).toEqual([0, 0]);
    expect(() => fitLinearPreference({ ...fine, pairs: Int32Array.of(0, 2) }, 1)).toThrow(/items below 2, got 2/);
    expect(() => fitLinearPreference({ ...fine, width: 3 }, 1)).toThrow(/rows of 3, got 4/);
    expect(() => fitLinearPreference(fine, 0)).toThrow(/ridge must be positive, got 0/);
  });
});
