import { mkdir, mkdtemp, open as openFile, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from '@laurel/papers';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { samplePaper, wordEncoder } from '../../test/sample-papers.ts';
import { open, postgresMissing, type Scratch, scratchHome, scratchPostgres } from '../../test/support.ts';
import type { Store } from '../db/open.ts';
import { listed, vectors } from '../db/schema.ts';
import { UsageError } from '../settings.ts';
import { encodeRecords, type ImportProgress, importPage } from './import.ts';
import { textHash } from './vectors.ts';

const papers = [samplePaper('kept', 'A Reward That Is Kept'), samplePaper('spelt', 'Modelling Behaviour by Reward')];
const filler =
  'It says so at a length that no title has, again and again, until there is no doubt about what it is. '.repeat(3);
const abstracts = {
  kept: `The first abstract. ${filler}`.trim(),
  spelt: `The second abstract. ${filler}`.trim(),
  other: `The third abstract. ${filler}And this is how it ends.`,
};
const header = 'Daily Papers\n\nAug 20\n\n';
const page = `${header}A reward that is kept\n\n${abstracts.kept}\n\nModeling Behavior by Reward\n\n${abstracts.spelt}\n\nOne That Nobody Knows\n\n${abstracts.other}\n`;
const bytes = (text: string, name = 'page.txt') => ({ name, bytes: new TextEncoder().encode(text) });
const counts = { added: 0, updated: 0, unchanged: 0 };

const missing = await postgresMissing();
if (missing) console.warn(`import into PostgreSQL is not tested: ${missing}`);
const places: [name: string, make: () => Promise<Scratch>][] = [['embedded', scratchHome]];
if (!missing) places.push(['PostgreSQL', scratchPostgres]);

describe.each(places)('importPage, %s', (_, make) => {
  let place: Scratch;
  let store: Store;
  beforeAll(async () => {
    place = await make();
    store = await open(place);
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });
  beforeEach(async () => {
    await store.db.delete(listed);
    await store.db.delete(vectors);
  });
  const rows = () => store.db.select().from(listed).orderBy(asc(listed.position));
  const load = (text: string) => importPage(store.db, bytes(text), { catalogue: papers });

  it('stores every paper once, matched to its entry', async () => {
    expect(await load(page)).toEqual({
      ...{ date: 'Aug 20', total: 3, ...counts, added: 3, matched: 2, unmatched: 1, cutShort: [], encoded: 0 },
      notes: [{ line: 9, message: '"Modeling Behavior by Reward" is taken for "Modelling Behaviour by Reward"' }],
    });
    expect(await rows()).toMatchObject([
      { title: 'A reward that is kept', abstract: abstracts.kept, slug: 'kept', position: 1, pageDate: 'Aug 20' },
      { title: 'Modeling Behavior by Reward', abstract: abstracts.spelt, slug: 'spelt', position: 2 },
      { title: 'One That Nobody Knows', abstract: abstracts.other, slug: null, position: 3, cutShort: false },
    ]);
  });

  it('changes nothing the second time, however the page is spelt', async () => {
    await load(page);
    const before = await rows();
    expect(await load(page)).toMatchObject({ ...counts, unchanged: 3 });
    expect(await load(page.replace('A reward that is kept', 'A  REWARD that is “kept”'))).toMatchObject({
      ...counts,
      unchanged: 3,
    });
    expect(await rows()).toEqual(before);
  });

  it('lets a fuller abstract replace a cut one, and never the other way round', async () => {
    const cut = (characters: number) => page.slice(0, page.length - characters);
    expect(await load(cut(60))).toMatchObject({ added: 3, cutShort: ['One That Nobody Knows'] });
    expect(await load(cut(100))).toMatchObject({ ...counts, unchanged: 3 });
    expect(await load(cut(40))).toMatchObject({ ...counts, updated: 1, unchanged: 2 });
    expect((await rows())[2]).toMatchObject({ cutShort: true, abstract: cut(40).slice(-abstracts.other.length + 39) });
    expect(await load(page)).toMatchObject({ ...counts, updated: 1, unchanged: 2, cutShort: [] });
    expect(await load(cut(60))).toMatchObject({ ...counts, unchanged: 3 });
    expect((await rows())[2]).toMatchObject({ cutShort: false, abstract: abstracts.other });
  });

  it('counts a paper that is on the page twice once, with the fuller abstract', async () => {
    const twice = `${page}\nA Reward that is kept\n\n${abstracts.kept} And there is more of it.`;
    const { total, notes } = await load(twice);
    expect(total).toBe(3);
    expect(notes.at(-1)).toEqual({
      line: 17,
      message: '"A Reward that is kept" is on the page twice; the fuller abstract is kept',
    });
    expect((await rows())[0].abstract).toMatch(/more of it\.$/);
  });

  it('follows the catalogue: a paper that gets an entry is matched by the next import', async () => {
    await load(page);
    const grown = [...papers, samplePaper('known', 'One That Nobody Knows')];
    expect(await importPage(store.db, bytes(page), { catalogue: grown })).toMatchObject({ updated: 1, matched: 3 });
  });

  it('lets two imports at once agree', async () => {
    const [a, b] = await Promise.all([load(page), load(page.slice(0, -60))]);
    expect(a.added + b.added).toBe(3);
    expect(await rows()).toMatchObject([{}, {}, { cutShort: false, abstract: abstracts.other }]);
  });

  it('imports a large page whole or not at all', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => `Paper ${i} of Many\n\n${abstracts.kept}\n`).join('\n');
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const stopped = importPage(store.db, bytes(header + many), { catalogue: papers, signal: controller.signal });
    await expect(stopped).rejects.toThrow('enough');
    expect(await rows()).toEqual([]);
    expect(await load(header + many)).toMatchObject({ total: 1200, added: 1200 });
    expect(await load(header + many)).toMatchObject({ ...counts, unchanged: 1200 });
  });

  it('encodes each text once, with progress, and resumes where it was stopped', async () => {
    const encoder = wordEncoder();
    const seen: ImportProgress[] = [];
    const options = { catalogue: papers, encoder, onProgress: (progress: ImportProgress) => seen.push(progress) };
    const { encoded } = await importPage(store.db, bytes(page), options);
    expect(encoder.encoded).toHaveLength(encoded);
    expect(new Set(encoder.encoded.map(textHash)).size).toBe(encoded);
    expect(seen.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['storing', 'encoding']));
    expect(seen.at(-1)).toEqual({ stage: 'encoding', done: encoded, total: encoded });
    expect(await importPage(store.db, bytes(page), options)).toMatchObject({ unchanged: 3, encoded: 0 });

    const more = Array.from({ length: 8 }, (_, i) => samplePaper(`more-${i}`, `Number ${i} of Those to Encode`));
    const controller = new AbortController();
    const stopped = encodeRecords(store.db, encoder, {
      catalogue: more,
      signal: controller.signal,
      onProgress: ({ done }) => done > 0 && controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    const before = encoder.encoded.length;
    const left = await encodeRecords(store.db, encoder, { catalogue: more });
    expect(before).toBeGreaterThan(encoded);
    expect(left).toBeGreaterThan(0);
    expect(new Set(encoder.encoded).size).toBe(before + left);
  });
});

