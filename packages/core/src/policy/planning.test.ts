import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gridworld,
  randomModel,
  sparseModel,
  type TabularModel,
  tabularModel,
  tabulate,
  tabulateReward,
} from '../env/index.ts';
import { Random } from '../stats/index.ts';
import {
  actionValues,
  occupancy,
  policyAdvantage,
  policyOfOccupancy,
  policyReturn,
  policyValue,
  uniformPolicy,
} from './evaluation.ts';
import {
  greedyPolicy,
  optimalQ,
  pessimalPolicy,
  policyIteration,
  tieTolerance,
  uniformGreedyPolicy,
  valueIteration,
} from './planning.ts';
import { softPlan } from './soft-planning.ts';

const random = (seed: number, nS = 5, nA = 3, gamma = 0.9) => {
  const rng = new Random(seed, 'planning');
  const model = (rng.bool() ? randomModel : sparseModel)({ nS, nA, gamma }, rng);
  const normals = (count: number) => Float64Array.from({ length: count }, () => rng.normal());
  const logits = normals(nS * nA);
  const policy = logits.map((x, i) => {
    const row = logits.subarray(i - (i % nA), i - (i % nA) + nA);
    return Math.exp(x) / row.reduce((sum, y) => sum + Math.exp(y), 0);
  });
  return { model, reward: normals(nS * nA * nS), policy, rng };
};
const seeds = fc.integer({ min: 0, max: 1e6 });
const distance = (a: Float64Array, b: Float64Array) => Math.max(...a.map((x, i) => Math.abs(x - b[i])));

/** Every deterministic policy of a small model. */
function* policies({ nS, nA }: TabularModel): Generator<Int32Array> {
  for (let code = 0; code < nA ** nS; code++) {
    yield Int32Array.from({ length: nS }, (_, s) => Math.floor(code / nA ** s) % nA);
  }
}

// The authors' toy: two states, action 0 stays, action 1 goes over, reward 1 for 0 -> 1.
const toy = tabularModel({
  nS: 2,
  nA: 2,
  gamma: 0.9,
  T: Float64Array.of(1, 0, 0, 1, 0, 1, 1, 0),
  mu0: Float64Array.of(0.5, 0.5),
});
const toyReward = Float64Array.of(0, 0, 0, 1, 0, 0, 0, 0);

describe('policyValue', () => {
  it('satisfies the Bellman equation, for stochastic and deterministic policies', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, reward, policy } = random(seed);
        for (const pi of [policy, Int32Array.of(0, 1, 2, 1, 0)]) {
          const V = policyValue(model, reward, pi);
          const Q = actionValues(model, reward, V);
          for (let s = 0; s < 5; s++) {
            const backup =
              pi instanceof Int32Array
                ? Q[s * 3 + pi[s]]
                : [0, 1, 2].reduce((sum, a) => sum + pi[s * 3 + a] * Q[s * 3 + a], 0);
            expect(Math.abs(V[s] - backup)).toBeLessThan(1e-12);
          }
        }
      }),
    );
  });

  it('refuses a policy that is none', () => {
    expect(() => policyValue(toy, toyReward, Float64Array.of(1, 0, 0.5, 0.4))).toThrow(
      /policy\(s=1\) must sum to 1, got 0.9/,
    );
    expect(() => policyValue(toy, toyReward, Int32Array.of(0, 2))).toThrow(
      /policy\[1\] must be an action below 2, got 2/,
    );
    expect(() => policyValue(toy, toyReward, Int32Array.of(0))).toThrow(/policy must hold nS = 2 actions, got 1/);
    expect(() => policyValue(toy, toyReward, new Float64Array(3))).toThrow(/nS \* nA = 4 probabilities, got 3/);
  });
});

describe('occupancy', () => {
  it('is a distribution that gives every return and comes back from its policy', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, reward, policy } = random(seed);
        const d = occupancy(model, policy);
        expect(d.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
        const r = actionValues(model, reward, new Float64Array(5));
        const J = d.reduce((sum, x, i) => sum + x * r[i], 0) / (1 - model.gamma);
        expect(J).toBeCloseTo(policyReturn(model, reward, policy), 10);
        expect(distance(policyOfOccupancy(model, d), policy)).toBeLessThan(1e-10);
      }),
    );
  });
});

