import { useState } from 'react';
import { refusal } from '../runs/store.ts';
import { longDate } from './dates.ts';
import styles from './paper.module.css';
import { labelOf, type ShownReport } from './use-report.ts';

/** Says which outcome is shown, and offers the others. */
export function ReportSource({ shown }: { shown: ShownReport }) {
  const { run, recorded, runs, earlier, show, fetchEarlier } = shown;
  const [problem, setProblem] = useState<string | null>(null);
  const finished = runs.filter(({ progress }) => progress.report !== null);
  const current = run?.progress.report ? run.key : recorded ? 'recorded' : '';
  const choose = async (value: string) => {
    setProblem(null);
    if (value === 'recorded') show(null);
    else if (finished.some(({ key }) => key === value)) show(value);
    else {
      try {
        await fetchEarlier(value);
      } catch (error) {
        if (error instanceof Error) setProblem(refusal(error));
      }
    }
  };
  return (
    <div className={styles.source}>
      {finished.length + earlier.length + (recorded ? 1 : 0) > 1 ? (
        <label>
          Shown:{' '}
          <select value={current} onChange={(event) => void choose(event.target.value)}>
            {recorded && (
              <option value="recorded">
                recorded, {recorded.profile}, {longDate(recorded.date)}
              </option>
            )}
            {finished.map((one) => (
              <option key={one.key} value={one.key}>
                {labelOf(one)}, {time(one.startedAt)}
              </option>
            ))}
            {earlier.map(({ id, profile, createdAt }) => (
              <option key={id} value={id}>
                {profile}, on the server, {longDate(createdAt)}, {time(Date.parse(createdAt))}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p>
          {run?.progress.report
            ? `From this run: ${labelOf(run)}.`
            : recorded &&
              `Recorded on ${longDate(recorded.date)}: ${recorded.profile}, ${recorded.seeds} seeds, ${Math.round(recorded.seconds)} s on ${recorded.machine}.`}
        </p>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  );
}

function time(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
