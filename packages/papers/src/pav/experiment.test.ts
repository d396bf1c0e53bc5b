import { plantedSequence, plantedValues } from '@laurel/core/env';
import { inlineExecutor, planOf, type RunReport, runExperiment, runTask, type Task } from '@laurel/core/paper';
import { mean, Random, variance } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { exactArm, outcomeArm, plantedArms, progressArm, strengths } from './arms.ts';
import { experiment } from './experiment.ts';
import { paper } from './paper.ts';
import { NoisyProver, trainPlanted } from './planted.ts';
import { compareProvers } from './trees.ts';

const quiet = { signal: new AbortController().signal, progress: () => {}, point: () => {} };

describe('the prover of the planted sequence', () => {
  const world = plantedSequence();
  const rng = new Random(0, 'prover');

  it('draws shares of completions around the exact values, and knows what is settled', () => {
    const prover = new NoisyProver(world, 30, 100, rng);
    const draws = Array.from({ length: 3000 }, () => prover.values([3, 6, 0, 3, 5, 1]));
    const exact = plantedValues(world, 30)[(world.horizon - 2) * world.states + 2];
    const second = draws.map((values) => values[2]);
    expect(Math.abs(mean(second) - exact)).toBeLessThan(0.003);
    expect(variance(second) / ((exact * (1 - exact)) / 100)).toBeGreaterThan(0.9);
    expect(variance(second) / ((exact * (1 - exact)) / 100)).toBeLessThan(1.1);
    for (const values of draws) expect([values[5], values[6]]).toEqual([1, 1]);
    expect(new NoisyProver(world, 30, 100, rng).values([3, 6, 14])[3]).toBe(0);
  });

  it('gives the exact values where nothing is sampled', () => {
    const [start, after] = new NoisyProver(world, 10, null, rng).values([3]);
    expect(start).toBeCloseTo(0.0455, 4);
    expect(after).toBeGreaterThan(start);
  });
});

describe('training on the planted sequence', () => {
  const training = { iterations: 60, batch: 64, width: 16 };

  it('starts from one base in all arms and learns sooner with progress', () => {
    const outcome = trainPlanted(outcomeArm, training, 0, quiet);
    const progress = trainPlanted(progressArm(15), training, 0, quiet);
    expect(progress.before).toBe(outcome.before);
    expect(progress.success[0]).toBe(outcome.success[0]);
    expect(outcome.before).toBeLessThan(0.01);
    expect(mean(progress.success)).toBeGreaterThan(mean(outcome.success) + 0.1);
  });

  it('has an arm for every strength, and controls only with all of them', () => {
    expect(plantedArms(strengths)).toHaveLength(strengths.length + 7);
    expect(plantedArms([2, 1000])).toHaveLength(4);
    expect(exactArm(2)).toMatchObject({ completions: null, alpha: progressArm(2).alpha });
    expect(() => progressArm(3)).toThrow('strength must be one of 2, 5, 8, 10, 15, 30, 100, 1000, got 3');
  });
});

describe('one step in a random tree', () => {
  it('gains to first order the variance of the policy’s own advantages plus alignment', () => {
    const at = (rate: number) => compareProvers({ depth: 4, branching: 3, provers: 50, rate }, 0);
    const [coarse, fine] = [at(0.1), at(0.001)];
    expect(fine.residual).toBeLessThan(0.002);
    // What is left is of second order: a hundredth of the rate, a hundredth of the rest.
    expect(coarse.residual / fine.residual).toBeGreaterThan(50);
    expect(fine.rank.alignment).toBeGreaterThan(0.999);
  });
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  });

  it('judges every claim that an experiment can judge, without a failure', () => {
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
  });

  it('draws its figures', () => {
    const drawn = ['success', 'strength', 'arms', 'provers', 'search', 'search-arms', 'answers'];
    expect(report.figures.map(({ id }) => id)).toEqual(drawn);
  });

  it('summarises a single trial, and repeats a trial exactly', async () => {
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke' })).slice(-1);
    const task: Task = { kind: 'trial', slug: 'pav', trial: trials[0], inputs: [] };
    const once = await runTask(experiment, task, quiet, quiet.signal);
    expect(await runTask(experiment, task, quiet, quiet.signal)).toEqual(once);
    const single = { ...experiment, trials: () => trials };
    const one = await runExperiment(single, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(one.failures).toEqual([]);
    for (const claim of Object.values(one.claims)) expect(claim?.verdict).toBe('inconclusive');
  });
});
