import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { samplePaper, wordEncoder } from '../../test/sample-papers.ts';
import { open, type Scratch, scratchHome } from '../../test/support.ts';
import type { Store } from '../db/open.ts';
import { listed, vectors } from '../db/schema.ts';
import { encodeRecords, importPage } from './import.ts';
import { fuse, PaperSearch, type SearchRequest } from './search.ts';

const catalogue = [
  samplePaper('hacked', 'Hacking the Judge', [], { date: '2025-03-10', tags: ['reward hacking', 'judge'] }),
  samplePaper('curious', 'Curiosity in Mazes', [], { date: '2024-05', rooms: ['explore'], tags: ['novelty', 'mazes'] }),
  samplePaper('shaped', 'Shaping with Potentials', [], { date: '2023-12-31', rooms: ['reward', 'credit'] }),
];
const page = `Daily Papers\n\nAug 20\n\nCuriosity in Mazes\n\nWe let wombats explore. ${'They like it very much indeed. '.repeat(8).trim()}\n\nUnknown Otters\n\nOtters judge rewards. ${'They take their time over it, too. '.repeat(8).trim()}\n`;
const source = { name: 'page', bytes: new TextEncoder().encode(page) };

let place: Scratch;
let store: Store;
let encoder: ReturnType<typeof wordEncoder>;
let search: PaperSearch;
beforeAll(async () => {
  place = await scratchHome();
  store = await open(place);
});
afterAll(async () => {
  await store.close();
  await place.remove();
});
beforeEach(async () => {
  await store.db.delete(listed);
  await store.db.delete(vectors);
  encoder = wordEncoder();
  search = new PaperSearch(store.db, { encoder, catalogue });
});
const found = async (request: SearchRequest) =>
  (await search.find(request)).results.map(({ slug, title }) => slug ?? title);

