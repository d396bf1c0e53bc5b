import { inlineExecutor, type RunReport, runExperiment } from '@laurel/core/paper';
import { beforeAll, describe, expect, it } from 'vitest';
import { mainArms, names } from './arms.ts';
import { betas, exactPart } from './exact.ts';
import { experiment } from './experiment.ts';
import { measure } from './measure.ts';
import { paper } from './paper.ts';

describe('the exact part', () => {
  it('finds the identity and the sandwich at every prefix', () => {
    const { prefixes, largestError, sandwich, ...broken } = exactPart(3, 0, () => {});
    // 1 + 3 + … + 243 prefixes before the whole strings, for which the identity is the definition.
    expect(prefixes).toBe(3 * 364);
    expect(largestError).toBeLessThan(1e-9);
    expect(broken).toEqual({ outside: 0, rising: 0, farFromLimit: 0 });
    expect(sandwich.values).toHaveLength(betas.length);
    expect(sandwich.values[0]).toBeGreaterThan(sandwich.mean + 0.1);
  });
});

describe('measure', () => {
  const tested = (right: boolean, firstError: number) => ({
    prompt: Int32Array.of(1),
    response: Int32Array.of(2, 3),
    logProbs: Float32Array.of(-1, -1),
    right,
    answer: right ? '1' : '2',
    firstError,
  });
  const group = [tested(true, -1), tested(false, 1), tested(false, 0)];
  const scored = (...increases: number[]) => ({
    increases: Float64Array.from(increases),
    values: Float64Array.from(increases, (_, k) => increases.slice(0, k + 1).reduce((a, b) => a + b, 0)),
  });
  const valued = [
    { group: 0, line: 0, value: 1 },
    { group: 1, line: 0, value: 0 },
  ];

  it('finds a perfect scorer perfect, and the opposite the opposite', () => {
    const groups = [group, group];
    const scores = [scored(1, 1), scored(1, -1), scored(-1, 1)];
    const good = measure(groups, [scores, scores], valued, 'increases', [1, 3]);
    expect(good.best['lowest increase'].map((x) => x.toFixed(3))).toEqual(['0.333', '1.000']);
    expect(good.increase).toEqual({ upTo: 1, all: 1 });
    expect(good.firstErrorF1).toBe(1);
    expect([good.weightedVote, good.majority]).toEqual([1, 0]);
    const turned = scores.map(({ increases }) => scored(...increases.map((x) => -x)));
    const bad = measure(groups, [turned, turned], valued, 'increases', [1, 3]);
    expect(bad.increase).toEqual({ upTo: 0, all: 0 });
    expect(bad.best['lowest increase'][1]).toBeLessThan(1);
  });
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  }, 60_000);

  it('judges every claim that an experiment can judge, without a failure', () => {
    expect(report.failures).toEqual([]);
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
    expect(report.claims['exact-prefix-value']?.verdict).toBe('holds');
    // A single seed leaves intervals undefined.
    expect(report.claims['locates-errors']?.verdict).toBe('inconclusive');
    expect(report.claims['beats-rollout-labels']?.verdict).toBe('inconclusive');
  });

  it('shows all scorers, and pays rollout labels no more than the implicit model', () => {
    const ids = ['sandwich', 'errors', 'best-of-n', 'tokens', 'scorers', 'heat-map', 'solutions'];
    expect(report.figures.map(({ id }) => id)).toEqual(ids);
    const scorers = report.figures.find(({ id }) => id === 'scorers');
    if (scorers?.kind !== 'table') throw new Error('scorers must be a table');
    expect(scorers.rows).toHaveLength(mainArms.length);
    const tokens = new Map(scorers.rows.map((row) => [row.scorer, Number(row.tokens)]));
    const budget = tokens.get(names.ce) ?? 0;
    for (const name of [names.softEqual, names.hardEqual]) {
      expect(tokens.get(name)).toBeLessThanOrEqual(budget);
      expect(tokens.get(name)).toBeGreaterThan(0.8 * budget);
    }
    expect(tokens.get(names.soft)).toBeGreaterThan(budget);
  });
});
