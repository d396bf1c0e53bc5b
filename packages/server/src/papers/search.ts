import { setImmediate } from 'node:timers/promises';
import { type Paper, rooms } from '@laurel/core/paper';
import { catalogue as wholeCatalogue } from '@laurel/papers';
import { type Hit, type LexicalIndex, lexicalIndex } from '@laurel/papers/search';
import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { listed, vectors } from '../db/schema.ts';
import { UsageError } from '../settings.ts';
import type { SentenceEncoder } from './encoder.ts';
import { titleKey } from './page.ts';
import { recordsOf, type SearchRecord } from './records.ts';
import { SemanticIndex } from './semantic.ts';
import { loadVectors, textHash } from './vectors.ts';

export type SearchMode = 'lexical' | 'semantic' | 'hybrid';

/** What is searched among; filters apply before anything is ranked. Papers without an entry pass none of them. */
export interface SearchFilter {
  /** However it is capitalised or hyphenated. */
  tag?: string | undefined;
  room?: string | undefined;
  /** First day or month or year, `2024-05-01`, `2024-05` or `2024`, inclusive. */
  from?: string | undefined;
  /** Last day, month or year, inclusive. */
  to?: string | undefined;
  /** Lets entries of the catalogue through, by slug: how verdicts filter. */
  accepts?: ((slug: string) => boolean) | undefined;
}

export interface SearchRequest extends SearchFilter {
  /** At most 1000 characters. Empty: everything that passes the filters, newest first. */
  text: string;
  /** `hybrid` unless told. */
  mode?: SearchMode | undefined;
  /** 20 unless told. */
  limit?: number | undefined;
}

export interface FoundPaper {
  /** Null for a listed paper without an entry in the catalogue. */
  slug: string | null;
  title: string;
  /** In (0, 1] for hybrid; a cosine for semantic; null without a query. Higher is better. */
  score: number | null;
}

export interface SearchAnswer {
  /** What was done: `lexical` also where `semantic` or `hybrid` was asked for and cannot be done; `note` says why. */
  mode: SearchMode | 'all';
  results: FoundPaper[];
  /** How many were found, of which `results` are the first. */
  total: number;
  note: string | null;
}

// Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009). They take 60 and equal weights for long rankings of
// about equal worth; here the small encoder ranks worse than the words do. Chosen on the development queries, with and
// without imported abstracts: offsets from 5 to 20 with weights from 0.2 to 0.4 do about as well, and equal weights do
// worse than the words alone.
const RANK_OFFSET = 10;
const SEMANTIC_WEIGHT = 0.35;
const CANDIDATES = 200;
const RECORDS_A_SLICE = 50; // indexed between two looks at other requests: some 50 ms

/**
 * Search over the catalogue with its imported abstracts, and over listed papers without an entry. Holds its indices in
 * memory and brings them up to date, record by record, when an import or an encoding has changed the database,
 * whichever process did it.
 *
 * @example
 * const search = new PaperSearch(store.db, { encoder: embeddedEncoder() });
 * const { results, mode } = await search.find({ text: 'my process reward model gets hacked', limit: 10 });
 */