describe('PaperSearch', () => {
  it('is lexical and says so until everything is encoded, and follows imports and encodings', async () => {
    const request = { text: 'hacked judges' };
    expect(await search.find(request)).toMatchObject({
      mode: 'lexical',
      note: 'words only: 3 of 3 papers are not encoded yet',
    });
    await encodeRecords(store.db, encoder, { catalogue });
    const answer = await search.find(request);
    expect(answer).toMatchObject({ mode: 'hybrid', note: null, total: 3 });
    expect(answer.results[0]).toMatchObject({ slug: 'hacked', title: 'Hacking the Judge' });
    expect(answer.results.every(({ score }) => score !== null && score > 0 && score <= 1)).toBe(true);

    await importPage(store.db, source, { catalogue });
    expect(await search.find({ text: 'otters' })).toMatchObject({
      mode: 'lexical',
      note: 'words only: 1 of 4 papers are not encoded yet',
      results: [{ slug: null, title: 'Unknown Otters' }],
    });
    expect(await found({ text: 'wombats' })).toEqual(['curious']);
    await encodeRecords(store.db, encoder, { catalogue });
    expect(await search.find({ text: 'otters', mode: 'semantic' })).toMatchObject({ mode: 'semantic', total: 4 });
    expect((await found({ text: 'otters take their time' }))[0]).toBe('Unknown Otters');
  });

  it('goes by words when the encoder fails, and says why', async () => {
    await encodeRecords(store.db, encoder, { catalogue });
    const broken = { ...encoder, encode: () => Promise.reject(new Error('no memory left')) };
    search = new PaperSearch(store.db, { encoder: broken, catalogue });
    for (const mode of ['semantic', 'hybrid'] as const) {
      expect(await search.find({ text: 'mazes', mode })).toMatchObject({
        mode: 'lexical',
        note: 'words only: no memory left',
        results: [{ slug: 'curious' }],
      });
    }
  });

  it('filters before it ranks', async () => {
    await importPage(store.db, source, { catalogue, encoder });
    expect(await found({ text: 'judge', tag: 'Reward-Hacking' })).toEqual(['hacked']);
    expect(await found({ text: 'judge', room: 'credit' })).toEqual(['shaped']);
    expect(await found({ text: '', from: '2024' })).toEqual(['hacked', 'curious']);
    expect(await found({ text: '', from: '2024-05-20' })).toEqual(['hacked', 'curious']);
    expect(await found({ text: '', from: '2024-06' })).toEqual(['hacked']);
    expect(await found({ text: '', to: '2024-05-01' })).toEqual(['curious', 'shaped']);
    expect(await found({ text: '', to: '2023' })).toEqual(['shaped']);
    expect(await found({ text: 'otters', accepts: () => true })).not.toContain('Unknown Otters');
    expect(await found({ text: 'judge', accepts: (slug) => slug === 'shaped' })).toEqual(['shaped']);
    expect(await found({ text: 'judge', accepts: () => false })).toEqual([]);
  });

  it('lists everything for an empty query and nothing for one without words', async () => {
    await importPage(store.db, source, { catalogue });
    expect(await search.find({ text: '  ' })).toEqual({
      mode: 'all',
      note: null,
      total: 4,
      results: [
        ...catalogue.map(({ slug, title }) => ({ slug, title, score: null })),
        { slug: null, title: 'Unknown Otters', score: null },
      ],
    });
    expect(await search.find({ text: '?!' })).toMatchObject({ results: [], total: 0, note: 'the query has no words' });
    expect(await search.find({ text: '', limit: 1 })).toMatchObject({ total: 4, results: [{ slug: 'hacked' }] });
  });

  it('puts first what the query is the name of', async () => {
    const called = [
      ...catalogue,
      samplePaper('named', 'Mazes', ['Curiosity'], { name: 'Shaping', arxiv: '2401.01234' }),
    ];
    await encodeRecords(store.db, encoder, { catalogue: called });
    search = new PaperSearch(store.db, { encoder, catalogue: called });
    for (const text of ['shaping', 'MAZES', 'curiosity!', '2401.01234']) {
      for (const mode of ['lexical', 'hybrid'] as const) expect((await found({ text, mode }))[0]).toBe('named');
    }
    expect(await found({ text: '2401.01234', mode: 'lexical', accepts: (slug) => slug !== 'named' })).toEqual([]);
  });

  it('answers searches that come at once', async () => {
    await encodeRecords(store.db, encoder, { catalogue });
    const answers = await Promise.all(['mazes', 'potentials', 'judge'].map((text) => found({ text })));
    expect(answers.map(([first]) => first)).toEqual(['curious', 'shaped', 'hacked']);
  });

  it.each([
    [{ text: 'x', limit: 0 }, 'limit must be a positive whole number, got 0'],
    [{ text: 'word '.repeat(201).trim() }, 'a query may have at most 1000 characters, got 1004'],
    [{ text: 'x', room: 'cellar' }, 'there is no room "cellar"; the rooms are stats, reward'],
    [{ text: 'x', from: 'May' }, 'from must be a date such as 2024-05-31, 2024-05 or 2024, got "May"'],
    [{ text: 'x', to: '2024-13' }, 'to must be a date'],
    [{ text: 'x', from: '2025', to: '2024' }, 'from must not be later than to, got 2025 and 2024'],
  ])('refuses request %#', async (request, message) => {
    await expect(search.find(request)).rejects.toThrow(message);
  });
});

describe('fuse', () => {
  it('adds weight / (offset + rank), as a share of the most there can be', () => {
    const hits = (...ids: string[]) => ids.map((id) => ({ id, score: 0 }));
    const fused = fuse(
      [
        { hits: hits('a', 'b'), weight: 1 },
        { hits: hits('b', 'c'), weight: 0.5 },
      ],
      1,
    );
    // b: 1/3 + 0.5/2, a: 1/2, c: 0.5/3; the most is 1.5/2.
    expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(fused.map(({ score }) => score)).toEqual([7 / 9, 2 / 3, 2 / 9].map((x) => expect.closeTo(x, 10)));
  });
});
