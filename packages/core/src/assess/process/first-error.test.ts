import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstErrorScore, predictFirstError, type ScoredSolution, tuneThreshold } from './first-error.ts';

describe('firstErrorScore', () => {
  it('is the harmonic mean of the accuracies on wrong and on right solutions', () => {
    expect(firstErrorScore([2, 0, -1, -1], [2, 1, -1, -1])).toEqual({ f1: 2 / 3, accError: 0.5, accCorrect: 1 });
    // Finding no errors, or nothing but errors, is worth nothing.
    expect(firstErrorScore([2, 0, -1], [-1, -1, -1])).toEqual({ f1: 0, accError: 0, accCorrect: 1 });
    expect(firstErrorScore([2, 0, -1], [2, 0, 0]).f1).toBe(0);
  });

  it('counts an answer that could not be read as wrong on either kind', () => {
    expect(firstErrorScore([1, 1, -1, -1], [1, null, -1, null])).toEqual({ f1: 0.5, accError: 0.5, accCorrect: 0.5 });
  });

  it('names what does not fit', () => {
    expect(() => firstErrorScore([1, -1], [1])).toThrow('predicted must hold one index a solution, 2, got 1');
    expect(() => firstErrorScore([1, 0], [1, 0])).toThrow('with an error and without, got 2 with one of 2');
    expect(() => firstErrorScore([-1], [-1])).toThrow('got 0 with one of 1');
    expect(() => firstErrorScore([1, -2], [1, 0])).toThrow('truth[1] must be the index of a step');
    expect(() => firstErrorScore([1, -1], [0.5, 0])).toThrow('predicted[0] must be the index of a step');
  });
});

describe('predictFirstError', () => {
  it('is the first score strictly below the threshold', () => {
    expect(predictFirstError([0.9, 0.4, 0.2], 0.5)).toBe(1);
    expect(predictFirstError([0.9, 0.4, 0.2], 0.4)).toBe(2);
    expect(predictFirstError([0.9, 0.4, 0.2], 0.2)).toBe(-1);
    expect(predictFirstError([], 0.2)).toBe(-1);
    expect(() => predictFirstError([0.1, Number.NaN], 0.5)).toThrow('scores[1] must be a number, got NaN');
    expect(() => predictFirstError([0.1], Number.NaN)).toThrow('threshold must be a number, got NaN');
  });
});

describe('tuneThreshold', () => {
  it('takes the middle of the best interval', () => {
    const tuned = tuneThreshold([
      { scores: [0.9, 0.2], firstError: 1 },
      { scores: [0.8, 0.6], firstError: -1 },
    ]);
    expect(tuned).toEqual({ threshold: 0.4, f1: 1, accError: 1, accCorrect: 1 });
  });

  it('is as good as the best of every threshold there is, by brute force', () => {
    const solution = fc
      .record({
        scores: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 5 }),
        at: fc.integer({ min: -1, max: 4 }),
      })
      .map(({ scores, at }): ScoredSolution => ({ scores, firstError: Math.min(at, scores.length - 1) }));
    fc.assert(
      fc.property(fc.array(solution, { minLength: 2, maxLength: 12 }), (solutions) => {
        const truth = solutions.map(({ firstError }) => firstError);
        if (truth.every((k) => k < 0) || truth.every((k) => k >= 0)) return;
        const at = (threshold: number) =>
          firstErrorScore(
            truth,
            solutions.map(({ scores }) => predictFirstError(scores, threshold)),
          );
        let best = 0;
        for (let threshold = -0.5; threshold < 10; threshold += 0.5) best = Math.max(best, at(threshold).f1);
        const { threshold, ...tuned } = tuneThreshold(solutions);
        expect(tuned.f1).toBeCloseTo(best, 12);
        expect(at(threshold)).toEqual(tuned);
      }),
      { numRuns: 500 },
    );
  });

  it('separates scores that are neighbours in floating point', () => {
    const above = 0.5 + 2 ** -53;
    const { threshold, f1 } = tuneThreshold([
      { scores: [0.5], firstError: 0 },
      { scores: [above], firstError: -1 },
    ]);
    expect(f1).toBe(1);
    expect([predictFirstError([0.5], threshold), predictFirstError([above], threshold)]).toEqual([0, -1]);
  });

  it('names what does not fit', () => {
    const right = { scores: [1], firstError: -1 };
    expect(() => tuneThreshold([right])).toThrow('with an error and without, got 0 with one of 1');
    expect(() => tuneThreshold([right, { scores: [1, 2], firstError: 2 }])).toThrow('solutions[1] must have a step 2');
    expect(() => tuneThreshold([{ scores: [], firstError: -1 }])).toThrow('solutions[0] must have a step 0');
    expect(() => tuneThreshold([right, { scores: [Infinity], firstError: 0 }])).toThrow(
      'solutions[1].scores[0] must be finite, got Infinity',
    );
  });
});
