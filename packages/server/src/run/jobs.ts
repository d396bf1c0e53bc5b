import type { ArtifactRef, Trial } from '@laurel/core/paper';
import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Store } from '../db/open.ts';

/** What a job carries: enough for any worker with the same code to do it. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('trial'),
    hash: z.string(),
    run: z.string(),
    slug: z.string(),
    codeVersion: z.string(),
    trial: z.custom<Trial<unknown>>((value) => typeof value === 'object' && value !== null && 'seed' in value),
    inputs: z.array(z.object({ key: z.string(), hash: z.string() })),
  }),
  z.object({
    kind: z.literal('artifact'),
    hash: z.string(),
    run: z.string(),
    slug: z.string(),
    codeVersion: z.string(),
    ref: z.custom<ArtifactRef>((value) => typeof value === 'object' && value !== null && 'name' in value),
    inputs: z.array(z.object({ key: z.string(), hash: z.string() })),
  }),
]);

export type Job = z.output<typeof jobSchema>;

/** Seconds without a sign of life after which a job's worker counts as dead (the least that pg-boss takes). */
export const HEARTBEAT_SECONDS = 10;

/** How often a job is tried when its workers die under it. */
export const ATTEMPTS = 3;

/** One queue for each version of the code, so that a worker never computes with code other than the run's. */
export async function openQueue(boss: PgBoss, version: string): Promise<string> {
  const name = `trials-${version}`;
  await boss.createQueue(name, {
    // Exclusive: one job a content hash, however many runs want it.
    policy: 'exclusive',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 86_399,
    retryLimit: ATTEMPTS - 1,
    deleteAfterSeconds: 3600,
  });
  return name;
}

/** Enqueues jobs that are not queued or being worked on already. */
export async function enqueue(boss: PgBoss, queue: string, jobs: readonly Job[]): Promise<void> {
  const slice = 500;
  for (let i = 0; i < jobs.length; i += slice) {
    await boss.insert(
      queue,
      jobs.slice(i, i + slice).map((job) => ({ data: job, singletonKey: job.hash })),
    );
  }
}

/** The content hashes of jobs that were given up because their workers died at every attempt. */
export async function lostJobs({ db }: Store, queue: string): Promise<string[]> {
  const answer: unknown = await db.execute(
    sql`select singleton_key as hash from pgboss.job where name = ${queue} and state = 'failed'`,
  );
  return z
    .object({ rows: z.array(z.object({ hash: z.string() })) })
    .parse(answer)
    .rows.map(({ hash }) => hash);
}
