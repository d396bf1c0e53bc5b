import { type AnyExperiment, inlineExecutor, runExperiment } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { experiment } from './experiment.ts';

const any = experiment as unknown as AnyExperiment; // its configurations are checked at the door of what takes them

describe('the smoke profile', () => {
  it('runs to a verdict on every claim that is judged here', async () => {
    const report = await runExperiment(any, { profile: 'smoke' }, { executor: inlineExecutor(any) });
    expect(report.failures).toEqual([]);
    const judged = Object.entries(experiment.paper.claims).flatMap(([id, { test }]) =>
      test === 'experiment' ? [id] : [],
    );
    for (const id of judged) expect(Object.keys(report.claims)).toContain(id);
    expect(report.figures.length).toBeGreaterThanOrEqual(3);
    expect(report.artifacts.map(({ name }) => name)).toContain('srm/preferences');
  });

  it('summarises a single trial', () => {
    const plan = { profile: 'smoke', seeds: [0], params: experiment.params.parse({}) } as const;
    expect(() => experiment.summarise([], plan)).not.toThrow();
  });
});