export class PaperSearch {
  readonly #db: Db;
  readonly #catalogue: readonly Paper[];
  readonly #encoder: SentenceEncoder;
  readonly #lexical: LexicalIndex = lexicalIndex([]);
  readonly #semantic: SemanticIndex;
  #records = new Map<string, SearchRecord>();
  /** Ids by what papers are called. */
  #names = new Map<string, string[]>();
  /** What is indexed of each record: equal texts, equal hash. */
  readonly #indexed = new Map<string, string>();
  /** Records that wait for vectors, with the hashes of their passages. */
  readonly #unencoded = new Map<string, string[]>();
  #page: string | null = null;
  #vectorCount: number | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(
    db: Db,
    { encoder, catalogue = wholeCatalogue }: { encoder: SentenceEncoder; catalogue?: readonly Paper[] },
  ) {
    this.#db = db;
    this.#catalogue = catalogue;
    this.#encoder = encoder;
    this.#semantic = new SemanticIndex(encoder.dimensions);
  }

  /** Papers that answer the text, best first. Rejects with UsageError naming the part of the request that is wrong. */
  async find({ text, mode = 'hybrid', limit = 20, ...filter }: SearchRequest): Promise<SearchAnswer> {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new UsageError(`limit must be a positive whole number, got ${limit}`);
    }
    if (text.length > 1000) throw new UsageError(`a query may have at most 1000 characters, got ${text.length}`);
    const passes = filterOf(filter);
    const hasWords = /[\p{L}\p{N}]/u.test(text);
    // The encoder works in its own thread, while here the database is asked for news and the words are looked up.
    const begun = hasWords && mode !== 'lexical' && this.#isEncoded() ? this.#encode(text) : null;
    await this.#refresh();
    const accepts = passes && ((id: string) => passes(this.#records.get(id)));
    if (text.trim() === '') {
      const all = [...this.#records.keys()].filter(accepts ?? (() => true)).map((id) => ({ id, score: null }));
      return this.#answer('all', all, limit, null);
    }
    if (!hasWords) return this.#answer('lexical', [], limit, 'the query has no words');
    const byWords = () => this.#byWords(text, accepts);
    if (mode === 'lexical') return this.#answer(mode, byWords(), limit, null);
    const encoding = begun !== null && this.#isEncoded() ? begun : this.#encode(text);
    const words = mode === 'semantic' ? null : byWords();
    const { vector, note } = await encoding;
    if (vector === null) return this.#answer('lexical', words ?? byWords(), limit, note);
    const nearest = this.#semantic.search(vector, words === null ? this.#semantic.size : CANDIDATES, accepts);
    if (words === null) return this.#answer('semantic', nearest, limit, null);
    const rankings = [
      { hits: this.#called(text, accepts), weight: 1 },
      { hits: words, weight: 1 },
      { hits: nearest, weight: SEMANTIC_WEIGHT },
    ];
    return this.#answer('hybrid', fuse(rankings, RANK_OFFSET), limit, null);
  }

  /** By words; what the whole text is the name of comes first. */
  #byWords(text: string, accepts: Accepts): Hit[] {
    const hits = this.#lexical.search(text, accepts);
    const named = this.#called(text, accepts).map(({ id }) => ({ id, score: hits[0]?.score ?? 1 }));
    return [...named, ...hits.filter(({ id }) => named.every((each) => each.id !== id))];
  }

  /** Papers whose name, title, slug or arXiv id the text is. */
  #called(text: string, accepts: Accepts): Hit[] {
    const ids = this.#names.get(titleKey(text)) ?? [];
    return ids.filter(accepts ?? (() => true)).map((id) => ({ id, score: 1 }));
  }

  /** Whether every record that is known of has its vectors. */
  #isEncoded(): boolean {
    return this.#page !== null && this.#unencoded.size === 0;
  }

  /** The query's vector, or why there is none. */
  async #encode(text: string): Promise<{ vector: Float32Array | null; note: string | null }> {
    if (!this.#isEncoded()) {
      const note = `words only: ${this.#unencoded.size} of ${this.#records.size} papers are not encoded yet`;
      return { vector: null, note };
    }
    try {
      const [vector] = await this.#encoder.encode([text]);
      return { vector, note: null };
    } catch (error) {
      return { vector: null, note: `words only: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  #answer(
    mode: SearchAnswer['mode'],
    found: readonly { id: string; score: number | null }[],
    limit: number,
    note: string | null,
  ): SearchAnswer {
    const results = found.slice(0, limit).flatMap(({ id, score }) => {
      const record = this.#records.get(id);
      return record ? [{ slug: record.slug, title: record.title, score }] : [];
    });
    return { mode, results, total: found.length, note };
  }

  /** Follows the database. Searches that come meanwhile wait for the same refresh. */
  async #refresh(): Promise<void> {
    this.#refreshing ??= this.#follow().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
  }

  async #follow(): Promise<void> {
    const page = await this.#pageState();
    if (page !== this.#page) {
      await this.#index();
      // Taken before the rows were read: what came in between is found by the next search.
      this.#page = page;
      this.#vectorCount = null;
    }
    if (this.#unencoded.size === 0) return;
    const count = await this.#countVectors();
    if (count !== this.#vectorCount) await this.#loadVectors();
    this.#vectorCount = count;
  }

  /** Indexes the words of what is new or has changed. */
  async #index(): Promise<void> {
    const rows = await this.#db.select().from(listed).orderBy(asc(listed.position), asc(listed.titleKey));
    const records = recordsOf(this.#catalogue, rows);
    const next = new Map(records.map((record) => [record.id, record]));
    for (const id of this.#records.keys()) if (!next.has(id)) this.#forget(id);
    this.#records = next;
    this.#names = new Map();
    for (const { id, names } of records) {
      for (const name of new Set(names)) this.#names.set(name, [...(this.#names.get(name) ?? []), id]);
    }
    let changed = 0;
    for (const record of records) {
      const hash = textHash(JSON.stringify([record.document, record.passages]));
      if (this.#indexed.get(record.id) === hash) continue;
      this.#lexical.put(record.document);
      this.#semantic.remove(record.id);
      this.#unencoded.set(record.id, record.passages.map(textHash));
      this.#indexed.set(record.id, hash);
      if (++changed % RECORDS_A_SLICE === 0) await setImmediate();
    }
  }

  #forget(id: string): void {
    this.#lexical.remove(id);
    this.#semantic.remove(id);
    this.#unencoded.delete(id);
    this.#indexed.delete(id);
  }

  async #loadVectors(): Promise<void> {
    const waiting = [...this.#unencoded];
    for (let i = 0; i < waiting.length; i += RECORDS_A_SLICE) {
      const slice = waiting.slice(i, i + RECORDS_A_SLICE);
      const loaded = new Map<string, Float32Array>();
      const hashes = [...new Set(slice.flatMap(([, each]) => each))];
      await loadVectors(this.#db, this.#encoder, hashes, (hash, vector) => loaded.set(hash, vector));
      for (const [id, each] of slice) {
        const found = each.flatMap((hash) => loaded.get(hash) ?? []);
        if (found.length < each.length) continue;
        if (found.length > 0) this.#semantic.put(id, found);
        this.#unencoded.delete(id);
      }
    }
  }

  /** Differs when listed papers have been added or changed. */
  async #pageState(): Promise<string> {
    const [page] = await this.#db
      .select({ rows: sql<string>`count(*)`, last: sql<string | null>`max(${listed.importedAt})::text` })
      .from(listed);
    return `${page.rows} ${page.last}`;
  }

  /** Vectors are never changed, so their number tells whether there are new ones. */
  async #countVectors(): Promise<number> {
    return this.#db.$count(vectors, eq(vectors.encoder, this.#encoder.name));
  }
}

/** Reciprocal rank fusion: the sum of weight / (offset + rank), as a share of the most there can be. */
export function fuse(rankings: readonly { hits: readonly Hit[]; weight: number }[], offset: number): Hit[] {
  const most = rankings.reduce((sum, { hits, weight }) => sum + (hits.length > 0 ? weight : 0), 0) / (offset + 1);
  const scores = new Map<string, number>();
  for (const { hits, weight } of rankings) {
    for (const [i, { id }] of hits.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + weight / (offset + i + 1) / most);
    }
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}

type Accepts = ((id: string) => boolean) | undefined;

/** What a record must be to pass; undefined where everything passes. Throws UsageError. */
function filterOf({ tag, room, from, to, accepts }: SearchFilter): ((record?: SearchRecord) => boolean) | undefined {
  if (room !== undefined && !rooms.some((known) => known === room)) {
    throw new UsageError(`there is no room ${JSON.stringify(room)}; the rooms are ${rooms.join(', ')}`);
  }
  const first = from === undefined ? null : dayOf('from', from, '-01-01');
  const last = to === undefined ? null : dayOf('to', to, '-12-31');
  if (first !== null && last !== null && first > last) {
    throw new UsageError(`from must not be later than to, got ${from} and ${to}`);
  }
  const key = tag === undefined ? null : titleKey(tag);
  if (key === null && room === undefined && first === null && last === null && !accepts) return undefined;
  return (record) => {
    if (record === undefined) return false;
    const { slug, date } = record;
    if (accepts && (slug === null || !accepts(slug))) return false;
    if (key !== null && !record.tags.some((each) => titleKey(each) === key)) return false;
    if (room !== undefined && !record.rooms.includes(room)) return false;
    // A paper of which only the month is known may be of any day of it.
    if (first !== null && (date === null || completed(date, '-12-31') < first)) return false;
    return last === null || (date !== null && completed(date, '-01-01') <= last);
  };
}

function dayOf(name: string, text: string, rest: '-01-01' | '-12-31'): string {
  if (!/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text)) {
    throw new UsageError(`${name} must be a date such as 2024-05-31, 2024-05 or 2024, got ${JSON.stringify(text)}`);
  }
  return completed(text, rest);
}

/** A year or a month completed to a day; texts of days compare as days do. */
function completed(date: string, rest: '-01-01' | '-12-31'): string {
  return date.length === 4 ? date + rest : date.length === 7 ? date + rest.slice(3) : date;
}
