import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../src/db/open.ts';
import type { ExperimentSource } from '../src/run/source.ts';
import { loadExperiment, runnable } from './experiments.ts';

export const sampleSource: ExperimentSource = {
  module: new URL('./experiments.ts', import.meta.url).href,
  slugs: runnable,
  load: loadExperiment,
  version: async () => 'test',
  artifactVersion: async () => 'test',
  versionOfAll: async () => 'test',
};

export const limits = { parallel: 2, trialSeconds: 60, trialMegabytes: 256 };

/** A database of its own for a test, and how to be rid of it. */
export interface Scratch {
  home: string;
  databaseUrl: string | null;
  remove(): Promise<void>;
}

export async function scratchHome(): Promise<Scratch> {
  const home = await mkdtemp(join(tmpdir(), 'laurel-test-'));
  return { home, databaseUrl: null, remove: () => rm(home, { recursive: true, force: true }) };
}

const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Why tests on PostgreSQL cannot run here; null when they can. */
export async function postgresMissing(): Promise<string | null> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    const shown = new URL(server);
    return `no PostgreSQL at ${shown.host} (${error instanceof Error ? error.message : String(error)}); set TEST_DATABASE_URL`;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A fresh PostgreSQL database. */
export async function scratchPostgres(): Promise<Scratch> {
  const name = `laurel_test_${randomUUID().slice(0, 8)}`;
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await admin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const { home, remove } = await scratchHome();
  return {
    home,
    databaseUrl: url.href,
    async remove() {
      await admin(`drop database ${name} with (force)`);
      await remove();
    },
  };
}

export function open(scratch: Scratch): Promise<Store> {
  return openStore(scratch);
}
