import { describe, expect, it } from 'vitest';
import type { Random } from '../stats/index.ts';
import type { Potential } from './potentials.ts';
import type { Resampler } from './resampling.ts';
import { type StochasticSampler, stepwise } from './sampler.ts';
import { type Checkpoint, fkSteer, type SteeringOptions, survivingAncestors } from './steering.ts';

/** A walk of six steps of +1 or -1: x_0 has a binomial distribution, so everything is known exactly. */
const steps = 6;
const walk = stepwise<number>({
  steps,
  init: () => 0,
  step: (x, _t, rng) => x + (rng.bool() ? 1 : -1),
  predict: (x) => x,
  complete: (x, t, rng) => {
    let end = x;
    for (let i = 0; i < t; i++) end += rng.bool() ? 1 : -1;
    return end;
  },
});
const reward = (x: number) => (x === 4 ? 1.5 : 0.1 * x);
const lambda = 1.2;
const binomial = [1, 6, 15, 20, 15, 6, 1].map((ways, ups) => ({ x: 2 * ups - steps, p: ways / 64 }));
const normaliser = binomial.reduce((sum, { x, p }) => sum + p * Math.exp(lambda * reward(x)), 0);
const tilted = (x: number) => ((binomial.find((b) => b.x === x)?.p ?? 0) * Math.exp(lambda * reward(x))) / normaliser;

const options: SteeringOptions<number> = { particles: 4, lambda, schedule: { every: 2 }, seed: 0 };
const rewards = (xs: readonly number[]) => xs.map(reward);

/** Mean over runs of the estimates of the normaliser and of normaliser x P(x_0 = 4), which SMC leaves unbiased. */
async function estimates(
  change: Partial<SteeringOptions<number>>,
  sampler: StochasticSampler<number> = walk,
  runs = 4000,
) {
  const mean = { z: 0, four: 0 };
  for (let run = 0; run < runs; run++) {
    const out = await fkSteer(sampler, rewards, { ...options, ...change, seed: `run ${run}` });
    const z = Math.exp(out.logNormaliser);
    const weights = out.logWeights.map(Math.exp);
    const total = weights.reduce((sum, w) => sum + w, 0);
    const four = out.particles.reduce((sum, x, i) => sum + (x === 4 ? weights[i] / total : 0), 0);
    mean.z += z / runs;
    mean.four += (z * four) / runs;
  }
  return mean;
}

