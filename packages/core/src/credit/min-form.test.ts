import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minForm, stepCredit } from './min-form.ts';
import { discountedReturns } from './returns.ts';

const rewards = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
const strict = (r: number[]) => minForm(r, { temperature: 'strict' });
const total = (r: Float64Array) => r.reduce((sum, x) => sum + x, 0);

describe('minForm', () => {
  it('gives the numbers of the authors (verl branch, fsdp_workers.py) on a group of three', () => {
    const theirs = [
      { from: [0.8, 0.6, -0.7], to: [2.447e-7, 1.3562e-6, -0.6999982036] },
      { from: [0.9, -0.3], to: [5.5298e-6, -0.2999981567] },
      { from: [0.2, 0.2, 0.5, -0.1], to: [0.0090353319, 0.0090353319, 0.0011246067, -0.0907397467] },
    ];
    for (const { from, to } of theirs) {
      minForm(from).forEach((value, i) => {
        expect(value).toBeCloseTo(to[i], 9);
      });
    }
  });

  it('strictly: the return is the worst reward up to the first worst step and zero after it', () => {
    fc.assert(
      fc.property(rewards, (r) => {
        const worst = r.indexOf(Math.min(...r));
        discountedReturns(strict(r)).forEach((value, t) => {
          expect(value).toBe(t <= worst ? r[worst] : 0);
        });
      }),
    );
  });

  it('tends to the strict form as T falls and to the mean form as it grows', () => {
    const r = [0.8, -0.7, 0.9, 0.1];
    minForm(r, { temperature: 1e-3 }).forEach((value, i) => {
      expect(value).toBeCloseTo(strict(r)[i], 9);
    });
    minForm(r, { temperature: 1e9 }).forEach((value, i) => {
      expect(value).toBeCloseTo(stepCredit(r, 'mean')[i], 8);
    });
  });

  it('adds up to something between the minimum and the mean', () => {
    fc.assert(
      fc.property(rewards, fc.double({ min: 0.01, max: 10, noNaN: true }), (r, temperature) => {
        const value = total(minForm(r, { temperature }));
        expect(value).toBeGreaterThanOrEqual(Math.min(...r) - 1e-12);
        expect(value).toBeLessThanOrEqual(r.reduce((sum, x) => sum + x, 0) / r.length + 1e-12);
      }),
    );
  });

  it('does not add up errors: |min a - min b| is at most the largest |a_i - b_i|, whatever the length', () => {
    const pairs = fc.array(
      fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -0.1, max: 0.1, noNaN: true })),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(pairs, (steps) => {
        const truth = steps.map(([r]) => r);
        const scored = steps.map(([r, error]) => r + error);
        const error = Math.max(...truth.map((r, i) => Math.abs(scored[i] - r)));
        expect(Math.abs(total(strict(scored)) - total(strict(truth)))).toBeLessThanOrEqual(error + 1e-12);
      }),
    );
  });

  it('works with extreme temperatures and without steps', () => {
    expect([...minForm([500, -500], { temperature: 1e-6 })]).toEqual([0, -500]);
    expect(minForm([])).toHaveLength(0);
  });

  it('names what does not fit', () => {
    expect(() => minForm([1], { temperature: 0 })).toThrow(
      "temperature must be positive and finite, or 'strict', got 0",
    );
    expect(() => minForm([0, Number.NaN])).toThrow('stepRewards[1] must be finite, got NaN');
  });
});

describe('stepCredit', () => {
  it('adds up to the sum, the mean and the minimum', () => {
    const r = [0.8, -0.7, 0.2];
    expect(total(stepCredit(r, 'sum'))).toBeCloseTo(0.3, 12);
    expect(total(stepCredit(r, 'mean'))).toBeCloseTo(0.1, 12);
    expect(total(stepCredit(r, 'strictMin'))).toBe(-0.7);
    expect(stepCredit(r, 'min')).toEqual(minForm(r));
  });
});
