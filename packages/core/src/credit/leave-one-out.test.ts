import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOneOutAdvantages, leaveOneOutMeans } from './leave-one-out.ts';

const group = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 });

describe('leave-one-out', () => {
  it('leaves one out', () => {
    fc.assert(
      fc.property(group, (values) => {
        leaveOneOutMeans(values).forEach((value, i) => {
          const others = values.filter((_, k) => k !== i);
          expect(value).toBeCloseTo(others.reduce((sum, x) => sum + x, 0) / others.length, 9);
        });
      }),
    );
  });

  it('gives advantages that sum to zero, are K / (K - 1) times the distance from the mean, and ignore a shift', () => {
    fc.assert(
      fc.property(group, fc.double({ min: -5, max: 5, noNaN: true }), (values, shift) => {
        const k = values.length;
        const mean = values.reduce((sum, x) => sum + x, 0) / k;
        const advantages = leaveOneOutAdvantages(values);
        expect(advantages.reduce((sum, a) => sum + a, 0)).toBeCloseTo(0, 8);
        const shifted = leaveOneOutAdvantages(values.map((x) => x + shift));
        advantages.forEach((a, i) => {
          expect(a).toBeCloseTo((k / (k - 1)) * (values[i] - mean), 8);
          expect(shifted[i]).toBeCloseTo(a, 8);
        });
      }),
    );
  });

  it('names what does not fit', () => {
    expect(() => leaveOneOutMeans([1])).toThrow('at least two members of a group, got 1');
    expect(() => leaveOneOutAdvantages([1, Infinity])).toThrow('values[1] must be finite');
  });
});
