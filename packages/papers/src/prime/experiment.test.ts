import type { Gpt } from '@laurel/core/nn';
import { inlineExecutor, type RunReport, runExperiment } from '@laurel/core/paper';
import { beforeAll, describe, expect, it } from 'vitest';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainTask } from '../lab/task.ts';
import { type Arm, armOf, kinds } from './arms.ts';
import { experiment } from './experiment.ts';
import { paper } from './paper.ts';
import { type Outcome, type Training, train } from './train.ts';
import { area, fewerSteps, onlineStaysAccurate, type Run, reached } from './verdicts.ts';

const quiet = { signal: new AbortController().signal, progress: () => {}, point: () => {} };

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  });

  it('judges every claim that an experiment can judge, and one seed decides none', () => {
    expect(report.failures).toEqual([]);
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
    for (const claim of Object.values(report.claims)) expect(claim?.verdict).toBe('inconclusive');
  });

  it('draws its figures, with every arm in the table', () => {
    expect(report.figures.map(({ id }) => id)).toEqual([
      'accuracy',
      'differences',
      'pairs',
      'lines',
      'arms',
      'responses',
    ]);
    const arms = report.figures.find(({ id }) => id === 'arms');
    expect(arms?.kind === 'table' && arms.rows.length).toBe(kinds.length);
  });
});

describe('training', () => {
  const task = chainTask.parse({ operations: 2, room: 16 });
  const training: Training = { iterations: 3, prompts: 6, extra: 3, samples: 4, heldOut: 30, every: 1 };
  let base: Gpt;
  const run = (arm: Arm, seed = 0) => train(base, base, arm, task, training, seed, quiet);
  beforeAll(async () => {
    const wanted = chainBase.params.parse({ task, width: 16, accuracy: 0.3, seed: 0 });
    base = modelOf(
      await chainBase.build(wanted, { ...quiet, artifact: () => Promise.reject(new Error('needs none')) }),
    );
  });

  it('is RLOO on outcomes while reward model and reference are the same', () => {
    const arm = armOf('outcome');
    const plain = run(arm);
    const { scored, ...same } = run({ ...arm, kind: 'frozen' });
    expect({ ...same, scored: [] }).toEqual(plain);
    for (const one of scored) expect(one).toMatchObject({ pairs: 0.5, lines: 0.5, ratio: 0 });
    expect(plain.heldOut[3]).not.toEqual(plain.heldOut[0]);
  });

  it('meets the same responses first in every arm, and is determined by its seed', () => {
    const before = base.parameters.slice();
    const prime = run(armOf('prime'));
    expect(run(armOf('prime'))).toEqual(prime);
    expect(run(armOf('value')).training[0]).toBe(prime.training[0]);
    expect(base.parameters).toEqual(before);
    expect(prime.groups.every((count) => count > 0 && count <= training.prompts)).toBe(true);
  });
});

describe('the verdicts', () => {
  const line = (start: number, end: number) =>
    [0, 50, 100].map((iteration) => ({ iteration, accuracy: start + ((end - start) * iteration) / 100 }));
  const outcomeOf = (end: number, pairs: readonly [number, number]): Outcome => ({
    heldOut: line(0.4, end),
    training: [0.4, end],
    tokens: [27, 27],
    groups: [20, 20],
    scored: Array.from({ length: 8 }, (_, i) => ({ pairs: i < 4 ? pairs[0] : pairs[1], lines: 0.6, ratio: 0.5 })),
    examples: [],
  });
  const runs = (seeds: number, prime: number, frozen: readonly [number, number]): Run[] =>
    Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) => [
      { config: { arm: armOf('outcome') }, seed, label: '', result: outcomeOf(0.6 + seed / 100, [0, 0]) },
      { config: { arm: armOf('prime') }, seed, label: '', result: outcomeOf(prime + seed / 200, [0.55, 0.8]) },
      { config: { arm: armOf('frozen') }, seed, label: '', result: outcomeOf(0.6, frozen) },
    ]);

  it('measure areas and crossings', () => {
    expect(area({ heldOut: line(0.4, 0.8) })).toBeCloseTo(0.6, 12);
    expect(reached({ heldOut: line(0.4, 0.8) })).toBe(100);
    expect(reached({ heldOut: line(0.4, 0.6) })).toBeNull();
  });

  it('hold, are refuted, and stay open below six seeds', () => {
    expect(fewerSteps(runs(6, 0.8, [0.7, 0.6]))?.verdict).toBe('holds');
    expect(fewerSteps(runs(6, 0.5, [0.7, 0.6]))?.verdict).toBe('refuted');
    expect(fewerSteps(runs(5, 0.8, [0.7, 0.6]))?.verdict).toBe('inconclusive');
    expect(onlineStaysAccurate(runs(6, 0.8, [0.7, 0.6]))?.verdict).toBe('holds');
    // The frozen model gains as well: the difference alone does not confirm.
    expect(onlineStaysAccurate(runs(6, 0.8, [0.6, 0.7]))?.verdict).toBe('mixed');
    expect(onlineStaysAccurate(runs(6, 0.8, [0.95, 0.9]))?.verdict).toBe('refuted');
  });
});
