import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { Failure, Notice } from '../components/Notice.tsx';
import { useKeys } from '../components/use-keys.ts';
import { papersQuery } from '../data/queries.ts';
import { type Change, type FeedSearch, feedSearch, isFiltered, paperSearchOf } from '../data/search-params.ts';
import { FeedHead } from '../papers/FeedHead.tsx';
import { FeedSkeleton } from '../papers/FeedSkeleton.tsx';
import { Filters } from '../papers/Filters.tsx';
import { PaperRow } from '../papers/PaperRow.tsx';
import { SearchBox } from '../papers/SearchBox.tsx';
import { usePage } from '../use-page.ts';
import styles from './feed.module.css';

const route = getRouteApi('/');

export function Feed() {
  usePage('Papers', 'Papers about reward: what they claim, and what holds when the claims are re-measured.');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const everything = useQuery(papersQuery());
  const found = useQuery(papersQuery(paperSearchOf(search)));
  const papers = found.data?.papers ?? [];

  const change = (next: Change<FeedSearch>) =>
    void navigate({ search: (before) => feedSearch({ ...before, ...next }), replace: true, resetScroll: false });
  const clear = () => void navigate({ search: {}, replace: true, resetScroll: false });

  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-paper]') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    const next = links[at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by];
    next?.focus({ preventScroll: true });
    next?.closest('li')?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({
    '/': () => input.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    Escape: clear,
  });

  return (
    <>
      <FeedHead all={everything.data} />
      <div className={styles.search}>
        <SearchBox ref={input} q={search.q ?? ''} change={(q) => change({ q: q || undefined })} leave={() => step(1)} />
      </div>
      <div className={styles.columns}>
        <Filters all={everything.data} search={search} change={change} clear={clear} mode={found.data?.mode} />
        <section aria-label="Papers" className={styles.papers}>
          <p className={styles.count} role="status">
            {found.data && (
              <Found
                count={papers.length}
                total={everything.data?.total}
                search={search}
                fading={found.isPlaceholderData}
              />
            )}
          </p>
          {found.isPending ? (
            <FeedSkeleton />
          ) : found.isError && !found.data ? (
            <Failure what="The papers" error={found.error} retry={() => void found.refetch()} />
          ) : papers.length === 0 ? (
            <Nothing search={search} clear={clear} />
          ) : (
            <ol ref={list} className={found.isPlaceholderData ? styles.fading : undefined}>
              {papers.map((card) => (
                <PaperRow key={card.slug} card={card} />
              ))}
            </ol>
          )}
        </section>
      </div>
    </>
  );
}

function Found({
  count,
  total,
  search,
  fading,
}: {
  count: number;
  total: number | undefined;
  search: FeedSearch;
  fading: boolean;
}) {
  if (fading) return 'Searching…';
  if (!isFiltered(search)) return `${count} papers`;
  return `${count} of ${total ?? '…'} papers${search.q ? `, the best match first` : ''}`;
}

function Nothing({ search, clear }: { search: FeedSearch; clear: () => void }) {
  if (!isFiltered(search)) {
    return (
      <Notice title="No papers yet">
        <p>The catalogue is empty.</p>
      </Notice>
    );
  }
  return (
    <Notice
      title="No paper fits"
      action={
        <button type="button" className={styles.clear} onClick={clear}>
          Show all papers
        </button>
      }
    >
      <p>
        {search.q ? (
          <>
            Nothing matches “{search.q}”{Object.keys(search).length > 1 ? ' under these filters' : ''}. Fewer words find
            more.
          </>
        ) : (
          'No paper meets all these filters together.'
        )}
      </p>
    </Notice>
  );
}
