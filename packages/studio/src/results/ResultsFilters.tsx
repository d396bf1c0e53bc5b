import type { ResultRow } from '../api.ts';
import type { Change, ResultsSearch } from '../data/search-params.ts';
import styles from './results-filters.module.css';

export function ResultsFilters({
  rows,
  search,
  change,
}: {
  rows: readonly ResultRow[];
  search: ResultsSearch;
  change: (next: Change<ResultsSearch>) => void;
}) {
  const kinds = [...new Set(rows.map(({ evidence }) => evidence).filter((kind) => kind !== null))];
  return (
    <search className={styles.filters}>
      <input
        type="search"
        aria-label="Filter by words"
        placeholder="Filter by paper or claim…"
        value={search.q ?? ''}
        onChange={(event) => change({ q: event.target.value || undefined })}
      />
      {kinds.length > 0 && (
        <select
          aria-label="Evidence"
          value={search.evidence ?? ''}
          onChange={(event) => change({ evidence: event.target.value || undefined })}
        >
          <option value="">any evidence</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      )}
      {Object.keys(search).length > 0 && (
        <button type="button" onClick={() => change({ q: undefined, verdict: undefined, evidence: undefined })}>
          Clear
        </button>
      )}
    </search>
  );
}
