import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { fromPglite, PgBoss } from 'pg-boss';
import { type Settings, UsageError } from '../settings.ts';
import { type Bus, localBus, postgresBus } from './bus.ts';
import { lockHome } from './lock.ts';
import * as schema from './schema.ts';

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database with its job queue and its messages; embedded and PostgreSQL alike. */
export interface Store {
  readonly kind: 'embedded' | 'postgres';
  readonly db: Db;
  readonly boss: PgBoss;
  readonly bus: Bus;
  /** Tells other processes where this one serves its API (embedded only). */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

const migrations = { migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)) };
// A worker that dies is noticed by its missing heartbeat (10 s is the least pg-boss takes), looked for every few seconds.
const upkeep = { superviseIntervalSeconds: 3, monitorIntervalSeconds: 3, schedule: false } as const;

/**
 * Opens the database that the settings name and brings its tables up to date.
 * Throws HomeInUse when another process has the embedded database, UsageError when PostgreSQL does not answer.
 */
export async function openStore(settings: Pick<Settings, 'home' | 'databaseUrl'>): Promise<Store> {
  return settings.databaseUrl === null ? openEmbedded(settings.home) : openPostgres(settings.databaseUrl);
}

async function openEmbedded(home: string): Promise<Store> {
  const lock = await lockHome(home);
  try {
    const client = await PGlite.create(join(home, 'db'));
    const db = drizzlePglite({ client, schema });
    await migratePglite(db, migrations);
    const boss = new PgBoss({ db: fromPglite(client), backend: 'pglite', ...upkeep });
    await startBoss(boss);
    return {
      kind: 'embedded',
      db,
      boss,
      bus: localBus(),
      announce: lock.announce,
      async close() {
        await boss.stop({ graceful: false, close: false });
        await client.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    application_name: 'laurel',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', () => {}); // an idle connection that breaks is replaced; queries report their own errors
  const db = drizzlePostgres({ client: pool, schema });
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    const { host, pathname } = new URL(url);
    throw new UsageError(
      `DATABASE_URL: cannot use PostgreSQL at ${host}${pathname}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  // Processes that start together would migrate at once; one goes first.
  const gate = await pool.connect();
  try {
    await gate.query('select pg_advisory_lock(71829)');
    await migratePostgres(db, migrations);
    const boss = new PgBoss({ connectionString: url, max: 4, ...upkeep });
    await startBoss(boss);
    await gate.query('select pg_advisory_unlock(71829)');
    const bus = await postgresBus(url);
    return {
      kind: 'postgres',
      db,
      boss,
      bus,
      announce: async () => {},
      async close() {
        await boss.stop({ graceful: false, close: true });
        await bus.close();
        await pool.end();
      },
    };
  } finally {
    gate.release();
  }
}

async function startBoss(boss: PgBoss): Promise<void> {
  boss.on('error', () => {}); // upkeep that fails is tried again; calls report their own errors
  await boss.start();
}
