import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossWeights } from './loss-weights.ts';

const responses = fc.array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 6,
});

describe('lossWeights', () => {
  it('averages token losses as each rule says', () => {
    fc.assert(
      fc.property(responses, (losses) => {
        const lengths = losses.map((row) => row.length);
        const weighted = (weights: Float64Array) =>
          losses.reduce((sum, row, i) => sum + row.reduce((s, x) => s + weights[i] * x, 0), 0);
        const total = (row: number[]) => row.reduce((sum, x) => sum + x, 0);
        const n = losses.length;
        expect(weighted(lossWeights(lengths, 'sequence'))).toBeCloseTo(
          total(losses.map((row) => total(row) / row.length)) / n,
          9,
        );
        expect(weighted(lossWeights(lengths, 'token'))).toBeCloseTo(total(losses.flat()) / losses.flat().length, 9);
        expect(weighted(lossWeights(lengths, 'constant', 8))).toBeCloseTo(total(losses.map(total)) / (8 * n), 9);
      }),
    );
  });

  it('are one and the same where all responses are as long as can be', () => {
    for (const average of ['sequence', 'token', 'constant'] as const) {
      expect([...lossWeights([4, 4], average, 4)]).toEqual([0.125, 0.125]);
    }
  });

  it('names what does not fit', () => {
    expect(() => lossWeights([], 'token')).toThrow('at least one response, got 0');
    expect(() => lossWeights([1, 0], 'token')).toThrow('lengths[1] must be a positive whole number, got 0');
    expect(() => lossWeights([3], 'constant')).toThrow('at least the longest response, 3, got undefined');
    expect(() => lossWeights([3], 'constant', 2)).toThrow('at least the longest response, 3, got 2');
  });
});
