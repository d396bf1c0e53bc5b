import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { addKlGradient, addLogPolicyGradient, sampleAction, softmaxPolicy } from './tabular-softmax.ts';

const actions = 3;
const logits = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 6, maxLength: 6 });

/** Central differences of a function of the logits. */
function numericGradient(f: (logits: Float64Array) => number, at: readonly number[]): number[] {
  return at.map((_, i) => {
    const up = Float64Array.from(at);
    const down = Float64Array.from(at);
    up[i] += 1e-5;
    down[i] -= 1e-5;
    return (f(up) - f(down)) / 2e-5;
  });
}

describe('softmaxPolicy', () => {
  it('gives rows that sum to one and ignores a shift of a row, however large the logits', () => {
    fc.assert(
      fc.property(logits, (l) => {
        const policy = softmaxPolicy(l, actions);
        expect(policy[0] + policy[1] + policy[2]).toBeCloseTo(1, 12);
        const shifted = softmaxPolicy(
          l.map((x) => x + 1000),
          actions,
        );
        policy.forEach((p, i) => {
          expect(shifted[i]).toBeCloseTo(p, 9);
        });
      }),
    );
    expect([...softmaxPolicy([-Infinity, 0], 2)]).toEqual([0, 1]);
  });

  it('names what does not fit', () => {
    expect(() => softmaxPolicy([0, 1, 2], 2)).toThrow('logits must hold whole rows of 2 actions, got 3 numbers');
    expect(() => softmaxPolicy([0, 1, Number.NaN, 0], 2)).toThrow('logits of state 1 must have a finite largest value');
    expect(() => softmaxPolicy([0, 1], 2, new Float64Array(1))).toThrow('out must hold 2 numbers, got 1');
  });
});

describe('gradients', () => {
  it('of log pi agree with central differences', () => {
    fc.assert(
      fc.property(logits, fc.nat(1), fc.nat(2), (l, state, action) => {
        const gradient = new Float64Array(6);
        addLogPolicyGradient(gradient, softmaxPolicy(l, actions), actions, state, action, 2);
        const numeric = numericGradient((x) => 2 * Math.log(softmaxPolicy(x, actions)[state * actions + action]), l);
        numeric.forEach((value, i) => {
          expect(gradient[i]).toBeCloseTo(value, 5);
        });
      }),
    );
  });

  it('of the divergence agree with central differences', () => {
    fc.assert(
      fc.property(logits, logits, fc.nat(1), (l, other, state) => {
        const reference = softmaxPolicy(other, actions);
        const divergence = (x: ArrayLike<number>) =>
          addKlGradient(new Float64Array(6), softmaxPolicy(x, actions), reference, actions, state, 0);
        const gradient = new Float64Array(6);
        addKlGradient(gradient, softmaxPolicy(l, actions), reference, actions, state, 0.5);
        numericGradient(divergence, l).forEach((value, i) => {
          expect(gradient[i]).toBeCloseTo(0.5 * value, 5);
        });
        expect(divergence(l)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
});

describe('sampleAction', () => {
  it('draws in proportion', () => {
    const policy = [1, 0, 0, 0.2, 0.5, 0.3];
    const rng = new Random(3);
    const counts = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) counts[sampleAction(policy, actions, 1, rng)]++;
    counts.forEach((count, a) => {
      expect(Math.abs(count / 10_000 - policy[3 + a])).toBeLessThan(0.025);
    });
    for (let i = 0; i < 100; i++) expect(sampleAction(policy, actions, 0, rng)).toBe(0);
  });
});
