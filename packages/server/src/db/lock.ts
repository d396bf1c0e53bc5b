import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../settings.ts';

const holderSchema = z.object({ pid: z.int(), url: z.string().nullable() });

/** Who has the embedded database open. */
export type Holder = z.output<typeof holderSchema>;

/** The embedded database is in use by another process; `holder.url` is its API when it serves one. */
export class HomeInUse extends UsageError {
  readonly holder: Holder;
  constructor(home: string, holder: Holder) {
    super(
      `${home} is in use by process ${holder.pid}${holder.url ? ` (${holder.url})` : ''}; stop it, set LAUREL_HOME to another folder, or DATABASE_URL to a PostgreSQL server`,
    );
    this.holder = holder;
  }
}

/**
 * Takes the folder for this process: the embedded database cannot be opened twice. A lock left by a process that is gone
 * is taken over. Throws HomeInUse.
 */
export async function lockHome(
  home: string,
): Promise<{ announce(url: string): Promise<void>; release(): Promise<void> }> {
  await mkdir(home, { recursive: true });
  const path = join(home, 'lock.json');
  for (let attempt = 0; ; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(JSON.stringify({ pid: process.pid, url: null }));
      await file.close();
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = await holderOf(path);
      if (holder && (holder.pid === process.pid || isAlive(holder.pid))) throw new HomeInUse(home, holder);
      if (attempt > 3) throw new UsageError(`cannot take the lock ${path}; delete it if no other process uses ${home}`);
      await rm(path, { force: true });
    }
  }
  return {
    async announce(url) {
      const file = await open(path, 'w');
      await file.writeFile(JSON.stringify({ pid: process.pid, url }));
      await file.close();
    },
    release: () => rm(path, { force: true }),
  };
}

async function holderOf(path: string): Promise<Holder | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null; // half-written by a process that died, or gone by now
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