describe('policyIteration', () => {
  it('finds the values worked out by hand', () => {
    const { Q, policy } = policyIteration(toy, toyReward);
    const unit = 1 / (1 - 0.9 ** 2);
    expect(distance(Q, Float64Array.of(0.9 * unit, unit, 0.81 * unit, 0.9 * unit))).toBeLessThan(1e-12);
    expect([...policy]).toEqual([1, 1]);
    expect([...pessimalPolicy(toy, toyReward).policy]).toEqual([0, 0]);
  });

  it('beats every deterministic policy, and the pessimal one loses to each', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, reward } = random(seed);
        const best = policyIteration(model, reward);
        const worst = pessimalPolicy(model, reward);
        const returns = [...policies(model)].map((pi) => policyReturn(model, reward, pi));
        expect(best.J).toBeCloseTo(Math.max(...returns), 10);
        expect(worst.J).toBeCloseTo(Math.min(...returns), 10);
        expect(policyReturn(model, reward, best.policy)).toBeCloseTo(best.J, 10);
        expect(policyReturn(model, reward, worst.policy)).toBeCloseTo(worst.J, 10);
      }),
      { numRuns: 25 },
    );
  });

  it('does not depend on where it starts, also when all actions tie', () => {
    const { model, reward } = random(3);
    const from = Int32Array.of(2, 2, 2, 2, 2);
    expect(policyIteration(model, reward, { from }).policy).toEqual(policyIteration(model, reward).policy);
    expect(from).toEqual(Int32Array.of(2, 2, 2, 2, 2));
    const constant = new Float64Array(15).fill(0.1);
    expect([...policyIteration(model, constant, { from }).policy]).toEqual([0, 0, 0, 0, 0]);
    expect(policyIteration(model, constant).J).toBeCloseTo(1, 12);
  });

  it('agrees with value iteration', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, reward } = random(seed);
        const exact = policyIteration(model, reward);
        const swept = valueIteration(model, reward, { tolerance: 1e-9 });
        expect(distance(swept.V, exact.V)).toBeLessThan(1e-9);
        expect(swept.policy).toEqual(exact.policy);
      }),
    );
    expect(() => valueIteration(toy, toyReward, { tolerance: 0 })).toThrow(/tolerance must be positive, got 0/);
    expect(valueIteration(toy, toyReward, { tolerance: 1e-30 }).J).toBeCloseTo(policyIteration(toy, toyReward).J, 12);
  });

  it('walks a grid by the shortest way', () => {
    const model = tabulate(gridworld({ map: ['S..', '##.', 'G..'], gamma: 0.9 }));
    const goal = model.indexOf({ x: 0, y: 2 });
    const reward = tabulateReward((from, _move, to) => (to.y === 2 && to.x === 0 && from.x === 1 ? 1 : 0), model);
    const { V, policy } = policyIteration(model, reward);
    expect(V[0]).toBeCloseTo(0.9 ** 5, 12);
    expect(model.actions[policy[0]]).toBe('right');
    expect(V[goal]).toBe(0);
  });
});

describe('policyAdvantage', () => {
  it('is zero on average and the difference to Q', () => {
    const { model, reward, policy } = random(4);
    const advantage = policyAdvantage(model, reward, policy);
    for (let s = 0; s < 5; s++) {
      expect([0, 1, 2].reduce((sum, a) => sum + policy[s * 3 + a] * advantage[s * 3 + a], 0)).toBeCloseTo(0, 12);
    }
  });
});

describe('softPlan', () => {
  it('solves the soft Bellman equation, with and without a base', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.01, 0.3, 2), fc.boolean(), (seed, alpha, withBase) => {
        const { model, reward, policy: base } = random(seed);
        const { Q, V, policy } = softPlan(model, reward, { alpha, ...(withBase ? { base } : {}) });
        expect(distance(Q, actionValues(model, reward, V))).toBeLessThan(1e-11);
        for (let s = 0; s < 5; s++) {
          const weights = [0, 1, 2].map(
            (a) => (withBase ? base[s * 3 + a] : 1) * Math.exp((Q[s * 3 + a] - V[s]) / alpha),
          );
          expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
          for (const a of [0, 1, 2]) expect(policy[s * 3 + a]).toBeCloseTo(weights[a], 9);
        }
      }),
    );
  });

  it('is the fixed point of plain soft value iteration', () => {
    const { model, reward } = random(5);
    let V = new Float64Array(5);
    for (let sweep = 0; sweep < 400; sweep++) {
      const Q = actionValues(model, reward, V);
      V = V.map((_, s) => 0.5 * Math.log([0, 1, 2].reduce((sum, a) => sum + Math.exp(Q[s * 3 + a] / 0.5), 0)));
    }
    expect(distance(softPlan(model, reward, { alpha: 0.5 }).V, V)).toBeLessThan(1e-11);
  });

  it('becomes the hard solution as the temperature falls', () => {
    const { model, reward } = random(6);
    const { policy, V } = policyIteration(model, reward);
    const soft = softPlan(model, reward, { alpha: 1e-6 });
    expect(distance(soft.V, V)).toBeLessThan(2e-5);
    for (let s = 0; s < 5; s++) expect(soft.policy[s * 3 + policy[s]]).toBeCloseTo(1, 9);
  });

  it('lets the base decide between ties, and keeps out what the base never does', () => {
    const base = Float64Array.of(0.2, 0.8, 0, 1);
    const { policy } = softPlan(toy, new Float64Array(4), { alpha: 1e-9, base });
    expect(distance(policy, base)).toBeLessThan(1e-12);
    expect(() => softPlan(toy, toyReward, { alpha: 0 })).toThrow(/alpha must be positive and finite, got 0/);
  });
});

describe('greedyPolicy', () => {
  it('takes the lowest action within the tolerance', () => {
    const Q = Float64Array.of(1, 1 + 1e-15, 0, 2);
    expect([...greedyPolicy(toy, Q, tieTolerance(toy, Q))]).toEqual([0, 1]);
    expect([...greedyPolicy(toy, Q)]).toEqual([1, 1]);
    expect(optimalQ(toy, toyReward)).toEqual(policyIteration(toy, toyReward).Q);
    expect([...uniformPolicy(toy)]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect([...uniformGreedyPolicy(toy, Q, tieTolerance(toy, Q))]).toEqual([0.5, 0.5, 0, 1]);
  });
});