describe('importPage, from files', () => {
  let place: Scratch;
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    place = await scratchHome();
    store = await open(place);
    folder = await mkdtemp(join(tmpdir(), 'laurel-page-'));
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
    await rm(folder, { recursive: true });
  });
  const written = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('reads a file', async () => {
    const path = await written('page.txt', page);
    expect(await importPage(store.db, path, { catalogue: papers })).toMatchObject({ total: 3, added: 3 });
  });

  it('imports what there is of a file that ends inside a character', async () => {
    const whole = new TextEncoder().encode(`${page}\nA Fourth\n\n${filler}It ends with é`);
    const { total, cutShort } = await importPage(store.db, await written('cut.txt', whole.slice(0, -1)), {
      catalogue: papers,
    });
    expect({ total, cutShort }).toEqual({ total: 4, cutShort: ['A Fourth'] });
  });

  it.each([
    ['empty.txt', '', 'empty.txt is empty'],
    ['binary.txt', Uint8Array.of(80, 75, 3, 4, 0, 0), 'binary.txt is not text: its byte 4 is zero'],
    ['latin.txt', Uint8Array.of(68, 233, 106, 224, 32), 'latin.txt is not UTF-8 text; save it as UTF-8'],
    ['wide.txt', Uint8Array.of(255, 254, 68, 0), 'wide.txt is UTF-16 text; save it as UTF-8'],
    [
      'readme.txt',
      '# Read me\n',
      'readme.txt:1: not a daily page: a daily page has the line "Daily Papers" near its top; this text begins with "# Read me"',
    ],
    ['head.txt', header, 'head.txt:3: no papers: no paper follows the date "Aug 20"'],
    [
      'title.txt',
      `${header}A Title`,
      'title.txt:5: no papers: "A Title" has no abstract, the page ends here; left out',
    ],
  ])('refuses %s', async (name, content, message) => {
    const failing = importPage(store.db, await written(name, content), { catalogue: papers });
    await expect(failing).rejects.toThrow(new UsageError(message));
  });

  it('refuses a file of 200 MB by its size, and a stream without an end at the limit', async () => {
    const path = join(folder, 'large.txt');
    const file = await openFile(path, 'w');
    await file.truncate(200 * 1024 * 1024);
    await file.close();
    const began = performance.now();
    await expect(importPage(store.db, path)).rejects.toThrow(
      new UsageError('large.txt is too large: it has 200.0 MB, a page may have at most 16 MB'),
    );
    expect(performance.now() - began).toBeLessThan(1000);
    await expect(importPage(store.db, '/dev/zero')).rejects.toThrow('zero is too large: a page may have at most 16 MB');
  });

  it('refuses a folder and what is not there', async () => {
    await mkdir(join(folder, 'inner'));
    await expect(importPage(store.db, join(folder, 'inner'))).rejects.toThrow('is a folder; give the file');
    await expect(importPage(store.db, join(folder, 'none.txt'))).rejects.toThrow('there is no such file');
  });
});

