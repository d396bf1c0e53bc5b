import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clipDelta,
  clipReward,
  deltaReward,
  etaFromQuantile,
  lengthPenalisedReward,
  normedReward,
  withSuccess,
} from './clip-delta.ts';
import { discountedReturns } from './returns.ts';
import { consecutiveSteps } from './step-tokens.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc.array(unit, { minLength: 1, maxLength: 20 });
const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

describe('clip and delta', () => {
  it('Clip: no step earns anything, and no added step raises the total', () => {
    fc.assert(
      fc.property(scores, unit, unit, (g, eta, more) => {
        const rewards = clipReward(g, eta);
        rewards.forEach((r, k) => {
          expect(r).toBe(g[k] < eta ? g[k] - eta : 0);
        });
        expect(sum(clipReward([...g, more], eta))).toBeLessThanOrEqual(sum(rewards));
      }),
    );
  });

  it('Delta: the return from each step but the last is its own score, so added steps change no earlier return', () => {
    fc.assert(
      fc.property(scores, scores, (g, more) => {
        const returns = discountedReturns(deltaReward(g));
        const last = g.length - 1;
        g.forEach((score, k) => {
          expect(returns[k]).toBeCloseTo(k < last ? score : 0, 12);
        });
        const longer = discountedReturns(deltaReward([...g, ...more]));
        for (let k = 0; k < last; k++) expect(longer[k]).toBeCloseTo(returns[k], 12);
      }),
    );
  });

  it('both, on tokens with success: the return lies between -αη and 1, however long the response', () => {
    fc.assert(
      fc.property(scores, unit, unit, fc.constantFrom(0, 1), (g, eta, alpha, success) => {
        const steps = consecutiveSteps(g.map(() => 2));
        const tokens = 2 * g.length + 1;
        const returns = discountedReturns(withSuccess(clipDelta(g, { eta }), steps, success, alpha, tokens));
        steps.forEach(({ end }, k) => {
          const own = k < g.length - 1 ? alpha * Math.min(g[k] - eta, 0) : 0;
          expect(returns[end - 1]).toBeCloseTo(own + success, 12);
          expect(returns[end - 1]).toBeGreaterThanOrEqual(-alpha * eta - 1e-12);
          expect(returns[end - 1]).toBeLessThanOrEqual(1 + 1e-12);
        });
        expect(returns[tokens - 1]).toBe(success);
      }),
    );
  });

  it('raw scores grow with the number of steps, normed ones do not, and a penalty at the mean sums to nothing', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 2, max: 6 }), (g, copies) => {
        const repeated = Array.from({ length: copies }, () => g).flat();
        const raw = { eta: 0, clip: false, delta: false };
        expect(sum(clipDelta(repeated, raw))).toBeCloseTo(copies * sum(clipDelta(g, raw)), 9);
        expect(sum(normedReward(repeated))).toBeCloseTo(sum(normedReward(g)), 12);
        const mean = g.reduce((total, x) => total + x, 0) / g.length;
        expect(sum(lengthPenalisedReward(g, mean))).toBeCloseTo(0, 12);
      }),
    );
  });

  it('clips before it takes differences, and drops the only step', () => {
    expect([...clipDelta([0.75, 0.25, 1], { eta: 0.5 })]).toEqual([0.25, -0.25, 0]);
    expect([...clipDelta([0.75, 0.25, 1], { eta: 0.5, delta: false })]).toEqual([0, -0.25, 0]);
    expect([...deltaReward([0.9, 0.5])]).toEqual([0.9, 0]);
    expect([...deltaReward([0.9])]).toEqual([0]);
    expect([...deltaReward([])]).toEqual([]);
  });

  it('has the share q of the scores below the threshold', () => {
    const g = Array.from({ length: 101 }, (_, i) => i / 100);
    for (const q of [0, 0.3, 0.5, 1])
      expect(clipReward(g, etaFromQuantile(g, q)).filter((r) => r < 0)).toHaveLength(100 * q);
  });

  it('names what does not fit', () => {
    expect(() => clipReward([1, Number.NaN], 0.5)).toThrow('g[1] must be finite, got NaN');
    expect(() => clipReward([1], Infinity)).toThrow('eta must be finite, got Infinity');
    expect(() => lengthPenalisedReward([1], -1)).toThrow('penalty must be at least 0, got -1');
    expect(() => etaFromQuantile([1], 2)).toThrow('q must lie in [0, 1], got 2');
    expect(() => withSuccess([], [], 1, 1, 0)).toThrow('tokens must be at least 1');
    expect(() => withSuccess([1], [{ start: 0, end: 3 }], 1, 1, 2)).toThrow('got 0 to 3');
    expect(() => withSuccess([1], [{ start: 0, end: 1 }], Number.NaN, 1, 2)).toThrow('success must be finite, got NaN');
  });
});
