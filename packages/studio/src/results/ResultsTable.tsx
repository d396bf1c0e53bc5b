import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Verdict as Name, ResultRow } from '../api.ts';
import { Verdict } from '../components/Verdict.tsx';
import { formatNumber } from '../figures/format.ts';
import { Inline } from '../prose/Prose.tsx';
import { verdicts } from '../verdicts.ts';
import styles from './results-table.module.css';

/** The claims of one verdict. Groups without measurements are folded, for they are long. */
export function ResultsTable({
  verdict,
  rows,
  open: initially,
}: {
  verdict: Name;
  rows: readonly ResultRow[];
  open: boolean;
}) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const open = chosen ?? initially;
  return (
    <>
      <h2 className={styles.heading}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Verdict verdict={verdict} />
          <span className={styles.count}>{rows.length}</span>
        </button>
      </h2>
      <p className={styles.meaning}>{verdicts[verdict].meaning}</p>
      {open && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Paper</th>
              <th scope="col">Claim</th>
              <th scope="col">The paper reports</th>
              <th scope="col">We measure</th>
              <th scope="col">Evidence</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ClaimRow key={`${row.slug} ${row.id}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function ClaimRow({
  row: { slug, id, name, title, statement, reported, ours, measure, evidence, source },
}: {
  row: ResultRow;
}) {
  return (
    <tr>
      <th scope="row">
        <Link to="/papers/$slug" params={{ slug }} hash={`claim-${id}`} title={title}>
          {name}
        </Link>
      </th>
      <td>
        <Inline text={statement} />
      </td>
      <td className={styles.figure}>
        <div>
          <Inline text={reported} />
        </div>
      </td>
      <td className={styles.figure}>
        <div>
          {ours ? (
            <>
              <strong>{formatNumber(ours.value)}</strong>
              {ours.lo !== null && ours.hi !== null && ours.lo !== ours.hi && (
                <span className={styles.interval}>
                  {' '}
                  [{formatNumber(ours.lo)}, {formatNumber(ours.hi)}]
                </span>
              )}
              {measure && <span className={styles.measure}>{measure}</span>}
            </>
          ) : (
            <span className={styles.interval}>–</span>
          )}
        </div>
      </td>
      <td>
        <div>
          {evidence ?? <span className={styles.interval}>–</span>}
          {source && (
            <span className={styles.measure}>
              {source.profile}, {source.seeds} {source.seeds === 1 ? 'seed' : 'seeds'}
              {source.stale ? ', older code' : ''}
            </span>
          )}
        </div>
      </td>
    </tr>
  );
}
