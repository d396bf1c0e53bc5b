import type { RunEvent, RunReport } from '@laurel/core/paper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  limits,
  postgresMissing,
  type Scratch,
  sampleSource,
  scratchHome,
  scratchPostgres,
} from '../../test/support.ts';
import { openStore, type Store } from '../db/open.ts';
import { Engine } from './engine.ts';

const missing = await postgresMissing();
if (missing) console.warn(`skipping tests on PostgreSQL: ${missing}`);

async function events(engine: Engine, id: string): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of engine.watch(id)) all.push(event);
  return all;
}

describe.each([
  { kind: 'embedded', scratch: scratchHome, skip: false },
  { kind: 'postgres', scratch: scratchPostgres, skip: missing !== null },
])('Engine on $kind', ({ scratch, skip }) => {
  if (skip) {
    it.skip('needs PostgreSQL', () => {});
    return;
  }
  let place: Scratch;
  let store: Store;
  let engine: Engine;
  beforeAll(async () => {
    place = await scratch();
    store = await openStore(place);
    engine = await Engine.start(store, limits, { source: sampleSource });
  });
  afterAll(async () => {
    await engine?.close();
    await store?.close();
    await place?.remove();
  });

  it('runs an experiment to its verdicts, telling how it goes', async () => {
    const { id } = await engine.run('sample', { profile: 'quick', params: { milliseconds: 150 } });
    const told = await events(engine, id);
    expect(told[0]).toMatchObject({
      type: 'planned',
      trials: expect.arrayContaining([{ label: 'trial 0.3', seed: 0 }]),
    });
    expect(told.filter(({ type }) => type === 'finished')).toHaveLength(8);
    expect(told.some(({ type }) => type === 'point')).toBe(true);
    const last = told.at(-1) as { type: 'summary'; report: RunReport };
    expect(last.type).toBe('summary');
    expect(last.report.claims['mean-positive']).toMatchObject({ verdict: 'holds', ours: { value: 3.5, n: 8 } });
    expect(await engine.find(id)).toMatchObject({ status: 'done', trials: 8, finished: 8, failed: 0 });
  });

  it('does not repeat finished trials', async () => {
    const { id } = await engine.run('sample', { profile: 'quick', params: { milliseconds: 150 } });
    const told = await events(engine, id);
    expect(told.filter((event) => event.type === 'finished' && event.cached)).toHaveLength(8);
  });

  it('records a trial that throws, gives NaN, or goes over its memory, and the others go on', async () => {
    for (const [behaviour, error] of [
      ['throw', 'trial 1 throws'],
      ['nan', 'result of trial "trial 0.1".value must be a finite number, got NaN'],
      ['hog', 'needed more than its limit of 256 MB'],
    ]) {
      const { id } = await engine.run('sample', { profile: 'quick', params: { behaviour } });
      await events(engine, id);
      expect(await engine.find(id)).toMatchObject({
        status: 'done',
        finished: 7,
        failed: 1,
        report: { failures: [{ trial: 1, label: 'trial 0.1', error: expect.stringContaining(error) }] },
      });
    }
  });

  it('builds what trials share once, with its figures', async () => {
    const { id } = await engine.run('sample', { profile: 'quick', params: { share: 5 } });
    await events(engine, id);
    expect(await engine.find(id)).toMatchObject({
      report: {
        claims: { 'mean-positive': { ours: { value: 8.5 } } },
        artifacts: [{ name: 'shared', figures: [{ id: 'numbers' }] }],
      },
    });
  });

  it('fails a run whose artifact cannot be built, with the reason', async () => {
    const { id } = await engine.run('sample', { profile: 'smoke', params: { share: -1 } });
    expect((await events(engine, id)).at(-1)).toEqual({
      type: 'error',
      error: 'artifact shared: value must not be negative',
    });
  });

  it('cancels: a trial in a tight loop too', async () => {
    const { id } = await engine.run('sample', { profile: 'quick', params: { behaviour: 'spin', salt: 'cancel' } });
    const told: RunEvent[] = [];
    for await (const event of engine.watch(id)) {
      told.push(event);
      if (event.type === 'progress' && event.trial === 1) await engine.cancel(id);
    }
    expect(told.at(-1)).toEqual({ type: 'cancelled' });
    expect((await engine.find(id))?.status).toBe('cancelled');
    // The processes are free again.
    const next = await engine.run('sample', { profile: 'smoke', params: { salt: 'after' } });
    await events(engine, next.id);
    expect((await engine.find(next.id))?.status).toBe('done');
  });

  it('refuses what it cannot run, naming what it can', async () => {
    await expect(engine.run('nothing', { profile: 'quick' })).rejects.toThrow('no experiment; these run: sample');
    await expect(engine.run('sample', { profile: 'quick', params: { trails: 3 } })).rejects.toThrow(
      'sample has no parameter trails; it has: trials',
    );
  });
});
