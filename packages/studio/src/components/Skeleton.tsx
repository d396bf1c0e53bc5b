import styles from './feedback.module.css';

/** A grey bar where text will be. */
export function Skeleton({ width = '100%', height = '1em' }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} />;
}

/** Says to a screen reader what the skeletons show to others. */
export function Loading({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div aria-busy="true">
      <p className="visually-hidden" role="status">
        Loading {what}…
      </p>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
