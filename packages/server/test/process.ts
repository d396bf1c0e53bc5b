import { openStore } from '../src/db/open.ts';
import { Engine } from '../src/run/engine.ts';
import { limits, sampleSource } from './support.ts';

/**
 * A process of its own for tests that kill one: `work` serves trials; `run` leads one and prints a line a finished trial.
 * Arguments: what, home, database URL or "-", parameters as JSON.
 */
const [what, home, url, params = '{}'] = process.argv.slice(2);
const store = await openStore({ home, databaseUrl: url === '-' ? null : url });
const engine = await Engine.start(store, { ...limits, parallel: 1 }, { source: sampleSource });
process.stdout.write('ready\n');
if (what === 'run') {
  const { id } = await engine.run('sample', { profile: 'quick', params: JSON.parse(params) });
  for await (const event of engine.watch(id)) process.stdout.write(`${event.type}\n`);
  await engine.close();
  await store.close();
}
