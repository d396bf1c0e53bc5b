import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drGrpoAdvantages,
  isInformativeGroup,
  reinforcePlusPlusAdvantages,
  reinforcePlusPlusBaselineAdvantages,
} from './group-variants.ts';
import { leaveOneOutAdvantages } from './leave-one-out.ts';

/** Token rewards of two groups of three responses: a penalty on each, the outcome on the last. */
const batch = [[0.1, -0.2, 0, 1], [-0.1, 0], [0.05, 0.05, 1], [-0.3], [0, 0.2, 0.7], [0.25, -1]];

/** What verl's `compute_reinforce_plus_plus_outcome_advantage` with discount 0.9 gives for them. */
const theirs = [
  [0.3561808851, 0.2965455623, 0.739987706, 0.8928987901],
  [-0.7891231344, -0.6362120503],
  [0.7476332602, 0.816443248, 0.8928987901],
  [-1.0949453024],
  [0.5060337474, 0.6329499472, 0.4341655379],
  [-1.6301340966, -2.1653228907],
];

/** And its `compute_reinforce_plus_plus_baseline_outcome_advantage`, the same for all tokens of a response. */
const theirBaseline = [0.1924948872, -1.411629173, 0.5133196993, -0.6363025439, 1.2886463284, -1.358158371];

const rewards = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 8 });

describe('drGrpoAdvantages', () => {
  it('are RLOO advantages times (K - 1) / K', () => {
    fc.assert(
      fc.property(rewards, (r) => {
        const rloo = leaveOneOutAdvantages(r);
        drGrpoAdvantages(r).forEach((a, i) => {
          expect(a).toBeCloseTo((rloo[i] * (r.length - 1)) / r.length, 9);
        });
      }),
    );
  });
});

describe('isInformativeGroup', () => {
  it('is false exactly where every advantage is zero', () => {
    const few = fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(few, (r) => {
        expect(isInformativeGroup(r)).toBe(drGrpoAdvantages(r).some((a) => a !== 0));
      }),
    );
    expect(() => isInformativeGroup([0, Number.NaN])).toThrow('rewards[1] must be finite, got NaN');
  });
});

describe('REINFORCE++', () => {
  it('agrees with verl', () => {
    reinforcePlusPlusAdvantages(batch, 0.9).forEach((row, i) => {
      row.forEach((a, t) => {
        expect(a).toBeCloseTo(theirs[i][t], 8);
      });
    });
    const scores = batch.map((row) => row.reduce((sum, r) => sum + r, 0));
    const lengths = batch.map((row) => row.length);
    const groups = [0, 3].map((at) => ({ rewards: scores.slice(at, at + 3), lengths: lengths.slice(at, at + 3) }));
    reinforcePlusPlusBaselineAdvantages(groups).forEach((group, g) => {
      group.forEach((row, i) => {
        expect(row).toHaveLength(batch[3 * g + i].length);
        for (const a of row) expect(a).toBeCloseTo(theirBaseline[3 * g + i], 8);
      });
    });
  });

  it('does not blow up a group that nearly agrees', () => {
    const even = { lengths: [1, 1], rewards: [1, 1.001] };
    const divided = { lengths: [1, 1], rewards: [0, 1] };
    const [[small], [large]] = reinforcePlusPlusBaselineAdvantages([even, divided]);
    expect(Math.abs(small[0])).toBeLessThan(0.002 * Math.abs(large[0]));
  });

  it('names what does not fit', () => {
    expect(() => reinforcePlusPlusBaselineAdvantages([{ rewards: [1, 0], lengths: [1] }])).toThrow(
      'groups[0].lengths must hold one length a reward, 2, got 1',
    );
    expect(() => reinforcePlusPlusBaselineAdvantages([{ rewards: [1, 0], lengths: [1, 0] }])).toThrow(
      'groups[0].lengths[1] must be a positive whole number, got 0',
    );
  });
});
