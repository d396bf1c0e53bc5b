import { Engine, openStore, type Settings, serve, UsageError } from '@laurel/server';

/** Resolves with the first signal that asks the process to end. */
function asked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

/** `laurel studio`: serves until it is asked to stop. */
export async function studio(settings: Settings): Promise<void> {
  const end = asked();
  const served = await serve(settings);
  process.stdout.write(`\nLaurel is at ${served.url}  (Ctrl-C stops it)\n\n`);
  await end;
  await served.close();
}

/** `laurel worker`: works on trials that other processes lead, until it is asked to stop. */
export async function work(settings: Settings): Promise<void> {
  if (settings.databaseUrl === null) {
    throw new UsageError('laurel worker shares a PostgreSQL server with other processes: set DATABASE_URL');
  }
  const end = asked();
  const store = await openStore(settings);
  const engine = await Engine.start(store, settings);
  process.stdout.write(`working on trials, ${settings.parallel} at a time (Ctrl-C stops)\n`);
  await end;
  await engine.close();
  await store.close();
}
