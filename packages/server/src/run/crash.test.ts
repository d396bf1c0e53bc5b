import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '@laurel/core/paper';
import { afterEach, describe, expect, it } from 'vitest';
import {
  limits,
  postgresMissing,
  type Scratch,
  sampleSource,
  scratchHome,
  scratchPostgres,
} from '../../test/support.ts';
import { openStore } from '../db/open.ts';
import { trials } from '../db/schema.ts';
import { Engine } from './engine.ts';

const script = fileURLToPath(new URL('../../test/process.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts a process and gives its lines as they come. */
function start(what: 'run' | 'work', { home, databaseUrl }: Scratch, params: object = {}) {
  const child = spawn(process.execPath, [script, what, home, databaseUrl ?? '-', JSON.stringify(params)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const check of waiting) check();
  });
  const seen = (line: string, times = 1) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (lines.filter((each) => each === line).length < times) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { child, seen, kill };
}

async function finish(engine: Engine, id: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of engine.watch(id)) events.push(event);
  return events;
}

describe('after kill -9', () => {
  it('a run goes on where it was, repeating no finished trial', async () => {
    const place = await scratchHome();
    try {
      const params = { trials: 10, milliseconds: 200 };
      const victim = start('run', place, params);
      await victim.seen('finished', 4);
      await victim.kill();

      const store = await openStore(place);
      const before = await store.db.select().from(trials);
      expect(before.length).toBeGreaterThanOrEqual(4);
      const engine = await Engine.start(store, limits, { source: sampleSource });
      const run = await engine.resume('sample');
      const events = await finish(engine, run?.id ?? '');
      expect(events.at(-1)?.type).toBe('summary');
      expect(events.filter((event) => event.type === 'finished' && event.cached)).toHaveLength(before.length);
      const after = await store.db.select().from(trials);
      expect(after).toHaveLength(10);
      for (const row of before) expect(after).toContainEqual(row);
      await engine.close();
      await store.close();
    } finally {
      await place.remove();
    }
  }, 90_000);
});

const missing = await postgresMissing();
describe.skipIf(missing !== null)(`two workers on one PostgreSQL${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('share a run; one that is killed in the middle of a trial loses nothing and doubles nothing', async () => {
    const place = await scratchPostgres();
    try {
      const store = await openStore(place);
      const engine = await Engine.start(store, limits, { source: sampleSource, work: false });
      const workers = [start('work', place), start('work', place)];
      await Promise.all(workers.map(({ seen }) => seen('ready')));

      const shared = await engine.run('sample', { profile: 'quick', params: { trials: 12, milliseconds: 250 } });
      await finish(engine, shared.id);
      const rows = await store.db.select().from(trials);
      expect(rows).toHaveLength(12);
      expect(new Set(rows.map(({ worker }) => worker)).size).toBe(2);

      const cut = await engine.run('sample', {
        profile: 'quick',
        params: { trials: 6, milliseconds: 1500, salt: 'cut' },
      });
      const events: RunEvent[] = [];
      let killed = false;
      for await (const event of engine.watch(cut.id)) {
        events.push(event);
        const under = events.filter(({ type }) => type === 'started').length;
        if (under >= 2 && !killed) {
          killed = true;
          await workers[0].kill();
        }
      }
      expect(killed).toBe(true);
      expect(events.at(-1)?.type).toBe('summary');
      expect(await engine.find(cut.id)).toMatchObject({ status: 'done', finished: 6, failed: 0 });
      const all = await store.db.select().from(trials);
      expect(all).toHaveLength(18);
      await engine.close();
      await store.close();
    } finally {
      await place.remove();
    }
  }, 90_000);
});
