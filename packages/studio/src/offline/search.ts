import MiniSearch from 'minisearch';
import type { PaperCard, PaperSearch } from '../api.ts';

let index: { of: readonly PaperCard[]; search: MiniSearch } | null = null;

/** Papers that match every word, or, where there are none, any; the best first. A typo in a long word is forgiven. */
export function searchCards(cards: readonly PaperCard[], q: string): PaperCard[] {
  if (index?.of !== cards) {
    const search = new MiniSearch({
      idField: 'slug',
      fields: ['name', 'title', 'tags', 'authors', 'rooms', 'venue', 'summary'],
      searchOptions: {
        boost: { name: 4, title: 3, tags: 2, authors: 2 },
        prefix: true,
        fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      },
      extractField: (card, field) => {
        const value = card[field];
        return Array.isArray(value) ? value.join(' ') : value;
      },
    });
    search.addAll(cards);
    index = { of: cards, search };
  }
  const bySlug = new Map(cards.map((card) => [card.slug, card]));
  const every = index.search.search(q, { combineWith: 'AND' });
  const found = every.length > 0 ? every : index.search.search(q);
  return found.flatMap(({ id, score }) => {
    const card = bySlug.get(id);
    return card ? [{ ...card, score }] : [];
  });
}

/** The filters of the feed, as the server applies them. Dates may be months: each compares as far as both go. */
export function filterCards(
  cards: readonly PaperCard[],
  { tag, room, verdict, status, from, to }: PaperSearch,
): PaperCard[] {
  return cards.filter(
    (card) =>
      (!tag || card.tags.includes(tag)) &&
      (!room || card.rooms.some((name) => name === room)) &&
      (!verdict || card.verdicts.some((entry) => entry.verdict === verdict)) &&
      (!status || card.status === status) &&
      (!from || card.date >= from.slice(0, card.date.length)) &&
      (!to || card.date.slice(0, to.length) <= to),
  );
}

/** Tags, the most frequent first. */
export function tagCounts(cards: readonly PaperCard[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of cards.flatMap((card) => card.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}
