import { randomBytes } from 'node:crypto';
import type { RunReport } from '@laurel/core/paper';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { runs } from '../db/schema.ts';

export type RunRow = typeof runs.$inferSelect;
export type RunStatus = RunRow['status'];

/** A short name that sorts by nothing and is easy to type. */
export function newRunId(): string {
  return randomBytes(6).toString('hex');
}

export async function insertRun(db: Db, row: typeof runs.$inferInsert): Promise<RunRow> {
  const [inserted] = await db.insert(runs).values(row).returning();
  return inserted;
}

export async function findRun(db: Db, id: string): Promise<RunRow | null> {
  const [row] = await db.select().from(runs).where(eq(runs.id, id));
  return row ?? null;
}

/** The newest runs first. */
export async function listRuns(
  db: Db,
  { slug, status, limit = 50 }: { slug?: string; status?: RunStatus; limit?: number } = {},
): Promise<RunRow[]> {
  return db
    .select()
    .from(runs)
    .where(and(slug === undefined ? undefined : eq(runs.slug, slug), status && eq(runs.status, status)))
    .orderBy(desc(runs.createdAt))
    .limit(limit);
}

/** Changes a run that is still running; says whether it was. */
export async function endRun(
  db: Db,
  id: string,
  change: {
    status: Exclude<RunStatus, 'running'>;
    error?: string;
    report?: RunReport;
    finished?: number;
    failed?: number;
  },
): Promise<boolean> {
  const changed = await db
    .update(runs)
    .set({ ...change, ...(change.report && { claims: change.report.claims }), finishedAt: sql`now()` })
    .where(and(eq(runs.id, id), eq(runs.status, 'running')))
    .returning({ id: runs.id });
  return changed.length > 0;
}

/** The leader's sign of life, with the counts. False when the run has ended meanwhile. */
export async function beat(db: Db, id: string, counts: { finished: number; failed: number }): Promise<boolean> {
  const changed = await db
    .update(runs)
    .set({ ...counts, leaderSeen: sql`now()` })
    .where(and(eq(runs.id, id), eq(runs.status, 'running')))
    .returning({ id: runs.id });
  return changed.length > 0;
}

/** Takes over running runs whose leader has been silent for `seconds`; each is given to one taker only. */
export async function claimOrphans(db: Db, seconds: number): Promise<RunRow[]> {
  return db
    .update(runs)
    .set({ leaderSeen: sql`now()` })
    .where(and(eq(runs.status, 'running'), lt(runs.leaderSeen, sql`now() - make_interval(secs => ${seconds})`)))
    .returning();
}
