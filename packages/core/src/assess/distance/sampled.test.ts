import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TabularModel } from '../../env/index.ts';
import { policyValue, uniformPolicy } from '../../policy/index.ts';
import { Random } from '../../stats/index.ts';
import { rewardDistance } from './distance.ts';
import { redistributeReward, shapeReward } from './equivalence.ts';
import { randomProblem, small, smallR1, smallR2 } from './fixtures.ts';
import { dardDistance, epicDistance, pearsonDistance } from './published.ts';
import { epicSampled, starcSampled } from './sampled.ts';

const lookup =
  ({ nS, nA }: TabularModel, R: Float64Array) =>
  (s: number, a: number, next: number) =>
    R[(s * nA + a) * nS + next];
const simulate = (model: TabularModel, rng: Random) => ({
  state: () => rng.int(model.nS),
  action: () => rng.int(model.nA),
  step: (s: number, a: number) => {
    const row = (s * model.nA + a) * model.nS;
    return rng.categorical(model.T.subarray(row, row + model.nS));
  },
});

describe('pearsonDistance', () => {
  it('is 0, √½ and 1 where it must be, and never NaN', () => {
    expect(pearsonDistance([1, 2, 4], [3, 5, 9])).toBeCloseTo(0, 7);
    expect(pearsonDistance([1, 2, 4], [-1, -2, -4])).toBeCloseTo(1, 12);
    expect(pearsonDistance([1, 1, 1], [1, 2, 3])).toBe(Math.SQRT1_2);
    expect(pearsonDistance([1, 1, 1], [0.1, 0.1, 0.1])).toBe(0);
    expect(pearsonDistance([1, 2, 100], [1, 2, -7], [1, 1, 0])).toBeCloseTo(0, 7);
    expect(() => pearsonDistance([1], [1, 2])).toThrow(/one length, got 1 and 2/);
    expect(() => pearsonDistance([1], [1], [0])).toThrow(/weights must have a positive sum, got 0/);
    expect(() => pearsonDistance([1], [1], [])).toThrow(/weights must hold 1 numbers, got 0/);
  });
});

describe('epicDistance', () => {
  it('is half of epic-2-2 for uniform distributions (the canonical reward is centred then)', () => {
    expect(epicDistance(small, smallR1, smallR2)).toBeCloseTo(1.574974401 / 2, 8);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { model, r1, r2 } = randomProblem(seed);
        expect(epicDistance(model, r1, r2)).toBeCloseTo(rewardDistance(model, r1, r2, { canon: 'epic' }) / 2, 10);
      }),
    );
  });

  it('looks where it is told to', () => {
    const { model, r1, normals } = randomProblem(3);
    const moved = redistributeReward(model, r1, normals());
    expect(epicDistance(model, r1, moved)).toBeGreaterThan(0.1);
    const one = new Float64Array(r1.length);
    one[4] = 1; // a single transition: everything is constant there
    expect(epicDistance(model, r1, moved, { coverage: one })).toBe(0);
    expect(() => epicDistance(model, r1, moved, { coverage: r1 })).toThrow(/coverage\[\d+\] must be a probability/);
  });
});

describe('dardDistance', () => {
  it('does not see shaping and sees the opposite', () => {
    const { model, r1, normals } = randomProblem(4);
    expect(dardDistance(model, r1, shapeReward(model, r1, normals(6)))).toBeLessThan(1e-7);
    expect(
      dardDistance(
        model,
        r1,
        r1.map((x) => -x),
      ),
    ).toBeCloseTo(1, 9);
  });
});

describe('epicSampled', () => {
  it('comes close to the exact distance, with an interval around it', () => {
    const { model, r1, r2, rng } = randomProblem(5);
    const sampler = simulate(model, rng);
    const batch = Array.from({ length: 8000 }, () => ({
      state: sampler.state(),
      action: sampler.action(),
      nextState: sampler.state(),
    }));
    const { value, lo, hi } = epicSampled(lookup(model, r1), lookup(model, r2), batch, sampler, {
      gamma: 0.9,
      samples: 20_000,
      resamples: 200,
    });
    expect(Math.abs(value - epicDistance(model, r1, r2))).toBeLessThan(0.02);
    expect(lo).toBeLessThan(value);
    expect(hi).toBeGreaterThan(value);
  });

  it('refuses what makes no sense', () => {
    const sampler = simulate(small, new Random(0));
    const zero = () => 0;
    const batch = [{ state: 0, action: 0, nextState: 1 }];
    expect(() => epicSampled(zero, zero, [], sampler, { gamma: 0.9 })).toThrow(
      /batch must hold at least one transition/,
    );
    expect(() => epicSampled(zero, zero, batch, sampler, { gamma: 2 })).toThrow(/gamma must lie in \[0, 1\], got 2/);
    expect(() => epicSampled(zero, () => Number.NaN, batch, sampler, { gamma: 0.9 })).toThrow(
      /must be finite, got NaN/,
    );
    expect(epicSampled(zero, zero, batch, sampler, { gamma: 0.9 }).value).toBe(0);
  });
});

describe('starcSampled', () => {
  it('comes close to the exact distance, and tells its noise', () => {
    const { model, r1, r2, rng } = randomProblem(6);
    const values = (reward: Float64Array) => {
      const V = policyValue(model, reward, uniformPolicy(model));
      return (s: number) => V[s];
    };
    const estimate = (x: Float64Array, y: Float64Array, successors: number) =>
      starcSampled(lookup(model, x), lookup(model, y), simulate(model, rng), values(x), values(y), {
        samples: 3000,
        gamma: 0.9,
        successors,
        resamples: 200,
      });
    const near = estimate(r1, r2, 64);
    expect(Math.abs(near.value - rewardDistance(model, r1, r2))).toBeLessThan(0.1);
    expect(near.lo).toBeLessThan(near.value);

    const shaped = shapeReward(
      model,
      r1,
      Float64Array.from({ length: 6 }, (_, s) => 3 * s),
    );
    const clear = estimate(r1, shaped, 64);
    const noisy = estimate(r1, shaped, 1);
    expect(clear.value).toBeLessThan(1e-9); // with the very values, shaping cancels draw by draw
    expect(clear.noiseFloor).toBeLessThan(noisy.noiseFloor);
    expect(noisy.noiseFloor).toBeGreaterThan(0.1);
  });

  it('takes trivial rewards and refuses wrong counts', () => {
    const simulator = simulate(small, new Random(1));
    const zero = () => 0;
    const options = { samples: 10, gamma: 0.9, p: 1 as const };
    expect(starcSampled(zero, zero, simulator, zero, zero, options)).toMatchObject({ value: 0, noiseFloor: 0 });
    expect(starcSampled(zero, lookup(small, smallR1), simulator, zero, zero, options).value).toBeGreaterThan(0.5);
    expect(() => starcSampled(zero, zero, simulator, zero, zero, { ...options, samples: 0 })).toThrow(
      /samples must be a positive whole number, got 0/,
    );
    expect(() => starcSampled(zero, zero, simulator, zero, zero, { ...options, successors: 1.5 })).toThrow(
      /successors must be a positive whole number/,
    );
  });
});
