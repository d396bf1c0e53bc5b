import { type ArtifactRef, artifactKey, canonicalJson, sha256, type Trial } from '@laurel/core/paper';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { artifacts, trials } from '../db/schema.ts';

/** The content address of a trial: equal configuration, seed and code give an equal hash. */
export function trialHash(slug: string, version: string, { config, seed }: Trial<unknown>): Promise<string> {
  return sha256(`trial\n${slug}\n${version}\n${canonicalJson({ config, seed })}`);
}

/** The content address of an artifact. */
export function artifactHash(version: string, ref: ArtifactRef): Promise<string> {
  return sha256(`artifact\n${version}\n${artifactKey(ref)}`);
}

export interface TrialRecord {
  hash: string;
  slug: string;
  codeVersion: string;
  config: unknown;
  seed: number;
  status: 'done' | 'failed';
  result: unknown;
  error: string | null;
  milliseconds: number;
  worker: string;
}

/** Stores an outcome once: a recorded result is never replaced, a recorded failure only by a result. */
export async function saveTrials(db: Db, records: TrialRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db
    .insert(trials)
    .values(records)
    .onConflictDoUpdate({
      target: trials.hash,
      set: {
        status: sql`excluded.status`,
        result: sql`excluded.result`,
        error: sql`excluded.error`,
        milliseconds: sql`excluded.milliseconds`,
        worker: sql`excluded.worker`,
        finishedAt: sql`now()`,
      },
      setWhere: sql`${trials.status} <> 'done' and excluded.status = 'done'`,
    });
}

/** Recorded failures are forgotten, so that the trials are tried again. */
export async function forgetFailures(db: Db, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  await db.delete(trials).where(and(inArray(trials.hash, hashes), eq(trials.status, 'failed')));
}

export type TrialState = Pick<TrialRecord, 'hash' | 'status' | 'error' | 'milliseconds'>;

export async function trialStates(db: Db, hashes: string[]): Promise<TrialState[]> {
  if (hashes.length === 0) return [];
  return db
    .select({ hash: trials.hash, status: trials.status, error: trials.error, milliseconds: trials.milliseconds })
    .from(trials)
    .where(inArray(trials.hash, hashes));
}

export async function trialResults(db: Db, hashes: string[]): Promise<Map<string, unknown>> {
  const rows = await db
    .select({ hash: trials.hash, result: trials.result })
    .from(trials)
    .where(and(inArray(trials.hash, hashes), eq(trials.status, 'done')));
  return new Map(rows.map(({ hash, result }) => [hash, result]));
}

export async function artifactState(db: Db, hash: string): Promise<{ shown: unknown; error: string | null } | null> {
  const [row] = await db
    .select({ shown: artifacts.shown, error: artifacts.error })
    .from(artifacts)
    .where(eq(artifacts.hash, hash));
  return row ?? null;
}

export async function artifactBytes(db: Db, hash: string): Promise<Uint8Array | null> {
  const [row] = await db.select({ value: artifacts.value }).from(artifacts).where(eq(artifacts.hash, hash));
  return row?.value ?? null;
}

export async function saveArtifact(db: Db, record: typeof artifacts.$inferInsert): Promise<void> {
  await db.insert(artifacts).values(record).onConflictDoNothing();
}

export async function forgetArtifactFailure(db: Db, hash: string): Promise<void> {
  await db.delete(artifacts).where(and(eq(artifacts.hash, hash), sql`${artifacts.value} is null`));
}