const real = fileURLToPath(new URL('../../../../../shared/daily-papers.txt', import.meta.url));
const text = await readFile(real, 'utf8').catch(() => null);
if (text === null) console.warn('the import of a real page is not tested: there is no ../shared/daily-papers.txt');

describe.skipIf(text === null)('importPage, a real page', () => {
  it('finds all 74 papers, each with its entry; a second import, or one of half the page, changes nothing', async () => {
    const place = await scratchHome();
    const store = await open(place);
    try {
      const load = (part: string) => importPage(store.db, bytes(part));
      const whole = text ?? '';
      expect(await load(whole)).toMatchObject({
        date: 'Aug 20',
        total: 74,
        added: 74,
        matched: 74,
        unmatched: 0,
        notes: [],
      });
      expect(await load(whole)).toMatchObject({ ...counts, unchanged: 74 });
      const slugs = (await store.db.select().from(listed)).map(({ slug }) => slug);
      expect(new Set(slugs)).toEqual(new Set(catalogue.map(({ slug }) => slug)));
      const half = await load(whole.slice(0, whole.length / 2));
      expect(half).toMatchObject({ added: 0, updated: 0 });
      expect(half.cutShort).toHaveLength(1);
      const almost = await load(whole.trimEnd().slice(0, -10));
      expect(almost).toMatchObject({ total: 74, unchanged: 74 });
      expect(almost.cutShort).toHaveLength(1);
    } finally {
      await store.close();
      await place.remove();
    }
  });
});
