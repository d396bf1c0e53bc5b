import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { StopIcon } from '../components/icons.tsx';
import { countTrials, fractionOf, isOver, type RunProgress } from './progress.ts';
import styles from './run-view.module.css';
import { textOf } from './schema-form.ts';
import { cancel, type Run, refusal } from './store.ts';
import { TrialGrid } from './TrialGrid.tsx';

const LiveView = lazy(() => import('../figures/LiveView.tsx'));

const phases: Record<RunProgress['phase'], string> = {
  starting: 'Starting',
  running: 'Running',
  done: 'Finished',
  cancelled: 'Cancelled',
  failed: 'Failed',
};

/** A run as it goes, and how it went. */
export function RunView({ run, preset }: { run: Run; preset: Readonly<Record<string, unknown>> }) {
  const { progress } = run;
  const over = isOver(progress);
  // What a server reports are all parameters; the reader wants those that somebody chose.
  const changed = Object.fromEntries(
    Object.entries(run.params).filter(([name, value]) => textOf(value) !== textOf(preset[name])),
  );
  const now = useNow(!over);
  const [problem, setProblem] = useState<string | null>(null);
  const seconds = Math.max(0, ((run.endedAt ?? now) - run.startedAt) / 1000);
  const fraction = fractionOf(progress);
  const counts = countTrials(progress);
  const left = !over && fraction > 0.05 && seconds > 3 ? (seconds * (1 - fraction)) / fraction : null;
  const stop = async () => {
    try {
      await cancel(run);
    } catch (error) {
      if (error instanceof Error) setProblem(refusal(error));
    }
  };
  return (
    <div className={styles.run} data-run={progress.phase}>
      <div className={styles.head}>
        <h3>
          {phases[progress.phase]}
          <span>
            {run.profile}
            {run.seeds === null ? '' : `, ${run.seeds} ${run.seeds === 1 ? 'seed' : 'seeds'}`}
            {Object.entries(changed).map(([name, value]) => `, ${name} = ${textOf(value)}`)},{' '}
            {run.where === 'browser' ? 'in this browser' : 'on the server'}
          </span>
        </h3>
        {!over && (
          <button type="button" className={styles.cancel} onClick={() => void stop()}>
            <StopIcon /> Cancel
          </button>
        )}
      </div>
      <progress className={styles.bar} value={fraction} aria-label="Progress of the run" />
      <p className={styles.numbers}>
        <span>
          {progress.trials.length === 0
            ? 'Planning…'
            : `${counts.finished} of ${progress.trials.length} trials${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`}
        </span>
        <span>{duration(seconds)}</span>
        {left !== null && <span>about {duration(left)} left</span>}
      </p>
      <p className="visually-hidden" role="status">
        {spoken(progress, fraction)}
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      {progress.error !== null && (
        <p role="alert" className={styles.error}>
          {progress.error}
        </p>
      )}
      <Artifacts progress={progress} />
      {progress.trials.length > 0 && <TrialGrid trials={progress.trials} />}
      {!over && <Active progress={progress} />}
      {progress.points.length > 1 && (!over || progress.phase !== 'done') && (
        <ErrorBoundary fallback={null}>
          <Suspense fallback={null}>
            <LiveView points={progress.points} />
          </Suspense>
        </ErrorBoundary>
      )}
      <Failures progress={progress} />
    </div>
  );
}

function Artifacts({ progress: { artifacts } }: { progress: RunProgress }) {
  const building = artifacts.filter(({ state }) => state === 'building');
  if (building.length === 0) return null;
  return (
    <ul className={styles.active}>
      {building.map(({ name, fraction, note }) => (
        <li key={name}>
          <span>Preparing {name}</span>
          <progress value={fraction} aria-label={`Preparing ${name}`} />
          <span className={styles.note}>{note}</span>
        </li>
      ))}
    </ul>
  );
}

function Active({ progress: { trials } }: { progress: RunProgress }) {
  const running = trials
    .flatMap((trial, index) => (trial.state === 'running' ? [{ ...trial, index }] : []))
    .slice(0, 4);
  if (running.length === 0) return null;
  return (
    <ul className={styles.active}>
      {running.map(({ index, label, fraction, note }) => (
        <li key={index}>
          <span>{label}</span>
          <progress value={fraction} aria-label={label} />
          <span className={styles.note}>{note}</span>
        </li>
      ))}
    </ul>
  );
}

function Failures({ progress: { trials } }: { progress: RunProgress }) {
  const failed = trials.filter(({ error }) => error !== null);
  if (failed.length === 0) return null;
  return (
    <details className={styles.failures}>
      <summary>
        {failed.length === 1 ? 'One trial failed' : `${failed.length} trials failed`}; the verdicts rest on the others
      </summary>
      <ul>
        {failed.map(({ label, seed, error }) => (
          <li key={`${label} ${seed}`}>
            <strong>{label}</strong> <code>{error}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** For screen readers: quarters, not every step. */
function spoken(progress: RunProgress, fraction: number): string {
  if (progress.phase === 'running') return `Running, ${25 * Math.floor(4 * fraction)}% done`;
  if (progress.phase === 'done') return 'The run has finished; its verdicts and figures are shown.';
  return `${phases[progress.phase]}.`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
