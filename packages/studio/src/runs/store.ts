import type { RunEvent } from '@laurel/core/paper';
import { useSyncExternalStore } from 'react';
import { api, type Profile, type RunRequest, type RunSummary, type ServerRun, Unreachable } from '../api.ts';
import { runInBrowser } from './in-browser.ts';
import { endOf, followOnServer } from './on-server.ts';
import { advance, isOver, notStarted, type RunProgress } from './progress.ts';

/** A run this page knows of. It lives as long as the page, whatever the reader looks at meanwhile. */
export interface Run {
  key: string;
  where: 'browser' | 'server';
  slug: string;
  profile: Profile;
  /** null: as many as the profile says. */
  seeds: number | null;
  params: Readonly<Record<string, unknown>>;
  startedAt: number;
  endedAt: number | null;
  progress: RunProgress;
}

let runs: readonly Run[] = [];
const listeners = new Set<() => void>();
const stops = new Map<string, () => void>();
const waiting = new Map<string, RunEvent[]>();
let scheduled = false;
let counter = 0;

export function useRuns(): readonly Run[] {
  return useSyncExternalStore(subscribe, () => runs);
}

/** Runs a paper's experiment in this browser. Returns the run's key. */
export function startHere({ slug, profile, seeds, params }: RunRequest): string {
  const key = `browser-${++counter}`;
  add({ key, where: 'browser', slug, profile, seeds: seeds ?? null, params: params ?? {}, startedAt: Date.now() });
  const request = { profile, ...(seeds === undefined ? {} : { seeds }), ...(params === undefined ? {} : { params }) };
  stops.set(
    key,
    runInBrowser(slug, request, (events) => receive(key, events)),
  );
  return key;
}

/** Runs a paper's experiment on the server. Rejects with what the server says against it. */
export async function startOnServer(request: RunRequest): Promise<string> {
  return attach(await api.startRun(request));
}

/** Follows a run on the server, whoever started it. Returns its key. */
export function attach(run: RunSummary): string {
  const key = `server-${run.id}`;
  if (runs.some((known) => known.key === key)) return key;
  add(described(key, run));
  stops.set(
    key,
    followOnServer(run.id, (events) => receive(key, events)),
  );
  return key;
}

/** Shows a run that ended earlier. Returns its key. */
export async function recall(id: string): Promise<string> {
  const key = `server-${id}`;
  if (runs.some((known) => known.key === key)) return key;
  const run = await api.run(id);
  const end = endOf(run);
  if (!end) return attach(run);
  add(described(key, run));
  receive(key, [end]);
  change(key, () => ({ endedAt: Date.parse(run.finishedAt ?? run.createdAt) }));
  return key;
}

/** Ends a run. One on the server ends with the event that says so; a server out of reach is told to nobody. */
export async function cancel(run: Run): Promise<void> {
  if (isOver(run.progress)) return;
  if (run.where === 'browser') {
    stops.get(run.key)?.();
    receive(run.key, [{ type: 'cancelled' }]);
    return;
  }
  const answer: ServerRun = await api.cancelRun(run.key.slice('server-'.length));
  const end = endOf(answer);
  if (end) {
    stops.get(run.key)?.();
    receive(run.key, [end]);
  }
}

/** What to tell a reader about a request that did not start. */
export function refusal(error: Error): string {
  return error instanceof Unreachable ? 'The server cannot be reached at the moment.' : error.message;
}

function described(key: string, run: RunSummary): Omit<Run, 'endedAt' | 'progress'> {
  const { slug, profile, seeds, params, createdAt } = run;
  return { key, where: 'server', slug, profile, seeds, params, startedAt: Date.parse(createdAt) };
}

const endings = new Set<(run: Run) => void>();

/** Tells of every run that ends while this page is open. */
export function onRunEnd(listener: (run: Run) => void): void {
  endings.add(listener);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Run[]): void {
  runs = next;
  for (const listener of listeners) listener();
}

function add(run: Omit<Run, 'endedAt' | 'progress'>): void {
  set([...runs, { ...run, endedAt: null, progress: notStarted }]);
}

function change(key: string, update: (run: Run) => Partial<Run>): void {
  set(runs.map((run) => (run.key === key ? { ...run, ...update(run) } : run)));
}

/** Events reach the page once a frame, however fast they come. A hidden page has no frames, hence the timer. */
function receive(key: string, events: RunEvent[]): void {
  const queue = waiting.get(key);
  if (queue) queue.push(...events);
  else waiting.set(key, [...events]);
  if (scheduled) return;
  scheduled = true;
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function flush(): void {
  scheduled = false;
  const due = [...waiting];
  waiting.clear();
  for (const [key, events] of due) {
    const before = runs.find((run) => run.key === key);
    change(key, ({ progress, endedAt }) => {
      // What was on its way when the reader cancelled.
      if (isOver(progress)) return {};
      const next = advance(progress, events);
      if (isOver(next)) stops.delete(key);
      return { progress: next, endedAt: isOver(next) ? (endedAt ?? Date.now()) : null };
    });
    const after = runs.find((run) => run.key === key);
    if (before && after && !isOver(before.progress) && isOver(after.progress)) {
      for (const listener of endings) listener(after);
    }
  }
}

/** Leaving the page would lose runs in this browser: the browser asks first. */
export function warnBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (runs.some((run) => run.where === 'browser' && !isOver(run.progress))) event.preventDefault();
  };
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}
