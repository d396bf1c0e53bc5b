import { useEffect } from 'react';
import { knock, useReach } from '../data/reach.ts';
import styles from './reach.module.css';

/** A quiet word while the bundled catalogue stands in for the server. */
export function ReachNotice() {
  const reach = useReach();
  useEffect(() => {
    if (reach !== 'bundled') return;
    const look = () => void knock();
    const timer = setInterval(look, 30_000);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
    };
  }, [reach]);
  return (
    <div role="status">
      {reach === 'bundled' && (
        <p className={styles.notice}>
          <span>
            No server in reach: this is the catalogue that comes with the studio. Experiments run in this browser.
          </span>
          <button type="button" onClick={() => void knock()}>
            Look again
          </button>
        </p>
      )}
    </div>
  );
}
