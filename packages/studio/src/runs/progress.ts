import type { RunEvent, RunReport } from '@laurel/core/paper';

/** What a reader sees of a run, as its events tell it. */
export interface RunProgress {
  phase: 'starting' | 'running' | 'done' | 'cancelled' | 'failed';
  trials: readonly TrialView[];
  artifacts: readonly ArtifactView[];
  /** Points of live curves, thinned to `POINT_LIMIT`. */
  points: readonly LivePoint[];
  report: RunReport | null;
  error: string | null;
}

export interface TrialView {
  label: string;
  seed: number;
  state: 'waiting' | 'running' | 'finished' | 'failed';
  fraction: number;
  note: string | null;
  cached: boolean;
  error: string | null;
}

export interface ArtifactView {
  name: string;
  state: 'waiting' | 'building' | 'built' | 'cached';
  fraction: number;
  note: string | null;
}

export interface LivePoint {
  trial: number;
  series: string;
  x: number;
  y: number;
}

export const POINT_LIMIT = 4000;

export const notStarted: RunProgress = {
  phase: 'starting',
  trials: [],
  artifacts: [],
  points: [],
  report: null,
  error: null,
};

export const isOver = ({ phase }: Pick<RunProgress, 'phase'>): boolean => phase !== 'starting' && phase !== 'running';

/**
 * The progress after some more events. A server that repeats a run from its start begins with `planned`, which starts
 * afresh; events of trials that no plan has named are ignored.
 */
export function advance(before: RunProgress, events: readonly RunEvent[]): RunProgress {
  const next = {
    ...before,
    trials: [...before.trials],
    artifacts: [...before.artifacts],
    points: [...before.points],
  };
  const touch = (index: number, change: Partial<TrialView>) => {
    const trial = next.trials[index];
    if (trial) next.trials[index] = { ...trial, ...change };
  };
  for (const event of events) {
    switch (event.type) {
      case 'planned':
        Object.assign(next, {
          phase: 'running',
          trials: event.trials.map(waitingTrial),
          artifacts: event.artifacts.map(waitingArtifact),
          points: [],
          report: null,
          error: null,
        });
        break;
      case 'artifact':
        next.artifacts = withArtifact(next.artifacts, event);
        break;
      case 'started':
        touch(event.trial, { state: 'running' });
        break;
      case 'progress':
        // Compact replays leave `started` out.
        touch(event.trial, { state: 'running', fraction: event.fraction, note: event.note ?? null });
        break;
      case 'point':
        next.points.push({ trial: event.trial, series: event.series, x: event.x, y: event.y });
        break;
      case 'finished':
        touch(event.trial, { state: 'finished', fraction: 1, note: null, cached: event.cached });
        break;
      case 'failed':
        touch(event.trial, { state: 'failed', fraction: 1, note: null, error: event.error });
        break;
      case 'summary':
        next.phase = 'done';
        next.report = event.report;
        break;
      case 'cancelled':
        next.phase = 'cancelled';
        next.trials = next.trials.map(stopped);
        break;
      case 'error':
        next.phase = 'failed';
        next.trials = next.trials.map(stopped);
        next.error = event.error;
        break;
    }
  }
  while (next.points.length > POINT_LIMIT) next.points = thinned(next.points);
  return next;
}

/** How much of a run is done, in [0, 1]; each artifact counts as one trial. */
export function fractionOf({ phase, trials, artifacts }: RunProgress): number {
  if (phase === 'done') return 1;
  const parts = [...trials, ...artifacts];
  if (parts.length === 0) return 0;
  return parts.reduce((sum, part) => sum + Math.min(1, Math.max(0, part.fraction)), 0) / parts.length;
}

export function countTrials({ trials }: RunProgress): Record<TrialView['state'], number> {
  const counts = { waiting: 0, running: 0, finished: 0, failed: 0 };
  for (const { state } of trials) counts[state]++;
  return counts;
}

/** A trial that nobody works on any more. */
function stopped(trial: TrialView): TrialView {
  return trial.state === 'running' ? { ...trial, state: 'waiting', fraction: 0, note: null } : trial;
}

function waitingTrial({ label, seed }: { label: string; seed: number }): TrialView {
  return { label, seed, state: 'waiting', fraction: 0, note: null, cached: false, error: null };
}

function waitingArtifact(name: string): ArtifactView {
  return { name, state: 'waiting', fraction: 0, note: null };
}

function withArtifact(views: ArtifactView[], event: Extract<RunEvent, { type: 'artifact' }>): ArtifactView[] {
  // Instances of one artifact share its name and are built one after another: the event is about the first not done.
  const index = views.findIndex(({ name, state }) => name === event.name && state !== 'built' && state !== 'cached');
  if (index < 0) return views;
  const done = event.state !== 'building';
  const view = {
    ...views[index],
    state: event.state,
    fraction: done ? 1 : (event.fraction ?? 0),
    note: event.note ?? null,
  };
  return views.with(index, view);
}

/** Every second point of each curve, and always its latest. */
function thinned(points: readonly LivePoint[]): LivePoint[] {
  const seen = new Map<string, number>();
  const kept: LivePoint[] = [];
  for (const point of points.toReversed()) {
    const curve = `${point.trial} ${point.series}`;
    const count = seen.get(curve) ?? 0;
    seen.set(curve, count + 1);
    if (count % 2 === 0) kept.push(point);
  }
  return kept.length < points.length ? kept.reverse() : kept.slice(0, POINT_LIMIT).reverse();
}
