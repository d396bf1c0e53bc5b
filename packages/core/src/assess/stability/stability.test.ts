import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedReward, gridworld, randomModel, tabulate, tabulateReward } from '../../env/index.ts';
import {
  optimalQ,
  policyIteration,
  policyReturn,
  rowMaximum,
  softPlan,
  tieTolerance,
  uniformGreedyPolicy,
} from '../../policy/index.ts';
import { Random } from '../../stats/index.ts';
import { cliffReport, policyCliffScan, totalVariation } from './cliff-scan.ts';
import { actionGaps } from './gaps.ts';
import { responseTies } from './response-ties.ts';
import { slackerWitnesses } from './slacker.ts';
import { rewardOfQ, tieBreakPerturbation } from './tie-break.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });
const apart = (x: Float64Array, y: Float64Array) => Math.max(...x.map((value, i) => Math.abs(value - y[i])));

/** A random model, and a reward with a tie of `m` actions planted at a state. */
function planted(seed: number, m = 2) {
  const rng = new Random(seed, 'stability');
  const model = randomModel({ nS: 6, nA: 4, gamma: 0.9, concentration: 0.3 }, rng);
  const normals = () => Float64Array.from({ length: 24 }, () => rng.normal());
  const Q = optimalQ(model, normals()).slice();
  const state = rng.int(6);
  const actions = rng.shuffle([0, 1, 2, 3]).slice(0, m).sort();
  const top = rowMaximum(Q, state, 4) + 1;
  for (const a of actions) Q[state * 4 + a] = top;
  return { model, state, actions, Q, reward: rewardOfQ(model, Q), normals, rng };
}

describe('actionGaps', () => {
  it('finds ties that were planted, and only those', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 4 }), (seed, m) => {
        const { model, state, actions, reward } = planted(seed, m);
        const { gap, ties, stabilityRadius } = actionGaps(model, reward);
        expect(ties).toEqual([{ state, actions }]);
        expect(gap[state]).toBe(0);
        expect(stabilityRadius).toBe(0);
      }),
    );
  });

  it('gives a radius inside which the policy stays', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, normals } = planted(seed);
        const reward = normals();
        const { gap, ties, stabilityRadius } = actionGaps(model, reward);
        expect(ties).toEqual([]);
        expect(stabilityRadius).toBeCloseTo(0.05 * Math.min(...gap), 12);
        const direction = normals().map(Math.sign);
        const moved = reward.map((value, i) => value + 0.999 * stabilityRadius * direction[i]);
        expect(policyIteration(model, moved).policy).toEqual(policyIteration(model, reward).policy);
      }),
    );
  });

  it('counts what noise would decide as tied, when told how much noise there is', () => {
    const model = tabulate(gridworld({ map: ['S.', '.G'], gamma: 0.5 }));
    const goal = tabulateReward((from, _move, to) => (to.x + to.y === 2 && from.x + from.y === 1 ? 1 : 0), model);
    const tie = actionGaps(model, goal).ties.find(({ state }) => state === 0);
    expect(tie?.actions.map((a) => model.actions[a])).toEqual(['right', 'down']);
    expect(actionGaps(model, goal).gap[1]).toBeCloseTo(0.5, 12); // straight in, against a wait
    expect(actionGaps(model, goal, { tolerance: 0.6 }).ties).toHaveLength(4);
    expect(() => actionGaps(model, goal, { tolerance: -1 })).toThrow(/tolerance must be at least 0, got -1/);
    const single = randomModel({ nS: 2, nA: 1, gamma: 0.9 }, new Random(0));
    expect(actionGaps(single, new Float64Array(2))).toMatchObject({ ties: [], stabilityRadius: Infinity });
  });
});

describe('tieBreakPerturbation', () => {
  it('makes one tied action the best by as little as one likes, and the policy jumps by (m - 1)/m', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 4 }), fc.constantFrom(1e-6, 1e-3, 0.1), (seed, m, epsilon) => {
        const { model, state, actions, reward, Q } = planted(seed, m);
        const nudged = tieBreakPerturbation(model, reward, state, actions[m - 1], epsilon);
        expect(apart(nudged, reward)).toBeLessThanOrEqual(epsilon + 1e-12);
        const lifted = Q.slice();
        lifted[state * 4 + actions[m - 1]] += epsilon;
        const after = optimalQ(model, nudged);
        expect(apart(after, lifted)).toBeLessThan(1e-9);
        const before = uniformGreedyPolicy(model, Q, tieTolerance(model, Q));
        const jumped = uniformGreedyPolicy(model, after, tieTolerance(model, after));
        for (let s = 0; s < 6; s++) {
          const tv = totalVariation(before.subarray(4 * s, 4 * s + 4), jumped.subarray(4 * s, 4 * s + 4));
          expect(tv).toBeCloseTo(s === state ? (m - 1) / m : 0, 12);
        }
      }),
    );
  });

  it('inverts Bellman: every reward comes back from its own Q', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, normals } = planted(seed);
        const reward = normals();
        expect(apart(rewardOfQ(model, optimalQ(model, reward)), reward)).toBeLessThan(1e-12);
      }),
    );
  });

  it('refuses what is no tie', () => {
    const { model, state, actions, reward } = planted(1);
    const other = [0, 1, 2, 3].find((a) => !actions.includes(a)) ?? 0;
    expect(() => tieBreakPerturbation(model, reward, state, other, 0.1)).toThrow(
      /action must be among the best of state/,
    );
    expect(() => tieBreakPerturbation(model, reward, state, actions[0], 0)).toThrow(
      /epsilon must be positive and finite, got 0/,
    );
    expect(() => tieBreakPerturbation(model, reward, 6, 0, 0.1)).toThrow(/state must be below 6, got 6/);
    expect(() => tieBreakPerturbation(model, reward, 0, 4, 0.1)).toThrow(/action must be below 4, got 4/);
    expect(() => rewardOfQ(model, new Float64Array(3))).toThrow(/Q must hold nS \* nA = 24 numbers, got 3/);
  });
});

