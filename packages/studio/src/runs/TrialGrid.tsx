import { memo } from 'react';
import type { TrialView } from './progress.ts';
import styles from './trial-grid.module.css';

const inWords = { waiting: 'waiting', running: 'running', finished: 'finished', failed: 'failed' };

/** One cell a trial. */
export const TrialGrid = memo(function TrialGrid({ trials }: { trials: readonly TrialView[] }) {
  return (
    <div className={styles.grid} aria-hidden="true">
      {trials.map(({ label, seed, state, cached }, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a trial is its place in the plan
          key={i}
          className={styles[state]}
          title={`${label}, seed ${seed}: ${cached ? 'known from before' : inWords[state]}`}
        />
      ))}
    </div>
  );
});
