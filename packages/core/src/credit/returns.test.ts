import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountedReturns } from './returns.ts';

const rewards = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 30 });

describe('discountedReturns', () => {
  it('is the sum of its definition', () => {
    fc.assert(
      fc.property(rewards, fc.double({ min: 0, max: 1, noNaN: true }), (r_t, discount) => {
        discountedReturns(r_t, discount).forEach((value, t) => {
          const direct = r_t.slice(t).reduce((sum, r, i) => sum + discount ** i * r, 0);
          expect(value).toBeCloseTo(direct, 9);
        });
      }),
    );
  });

  it('has the two ends of the discount', () => {
    expect([...discountedReturns([3, -1, 4], 0)]).toEqual([3, -1, 4]);
    expect([...discountedReturns([3, -1, 4])]).toEqual([6, 3, 4]);
    expect(discountedReturns([])).toHaveLength(0);
  });

  it('names what does not fit', () => {
    expect(() => discountedReturns([1], 1.5)).toThrow('discount must lie in [0, 1], got 1.5');
    expect(() => discountedReturns([1, Number.NaN])).toThrow('r_t[1] must be finite, got NaN');
  });
});
