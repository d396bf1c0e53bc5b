import type { RunEvent, RunReport } from '@laurel/core/paper';
import type { BusMessage } from '../db/bus.ts';
import type { Store } from '../db/open.ts';
import type { RunPlan } from './plan.ts';
import type { RecentActivity } from './recent.ts';
import { type TrialState, trialStates } from './records.ts';
import { findRun } from './runs.ts';

const LOOK_EVERY_MS = 1000;

/**
 * The events of a run from now to its end, beginning with what has happened so far in short. Works in any process that
 * shares the database, whoever leads the run.
 */
export async function* watchRun(
  { store, recent }: { store: Store; recent: RecentActivity },
  id: string,
  plan: RunPlan,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const index = new Map(plan.trials.map(({ hash }, i) => [hash, i]));
  const names = new Map(plan.artifacts.map(({ hash, ref }) => [hash, ref.name]));
  const told = new Set<string>();
  const queue: RunEvent[] = [];
  let wake = () => {};

  let ended = false;

  const hear = (message: BusMessage) => {
    if (message.about === 'run' && message.run === id) ended = true;
    queue.push(...eventsOf(message, index, names, told));
    wake();
  };
  const end = ({ hash, status, error, milliseconds }: TrialState, cached: boolean): RunEvent[] => {
    const trial = index.get(hash);
    if (trial === undefined || told.has(hash)) return [];
    told.add(hash);
    if (status === 'failed') return [{ type: 'failed', trial, error: error ?? 'failed' }];
    return [{ type: 'finished', trial, cached, milliseconds }];
  };

  const unsubscribe = store.bus.subscribe(hear);
  signal.addEventListener('abort', () => wake());
  try {
    yield {
      type: 'planned',
      trials: plan.trials.map(({ trial: { label, seed } }) => ({ label, seed })),
      artifacts: plan.artifacts.map(({ ref }) => ref.name),
    };
    const run = await findRun(store.db, id);
    const already = await trialStates(store.db, [...index.keys()]);
    for (const state of already) {
      // Failures of an earlier run are about to be forgotten; only this run's own are told.
      if (state.status === 'done') queue.push(...end(state, true));
    }
    for (const [hash, trial] of index) {
      const activity = recent.get(hash);
      if (!activity || told.has(hash)) continue;
      if (activity.started) queue.push({ type: 'started', trial });
      queue.push(progressEvent(trial, activity.fraction, activity.note));
      for (const [series, x, y] of activity.points) queue.push({ type: 'point', trial, series, x, y });
    }
    let status = run?.status;
    for (let looked = performance.now(); !signal.aborted; ) {
      yield* queue.splice(0);
      if (status !== 'running') {
        const last = await findRun(store.db, id);
        const open = [...index.keys()].filter((hash) => !told.has(hash));
        for (const state of await trialStates(store.db, open)) yield* end(state, false);
        if (last?.status === 'cancelled') yield { type: 'cancelled' };
        else if (last?.status === 'failed') yield { type: 'error', error: last.error ?? 'failed' };
        else yield { type: 'summary', report: last?.report as RunReport };
        return;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (queue.length > 0 || ended || signal.aborted) wake();
      });
      if (ended || performance.now() - looked >= LOOK_EVERY_MS) {
        ended = false;
        status = (await findRun(store.db, id))?.status;
        looked = performance.now();
      }
    }
  } finally {
    unsubscribe();
  }
}

function progressEvent(trial: number, fraction: number, note: string | undefined): RunEvent {
  return { type: 'progress', trial, fraction, ...(note === undefined ? {} : { note }) };
}

function eventsOf(
  message: BusMessage,
  index: Map<string, number>,
  names: Map<string, string>,
  told: Set<string>,
): RunEvent[] {
  if (message.about === 'artifact') {
    const name = names.get(message.hash);
    return name !== undefined && message.state === 'built' ? [{ type: 'artifact', name, state: 'built' }] : [];
  }
  if (message.about === 'progress') {
    const trial = index.get(message.hash);
    if (trial !== undefined) {
      const points = message.points.map(([series, x, y]): RunEvent => ({ type: 'point', trial, series, x, y }));
      return [progressEvent(trial, message.fraction, message.note), ...points];
    }
    const name = names.get(message.hash);
    if (name === undefined) return [];
    const { fraction, note } = message;
    return [{ type: 'artifact', name, state: 'building', fraction, ...(note === undefined ? {} : { note }) }];
  }
  if (message.about !== 'trial') return [];
  const trial = index.get(message.hash);
  if (trial === undefined) return [];
  if (message.state === 'started') return [{ type: 'started', trial }];
  if (told.has(message.hash)) return [];
  told.add(message.hash);
  if (message.state === 'failed') return [{ type: 'failed', trial, error: message.error ?? 'failed' }];
  return [{ type: 'finished', trial, cached: false, milliseconds: message.milliseconds ?? 0 }];
}
