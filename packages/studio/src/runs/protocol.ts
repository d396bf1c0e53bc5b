import type { RunEvent, RunRequest, Task } from '@laurel/core/paper';

/** What the page and the coordinating worker, and that one and its task workers, say to each other. */

export interface StartRun {
  kind: 'run';
  slug: string;
  request: RunRequest;
  /** Task workers at once. */
  concurrency: number;
}

export type FromRun = { kind: 'events'; events: RunEvent[] };

export interface StartTask {
  kind: 'task';
  task: Task;
}

export type FromTask =
  | { kind: 'news'; news: TaskNews[] }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; error: string };

export type TaskNews =
  | { kind: 'progress'; fraction: number; note?: string }
  | { kind: 'point'; series: string; x: number; y: number };

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
