import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { voteAmongBest } from './vote-among-best.ts';
import { tallyVotes } from './voting.ts';

const answer = fc.option(fc.constantFrom('a', 'b', 'c'));

describe('voteAmongBest', () => {
  it('takes the best, then the most, then the first', () => {
    expect(voteAmongBest(['4', '5', '6'], [0.5, 1, 0.75])).toBe('5');
    expect(voteAmongBest(['4', '5', '5', '6'], [1, 1, 1, 0.75])).toBe('5');
    expect(voteAmongBest(['5', '4'], [1, 1])).toBe('5');
    expect(voteAmongBest(['5', '4', '4'], [-1, -2, -2])).toBe('5');
  });

  it('passes over what has no answer or no score', () => {
    expect(voteAmongBest([null, '4', '5'], [1, 0.5, null])).toBe('4');
    expect(voteAmongBest([null, '5'], [1, null])).toBeNull();
    expect(voteAmongBest([], [])).toBeNull();
  });

  it('is the majority vote under equal scores, and best-of-n under different ones', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 12 }), fc.double({ min: -1, max: 1, noNaN: true }), (answers, same) => {
        const majority = tallyVotes(answers)[0]?.answer ?? null;
        expect(
          voteAmongBest(
            answers,
            answers.map(() => same),
          ),
        ).toBe(majority);
        const last = answers.filter((one) => one !== null).at(-1) ?? null;
        expect(
          voteAmongBest(
            answers,
            answers.map((_, i) => i),
          ),
        ).toBe(last);
      }),
    );
  });

  it('refuses what is no score', () => {
    expect(() => voteAmongBest(['4'], [])).toThrow('scores must hold one number an answer, 1, got 0');
    expect(() => voteAmongBest(['4'], [Number.NaN])).toThrow('scores[0] must be finite, got NaN');
  });
});
