import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, gridworld, tabularModel, tabulate, tabulateReward } from '../../env/index.ts';
import { policyAdvantage, policyReturn } from '../../policy/index.ts';
import { type Canon, canonicalise, canonicaliser } from './canonical.ts';
import { rewardDistance, standardise } from './distance.ts';
import { redistributeReward, shapeReward } from './equivalence.ts';
import { randomProblem, small, smallR1, smallR2 } from './fixtures.ts';
import { metricNames, type RewardNorm, rewardNorm, rewardNorms } from './norm.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });
const largest = (x: Float64Array, y: Float64Array) => Math.max(...x.map((value, i) => Math.abs(value - y[i])));
const canons: Canon[] = ['val', 'minimal', 'valPotential', 'minimalPotential', 'epic', 'dard', 'none'];
const starc: Canon[] = ['val', 'minimal'];

describe('canonicalise', () => {
  // Printed by the authors' Python for `small` and `smallR1`.
  it.each<[Canon, number[]]>([
    [
      'valPotential',
      [
        1.1637692117, -0.7796888051, 3.1705093117, 0.1637692117, 1.7203111949, -0.8294906883, 0.9898336748, 0.046375658,
        -0.0034262252, -4.0101663252, 1.046375658, -1.0034262252, 4.1562802116, 0.2128221949, 0.1630203117,
        0.6562802116, 3.2128221949, -0.3369796883,
      ],
    ],
    [
      'epic',
      [
        0.6, -2.475, 3.125, -0.4, 0.025, -0.875, 1.6833333333, -0.3916666667, 1.2083333333, -3.3166666667, 0.6083333333,
        0.2083333333, 3.0166666667, -2.0583333333, -0.4583333333, -0.4833333333, 0.9416666667, -0.9583333333,
      ],
    ],
    [
      'dard',
      [
        0.8734375, -1.465625, 3.5625, -0.1265625, 1.034375, -0.4375, 0.863125, -0.56425, 0.645, -4.136875, 0.43575,
        -0.355, 3.7171875, -0.605, 0.265625, 0.2171875, 2.395, -0.234375,
      ],
    ],
    ['none', [...smallR1]],
  ])('gives the authors’ values for %s', (canon, expected) => {
    // The authors evaluate policies to 1e-8.
    expect(largest(canonicalise(small, smallR1, canon), Float64Array.from(expected))).toBeLessThan(1e-7);
  });

  it('levels by the advantage of any policy', () => {
    const policy = Float64Array.of(0.3, 0.7, 1, 0, 0.5, 0.5);
    const advantage = policyAdvantage(small, smallR1, policy);
    const canonical = canonicalise(small, smallR1, 'val', { policy });
    for (let at = 0; at < 18; at++) expect(canonical[at]).toBeCloseTo(advantage[Math.floor(at / 3)], 12);
    expect(canonicalise(small, smallR1, 'val')[0]).toBeCloseTo(0.1920402033, 7); // the authors', uniform
  });

  it('is linear and does nothing to its own result', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...canons), fc.constantFrom('L2', 'wL2'), (seed, canon, smallest) => {
        const { model, r1, r2 } = randomProblem(seed);
        const c = canonicaliser(model, canon, { smallest });
        const [c1, c2] = [c(r1), c(r2)];
        expect(
          largest(
            c(r1.map((x, i) => 2 * x - 3 * r2[i])),
            c1.map((x, i) => 2 * x - 3 * c2[i]),
          ),
        ).toBeLessThan(1e-10);
        if (canon !== 'dard') expect(largest(c(c1), c1)).toBeLessThan(1e-10); // DARD's remote term is no projection
      }),
    );
  });

  it('finds the smallest reward of the class', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('L2' as const, 'wL2' as const), (seed, smallest) => {
        const { model, r1, normals } = randomProblem(seed);
        const minimal = canonicalise(model, r1, 'minimal', { smallest });
        const potential = canonicalise(model, r1, 'minimalPotential', { smallest });
        const [least, leastShaped] = [minimal, potential].map((c) => rewardNorm(model, c, smallest));
        expect(least).toBeLessThanOrEqual(leastShaped + 1e-12);
        for (const step of [1, 0.01]) {
          const phi = normals(model.nS).map((x) => step * x);
          const noise = normals().map((x) => step * x);
          const shaped = shapeReward(model, potential, phi);
          const moved = redistributeReward(model, shapeReward(model, minimal, phi), noise);
          expect(rewardNorm(model, shaped, smallest)).toBeGreaterThanOrEqual(leastShaped - 1e-12);
          expect(rewardNorm(model, moved, smallest)).toBeGreaterThanOrEqual(least - 1e-12);
        }
        // It must not have left the class: E[c] is r with some shaping, so the difference is invisible to VAL.
        const difference = r1.map((x, i) => x - minimal[i]);
        expect(largest(canonicalise(model, difference, 'val'), new Float64Array(r1.length))).toBeLessThan(1e-10);
      }),
    );
  });

  it('takes distributions of its own, and refuses what does not fit', () => {
    const DS = Float64Array.of(1, 0, 0);
    const DA = Float64Array.of(0, 1);
    const mean = [smallR1[3], smallR1[9], smallR1[15]]; // R(x, 1, 0)
    const epic = canonicalise(small, smallR1, 'epic', { DS, DA });
    expect(epic[1]).toBeCloseTo(smallR1[1] + 0.9 * mean[1] - mean[0] - 0.9 * mean[0], 12);
    expect(() => canonicalise(small, smallR1, 'epic', { DS: DA })).toThrow(/DS must hold 3 probabilities, got 2/);
    expect(() => canonicalise(small, smallR1, 'epic', { DA: Float64Array.of(1, 1) })).toThrow(
      /DA must sum to 1, got 2/,
    );
    expect(() => canonicalise(small, new Float64Array(6), 'val')).toThrow(/nS \* nA \* nS = 18 numbers, got 6/);
    expect(() =>
      canonicalise(
        small,
        smallR1.map(() => Number.NaN),
        'val',
      ),
    ).toThrow(/reward\[0\] must be finite, got NaN/);
  });

  it('gives DARD as its definition says, term by term', () => {
    const { model, r1 } = randomProblem(8);
    const { nS, nA, gamma, T } = model;
    const p = (s: number, a: number, n: number) => T[(s * nA + a) * nS + n];
    const R = (s: number, a: number, n: number) => r1[(s * nA + a) * nS + n];
    const dard = canonicalise(model, r1, 'dard');
    const range = (n: number) => Array.from({ length: n }, (_, i) => i);
    for (const [s, a, n] of [
      [0, 0, 0],
      [2, 1, 4],
      [5, 2, 3],
    ]) {
      let expected = R(s, a, n);
      for (const A of range(nA)) {
        for (const first of range(nS)) {
          expected += (gamma * p(n, A, first) * R(n, A, first) - p(s, A, first) * R(s, A, first)) / nA;
          for (const then of range(nS)) expected -= (gamma * p(s, A, first) * p(n, A, then) * R(first, A, then)) / nA;
        }
      }
      expect(dard[(s * nA + a) * nS + n]).toBeCloseTo(expected, 12);
    }
  });
});

