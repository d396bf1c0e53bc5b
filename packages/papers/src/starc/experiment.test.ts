import { sparseModel } from '@laurel/core/env';
import { inlineExecutor, planOf, runExperiment } from '@laurel/core/paper';
import { policyIteration, policyReturn } from '@laurel/core/policy';
import { pearson, Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { configurationLabel, configurations, positionOf } from './configurations.ts';
import { experiment } from './experiment.ts';
import { addPair, noMoments, pooledCorrelation } from './moments.ts';
import { paper } from './paper.ts';
import { randomReward } from './rewards.ts';
import { walk } from './walk.ts';

const model = sparseModel({ nS: 10, nA: 3, gamma: 0.9 }, new Random(0, 'test'));

describe('configurations', () => {
  it('are found at their positions and named as in the paper', () => {
    expect(configurations).toHaveLength(7 * 7 * 6);
    configurations.forEach(({ canon, norm, metric }, at) => {
      expect(positionOf(canon, norm, metric)).toBe(at);
    });
    expect(configurationLabel(configurations[positionOf('valPotential', 'L1', 'wL1')])).toBe('VALPotential-1-w1');
  });
});

describe('walk', () => {
  it('measures what a direct computation gives', () => {
    const rng = new Random(3, 'test');
    const r1 = randomReward(model, rng);
    const r2 = randomReward(model, rng);
    const measured = [...walk(model, r1, r2, 4)];
    const half = r1.map((value, i) => (value + r2[i]) / 2);
    const [first, other] = [policyIteration(model, r1), policyIteration(model, half)];
    const worstJ = (reward: Float64Array) =>
      -policyIteration(
        model,
        reward.map((value) => -value),
      ).J;
    const regret =
      ((first.J - policyReturn(model, r1, other.policy)) / (first.J - worstJ(r1)) +
        (other.J - policyReturn(model, half, first.policy)) / (other.J - worstJ(half))) /
      2;
    expect(measured[1].regret).toBeCloseTo(regret, 10);
    for (const { regret, worst, distances } of measured) {
      expect(regret).toBeGreaterThanOrEqual(-1e-12);
      if (worst !== null) expect(worst).toBeGreaterThanOrEqual(regret - 1e-9); // the optimal pair is one of the pairs
      expect(distances[positionOf('val')]).toBeLessThanOrEqual(2);
      expect(distances.every(Number.isFinite)).toBe(true);
    }
  });

  it('takes a trivial reward at either end', () => {
    const zero = new Float64Array(300);
    const other = randomReward(model, new Random(1));
    for (const ends of [
      [zero, other],
      [other, zero],
      [zero, zero],
    ]) {
      for (const { regret, worst, distances } of walk(model, ends[0], ends[1], 4)) {
        expect([regret, worst ?? 0, ...distances].every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe('pooledCorrelation', () => {
  it('is Pearson’s over all pairs drawn', () => {
    const rng = new Random(5);
    const pairs = Array.from({ length: 12 }, () => ({
      distances: Float64Array.from(configurations, () => rng.normal()),
      regret: rng.uniform(),
    }));
    const environments = [noMoments(), noMoments()];
    pairs.forEach((pair, i) => {
      addPair(environments[i < 5 ? 0 : 1], pair);
    });
    const both = [...pairs.slice(0, 5), ...pairs.slice(0, 5), ...pairs.slice(5)];
    const d = both.map(({ distances }) => distances[7]);
    expect(pooledCorrelation(environments, [0, 0, 1], 7)).toBeCloseTo(
      pearson(
        d,
        both.map(({ regret }) => regret),
      ),
      10,
    );
    expect(pooledCorrelation([noMoments()], [0], 7)).toBe(0);
  });
});

describe('experiment', () => {
  it('judges every claim it must, the theory’s exactly, and shows its figures', async () => {
    const report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(report.failures).toEqual([]);
    const judged = Object.entries(paper.claims).flatMap(([id, { test }]) => (test === 'experiment' ? [id] : []));
    expect(Object.keys(report.claims).sort()).toEqual(judged.sort());
    expect(report.claims['ignores-what-cannot-matter']?.verdict).toBe('holds');
    expect(report.claims['ignores-what-cannot-matter']?.ours.value).toBeLessThan(1e-12);
    expect(report.claims['older-metrics-unsound']?.verdict).toBe('holds');
    expect(report.claims['beats-epic']?.ours.value).toBeGreaterThan(0);
    expect(report.figures.map(({ id }) => id)).toEqual([
      'scatter',
      'strip',
      'val-over-epic',
      'by-form',
      'soundness',
      'blindness',
    ]);
  });

  it('gives the same for the same trial, and a summary of a single one', async () => {
    const plan = planOf(experiment, { profile: 'smoke' });
    const [trial] = experiment.trials(plan);
    const context = {
      signal: new AbortController().signal,
      progress: () => {},
      point: () => {},
      artifact: () => Promise.reject(new Error('no artifacts here')),
    };
    const result = await experiment.runTrial(trial, context);
    expect(await experiment.runTrial(trial, context)).toEqual(result);
    const { claims } = experiment.summarise([{ ...trial, result }], plan);
    expect(claims['beats-epic']).toMatchObject({ verdict: 'inconclusive', ours: { lo: null, hi: null } });
  });
});