describe('slackerWitnesses', () => {
  it('names switches that really gain, for every witness', () => {
    let found = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, state, actions, reward, normals } = planted(seed, 3);
        const missing = normals();
        const { policy } = policyIteration(model, reward);
        const complete = expectedReward(model, reward).map((value, i) => value + missing[i]);
        const J = policyReturn(model, complete, policy);
        const witnesses = slackerWitnesses(model, reward, missing, policy);
        for (const { state: s, action, gain } of witnesses) {
          expect(s).toBe(state);
          expect(actions).toContain(action);
          const switched = policy.slice();
          switched[s] = action;
          expect(gain).toBeGreaterThan(0);
          expect(policyReturn(model, complete, switched) - J).toBeCloseTo(gain, 10);
          expect(policyIteration(model, complete).J).toBeGreaterThanOrEqual(J + gain - 1e-9);
        }
        found += witnesses.length;
      }),
    );
    expect(found).toBeGreaterThan(20);
  });

  it('finds none without a tie, and refuses a policy that is not optimal', () => {
    const { model, state, actions, reward, normals } = planted(2);
    const clear = normals();
    expect(slackerWitnesses(model, clear, normals(), policyIteration(model, clear).policy)).toEqual([]);
    const wrong = policyIteration(model, reward).policy.slice();
    wrong[state] = [0, 1, 2, 3].find((a) => !actions.includes(a)) ?? 0;
    expect(() => slackerWitnesses(model, reward, normals(), wrong)).toThrow(
      /policy must be optimal for the training reward/,
    );
  });
});

describe('policyCliffScan', () => {
  const model = randomModel({ nS: 1, nA: 2, gamma: 0 }, new Random(0));
  const scan = (alpha: number) =>
    policyCliffScan(
      (epsilon) =>
        alpha > 0
          ? softPlan(model, Float64Array.of(1 + epsilon, 1), { alpha }).policy
          : uniformGreedyPolicy(model, Float64Array.of(1 + epsilon, 1)),
      (policy) => [...policy],
      { epsilon: [0.02, -0.02, 0], seeds: [0, 1] },
    );

  it('tells a cliff from a slope', async () => {
    const hard = await scan(0);
    expect(hard.epsilon).toEqual([-0.02, 0, 0.02]);
    expect(hard.shares).toEqual([
      [0, 1],
      [0.5, 0.5],
      [1, 0],
    ]);
    expect(hard.jump).toMatchObject({ value: 1, n: 2 });
    expect(hard.steepness).toBeCloseTo(25, 12);
    const soft = await scan(0.05);
    expect(soft.jump.value).toBeCloseTo(Math.tanh(0.02 / 0.1), 9); // two actions: σ(ε/α) - σ(-ε/α)
    expect(soft.steepness).toBeLessThanOrEqual(1 / (2 * 0.05));
  });

  it('refuses scans that say nothing', async () => {
    expect(() => cliffReport([])).toThrow(/a bonus above 0 and one below, got none/);
    expect(() =>
      cliffReport([
        { epsilon: 1, seed: 0, shares: [1] },
        { epsilon: -1, seed: 1, shares: [1] },
      ]),
    ).toThrow(/every bonus for every seed, and lack -1 for seed 0/);
    await expect(
      policyCliffScan(
        () => 0,
        () => [1],
        { epsilon: [1, -1], seeds: [] },
      ),
    ).rejects.toThrow(/at least one seed/);
    expect(() => totalVariation([1], [0.5, 0.5])).toThrow(/one length, got 1 and 2/);
  });
});

describe('responseTies', () => {
  const samples: Record<string, string[]> = {
    'two right ways': ['long: 4', 'short: 4', 'short: 5', 'long: 4'],
    'one right way': ['long: 4', 'short: 5', 'short: 5', 'long: 4'],
    'no reward': ['long: 4', 'short: ?', 'short: ?', 'long: 4'],
  };
  const scan = (margin: number) =>
    responseTies(
      Object.keys(samples),
      async (prompt) => samples[prompt],
      (_prompt, response) => (response.endsWith('?') ? null : response.endsWith('4') ? 1 : 0.9),
      { n: 4, margin, behaviour: (response) => response.split(':')[0] },
    );

  it('flags prompts whose best behaviours score alike', async () => {
    expect(await scan(0)).toEqual([
      {
        prompt: 'two right ways',
        tied: [
          { behaviour: 'long', score: 1, share: 0.5 },
          { behaviour: 'short', score: 1, share: 0.5 },
        ],
        gap: 0,
      },
    ]);
    expect((await scan(0.2)).map(({ prompt }) => prompt)).toEqual(['two right ways', 'one right way']);
  });

  it('refuses nonsense', async () => {
    const one = (n: number, reward: number, margin = 0) =>
      responseTies(
        ['p'],
        () => ['a'],
        () => reward,
        { n, margin, behaviour: String },
      );
    await expect(one(1, 0)).rejects.toThrow(/n must be a whole number of at least 2, got 1/);
    await expect(one(2, Number.NaN)).rejects.toThrow(/reward must be finite or null, got NaN/);
    await expect(one(2, 0, -1)).rejects.toThrow(/margin must be at least 0, got -1/);
  });
});
