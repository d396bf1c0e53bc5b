import { MixtureDiffusion } from '@laurel/core/env';
import { inlineExecutor, planOf, type RunReport, runExperiment, runTask, type Task as Work } from '@laurel/core/paper';
import { fkSteer, type Schedule } from '@laurel/core/search';
import { mean, Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bestOf,
  guidanceScale,
  guided,
  guidedSetting,
  hard,
  independentSettings,
  soft,
  steeredSetting,
} from './arms.ts';
import { experiment } from './experiment.ts';
import { makeRuler, measure, noiseSchedule, steps } from './measure.ts';
import { measureMidway } from './midway.ts';
import { paper } from './paper.ts';
import { makeWorld, modeOf } from './world.ts';

const { signal } = new AbortController();
const noise = 'stable-diffusion';

describe('the worlds', () => {
  it('have a corner that is rarely, or never, visited', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { mixture, corner } = makeWorld('corner', seed);
      const at = modeOf(Float64Array.from(corner));
      expect(corner.map(Math.abs)).toEqual([2, 2]);
      expect(mixture.weights[at]).toBeLessThanOrEqual(0.02);
      expect(mixture.weights[at]).toBeGreaterThan(0);
      const absent = makeWorld('absent', seed);
      expect(absent.corner).toEqual(corner);
      expect(absent.mixture.weights[at]).toBe(0);
    }
  });

  it('sample their targets: weighting the base model by the reward gives the same means', () => {
    for (const task of ['corner', 'checkerboard'] as const) {
      const world = makeWorld(task, 1);
      const rng = new Random(0, task);
      const base = world.target(0, 60_000, rng);
      const target = world.target(1, 20_000, rng);
      let total = 0;
      let weighted = 0;
      for (let i = 0; i < base.length; i += 2) {
        const reward = world.reward(base.subarray(i, i + 2));
        total += Math.exp(reward);
        weighted += reward * Math.exp(reward);
      }
      const rewards = Array.from({ length: 20_000 }, (_, i) => world.reward(target.subarray(2 * i, 2 * i + 2)));
      expect(Math.abs(mean(rewards) - weighted / total)).toBeLessThan(task === 'corner' ? 0.15 : 0.02);
    }
  });

  it('have the gradient of their quadratic reward', () => {
    const world = makeWorld('corner', 0);
    const x = Float64Array.of(0.4, -1.1);
    const out = new Float64Array(2);
    world.gradient(x, out);
    const up = world.reward(Float64Array.of(0.4 + 1e-5, -1.1));
    expect(out[0]).toBeCloseTo((up - world.reward(Float64Array.of(0.4 - 1e-5, -1.1))) / 2e-5, 4);
  });
});

describe('measure', () => {
  const runs = 400;
  const world = makeWorld('corner', 2);
  const ruler = makeRuler(world, soft, runs, 2);

  it('may merge the transitions between two looks', async () => {
    const merged = await measure({ world, noise }, steeredSetting('difference', soft, 4), ruler, {
      runs,
      seed: 2,
      signal,
    });
    const fine = new MixtureDiffusion(world.mixture, noiseSchedule(noise));
    const schedule: Schedule = { every: 20, to: steps - 20 };
    const rewards: number[] = [];
    const modes: number[] = [];
    for (let seed = 0; seed < runs; seed++) {
      const out = await fkSteer(fine, (xs) => xs.map(world.reward), { particles: 4, lambda: soft, schedule, seed });
      rewards.push(mean(out.rewards));
      modes.push(new Set(out.particles.map(modeOf)).size);
    }
    expect(Math.abs(mean(rewards) - merged.meanReward)).toBeLessThan(0.35);
    expect(Math.abs(mean(modes) - merged.modes)).toBeLessThan(0.12);
  });

  it('finds the target with many particles, and a control that selection cannot pass', async () => {
    const near = await measure({ world, noise }, steeredSetting('difference', soft, 16), ruler, {
      runs,
      seed: 2,
      signal,
    });
    const [far] = independentSettings(soft);
    const plain = await measure({ world, noise }, far, ruler, { runs, seed: 2, signal });
    expect(near.mmd).toBeLessThan(0.01);
    expect(plain.mmd).toBeGreaterThan(0.2);
    expect(near.ancestors).toHaveLength(5);
    const absent = makeWorld('absent', 2);
    for (const setting of [
      steeredSetting('max', hard, 8),
      ...independentSettings(hard).filter(({ arm }) => arm === bestOf),
    ]) {
      const row = await measure({ world: absent, noise }, setting, ruler, { runs: 100, seed: 2, signal });
      expect(row.success).toBe(0);
    }
  });

  it('counts what the rivals at equal cost may draw', () => {
    const settings = independentSettings(hard).filter(({ k }) => k === 8);
    expect(settings.map(({ particles }) => particles)).toEqual([8, 9, 40, 8]);
  });

  it('is moved by guidance towards the corner', async () => {
    const guidance = { gradient: world.gradient, scale: (guidanceScale.get(soft) ?? 0) * soft };
    const row = await measure({ world, noise, guidance }, guidedSetting(soft), ruler, { runs: 100, seed: 2, signal });
    expect(row).toMatchObject({ arm: guided, particles: 1 });
    expect(row.meanReward).toBeGreaterThan(-3);
  });
});

describe('measureMidway', () => {
  it('knows more the less is left, and nothing new at the end', () => {
    const [early, half, late] = measureMidway(makeWorld('corner', 3), noise, 400, 3);
    expect(early.correlation).toBeLessThan(half.correlation);
    expect(half.correlation).toBeLessThan(late.correlation);
    expect(late.correlation).toBeGreaterThan(0.8);
  });
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  });

  it('judges every claim that an experiment can judge, without a failure', () => {
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
    expect(report.failures).toEqual([]);
  });

  it('has its figures, with every arm in them', () => {
    expect(report.figures.map(({ id }) => id)).toEqual(['mmd', 'success', 'trade', 'midway', 'ancestors', 'arms']);
    const arms = report.figures.find(({ id }) => id === 'arms');
    if (arms?.kind !== 'table') throw new Error('arms must be a table');
    expect(arms.rows.filter(({ task, lambda }) => task === 'corner' && lambda === soft)).toHaveLength(9);
    for (const { success, modes } of arms.rows) {
      expect(success).toBeGreaterThanOrEqual(0);
      expect(success).toBeLessThanOrEqual(1);
      expect(modes).toBeGreaterThanOrEqual(1);
      expect(modes).toBeLessThanOrEqual(25);
    }
    expect(report.claims['approaches-target']?.ours.value).toBeGreaterThan(0);
  });

  it('repeats a trial exactly, and summarises a single one', async () => {
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke' }));
    const task: Work = { kind: 'trial', slug: 'fk-steering', trial: trials[1], inputs: [] };
    const hooks = { progress: () => {}, point: () => {} };
    const once = await runTask(experiment, task, hooks, signal);
    expect(await runTask(experiment, task, hooks, signal)).toEqual(once);
    const single = { ...experiment, trials: () => trials.slice(1, 2) };
    const one = await runExperiment(single, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(one.claims).toEqual({});
    expect(one.figures).toHaveLength(6);
  });
});
