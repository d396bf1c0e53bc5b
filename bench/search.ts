import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, type Estimate, pairedDifference, quantile, Random } from '@laurel/core/stats';
import { catalogue } from '@laurel/papers';
import { type Db, openStore } from '../packages/server/src/db/open.ts';
import { listed, vectors } from '../packages/server/src/db/schema.ts';
import { embeddedEncoder, type SentenceEncoder } from '../packages/server/src/papers/encoder.ts';
import { encodeRecords, importPage } from '../packages/server/src/papers/import.ts';
import { titleKey } from '../packages/server/src/papers/page.ts';
import { vectorBytes } from '../packages/server/src/papers/quantised.ts';
import { development, heldOut, type LabelledQuery, queries } from '../packages/server/src/papers/queries.ts';
import { ndcg, reciprocalRank } from '../packages/server/src/papers/ranking-metrics.ts';
import { recordsOf } from '../packages/server/src/papers/records.ts';
import { PaperSearch, type SearchMode } from '../packages/server/src/papers/search.ts';
import { textHash } from '../packages/server/src/papers/vectors.ts';

const RECORDS = 10_000;
/** A page beside the checkout, where there is one: other people's abstracts are not ours to keep here. */
const page = fileURLToPath(new URL('../../shared/daily-papers.txt', import.meta.url));
const modes: readonly SearchMode[] = ['lexical', 'semantic', 'hybrid'];

/** How good search is on the labelled queries, and how long a query takes among 10,000 records. */
export async function search(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'laurel-bench-'));
  const encoder = embeddedEncoder();
  try {
    const store = await openStore({ home, databaseUrl: null });
    try {
      const began = performance.now();
      const encoded = await encodeRecords(store.db, encoder);
      console.log(`${encoded} texts of ${catalogue.length} papers encoded in ${seconds(began)}\n`);
      await quality(store.db, encoder, 'the catalogue alone');
      if (await stat(page).catch(() => null)) {
        await importPage(store.db, page, { encoder });
        await quality(store.db, encoder, 'with imported abstracts');
      }
      await latency(store.db, encoder);
    } finally {
      await store.close();
    }
  } finally {
    await encoder.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function quality(db: Db, encoder: SentenceEncoder, corpus: string): Promise<void> {
  const finder = new PaperSearch(db, { encoder });
  for (const [half, set] of Object.entries({ development, 'held out': heldOut })) {
    const scores = new Map<SearchMode, Scores>();
    for (const mode of modes) scores.set(mode, await scoresOf(finder, mode, set));
    console.log(`${corpus}, ${set.length} ${half} queries: nDCG@10 and MRR (95% intervals)`);
    for (const [mode, { gains, ranks }] of scores) {
      console.log(`  ${mode.padEnd(20)}  ${shown(bootstrap(gains))}    ${shown(bootstrap(ranks))}`);
    }
    const hybrid = scores.get('hybrid');
    for (const other of ['lexical', 'semantic'] as const) {
      const scored = scores.get(other);
      if (!hybrid || !scored) continue;
      const gains = shown(pairedDifference(hybrid.gains, scored.gains));
      console.log(`  hybrid - ${other.padEnd(11)}  ${gains}    ${shown(pairedDifference(hybrid.ranks, scored.ranks))}`);
    }
    console.log();
  }
}

interface Scores {
  gains: number[];
  ranks: number[];
}

async function scoresOf(finder: PaperSearch, mode: SearchMode, set: readonly LabelledQuery[]): Promise<Scores> {
  const scores: Scores = { gains: [], ranks: [] };
  for (const { text, relevant } of set) {
    const answer = await finder.find({ text, mode, limit: 100 });
    if (answer.mode !== mode) throw new Error(`asked for ${mode}, got ${answer.mode}: ${answer.note}`);
    const ranking = answer.results.flatMap(({ slug }) => slug ?? []);
    scores.gains.push(ndcg(ranking, relevant, 10));
    scores.ranks.push(reciprocalRank(ranking, relevant));
  }
  return scores;
}

/**
 * Abstracts of words drawn from the catalogue by how often they occur; vectors of random direction stand for theirs.
 */
async function latency(db: Db, encoder: SentenceEncoder): Promise<void> {
  const rng = new Random(0, 'synthetic papers');
  const words = catalogue.flatMap(({ title, summary }) => `${title} ${summary}`.split(/\s+/));
  const draw = (n: number) => Array.from({ length: n }, () => words[rng.int(words.length)]).join(' ');
  for (let i = 0; i < RECORDS; i += 250) {
    const rows = Array.from({ length: 250 }, (_, j) => {
      const title = `${draw(8)} ${i + j}`;
      const abstract = Array.from({ length: 8 }, () => `The ${draw(20).replaceAll('.', '')}.`).join(' ');
      return {
        titleKey: titleKey(title),
        title,
        abstract,
        cutShort: false,
        pageDate: 'Aug 20',
        position: i + j,
        slug: null,
      };
    });
    await db.insert(listed).values(rows);
    const texts = recordsOf(
      [],
      rows.map((row) => ({ ...row, importedAt: new Date() })),
    ).flatMap(({ passages }) => passages);
    const units = texts.map((text) => ({
      textHash: textHash(text),
      encoder: encoder.name,
      vector: vectorBytes(unit(Float32Array.from({ length: encoder.dimensions }, () => rng.normal()))),
    }));
    await db.insert(vectors).values(units).onConflictDoNothing();
  }
  const resident = process.memoryUsage.rss();
  const began = performance.now();
  const finder = new PaperSearch(db, { encoder });
  await finder.find({ text: queries[0].text });
  console.log(
    `${RECORDS + catalogue.length} records: first query, with loading everything, ${seconds(began)}; then ${queries.length} warm queries:`,
  );
  for (const mode of modes) {
    const times: number[] = [];
    const before = process.cpuUsage();
    for (const { text } of queries) {
      const start = performance.now();
      await finder.find({ text, mode });
      times.push(performance.now() - start);
    }
    const at = (p: number) => `${quantile(times, p).toFixed(1)} ms`;
    const { user, system } = process.cpuUsage(before);
    const work = ((user + system) / 1000 / queries.length).toFixed(1);
    console.log(
      `  ${mode.padEnd(9)} median ${at(0.5)}, 95th percentile ${at(0.95)}, ${work} ms of processor time each`,
    );
  }
  const { rss } = process.memoryUsage();
  console.log(
    `  memory ${megabytes(rss)} with the encoder, of which ${megabytes(rss - resident)} came with the indices`,
  );
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}

function shown({ value, lo, hi }: Estimate): string {
  return `${value.toFixed(3)} (${lo?.toFixed(3)} to ${hi?.toFixed(3)})`.padEnd(23);
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

if (import.meta.main) await search();
