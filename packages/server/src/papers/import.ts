import type { Paper } from '@laurel/core/paper';
import { catalogue as wholeCatalogue } from '@laurel/papers';
import { asc, inArray, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { listed } from '../db/schema.ts';
import { UsageError } from '../settings.ts';
import type { SentenceEncoder } from './encoder.ts';
import { catalogueMatcher } from './match.ts';
import { type Page, type PageProblem, parsePage, titleKey } from './page.ts';
import { decodePage, type PageSource, readPage } from './read.ts';
import { type ListedPaper, recordsOf } from './records.ts';
import { type EncodeOptions, encodeMissing } from './vectors.ts';

const MOST_NOTES = 50;
const ROWS_A_STATEMENT = 500;

export interface ImportProgress {
  stage: 'reading' | 'storing' | 'encoding';
  /** Bytes, papers or texts. */
  done: number;
  /** Null while it is not known. */
  total: number | null;
}

export interface ImportOptions {
  catalogue?: readonly Paper[] | undefined;
  /**
   * Encodes what search needs after the papers are stored; without it, search is lexical until `encodeRecords` has run.
   */
  encoder?: SentenceEncoder | undefined;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Stops between stages and during encoding; what is stored stays. */
  signal?: AbortSignal | undefined;
}

/** What an import did: `added + updated + unchanged` is `total`, and so is `matched + unmatched`. */
export interface ImportReport {
  /** The day on the page: "Aug 20". */
  date: string;
  /** Papers on the page, each counted once. */
  total: number;
  added: number;
  updated: number;
  unchanged: number;
  /** Papers that have an entry in the catalogue. */
  matched: number;
  unmatched: number;
  /** Titles whose abstract the page broke off. */
  cutShort: string[];
  /** What was left out or decided, with the line of the page; at most 50, then how many more. */
  notes: PageProblem[];
  /** Texts encoded for search; the others had been before. */
  encoded: number;
}

/**
 * Imports a daily page from a file, or from its bytes. All of it is stored or nothing; a second import of the same page
 * changes nothing. A paper is known by its title's key. A whole abstract replaces one that was cut short, a longer cut
 * one a shorter, and never a cut one a whole one; where both are whole, the later import counts, as it does for the day
 * and the place on the page.
 *
 * Rejects with UsageError (one line, with the file and, where there is one, the line of the text) when the file cannot
 * be read, is larger than 16 MB, empty, no UTF-8 text, or no daily page.
 *
 * @example
 * const { added, cutShort } = await importPage(store.db, 'page.txt', { encoder: embeddedEncoder() });
 */
export async function importPage(
  db: Db,
  source: PageSource,
  { catalogue = wholeCatalogue, encoder, onProgress = () => {}, signal }: ImportOptions = {},
): Promise<ImportReport> {
  const read =
    typeof source === 'string'
      ? await readPage(source, (done, total) => onProgress({ stage: 'reading', done, total }))
      : decodePage(source.name, source.bytes);
  const page = parsePage(read.text, { brokenOff: read.brokenOff });
  if (page.date === null || page.papers.length === 0) {
    const [{ line, message }] = page.problems;
    throw new UsageError(`${read.name}:${line}: ${page.date === null ? 'not a daily page' : 'no papers'}: ${message}`);
  }
  const { rows, problems } = rowsOf(page, page.date, catalogue);
  signal?.throwIfAborted();
  const counts = await store(db, rows, (done) => onProgress({ stage: 'storing', done, total: rows.length }));
  const encoded = encoder
    ? await encodeRecords(db, encoder, {
        catalogue,
        signal,
        onProgress: ({ done, total }) => onProgress({ stage: 'encoding', done, total }),
      })
    : 0;
  const matched = rows.filter(({ slug }) => slug !== null).length;
  return {
    date: page.date,
    total: rows.length,
    ...counts,
    matched,
    unmatched: rows.length - matched,
    cutShort: rows.filter(({ cutShort }) => cutShort).map(({ title }) => title),
    notes: shortened(problems),
    encoded,
  };
}

/** One row a paper, matched to the catalogue. */
function rowsOf(
  page: Page,
  pageDate: string,
  catalogue: readonly Paper[],
): { rows: PageRow[]; problems: PageProblem[] } {
  const problems = [...page.problems];
  const match = catalogueMatcher(catalogue);
  const rows = new Map<string, PageRow>();
  for (const { title, abstract, cutShort, position, line } of page.papers) {
    const key = titleKey(title);
    const row = { titleKey: key, title, abstract, cutShort, pageDate, position, slug: null };
    const twin = rows.get(key);
    if (twin) {
      problems.push({ line, message: `"${title}" is on the page twice; the fuller abstract is kept` });
      rows.set(key, { ...twin, ...fuller(twin, row) });
      continue;
    }
    const { slug, note } = match(title);
    if (note !== null) problems.push({ line, message: note });
    rows.set(key, { ...row, slug });
  }
  return { rows: [...rows.values()], problems };
}

/**
 * Encodes whatever search needs and has no vector yet: the catalogue's texts and those of listed papers without an
 * entry. Returns how many texts that were. Interrupted, it is resumed by the next call.
 */
export async function encodeRecords(
  db: Db,
  encoder: SentenceEncoder,
  { catalogue = wholeCatalogue, ...options }: { catalogue?: readonly Paper[] | undefined } & EncodeOptions = {},
): Promise<number> {
  const rows = await db.select().from(listed).orderBy(asc(listed.position));
  const texts = recordsOf(catalogue, rows).flatMap(({ passages }) => passages);
  return encodeMissing(db, encoder, texts, options);
}

type PageRow = Omit<ListedPaper, 'importedAt'>;

/** The better of two abstracts of one paper, the later one where neither is. */
function fuller(before: PageRow, after: PageRow): Pick<PageRow, 'abstract' | 'cutShort'> {
  const keep = before.cutShort ? after.cutShort && after.abstract.length <= before.abstract.length : after.cutShort;
  const { abstract, cutShort } = keep ? before : after;
  return { abstract, cutShort };
}

async function store(
  db: Db,
  rows: readonly PageRow[],
  onProgress: (done: number) => void,
): Promise<Pick<ImportReport, 'added' | 'updated' | 'unchanged'>> {
  return db.transaction(async (tx) => {
    // Imports of several processes go one after another: each merges with what the last one left.
    await tx.execute(sql`lock table ${listed} in share row exclusive mode`);
    const counts = { added: 0, updated: 0, unchanged: 0 };
    for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) {
      const part = rows.slice(i, i + ROWS_A_STATEMENT);
      const keys = part.map((row) => row.titleKey);
      const stored = await tx.select().from(listed).where(inArray(listed.titleKey, keys));
      const before = new Map(stored.map((row) => [row.titleKey, row]));
      const changed = part.flatMap((row) => {
        const old = before.get(row.titleKey);
        if (old === undefined) {
          counts.added++;
          return [row];
        }
        // The first spelling of a title stays: a page that prints it in capitals is no news.
        const merged = { ...row, ...fuller(old, row), title: old.title };
        const same = pageFields.every((field) => merged[field] === old[field]);
        counts[same ? 'unchanged' : 'updated']++;
        return same ? [] : [merged];
      });
      if (changed.length > 0) {
        await tx
          .insert(listed)
          // The clock and not now(), which is when the transaction began: search looks for later times than it has
          // seen.
          .values(changed.map((row) => ({ ...row, importedAt: sql`clock_timestamp()` })))
          .onConflictDoUpdate({
            target: listed.titleKey,
            set: {
              abstract: sql`excluded.abstract`,
              cutShort: sql`excluded.cut_short`,
              pageDate: sql`excluded.page_date`,
              position: sql`excluded.position`,
              slug: sql`excluded.slug`,
              importedAt: sql`excluded.imported_at`,
            },
          });
      }
      onProgress(i + part.length);
    }
    return counts;
  });
}

const pageFields = ['abstract', 'cutShort', 'pageDate', 'position', 'slug'] as const;

function shortened(notes: PageProblem[]): PageProblem[] {
  const sorted = notes.toSorted((a, b) => a.line - b.line);
  const rest = sorted.slice(MOST_NOTES);
  if (rest.length === 0) return sorted;
  return [...sorted.slice(0, MOST_NOTES), { line: rest[0].line, message: `and ${rest.length} more from here on` }];
}
