import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { bootstrap } from '../stats/index.ts';
import { defineArtifact } from './artifact.ts';
import { type AnyExperiment, defineExperiment, planOf } from './experiment.ts';
import { line, plot } from './figure.ts';
import { definePaper, type PaperInput } from './paper.ts';
import { inlineExecutor, type RunEvent, runExperiment } from './run.ts';
import { judgeAbove } from './verdict.ts';

const words = 'A summary long enough to be one. '.repeat(8);
const claim = {
  statement: 'The mean of the draws is positive',
  reported: 'qualitative',
  setting: 'test',
  baseline: null,
  test: 'experiment' as const,
  judged: 'interval above zero',
};
const base = {
  slug: 'sample',
  title: 'A sample paper',
  name: 'Sample',
  arxiv: null,
  date: '2024-01',
  authors: ['A. Author'],
  venue: 'none',
  code: null,
  tags: ['one', 'two'],
  rooms: ['stats'],
  summary: words,
  method: [{ text: 'Draw and average.' }, { text: 'Repeat for each seed.', tex: '\\bar x' }],
  pitfalls: ['Too few draws say little.'],
} satisfies Omit<PaperInput, 'claims'>;
const paper = definePaper({ ...base, claims: { 'mean-positive': claim } });

const offset = defineArtifact({
  name: 'offset',
  description: 'A shared number',
  params: z.object({ by: z.number() }),
  build: ({ by }) => ({ values: new Float64Array([by, by]) }),
  figures: () => [],
});
const shift = defineArtifact({
  name: 'shift',
  description: 'Twice the offset',
  params: z.object({ by: z.number() }),
  needs: ({ by }) => [offset.ref({ by })],
  build: async ({ by }, context) => (await context.artifact(offset.ref({ by }))).values[0] * 2,
  figures: () => [],
});

const experiment = defineExperiment({
  paper,
  evidence: 'exact',
  description: 'Adds numbers',
  params: z.object({ draws: z.int().min(1).default(3).describe('Draws a trial') }),
  profiles: { smoke: { seeds: 1 }, quick: { seeds: 3 }, full: { seeds: 5, params: { draws: 9 } } },
  artifacts: [offset, shift],
  trials: ({ params, seeds }) =>
    seeds.map((seed) => ({ config: { draws: params.draws, by: 0.5 }, seed, label: `s${seed}` })),
  needs: ({ by }) => [shift.ref({ by })],
  runTrial: async ({ config, seed }, context) => {
    expectTypeOf(config).toEqualTypeOf<{ draws: number; by: number }>();
    if (config.draws === 7 && seed === 1) throw new Error('seed 1 is broken');
    context.progress(1);
    context.point('mean', 0, seed);
    return { mean: seed + (await context.artifact(shift.ref({ by: config.by }))) };
  },
  summarise: (finished) => {
    const ours = bootstrap(finished.map(({ result }) => result.mean));
    const rows = finished.map(({ seed, result }) => ({ seed, mean: result.mean }));
    return {
      claims: { 'mean-positive': { verdict: judgeAbove(ours), ours, measure: 'mean', because: 'it is' } },
      figures: [plot({ id: 'means', title: 'Means', caption: '', marks: [line(rows, { x: 'seed', y: 'mean' })] })],
    };
  },
});

describe('defineExperiment', () => {
  it('refuses at compile time what is not plain data, not a claim, not a column', () => {
    defineExperiment({
      ...experiment,
      trials: () => [{ config: { n: 1 }, seed: 0, label: '' }],
      // @ts-expect-error a Map does not survive JSON
      runTrial: () => ({ table: new Map([['a', 1]]) }),
      summarise: () => ({ claims: {}, figures: [] }),
    });
    const summary = () => ({ claims: { 'no-such-claim': null }, figures: [] });
    // @ts-expect-error the paper has no such claim
    defineExperiment({ ...experiment, summarise: summary });
    // @ts-expect-error the rows have no such column
    line([{ step: 1 }], { x: 'step', y: 'loss' });
    expect(true).toBe(true);
  });

  it('is assignable to AnyExperiment without a cast', () => {
    const any: AnyExperiment = experiment;
    expect(any.paper.slug).toBe('sample');
  });
});

describe('planOf', () => {
  it('starts from the profile and lets the request differ', () => {
    expect(planOf(experiment, { profile: 'full' })).toEqual({
      profile: 'full',
      params: { draws: 9 },
      seeds: [0, 1, 2, 3, 4],
    });
    expect(planOf(experiment, { profile: 'quick', seeds: 1, params: { draws: 2 } }).params.draws).toBe(2);
  });

  it('names what does not fit', () => {
    expect(() => planOf(experiment, { profile: 'quick', params: { drawz: 2 } })).toThrow(
      /no parameter drawz; it has: draws/,
    );
    expect(() => planOf(experiment, { profile: 'quick', params: { draws: 0 } })).toThrow(/draws/);
    expect(() => planOf(experiment, { profile: 'quick', seeds: 0 })).toThrow(
      /seeds must be a positive whole number, got 0/,
    );
  });
});

describe('runExperiment', () => {
  it('builds artifacts in order of need, runs the trials, and summarises', async () => {
    const events: RunEvent[] = [];
    const report = await runExperiment(
      experiment,
      { profile: 'quick' },
      { executor: inlineExecutor(experiment), onEvent: (event) => events.push(event) },
    );
    expect(report.claims['mean-positive']?.ours.value).toBe(2);
    expect(report.artifacts.map(({ name }) => name)).toEqual(['offset', 'shift']);
    expect(events.map(({ type }) => type).filter((type) => type === 'finished')).toHaveLength(3);
    expect(events.at(-1)?.type).toBe('summary');
  });

  it('reports a trial that throws and goes on', async () => {
    const report = await runExperiment(
      experiment,
      { profile: 'quick', params: { draws: 7 } },
      { executor: inlineExecutor(experiment) },
    );
    expect(report.failures).toEqual([{ trial: 1, label: 's1', error: 'seed 1 is broken' }]);
    expect(report.claims['mean-positive']?.ours.n).toBe(2);
  });

  it('refuses a result with NaN, naming the place', async () => {
    const broken = defineExperiment({
      ...experiment,
      trials: ({ seeds }) => seeds.map((seed) => ({ config: null, seed, label: '' })),
      needs: () => [],
      runTrial: () => ({ curve: [1, Number.NaN] }),
      summarise: () => ({ claims: {}, figures: [] }),
    });
    const report = await runExperiment(broken, { profile: 'smoke' }, { executor: inlineExecutor(broken) });
    expect(report.failures[0].error).toMatch(/curve\[1\] must be a finite number, got NaN/);
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const run = runExperiment(
      experiment,
      { profile: 'full' },
      {
        executor: inlineExecutor(experiment),
        signal: controller.signal,
        onEvent: (event) => event.type === 'finished' && controller.abort(new Error('enough')),
      },
    );
    await expect(run).rejects.toThrow('enough');
  });
});
