import type { Executor, Task, TaskHooks } from '@laurel/core/paper';
import type { FromTask } from './protocol.ts';

/** A worker that runs one task at a time. */
export interface TaskWorker {
  /** `broke` is called when the worker itself fails: it could not be loaded, or ran out of memory. */
  start(task: Task, heard: (message: FromTask) => void, broke: (why: string) => void): void;
  terminate(): void;
}

/** Runs tasks in workers, each of which is kept for the next task. Aborting terminates the worker at once. */
export class WorkerPool implements Executor {
  readonly concurrency: number;
  readonly #spawn: () => TaskWorker;
  readonly #idle: TaskWorker[] = [];

  constructor(concurrency: number, spawn: () => TaskWorker) {
    this.concurrency = concurrency;
    this.#spawn = spawn;
  }

  run(task: Task, hooks: TaskHooks, signal: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const worker = this.#idle.pop() ?? this.#spawn();
      const abort = () => {
        worker.terminate();
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      const hear = (message: FromTask) => {
        if (message.kind === 'news') {
          for (const news of message.news) {
            if (news.kind === 'progress') hooks.progress(news.fraction, news.note);
            else hooks.point(news.series, news.x, news.y);
          }
          return;
        }
        signal.removeEventListener('abort', abort);
        this.#idle.push(worker);
        if (message.kind === 'done') resolve(message.result);
        else reject(new Error(message.error));
      };
      worker.start(task, hear, (why) => {
        signal.removeEventListener('abort', abort);
        worker.terminate();
        reject(new Error(why));
      });
    });
  }

  close(): void {
    for (const worker of this.#idle.splice(0)) worker.terminate();
  }
}
