import type { Task } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { type TaskWorker, WorkerPool } from './pool.ts';
import type { FromTask } from './protocol.ts';

/** A worker that answers when the test says so. */
class FakeWorker implements TaskWorker {
  tasks = 0;
  terminated = false;
  answer: (message: FromTask) => void = () => {};
  fail: (why: string) => void = () => {};

  start(_task: Task, heard: (message: FromTask) => void, broke: (why: string) => void) {
    this.tasks++;
    this.answer = heard;
    this.fail = broke;
  }

  terminate() {
    this.terminated = true;
  }
}

const task: Task = { kind: 'trial', slug: 'sample', trial: { config: null, seed: 0, label: 'a' }, inputs: [] };
const hooks = { progress: () => {}, point: () => {} };

function pool() {
  const workers: FakeWorker[] = [];
  const made = new WorkerPool(2, () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { pool: made, workers };
}

describe('WorkerPool', () => {
  it('passes news on, resolves with the result and keeps the worker', async () => {
    const { pool: made, workers } = pool();
    const news: unknown[] = [];
    const watching = {
      progress: (fraction: number, note?: string) => news.push([fraction, note]),
      point: (series: string, x: number, y: number) => news.push([series, x, y]),
    };
    const signal = new AbortController().signal;
    const first = made.run(task, watching, signal);
    workers[0].answer({
      kind: 'news',
      news: [
        { kind: 'progress', fraction: 0.5, note: 'half' },
        { kind: 'point', series: 's', x: 1, y: 2 },
      ],
    });
    workers[0].answer({ kind: 'done', result: 42 });
    expect(await first).toBe(42);
    expect(news).toEqual([
      [0.5, 'half'],
      ['s', 1, 2],
    ]);
    const second = made.run(task, hooks, signal);
    workers[0].answer({ kind: 'failed', error: 'diverged' });
    await expect(second).rejects.toThrow('diverged');
    expect(workers).toHaveLength(1);
    made.close();
    expect(workers[0].terminated).toBe(true);
  });

  it('gives up a worker that breaks, and starts another', async () => {
    const { pool: made, workers } = pool();
    const signal = new AbortController().signal;
    const broken = made.run(task, hooks, signal);
    workers[0].fail('out of memory');
    await expect(broken).rejects.toThrow('out of memory');
    void made.run(task, hooks, signal);
    expect(workers.map(({ terminated, tasks }) => [terminated, tasks])).toEqual([
      [true, 1],
      [false, 1],
    ]);
  });

  it('terminates at once when cancelled', async () => {
    const { pool: made, workers } = pool();
    const controller = new AbortController();
    const run = made.run(task, hooks, controller.signal);
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(workers[0].terminated).toBe(true);
    await expect(made.run(task, hooks, controller.signal)).rejects.toThrow('enough');
  });
});
