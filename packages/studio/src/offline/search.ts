import type { PaperCard, PaperSearch } from '../api.ts';

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
