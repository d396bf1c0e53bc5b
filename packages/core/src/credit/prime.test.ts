import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRelativeAdvantages } from './group-relative.ts';
import { accuracyFilter, primeAdvantages, scaleByMaxReturn } from './prime.ts';
import { discountedReturns } from './returns.ts';
import { whiten } from './whiten.ts';

/** Two groups of three responses. */
const batch = [[0.5, -0.25, 1.0, 0.125], [-1.5, 0.75], [0.25, 0.25, -0.5], [2.0], [-0.5, -0.125, 0.375], [0.0, 1.0]];
const outcomes = [1, 0, 1, 0, 1, 0];

/**
 * What the authors' `compute_rloo_returns` (core_algos.py of PRIME-RL/PRIME) gives for them, as they are and after the
 * `batch_norm` of their dp_prime.py, with the process discount 1 or 0.9; whitened by verl's `masked_whiten`.
 */
const theirs = {
  raw: [
    [2.625, 1.859375, 2.21875, 0.703125],
    [-2.09375, 0.140625],
    [0.546875, 0.15625, -0.234375],
    [1.2916666667],
    [-3.0, -1.0416666667, 0.3541666667],
    [-1.4166666667, -0.2083333333],
  ],
  norm: [
    [1.5624994688, 1.1796871602, 1.3593745703, 0.6015624492],
    [-1.5468747266, -0.4296877852],
    [0.5234374883, 0.3281250859, 0.1328126836],
    [0.3958328854],
    [-0.999999, -0.0208328229, 0.6770834948],
    [-0.9583331042, -0.3541667396],
  ],
  normWhitened: [
    [1.5588131002, 1.1323107404, 1.3325057256, 0.4882051359],
    [-1.9054313924, -0.6607408322],
    [0.401163838, 0.1835605932, -0.0340426516],
    [0.2589958276],
    [-1.2961411929, -0.2052235923, 0.5723453357],
    [-1.2497200029, -0.5766006324],
  ],
  rawDiscounted: [
    [2.317921875, 1.66921875, 2.1984375, 0.703125],
    [-2.2078125, 0.140625],
    [0.64734375, 0.2296875, -0.234375],
    [1.2916666667],
    [-2.7377083333, -0.9770833333, 0.3541666667],
    [-1.4458333333, -0.2083333333],
  ],
};

function released(process: readonly ArrayLike<number>[], discount = 1) {
  const options = { correction: true, scale: 'raw', discount } as const;
  return [0, 3].flatMap((at) => primeAdvantages(process.slice(at, at + 3), outcomes.slice(at, at + 3), options));
}

function expectClose(ours: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[], digits = 9) {
  expect(ours.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  ours.forEach((row, i) => {
    Array.from(row).forEach((value, t) => {
      expect(value).toBeCloseTo(expected[i][t], digits);
    });
  });
}

const tokens = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 6 });
const groups = fc.array(fc.tuple(tokens, fc.constantFrom(0, 1)), { minLength: 2, maxLength: 5 }).map((rows) => ({
  process: rows.map(([row]) => row),
  outcomes: rows.map(([, outcome]) => outcome),
}));

