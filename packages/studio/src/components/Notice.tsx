import type { ReactNode } from 'react';
import styles from './feedback.module.css';

/** A page or a part of one that has nothing to show: empty, missing, failed. */
export function Notice({
  title,
  children,
  action,
  alert = false,
  level = 2,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  alert?: boolean;
  level?: 1 | 2;
}) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.notice} role={alert ? 'alert' : undefined}>
      <svg className={styles.leaf} viewBox="0 0 64 40" width="64" height="40" aria-hidden="true">
        <path d="M4 34C22 32 42 24 60 6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        <path
          d="M24 29c2-8 8-12 16-12-2 8-8 12-16 12zM40 20c1-8 6-13 14-14-1 8-6 13-14 14zM16 31C12 25 13 19 18 14c4 6 3 12-2 17zM31 26c-3-6-2-12 4-16 3 6 2 12-4 16z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      </svg>
      <Heading>{title}</Heading>
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}

export function Failure({ error, retry, what }: { error: Error; retry: () => void; what: string }) {
  return (
    <Notice
      alert
      title={`${what} could not be loaded`}
      action={
        <button type="button" className={styles.button} onClick={retry}>
          Try again
        </button>
      }
    >
      <p>{error.message}</p>
    </Notice>
  );
}
