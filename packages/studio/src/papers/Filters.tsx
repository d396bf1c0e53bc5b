import { useId, useState } from 'react';
import type { PaperList } from '../api.ts';
import { VerdictGlyph } from '../components/VerdictGlyph.tsx';
import { type Change, type FeedSearch, isFiltered } from '../data/search-params.ts';
import { verdictOrder, verdicts } from '../verdicts.ts';
import styles from './filters.module.css';

const TAGS = 10;

/** What narrows the feed; all of it stands in the address. On a narrow screen it folds away. */
export function Filters({
  all,
  search,
  change,
  clear,
  mode,
}: {
  all: PaperList | undefined;
  search: FeedSearch;
  change: (next: Change<FeedSearch>) => void;
  clear: () => void;
  mode: PaperList['mode'] | undefined;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const active = ['tag', 'room', 'verdict', 'from', 'to', 'runs'].filter((key) => key in search).length;
  const papers = all?.papers ?? [];
  const rooms = tally(papers.flatMap((card) => card.rooms));
  const withVerdict = tally(papers.flatMap((card) => [...new Set(card.verdicts.map(({ verdict }) => verdict))]));
  const years = [...new Set(papers.map(({ date }) => Number(date.slice(0, 4))))].sort((a, b) => b - a);
  return (
    <div className={styles.filters}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        Filters{active > 0 ? ` (${active})` : ''}
      </button>
      <form
        id={id}
        className={open ? styles.open : styles.panel}
        aria-label="Filters"
        onSubmit={(event) => event.preventDefault()}
      >
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={search.runs ?? false}
            onChange={(event) => change({ runs: event.target.checked || undefined })}
          />
          Only what runs
        </label>
        <fieldset>
          <legend>Verdict</legend>
          {verdictOrder
            .filter((verdict) => withVerdict.has(verdict) || search.verdict === verdict)
            .map((verdict) => (
              <Choice
                key={verdict}
                on={search.verdict === verdict}
                toggle={(on) => change({ verdict: on ? verdict : undefined })}
                count={withVerdict.get(verdict) ?? 0}
              >
                <VerdictGlyph verdict={verdict} size={13} />
                {verdicts[verdict].label}
              </Choice>
            ))}
        </fieldset>
        <fieldset>
          <legend>Tag</legend>
          {shownTags(all?.tags ?? [], search.tag).map(({ tag, count }) => (
            <Choice
              key={tag}
              on={search.tag === tag}
              toggle={(on) => change({ tag: on ? tag : undefined })}
              count={count}
            >
              {tag}
            </Choice>
          ))}
          {(all?.tags.length ?? 0) > TAGS && (
            <select
              aria-label="All tags"
              value={search.tag ?? ''}
              onChange={(event) => change({ tag: event.target.value || undefined })}
            >
              <option value="">All {all?.tags.length} tags…</option>
              {all?.tags
                .toSorted((a, b) => a.tag.localeCompare(b.tag))
                .map(({ tag, count }) => (
                  <option key={tag} value={tag}>
                    {tag} ({count})
                  </option>
                ))}
            </select>
          )}
        </fieldset>
        <fieldset>
          <legend>Room of the library</legend>
          <select
            aria-label="Room"
            value={search.room ?? ''}
            onChange={(event) => change({ room: event.target.value || undefined })}
          >
            <option value="">Any room</option>
            {[...rooms].sort().map(([room, count]) => (
              <option key={room} value={room}>
                {room} ({count})
              </option>
            ))}
          </select>
        </fieldset>
        <fieldset>
          <legend>Year</legend>
          <div className={styles.years}>
            <Year label="From" years={years} value={search.from} set={(from) => change({ from })} />
            <span aria-hidden="true">–</span>
            <Year label="To" years={years} value={search.to} set={(to) => change({ to })} />
          </div>
        </fieldset>
        {mode !== undefined && search.q && (
          <fieldset>
            <legend>Search by</legend>
            <select
              aria-label="Search by"
              value={search.mode ?? ''}
              onChange={({ target: { value } }) =>
                change({ mode: value === 'lexical' || value === 'semantic' ? value : undefined })
              }
            >
              <option value="">words and meaning</option>
              <option value="lexical">words</option>
              <option value="semantic">meaning</option>
            </select>
            {mode === 'lexical' && search.mode !== 'lexical' && (
              <p className={styles.hint}>By words for now: meanings are not indexed here.</p>
            )}
          </fieldset>
        )}
        {isFiltered(search) && (
          <button type="button" className={styles.reset} onClick={clear}>
            Clear all
          </button>
        )}
      </form>
    </div>
  );
}

function Choice({
  on,
  toggle,
  count,
  children,
}: {
  on: boolean;
  toggle: (on: boolean) => void;
  count: number;
  children: React.ReactNode;
}) {
  return (
    <button type="button" aria-pressed={on} className={styles.choice} onClick={() => toggle(!on)}>
      <span className={styles.choiceName}>{children}</span>
      <span className={styles.choiceCount}>{count}</span>
    </button>
  );
}

function Year({
  label,
  years,
  value,
  set,
}: {
  label: string;
  years: number[];
  value: number | undefined;
  set: (year: number | undefined) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => set(event.target.value === '' ? undefined : Number(event.target.value))}
    >
      <option value="">{label === 'From' ? 'first' : 'latest'}</option>
      {years.map((year) => (
        <option key={year}>{year}</option>
      ))}
    </select>
  );
}

function shownTags(tags: PaperList['tags'], chosen: string | undefined): PaperList['tags'] {
  const top = tags.slice(0, TAGS);
  const extra = tags.find(({ tag }) => tag === chosen);
  return extra && !top.includes(extra) ? [extra, ...top] : top;
}

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
