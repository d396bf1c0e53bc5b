import type { Figure } from '@laurel/core/paper';
import { lazy, Suspense, useId } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Prose } from '../prose/Prose.tsx';
import { DataTables, RowTable } from './DataTables.tsx';
import { defaults } from './defaults.ts';
import styles from './figures.module.css';

const PlotView = lazy(() => import('./PlotView.tsx'));

/** A figure with its title, caption and the numbers behind it. */
export function FigureView({ figure }: { figure: Figure }) {
  const title = useId();
  return (
    <figure className={styles.figure} aria-labelledby={title}>
      <h4 id={title} className={styles.title}>
        {figure.title}
      </h4>
      <ErrorBoundary fallback={<p className={styles.failed}>This figure could not be drawn. Its data are below.</p>}>
        <Body figure={figure} />
      </ErrorBoundary>
      <figcaption className={styles.caption}>
        <Prose text={figure.caption} />
      </figcaption>
      <DataTables figure={figure} />
    </figure>
  );
}

function Body({ figure }: { figure: Figure }) {
  if (figure.kind === 'table')
    return (
      <RowTable table={{ name: figure.id, columns: [...figure.columns], rows: figure.rows }} label={figure.title} />
    );
  if (figure.kind === 'text') {
    return (
      <dl className={styles.texts}>
        {figure.items.map(({ label, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items never change places and labels may repeat
          <div key={i}>
            <dt>{label}</dt>
            <dd>
              <pre>{text}</pre>
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <Suspense fallback={<div className={styles.drawing} style={{ height: figure.height ?? defaults.height }} />}>
      <PlotView figure={figure} />
    </Suspense>
  );
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <div className={styles.figures}>
      {figures.map((figure) => (
        <FigureView key={figure.id} figure={figure} />
      ))}
    </div>
  );
}