describe('primeAdvantages', () => {
  it("agrees with the authors' code", () => {
    expectClose(released(batch), theirs.raw);
    expectClose(released(batch, 0.9), theirs.rawDiscounted);
    const norm = released(scaleByMaxReturn(batch));
    expectClose(norm, theirs.norm);
    expectClose(whiten(norm), theirs.normWhitened);
  });

  it('rloo is its definition, and the released form differs by (r_t - own mean) / (K - 1) a token', () => {
    fc.assert(
      fc.property(groups, fc.double({ min: 0, max: 1, noNaN: true }), ({ process, outcomes }, discount) => {
        const k = process.length;
        const means = process.map((row) => row.reduce((sum, r) => sum + r, 0) / row.length);
        const others = (list: number[], i: number) =>
          list.reduce((sum, x, j) => (j === i ? sum : sum + x), 0) / (k - 1);
        const paper = process.map((row, i) =>
          row.map((_, t) => {
            const rest = row.slice(t).reduce((sum, r, s) => sum + discount ** s * (r - others(means, i)), 0);
            return rest + outcomes[i] - others(outcomes, i);
          }),
        );
        const options = { scale: 'raw', discount } as const;
        expectClose(primeAdvantages(process, outcomes, options), paper);
        const more = process.map((row, i) =>
          discountedReturns(
            row.map((r) => (r - means[i]) / (k - 1)),
            discount,
          ),
        );
        expectClose(
          primeAdvantages(process, outcomes, { ...options, correction: true }),
          paper.map((row, i) => row.map((a, t) => a + more[i][t])),
        );
      }),
    );
  });

  it('undiscounted, a process return is the learned score of the response less that of the prefix', () => {
    fc.assert(
      fc.property(groups, ({ process, outcomes }) => {
        const options = { estimator: 'reinforce', scale: 'raw' } as const;
        const reward = primeAdvantages(process, outcomes, options);
        const value = primeAdvantages(process, outcomes, { ...options, use: 'value' });
        const totals = process.map((row) => row.reduce((sum, r) => sum + r, 0));
        expectClose(
          reward,
          value.map((row, i) => row.map((a) => a + totals[i])),
        );
        value.forEach((row, i) => {
          expect(row[0]).toBe(outcomes[i]);
        });
      }),
    );
  });

  it('a model that is its reference leaves outcomes alone', () => {
    const zeros = [[0, 0], [0], [0, 0, 0]];
    expectClose(primeAdvantages(zeros, [1, 0, 0]), [[1, 1], [-0.5], [-0.5, -0.5, -0.5]]);
    const z = groupRelativeAdvantages([1, 0, 0]);
    expectClose(primeAdvantages(zeros, [1, 0, 0], { estimator: 'grpo' }), [[z[0], z[0]], [z[1]], [z[2], z[2], z[2]]]);
  });

  it('grpo ignores scale and shift of the process rewards, and beta scales the stream', () => {
    const given = batch.slice(0, 3);
    const options = { estimator: 'grpo', scale: 'raw' } as const;
    expectClose(
      primeAdvantages(given, [1, 0, 1], options),
      primeAdvantages(
        given.map((row) => row.map((r) => 3 * r + 2)),
        [1, 0, 1],
        options,
      ),
      4,
    );
    const off = { outcomeWeight: 0 };
    expectClose(
      primeAdvantages(given, [1, 0, 1], { ...off, scale: 'beta', beta: 0.25 }),
      primeAdvantages(given, [1, 0, 1], { ...off, scale: 'raw', processWeight: 0.25 }),
    );
  });

  it('names what does not fit', () => {
    expect(() => primeAdvantages([[1], [2]], [1])).toThrow('outcomes must hold one number a response, 2, got 1');
    expect(() => primeAdvantages([[1], []], [1, 0])).toThrow('process[1] must hold at least one token, got 0');
    expect(() => primeAdvantages([[1], [Number.NaN]], [1, 0])).toThrow('process[1][0] must be finite, got NaN');
    expect(() => primeAdvantages([[1]], [1])).toThrow('at least two members');
    expect(() => primeAdvantages([[1], [2]], [1, 0], { estimator: 'grpo', correction: true })).toThrow(
      'correction is for rloo, got grpo',
    );
    expect(() => primeAdvantages([[1], [2]], [1, 0], { scale: 'beta', beta: 0 })).toThrow('beta must be positive');
  });
});

describe('scaleByMaxReturn', () => {
  it('bounds every return by one and reaches it', () => {
    fc.assert(
      fc.property(groups, ({ process }) => {
        const largest = Math.max(
          ...scaleByMaxReturn(process, 0).flatMap((row) => [...discountedReturns(row)].map(Math.abs)),
        );
        const silent = process.every((row) => discountedReturns(row).every((value) => value === 0));
        expect(largest).toBeCloseTo(silent ? 0 : 1, 9);
      }),
    );
    expect(() => scaleByMaxReturn([[1]], -1)).toThrow('epsilon must be at least 0, got -1');
  });
});

describe('accuracyFilter', () => {
  it('keeps one to three of four, bounds included', () => {
    const keep = accuracyFilter();
    expect([0, 1, 2, 3, 4].map((right) => keep([0, 1, 2, 3].map((i) => Number(i < right))))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(keep([1, 0, 0, 0, 0])).toBe(true);
    expect(() => keep([])).toThrow('at least one number, got 0');
    expect(() => accuracyFilter(0.9, 0.1)).toThrow('lowest must not exceed highest, 0.1, got 0.9');
  });
});
