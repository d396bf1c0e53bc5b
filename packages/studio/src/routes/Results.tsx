import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ResultRow } from '../api.ts';
import { Failure, Notice } from '../components/Notice.tsx';
import { Loading, Skeleton } from '../components/Skeleton.tsx';
import { resultsQuery } from '../data/queries.ts';
import { type Change, type ResultsSearch, resultsSearch } from '../data/search-params.ts';
import { ResultsFilters } from '../results/ResultsFilters.tsx';
import { ResultsTable } from '../results/ResultsTable.tsx';
import { Totals } from '../results/Totals.tsx';
import { usePage } from '../use-page.ts';
import { verdictOrder, verdicts } from '../verdicts.ts';
import styles from './results.module.css';

const route = getRouteApi('/results');

export function Results() {
  usePage('Results', 'All papers and all their claims, by verdict.');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: rows, error, isPending, refetch } = useQuery(resultsQuery());
  const change = (next: Change<ResultsSearch>) =>
    void navigate({ search: (before) => resultsSearch({ ...before, ...next }), replace: true, resetScroll: false });
  const kept = useMemo(() => (rows ?? []).filter((row) => fits(row, search)), [rows, search]);
  const groups = verdictOrder
    .map((verdict) => ({ verdict, rows: kept.filter((row) => row.verdict === verdict) }))
    .filter((group) => group.rows.length > 0 && (!search.verdict || group.verdict === search.verdict));
  return (
    <>
      <header className={styles.head}>
        <h1>Results</h1>
        <p>Every claim of every paper, by what came of it. What has not been measured is listed too.</p>
      </header>
      {isPending ? (
        <Loading what="results">
          <Skeleton height="2.2rem" />
          {['92%', '86%', '95%', '81%', '89%', '84%'].map((width) => (
            <p key={width} className={styles.waiting}>
              <Skeleton width={width} height="1.3rem" />
            </p>
          ))}
        </Loading>
      ) : error ? (
        <Failure what="The results" error={error} retry={() => void refetch()} />
      ) : (
        <>
          <Totals rows={kept} chosen={search.verdict} choose={(verdict) => change({ verdict })} />
          <ResultsFilters rows={rows} search={search} change={change} />
          {groups.length === 0 ? (
            <Notice title="No claim fits">
              <p>No claim meets these filters together.</p>
            </Notice>
          ) : (
            groups.map((group) => (
              <section key={group.verdict} aria-label={verdicts[group.verdict].label} className={styles.group}>
                <ResultsTable
                  verdict={group.verdict}
                  rows={group.rows}
                  open={search.verdict !== undefined || isJudged(group.verdict)}
                />
              </section>
            ))
          )}
        </>
      )}
    </>
  );
}

function isJudged(verdict: ResultRow['verdict']): boolean {
  return verdict !== 'planned' && verdict !== 'needs a model' && verdict !== 'not judged';
}

function fits(row: ResultRow, { q, evidence }: ResultsSearch): boolean {
  if (evidence && row.evidence !== evidence) return false;
  if (!q) return true;
  const text = `${row.name} ${row.title} ${row.statement} ${row.reported}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
