import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Task } from '@laurel/core/paper';
import type { FromChild, ToChild } from './child.ts';

export interface TaskResult {
  result: unknown;
  milliseconds: number;
}

export interface TaskProgress {
  progress(fraction: number, note: string | undefined, points: [series: string, x: number, y: number][]): void;
}

export interface TaskLimits {
  /** Memory of a task's process, in megabytes. */
  megabytes: number;
  /** Wall-clock seconds of a task. */
  seconds: number;
}

/** The task itself failed (threw, or went over a limit): running it again would fail again. */
export class TaskError extends Error {
  readonly milliseconds: number;
  constructor(message: string, milliseconds: number) {
    super(message);
    this.milliseconds = milliseconds;
  }
}

const IDLE_MS = 30_000;
const WATCH_MEMORY_MS = 500;
const PAGE_BYTES = 4096;

/**
 * A pool of processes, each doing one task at a time and many after another. Processes and not threads, because V8 ends
 * the whole process when one thread of it runs out of memory: a task that goes over a limit must not take others along.
 */
export class Processes {
  readonly size: number;
  readonly #limits: TaskLimits;
  readonly #experiments: string;
  readonly #idle: Child[] = [];
  readonly #busy = new Set<Child>();
  readonly #waiting: (() => void)[] = [];
  #closed = false;

  /** @param experiments the module that exports `loadExperiment` */
  constructor(size: number, limits: TaskLimits, experiments: string) {
    this.size = size;
    this.#limits = limits;
    this.#experiments = experiments;
  }

  /** Does a task in a free process, waiting for one. Rejects with TaskError, or with the signal's reason. */
  async run(task: Task, hooks: TaskProgress, signal: AbortSignal): Promise<TaskResult> {
    signal.throwIfAborted();
    while (this.#busy.size >= this.size) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#closed) throw new Error('the processes are closed');
    const child = this.#takeIdle() ?? new Child(this.#limits, this.#experiments);
    this.#busy.add(child);
    try {
      signal.throwIfAborted();
      return await child.run(task, hooks, signal);
    } finally {
      this.#busy.delete(child);
      if (child.alive && !this.#closed) this.#keep(child);
      this.#waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#idle, ...this.#busy].map((child) => child.end()));
  }

  #takeIdle(): Child | undefined {
    for (let child = this.#idle.pop(); child; child = this.#idle.pop()) {
      if (child.alive) return child;
    }
    return undefined;
  }

  #keep(child: Child): void {
    this.#idle.push(child);
    setTimeout(() => {
      const at = this.#idle.indexOf(child);
      if (at >= 0 && performance.now() - child.lastUsed >= IDLE_MS) {
        this.#idle.splice(at, 1);
        child.end();
      }
    }, IDLE_MS + 100).unref();
  }
}

class Child {
  alive = true;
  lastUsed = 0;
  readonly #process: ChildProcess;
  readonly #limits: TaskLimits;
  #lastWords = '';
  #id = 0;

  constructor(limits: TaskLimits, experiments: string) {
    this.#limits = limits;
    this.#process = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [experiments], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${limits.megabytes}`, '--no-warnings'],
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-4000);
    });
    this.#process.on('exit', () => {
      this.alive = false;
    });
    this.#process.on('error', () => {
      this.alive = false;
    });
  }

  async end(): Promise<void> {
    this.alive = false;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await gone;
  }

  run(task: Task, hooks: TaskProgress, signal: AbortSignal): Promise<TaskResult> {
    const id = ++this.#id;
    const began = performance.now();
    const child = this.#process;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(deadline);
        clearInterval(watch);
        signal.removeEventListener('abort', onAbort);
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        this.lastUsed = performance.now();
        finish();
      };
      const stop = (reason: unknown) => {
        const ended = this.end();
        settle(() => ended.finally(() => reject(reason)));
      };
      const failed = (message: string) => new TaskError(message, Math.round(performance.now() - began));
      const overMemory = () => failed(`needed more than its limit of ${this.#limits.megabytes} MB of memory`);
      const onAbort = () => stop(signal.reason);
      const deadline = setTimeout(
        () => stop(failed(`took longer than its limit of ${this.#limits.seconds} s`)),
        this.#limits.seconds * 1000,
      );
      // The heap limit knows nothing of typed arrays and WebAssembly; the operating system does, where it can be asked.
      const watch = setInterval(async () => {
        const megabytes = await residentMegabytes(child.pid);
        if (megabytes !== null && megabytes > this.#limits.megabytes + BASE_MEGABYTES) stop(overMemory());
      }, WATCH_MEMORY_MS);
      const onMessage = (message: FromChild) => {
        if (message.id !== id) return;
        if (message.kind === 'progress') hooks.progress(message.fraction, message.note, message.points);
        else if (message.kind === 'result') settle(() => resolve(message));
        else settle(() => reject(new TaskError(message.error, Math.round(message.milliseconds))));
      };
      const onExit = (code: number | null, by: string | null) => {
        const memory = /heap out of memory|Allocation failed/i.test(this.#lastWords);
        const words = this.#lastWords.trim().split('\n').at(-1) ?? '';
        const text = `its process ended (${by ?? `status ${code}`})${words ? `: ${words}` : ''}`;
        settle(() => reject(memory ? overMemory() : failed(text)));
      };
      const onError = (error: Error) => settle(() => reject(failed(error.message)));
      signal.addEventListener('abort', onAbort, { once: true });
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.send({ id, task } satisfies ToChild);
    });
  }
}

/** What Node and the experiment's code take before a task allocates anything. */
const BASE_MEGABYTES = 200;

async function residentMegabytes(pid: number | undefined): Promise<number | null> {
  try {
    const pages = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1];
    return (Number(pages) * PAGE_BYTES) / 2 ** 20;
  } catch {
    return null; // not Linux, or gone
  }
}
