import { Worker } from 'node:worker_threads';
import { type AnyExperiment, runTask, type Task } from '@laurel/core/paper';

/** The far end of a child process: does one task after another and says how it goes. */

export interface ToChild {
  id: number;
  task: Task;
}

export type FromChild =
  | { kind: 'result'; id: number; result: unknown; milliseconds: number }
  | { kind: 'error'; id: number; error: string; milliseconds: number }
  | { kind: 'progress'; id: number; fraction: number; note: string | undefined; points: [string, number, number][] };

const PROGRESS_EVERY_MS = 100;
const source: Promise<{ loadExperiment(slug: string): Promise<AnyExperiment> }> = import(process.argv[2]);
// A task is cancelled by ending its process, which works in the tightest loop too; so nobody aborts this.
const never = new AbortController().signal;

const send = (message: FromChild) => {
  process.send?.(message);
};

process.on('message', async ({ id, task }: ToChild) => {
  // Messages cost more than the arithmetic of a short trial, so progress is sent a few times a second at most.
  let last = performance.now();
  let fraction = 0;
  let note: string | undefined;
  let points: [string, number, number][] = [];
  const flush = () => {
    send({ kind: 'progress', id, fraction, note, points });
    points = [];
    last = performance.now();
  };
  const maybe = () => {
    if (performance.now() - last >= PROGRESS_EVERY_MS) flush();
  };
  const began = performance.now();
  try {
    const experiment = await (await source).loadExperiment(task.slug);
    const hooks = {
      progress: (done: number, word?: string) => {
        fraction = Math.max(0, Math.min(1, done));
        note = word;
        maybe();
      },
      point: (series: string, x: number, y: number) => {
        points.push([series, x, y]);
        maybe();
      },
    };
    const result = await runTask(experiment, task, hooks, never);
    if (points.length > 0) flush();
    send({ kind: 'result', id, result, milliseconds: performance.now() - began });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    send({ kind: 'error', id, error: text, milliseconds: performance.now() - began });
  }
});
process.on('disconnect', () => process.exit());

// Should the parent be killed while a task computes without a pause, nothing here would notice; a thread of its own does.
new Worker(
  `const parent = process.ppid;
   setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);`,
  { eval: true },
).unref();
