import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { runningQuery } from '../data/queries.ts';
import { fractionOf, isOver } from '../runs/progress.ts';
import { attach, useRuns } from '../runs/store.ts';
import styles from './run-indicator.module.css';

/** What is running, wherever the reader is; runs on the server are found again after a reload. */
export function RunIndicator() {
  const { data: onServer } = useQuery({ ...runningQuery(), refetchInterval: 60_000 });
  useEffect(() => {
    for (const run of onServer ?? []) attach(run);
  }, [onServer]);
  const running = useRuns().filter(({ progress }) => !isOver(progress));
  if (running.length === 0) return null;
  return (
    <details className={styles.indicator}>
      <summary>
        <span className={styles.pulse} />
        {running.length === 1 ? (
          <>
            <span className={styles.name}>{running[0].slug} </span>
            {percent(fractionOf(running[0].progress))}
          </>
        ) : (
          `${running.length} runs`
        )}
      </summary>
      <ul>
        {running.map(({ key, slug, where, profile, progress }) => (
          <li key={key}>
            <Link to="/papers/$slug" params={{ slug }} hash="run">
              <span>{slug}</span>
              <span className={styles.where}>
                {profile}, {where === 'browser' ? 'here' : 'on the server'} · {percent(fractionOf(progress))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

function percent(fraction: number): string {
  return `${Math.floor(100 * fraction)}%`;
}