describe('fkSteer', () => {
  it('is unbiased for the tilted target under every potential, resampler and intermediate score', async () => {
    const potentials: Potential[] = ['difference', 'max', 'sum', 'current', 'importance'];
    const resamplers: Resampler[] = ['systematic', 'multinomial', 'residual'];
    const changes: Partial<SteeringOptions<number>>[] = [
      ...potentials.map((potential) => ({ potential })),
      ...resamplers.map((resampler) => ({ resampler, resampleBelow: 0.7 })),
      { intermediate: { samples: 2 } },
      { intermediate: { samples: 2, strength: lambda }, potential: 'max' },
      // Scores that mislead cost variance, never correctness.
      { intermediate: (xs) => xs.map((x) => -0.4 * x) },
    ];
    for (const change of changes) {
      const { z, four } = await estimates(change);
      expect(Math.abs(z / normaliser - 1), JSON.stringify(change)).toBeLessThan(0.06);
      expect(Math.abs(four / normaliser - tilted(4)), JSON.stringify(change)).toBeLessThan(0.035);
    }
  });

  it('stays unbiased when the sampler proposes from something else and says so', async () => {
    const up = 0.7;
    const biased = stepwise<number>({
      steps,
      init: () => 0,
      step: (x, _t, rng) => x + (rng.bool(up) ? 1 : -1),
      logRatio: (x, previous) => Math.log(0.5 / (x > previous ? up : 1 - up)),
      predict: (x) => x,
    });
    const { z, four } = await estimates({}, biased);
    expect(Math.abs(z / normaliser - 1)).toBeLessThan(0.06);
    expect(Math.abs(four / normaliser - tilted(4))).toBeLessThan(0.035);
  });

  it('comes closer to the target with more particles, and best-of-n to the highest reward', async () => {
    const share = async (change: Partial<SteeringOptions<number>>) => {
      let fours = 0;
      for (let run = 0; run < 300; run++) {
        const out = await fkSteer(walk, rewards, { ...options, ...change, seed: run });
        fours += out.particles.filter((x) => x === 4).length / out.particles.length / 300;
      }
      return fours;
    };
    const far = Math.abs((await share({ particles: 1 })) - tilted(4));
    const near = Math.abs((await share({ particles: 128 })) - tilted(4));
    expect(near).toBeLessThan(0.02);
    expect(far).toBeGreaterThan(0.1);
    const many = await fkSteer(walk, rewards, { ...options, particles: 200, potential: 'best-of-n' });
    expect(many).toMatchObject({ best: 4, bestReward: 1.5, logNormaliser: 0 });
  });

  it('carries weights over checkpoints that do not resample', async () => {
    for (const potential of ['difference', 'max', 'sum', 'current', 'importance'] as const) {
      const out = await fkSteer(walk, rewards, { ...options, potential, resampleBelow: 0, particles: 8 });
      out.logWeights.forEach((w, i) => {
        expect(w).toBeCloseTo(lambda * reward(out.particles[i]), 9);
      });
      expect(survivingAncestors(out.checkpoints)).toEqual(out.checkpoints.map(() => 8));
    }
  });

  it('looks when the schedule says so and counts calls', async () => {
    const seen: Checkpoint<number>[] = [];
    const out = await fkSteer(walk, rewards, { ...options, onCheckpoint: (checkpoint) => seen.push(checkpoint) });
    expect(seen.map(({ t }) => t)).toEqual([4, 2, 0]);
    expect(out.checkpoints).toEqual(seen);
    expect(out.rewardCalls).toBe(3 * 4);
    const listed = await fkSteer(walk, rewards, { ...options, schedule: [5, 1], intermediate: { samples: 3 } });
    expect(listed.checkpoints.map(({ t }) => t)).toEqual([5, 1, 0]);
    expect(listed.rewardCalls).toBe(2 * 4 * 3 + 4);
    const once = await fkSteer(walk, rewards, { ...options, potential: 'importance' });
    expect(once.rewardCalls).toBe(4);
    const late = await fkSteer(walk, rewards, { ...options, schedule: { every: 1, from: 4, to: 5 } });
    expect(late.checkpoints.map(({ t }) => t)).toEqual([2, 1, 0]);
  });

  it('leaves equal rewards alone, keeps the best, and is determined by its seed', async () => {
    const flat = await fkSteer(walk, (xs) => xs.map(() => -3), { ...options, particles: 16 });
    expect(survivingAncestors(flat.checkpoints)).toEqual([16, 16, 16]);
    const out = await fkSteer(walk, rewards, { ...options, particles: 16, lambda: 50, seed: 4 });
    expect(out.bestReward).toBe(Math.max(...out.checkpoints[2].scores));
    expect(out.bestReward).toBe(reward(out.best));
    expect(survivingAncestors(out.checkpoints).at(-1)).toBeLessThan(16);
    expect(await fkSteer(walk, rewards, { ...options, seed: 9 })).toEqual(
      await fkSteer(walk, rewards, { ...options, seed: 9 }),
    );
  });

  it('takes promises everywhere', async () => {
    const slow: StochasticSampler<number> = {
      steps,
      init: async (count) => new Array<number>(count).fill(0),
      advance: async (particles, from, to, rng: Random) =>
        particles.map((x) => {
          let next = x;
          for (let t = from; t > to; t--) next += rng.bool() ? 1 : -1;
          return next;
        }),
      predict: async (particles) => particles,
    };
    const now = await fkSteer(walk, rewards, options);
    expect(await fkSteer(slow, async (xs) => rewards(xs), options)).toEqual(now);
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const run = fkSteer(walk, rewards, {
      ...options,
      signal: controller.signal,
      onCheckpoint: () => controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });

  it('names what does not fit', async () => {
    const steer = (change: Partial<SteeringOptions<number>>, scores = rewards) =>
      fkSteer(walk, scores, { ...options, ...change });
    await expect(steer({ particles: 0 })).rejects.toThrow('particles must be a positive whole number, got 0');
    await expect(steer({ lambda: -1 })).rejects.toThrow('lambda must be at least 0 and finite, got -1');
    await expect(steer({ resampleBelow: 2 })).rejects.toThrow('resampleBelow must lie in [0, 1], got 2');
    await expect(steer({ schedule: [7] })).rejects.toThrow('whole numbers of transitions from 1 to 6, got 7');
    await expect(steer({ schedule: { every: 0 } })).rejects.toThrow('schedule.every must be a positive whole number');
    await expect(steer({}, (xs) => xs.slice(1))).rejects.toThrow('reward must give 4 scores, got 3');
    await expect(steer({}, (xs) => xs.map(() => Number.NaN))).rejects.toThrow('got NaN for sample 0');
    await expect(steer({ intermediate: { samples: 0 } })).rejects.toThrow('intermediate.samples must be a positive');
    const blind = stepwise<number>({ steps, init: () => 0, step: (x) => x });
    await expect(fkSteer(blind, rewards, options)).rejects.toThrow(
      "sampler must have a predict method for intermediate 'predict'",
    );
  });
});
