import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOneOutAdvantages } from './leave-one-out.ts';
import type { StepForm } from './min-form.ts';
import { pureAdvantages, type ScoredResponse } from './pure.ts';
import { consecutiveSteps } from './step-tokens.ts';
import { whiten } from './whiten.ts';

/** A response of steps given as [tokens, score]. */
function response(...steps: [number, number][]): ScoredResponse {
  const spans = consecutiveSteps(steps.map(([length]) => length));
  return { tokens: spans[spans.length - 1].end, steps: spans, stepRewards: steps.map(([, score]) => score) };
}

const group = [
  response([2, 0.8], [3, 0.6], [1, -0.7]),
  response([1, 0.9], [2, -0.3]),
  response([3, 0.2], [1, 0.2], [2, 0.5], [1, -0.1]),
];

/**
 * What the authors' `compute_rloo_outcome_advantage` (verl branch of CJReinforce/PURE, core_algos.py) gives for this
 * group padded to 8 tokens, as it is and whitened; for `min` after the weighting of their fsdp_workers.py.
 */
const theirs = {
  min: [
    [-0.60842334, -0.60842334, -0.6084235847, -0.6084235847, -0.6084235847, -0.6084249409],
    [-0.0021698011, -0.0021753308, -0.0021753308],
    [0.2472037047, 0.2472037047, 0.2472037047, 0.2381683727, 0.2291330408, 0.2291330408, 0.228008434],
  ],
  minWhitened: [
    [-1.2174998902, -1.2174998902, -1.2175005058, -1.2175005058, -1.2175005058, -1.2175039174],
    [0.3075746022, 0.3075606917, 0.3075606917],
    [0.9348916374, 0.9348916374, 0.9348916374, 0.9121626084, 0.8894335794, 0.8894335794, 0.8866045501],
  ],
  sum: [
    [0.46875, 0.46875, -0.33125, -0.33125, -0.33125, -0.93125],
    [0.34375, -0.55625, -0.55625],
    [0.775, 0.775, 0.775, 0.575, 0.375, 0.375, -0.125],
  ],
  sumWhitened: [
    [0.6463684938, 0.6463684938, -0.7972113048, -0.7972113048, -0.7972113048, -1.8798961538],
    [0.4208091503, -1.2032181232, -1.2032181232],
    [1.1989888855, 1.1989888855, 1.1989888855, 0.8380939358, 0.4771989862, 0.4771989862, -0.425038388],
  ],
};

function expectClose(ours: readonly Float64Array[], expected: readonly number[][]) {
  expect(ours.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  ours.forEach((row, i) => {
    row.forEach((value, t) => {
      expect(value).toBeCloseTo(expected[i][t], 8);
    });
  });
}

const scores = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.double({ min: -1, max: 1, noNaN: true })), {
  minLength: 1,
  maxLength: 5,
});
const groups = fc.array(scores, { minLength: 2, maxLength: 5 }).map((rows) => rows.map((row) => response(...row)));
const forms = fc.constantFrom<StepForm>('sum', 'mean', 'min', 'strictMin');

describe('pureAdvantages', () => {
  it("agrees with the authors' code", () => {
    for (const form of ['min', 'sum'] as const) {
      const ours = pureAdvantages(group, { form, maxTokens: 8 });
      expectClose(ours, theirs[form]);
      expectClose(whiten(ours), theirs[`${form}Whitened`]);
    }
  });

  it('gives a hand-computed group: strict minimum, each baseline, outcomes', () => {
    const pair = [response([1, 0.8], [1, -0.7]), response([2, 0.6])];
    const options = { form: 'strictMin', maxTokens: 4 } as const;
    expectClose(pureAdvantages(pair, { ...options, baseline: 'none' }), [
      [-0.7, -0.7],
      [0.6, 0.6],
    ]);
    // Mean returns-to-go over four tokens: -1.4 / 4 and 1.2 / 4.
    expectClose(pureAdvantages(pair, options), [
      [-0.7 - 0.3, -0.7 - 0.3],
      [0.6 + 0.35, 0.6 + 0.35],
    ]);
    // Mean rewards a step: -0.7 / 2 and 0.6; the two steps of the first response are charged twice at its start.
    expectClose(pureAdvantages(pair, { ...options, baseline: 'step' }), [
      [-0.7 - 1.2, -0.7 - 0.6],
      [0.6 + 0.35, 0.6 + 0.35],
    ]);
    expectClose(pureAdvantages(pair, { ...options, baseline: 'none', outcomes: [0, 1], outcomeWeight: 2 }), [
      [-0.7 - 2, -0.7 - 2],
      [0.6 + 2, 0.6 + 2],
    ]);
  });

  it('discounts from step to step', () => {
    const one = [response([2, 1], [1, 1])];
    expectClose(pureAdvantages(one, { form: 'sum', discount: 0.5, baseline: 'none', maxTokens: 3 }), [[1.5, 1.5, 1]]);
  });

  it('is blind to a longer maximum but for the baseline, and adds outcomes evenly', () => {
    fc.assert(
      fc.property(groups, forms, (responses, form) => {
        const outcomes = responses.map((_, i) => i % 2);
        const plain = pureAdvantages(responses, { form, maxTokens: 20 });
        const both = pureAdvantages(responses, { form, maxTokens: 20, outcomes });
        const outcome = leaveOneOutAdvantages(outcomes);
        both.forEach((row, i) => {
          row.forEach((value, t) => {
            expect(value - plain[i][t]).toBeCloseTo(outcome[i], 9);
          });
        });
        const none = pureAdvantages(responses, { form, maxTokens: 20, baseline: 'none' });
        const long = pureAdvantages(responses, { form, maxTokens: 1e12 });
        expectClose(
          long,
          none.map((row) => [...row]),
        );
      }),
    );
  });

  it('keeps process advantages within the range of the scores under the min form, however long the response', () => {
    fc.assert(
      fc.property(groups, (responses) => {
        for (const row of pureAdvantages(responses, { form: 'strictMin', maxTokens: 15 })) {
          for (const value of row) expect(Math.abs(value)).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('names what does not fit', () => {
    expect(() => pureAdvantages([{ tokens: 3, steps: [], stepRewards: [] }, group[0]], { maxTokens: 8 })).toThrow(
      'group[0] has no steps; give an empty response a step with a reward of its own',
    );
    expect(() => pureAdvantages(group, { maxTokens: 6 })).toThrow('group[2] has 7 tokens, more than maxTokens 6');
    expect(() => pureAdvantages(group, { maxTokens: 8, outcomes: [1] })).toThrow('one reward a response, got 1 for 3');
    expect(() => pureAdvantages([group[0]], { maxTokens: 8 })).toThrow('at least two members');
  });
});