describe('rewardNorms', () => {
  it('gives the authors’ weighted norm and textbook values', () => {
    const model = tabularModel({
      nS: 2,
      nA: 2,
      gamma: 0.9,
      T: Float64Array.of(0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.8, 0.2),
      mu0: Float64Array.of(0.5, 0.5),
    });
    const sizes = rewardNorms(model, Float64Array.of(1, 2, 3, 4, 5, 6, 7, -8));
    expect(sizes.wL1).toBeCloseTo(16.8, 12);
    expect(sizes).toMatchObject({ L1: 36, L2: Math.sqrt(204), Linf: 8 });
    expect(sizes.wL2).toBeCloseTo(Math.sqrt(0.8 * 84 + 0.2 * 120), 12);
    expect(sizes.wLinf).toBeCloseTo(5.6, 12);
    expect(rewardNorm(model, new Float64Array(8), 'none')).toBe(1);
  });
});

describe('rewardDistance', () => {
  // Printed by the authors' Python: canon, norm, metric, distance.
  it.each<[Canon, RewardNorm, (typeof metricNames)[number], number]>([
    ['val', 'L1', 'L1', 1.419425619],
    ['val', 'L2', 'L2', 1.257523598],
    ['val', 'Linf', 'Linf', 1.027794128],
    ['val', 'wL1', 'wL1', 1.419425619],
    ['val', 'wLinf', 'wLinf', 1.027794126],
    ['val', 'none', 'L2', 8.397553009],
    ['val', 'L1', 'wL1', 0.473141873],
    ['valPotential', 'L2', 'L2', 1.344286611],
    ['valPotential', 'wL2', 'wL2', 1.235902855],
    ['epic', 'L1', 'L1', 1.706121362],
    ['epic', 'L2', 'L2', 1.574974401],
    ['epic', 'wLinf', 'wLinf', 1.72540633],
    ['dard', 'L2', 'L2', 1.406996061],
    ['dard', 'Linf', 'Linf', 1.195764559],
    ['none', 'wL2', 'wL2', 1.358684528],
    ['none', 'L1', 'wL1', 0.555],
  ])('is the authors’ %s-%s-%s', (canon, norm, metric, expected) => {
    expect(rewardDistance(small, smallR1, smallR2, { canon, norm, metric })).toBeCloseTo(expected, 7);
  });

  it('does not see shaping (every form but none), to 1e-9', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...metricNames), (seed, norm) => {
        const { model, r1, normals } = randomProblem(seed);
        const shaped = shapeReward(
          model,
          r1,
          normals(model.nS).map((x) => 10 * x),
        );
        for (const canon of canons) {
          const d = rewardDistance(model, r1, shaped, { canon, norm, metric: norm });
          if (canon === 'none') expect(d).toBeGreaterThan(0.5);
          else expect(d).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('does not see redistribution over successors if it is STARC, and sees nothing else otherwise', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, r1, normals } = randomProblem(seed);
        const moved = redistributeReward(
          model,
          r1,
          normals().map((x) => 10 * x),
        );
        for (const canon of canons) {
          const d = rewardDistance(model, r1, moved, { canon });
          if (starc.includes(canon)) expect(d).toBeLessThan(1e-9);
          else expect(d).toBeGreaterThan(0.5);
        }
      }),
    );
  });

  it('is blind to scale and largest for the opposite, in every form', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...canons), fc.constantFrom(...metricNames), (seed, canon, norm) => {
        const { model, r1 } = randomProblem(seed);
        const options = { canon, norm, metric: norm };
        expect(
          rewardDistance(
            model,
            r1,
            r1.map((x) => 3 * x),
            options,
          ),
        ).toBeLessThan(1e-9);
        expect(
          rewardDistance(
            model,
            r1,
            r1.map((x) => -x),
            options,
          ),
        ).toBeCloseTo(2, 9);
      }),
    );
  });

  it('is a pseudometric within [0, 2]', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...starc),
        fc.constantFrom('L1' as const, 'L2' as const),
        (seed, canon, norm) => {
          const { model, r1, r2, normals } = randomProblem(seed);
          const r3 = normals();
          const d = (x: Float64Array, y: Float64Array) => rewardDistance(model, x, y, { canon, norm, metric: norm });
          expect(d(r1, r2)).toBeCloseTo(d(r2, r1), 12);
          expect(d(r1, r2)).toBeLessThanOrEqual(2 + 1e-12);
          expect(d(r1, r3)).toBeLessThanOrEqual(d(r1, r2) + d(r2, r3) + 1e-12);
        },
      ),
    );
  });

  it('is 1 to a trivial reward and 0 between trivial ones, never NaN', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...starc), fc.constantFrom(0, 1e-9, 1, 1e9), (seed, canon, scale) => {
        const { model, r1, normals } = randomProblem(seed);
        const constant = new Float64Array(r1.length).fill(scale);
        const trivial = redistributeReward(model, shapeReward(model, constant, normals(model.nS)), normals());
        expect(rewardDistance(model, r1, trivial, { canon })).toBeCloseTo(1, 9);
        expect(rewardDistance(model, trivial, constant, { canon })).toBe(0);
      }),
    );
    const zero = new Float64Array(18);
    for (const canon of canons) expect(rewardDistance(small, zero, zero, { canon })).toBe(0);
    expect([...standardise(small, zero)]).toEqual([...zero]);
  });

  it('is 0 exactly when policies are ordered alike', () => {
    const { model, r1, normals } = randomProblem(21, { nS: 3, nA: 2 });
    const same = redistributeReward(
      model,
      shapeReward(model, r1, normals(3)).map((x) => 7 * x),
      normals(),
    );
    expect(rewardDistance(model, r1, same)).toBeLessThan(1e-9);
    const returns = (reward: Float64Array) =>
      Array.from({ length: 8 }, (_, code) =>
        policyReturn(model, reward, Int32Array.of(code & 1, (code >> 1) & 1, code >> 2)),
      );
    const order = (values: number[]) => values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
    expect(order(returns(same))).toEqual(order(returns(r1)));
  });

  it('knows that a prize at the goal and a cost per step until it are one reward, and a prize on the way another', () => {
    const model = tabulate(gridworld({ map: ['S..', '.#.', '..G'], slip: 0.2 }));
    const done = (cell: Cell) => cell.x === 2 && cell.y === 2;
    const prize = tabulateReward((from, _move, to) => (done(to) && !done(from) ? 1 : 0), model);
    const cost = tabulateReward((from) => (done(from) ? 0 : -1), model);
    const corner = tabulateReward((from, _move, to) => (to.x === 2 && !done(from) ? 1 : 0), model);
    expect(rewardDistance(model, prize, cost)).toBeLessThan(1e-9);
    expect(rewardDistance(model, prize, corner)).toBeGreaterThan(0.5);
  });
});
