import { inlineExecutor, runExperiment } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { chainBase, modelOf } from '../lab/base.ts';
import { chainProcessModel } from '../lab/process-model.ts';
import { chainTask, familyOf } from '../lab/task.ts';
import { creditOf } from './credit.ts';
import { experiment } from './experiment.ts';
import { arms, nameOf } from './forms.ts';
import { scorersOf, studyScorers } from './scorers.ts';

const context = {
  signal: new AbortController().signal,
  progress: () => {},
  point: () => {},
};

describe('the comparison', () => {
  it('runs every arm to verdicts, with the shared models shown', async () => {
    const report = await runExperiment(
      experiment as never,
      { profile: 'smoke' },
      { executor: inlineExecutor(experiment as never) },
    );
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.claims).sort()).toEqual([
      'bounded-forms-resist',
      'dense-beats-verifier',
      'outcome-model-falls-short',
      'sum-is-farmed',
    ]);
    expect(report.artifacts.map(({ name }) => name)).toEqual([
      'lab/base',
      'lab/process-model',
      'process-rewards/scorers',
    ]);
    const hacks = report.figures.find(({ id }) => id === 'hacks');
    const names = hacks?.kind === 'table' ? hacks.rows.map(({ arm }) => arm) : [];
    expect(names).toEqual(['the base policy', ...arms.map(nameOf)]);
  });

  it('names an arm that does not exist', () => {
    const plan = { profile: 'smoke', seeds: [0], params: experiment.params.parse({ only: ['max'] }) } as const;
    expect(() => experiment.trials(plan)).toThrow('only must name arms');
  });
});

describe('creditOf', () => {
  it('gives finite advantages whose verified part is the leave-one-out outcome', async () => {
    const task = chainTask.parse({ operations: 2, plan: 0.3, room: 36 });
    const base = chainBase.params.parse({ task, width: 32, accuracy: 0.2, seed: 1 });
    const value = await chainBase.build(base, {
      ...context,
      artifact: () => Promise.reject(new Error('needs nothing')),
    });
    const given = { ...context, artifact: async () => value as never };
    const params = chainProcessModel.params.parse({
      base,
      completions: 1,
      rollouts: 40,
      epochs: 1,
      reading: 10,
      seed: 1,
    });
    const model = await chainProcessModel.build(params, given);
    const besides = await studyScorers.build({ model: params }, given);
    const policy = modelOf(value as never);
    const { tokenizer } = familyOf(task);
    const random = new Random(0, 'responses');
    const response = (length: number) => ({
      prompt: tokenizer.encode('3+4*2=?'),
      response: Int32Array.from({ length }, () => 3 + random.int(tokenizer.size - 3)),
      logProbs: new Float32Array(length),
      ended: false,
      problem: null,
    });
    const groups = [[response(1), response(9), response(36)]];
    const outcomes = [Float64Array.of(1, 0, 0)];
    for (const arm of arms) {
      const give = (which: typeof arm) =>
        creditOf(which, scorersOf(task, model as never, besides as never), policy, { task, learningRate: 1e-3 })(
          groups,
          outcomes,
        );
      const { advantages } = give(arm);
      expect(advantages[0].map(({ length }) => length)).toEqual([1, 9, 36]);
      expect(advantages.flat().every((tokens) => tokens.every(Number.isFinite))).toBe(true);
      const without = give({ ...arm, verified: false }).advantages;
      const verdict = arm.verified ? [1, -0.5, -0.5] : [0, 0, 0];
      advantages[0].forEach((tokens, i) => {
        tokens.forEach((a, t) => {
          expect(a - without[0][i][t]).toBeCloseTo(verdict[i], 9);
        });
      });
    }
  });
});
