import { createHash } from 'node:crypto';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { vectors } from '../db/schema.ts';
import type { SentenceEncoder } from './encoder.ts';
import { vectorBytes, vectorFrom } from './quantised.ts';

/** Sentence vectors in the database, by the content of the text: a text is encoded once, whoever asks for it. */

export interface EncodeProgress {
  /** Texts encoded, of those that had no vector. */
  done: number;
  total: number;
}

/** SHA-256 of the text, 64 hex digits. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface EncodeOptions {
  onProgress?: ((progress: EncodeProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const HASHES_A_QUERY = 1000;
const TEXTS_A_BATCH = 16; // about a second's work: what an interruption loses

/**
 * Encodes the texts that have no vector yet and returns how many that were. Each batch is stored when it is done, so
 * that an interrupted call is resumed by the next. Rejects with the signal's reason when aborted.
 */
export async function encodeMissing(
  db: Db,
  encoder: SentenceEncoder,
  texts: Iterable<string>,
  { onProgress = () => {}, signal }: EncodeOptions = {},
): Promise<number> {
  const byHash = new Map<string, string>();
  for (const text of texts) byHash.set(textHash(text), text);
  const known = await knownHashes(db, encoder.name, [...byHash.keys()]);
  const missing = [...byHash].filter(([hash]) => !known.has(hash));
  if (missing.length > 0) onProgress({ done: 0, total: missing.length });
  for (let i = 0; i < missing.length; i += TEXTS_A_BATCH) {
    signal?.throwIfAborted();
    const batch = missing.slice(i, i + TEXTS_A_BATCH);
    const encoded = await encoder.encode(batch.map(([, text]) => text));
    const rows = batch.map(([hash], j) => ({ textHash: hash, encoder: encoder.name, vector: vectorBytes(encoded[j]) }));
    await db.insert(vectors).values(rows).onConflictDoNothing();
    onProgress({ done: i + batch.length, total: missing.length });
  }
  return missing.length;
}

async function knownHashes(db: Db, encoder: string, hashes: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const chunk of chunks(hashes)) {
    const rows = await db.select({ hash: vectors.textHash }).from(vectors).where(among(encoder, chunk));
    for (const { hash } of rows) known.add(hash);
  }
  return known;
}

/** Calls `each` with the vectors that exist, a part at a time. */
export async function loadVectors(
  db: Db,
  encoder: Pick<SentenceEncoder, 'name' | 'dimensions'>,
  hashes: readonly string[],
  each: (hash: string, vector: Float32Array) => void,
): Promise<void> {
  for (const chunk of chunks(hashes)) {
    const rows = await db
      .select({ hash: vectors.textHash, vector: vectors.vector })
      .from(vectors)
      .where(among(encoder.name, chunk));
    for (const { hash, vector } of rows) {
      if (vector.length === encoder.dimensions + 4) each(hash, vectorFrom(vector));
    }
  }
}

// One parameter for all hashes: a thousand of them take longer to write than to answer.
function among(encoder: string, hashes: string[]): SQL | undefined {
  return and(eq(vectors.encoder, encoder), sql`${vectors.textHash} = any(${sql.param(hashes)})`);
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let i = 0; i < items.length; i += HASHES_A_QUERY) yield items.slice(i, i + HASHES_A_QUERY);
}
