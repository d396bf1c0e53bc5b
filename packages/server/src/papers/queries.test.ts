import { catalogue } from '@laurel/papers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open, type Scratch, scratchHome } from '../../test/support.ts';
import type { Store } from '../db/open.ts';
import { embeddedEncoder } from './encoder.ts';
import { encodeRecords } from './import.ts';
import { development, heldOut, queries } from './queries.ts';
import { ndcg, reciprocalRank } from './ranking-metrics.ts';
import { PaperSearch, type SearchMode } from './search.ts';

describe('the labelled queries', () => {
  it('ask for every paper of the catalogue and for nothing else', () => {
    const asked = new Set(queries.flatMap(({ relevant }) => Object.keys(relevant)));
    expect([...asked].sort()).toEqual(catalogue.map(({ slug }) => slug).sort());
  });

  it('are different, and fall into two halves', () => {
    expect(new Set(queries.map(({ text }) => text)).size).toBe(queries.length);
    expect([development.length, heldOut.length]).toEqual([47, 47]);
  });
});

describe('search on the labelled queries, without an imported page', () => {
  let place: Scratch;
  let store: Store;
  let search: PaperSearch;
  const encoder = embeddedEncoder();
  const scores = new Map<SearchMode, { ndcg: number; mrr: number }>();

  beforeAll(async () => {
    place = await scratchHome();
    store = await open(place);
    await encodeRecords(store.db, encoder);
    search = new PaperSearch(store.db, { encoder });
    for (const mode of ['lexical', 'semantic', 'hybrid'] as const) {
      const sum = { ndcg: 0, mrr: 0 };
      for (const { text, relevant } of queries) {
        const answer = await search.find({ text, mode, limit: 100 });
        expect(answer.mode).toBe(mode);
        const ranking = answer.results.flatMap(({ slug }) => slug ?? []);
        sum.ndcg += ndcg(ranking, relevant, 10) / queries.length;
        sum.mrr += reciprocalRank(ranking, relevant) / queries.length;
      }
      scores.set(mode, sum);
    }
  }, 900_000); // 1,300 texts: half a minute, or many on a busy machine
  afterAll(async () => {
    await encoder.close();
    await store.close();
    await place.remove();
  });

  // Measured: 0.712 and 0.726, 0.555 and 0.589, 0.725 and 0.747.
  it.each([
    ['lexical', 0.69, 0.7],
    ['semantic', 0.53, 0.56],
    ['hybrid', 0.7, 0.72],
  ] as const)('%s: nDCG@10 at least %d, MRR at least %d', (mode, gain, rank) => {
    expect(scores.get(mode)?.ndcg).toBeGreaterThan(gain);
    expect(scores.get(mode)?.mrr).toBeGreaterThan(rank);
  });

  it('hybrid does not lose to either', () => {
    for (const mode of ['lexical', 'semantic'] as const) {
      expect(scores.get('hybrid')?.ndcg).toBeGreaterThanOrEqual(scores.get(mode)?.ndcg ?? 1);
      expect(scores.get('hybrid')?.mrr).toBeGreaterThanOrEqual(scores.get(mode)?.mrr ?? 1);
    }
  });

  it('finds every paper by its name and by its title', async () => {
    for (const { slug, name, title } of catalogue) {
      for (const text of [name, title]) {
        const { results } = await search.find({ text, limit: 2 });
        expect(
          results.map((found) => found.slug),
          text,
        ).toContain(slug);
      }
    }
  });
});
