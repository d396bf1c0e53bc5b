import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridworld, tabulate, tabulateReward } from '../../env/index.ts';
import { pessimalPolicy, policyIteration, policyReturn } from '../../policy/index.ts';
import { rewardDistance } from './distance.ts';
import { redistributeReward, shapeReward } from './equivalence.ts';
import { randomProblem } from './fixtures.ts';
import { regretBound, worstCaseRegret } from './regret.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('worstCaseRegret', () => {
  it('is attained by the policies it names, and no pair of deterministic policies does worse', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { model, r1, r2 } = randomProblem(seed, { nS: 3, nA: 2, sparse: false });
        const { absolute, normalised, pi1, pi2 } = worstCaseRegret(model, r1, r2);
        expect(policyReturn(model, r2, pi2)).toBeGreaterThanOrEqual(policyReturn(model, r2, pi1) - 1e-8);
        expect(policyReturn(model, r1, pi1) - policyReturn(model, r1, pi2)).toBeCloseTo(absolute, 8);
        const range = policyIteration(model, r1).J - pessimalPolicy(model, r1).J;
        expect(absolute / range).toBeCloseTo(normalised, 8);
        const returns = Array.from({ length: 8 }, (_, code) => {
          const policy = Int32Array.of(code & 1, (code >> 1) & 1, code >> 2);
          return [policyReturn(model, r1, policy), policyReturn(model, r2, policy)];
        });
        for (const [a1, a2] of returns) {
          for (const [b1, b2] of returns) if (b2 >= a2) expect(a1 - b1).toBeLessThanOrEqual(absolute + 1e-9);
        }
      }),
    );
  });

  it('is the minimum of its dual', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 4, noNaN: true }), (seed, lambda) => {
        const { model, r1, r2 } = randomProblem(seed);
        const mixed = r1.map((x, i) => x - lambda * r2[i]);
        const span = policyIteration(model, mixed).J - pessimalPolicy(model, mixed).J;
        expect(worstCaseRegret(model, r1, r2).absolute).toBeLessThanOrEqual(span + 1e-9);
      }),
    );
  });

  it('lies below the instance bound, and both vanish with the distance', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0, 1e-3, 0.1, 1), (seed, step) => {
        const { model, r1, r2, normals } = randomProblem(seed);
        const near = redistributeReward(
          model,
          shapeReward(
            model,
            r1.map((x, i) => 5 * (x + step * r2[i])),
            normals(model.nS),
          ),
          normals(),
        );
        const { absolute, normalised } = worstCaseRegret(model, r1, near);
        expect(absolute).toBeLessThanOrEqual(regretBound(model, r1, near) + 1e-9);
        if (step === 0) {
          expect(normalised).toBeLessThan(1e-9);
          expect(regretBound(model, r1, near)).toBeLessThan(1e-9);
        } else {
          expect(normalised).toBeGreaterThan(0); // completeness: a distance above zero always costs something
          expect(rewardDistance(model, r1, near)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('is everything for the opposite and for a trivial reward that is trusted, nothing where nothing counts', () => {
    const { model, r1 } = randomProblem(5);
    const zero = new Float64Array(r1.length);
    expect(
      worstCaseRegret(
        model,
        r1,
        r1.map((x) => -x),
      ).normalised,
    ).toBeCloseTo(1, 12);
    expect(worstCaseRegret(model, r1, zero).normalised).toBeCloseTo(1, 12);
    expect(worstCaseRegret(model, zero, r1)).toMatchObject({ absolute: 0, normalised: 0 });
    expect(regretBound(model, zero, r1)).toBe(0);
    expect(regretBound(model, r1, zero)).toBeGreaterThanOrEqual(worstCaseRegret(model, r1, zero).absolute);
  });

  it('finds the loop in a reward for approaching the goal', () => {
    const model = tabulate(gridworld({ map: ['S.G'], gamma: 0.9 }));
    const goal = tabulateReward((from, _move, to) => (to.x === 2 && from.x === 1 ? 1 : 0), model);
    const approach = tabulateReward((from, _move, to) => Math.max(0, to.x - from.x), model);
    const { normalised, pi2 } = worstCaseRegret(model, goal, approach);
    expect(normalised).toBeCloseTo(1, 9); // to and fro is worth 1/(1 - γ²) = 5.3, more than the goal's 1 + γ
    expect(policyReturn(model, approach, pi2)).toBeGreaterThan(1.9 - 1e-9);
    expect(policyReturn(model, goal, pi2)).toBeLessThan(1e-9);
    const shaped = shapeReward(model, goal, Float64Array.of(0, 5, 10));
    expect(worstCaseRegret(model, goal, shaped).normalised).toBeLessThan(1e-9);
  });
});
