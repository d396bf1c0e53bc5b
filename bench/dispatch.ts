import { openStore } from '../packages/server/src/db/open.ts';
import { Engine } from '../packages/server/src/run/engine.ts';
import {
  limits,
  postgresMissing,
  type Scratch,
  sampleSource,
  scratchHome,
  scratchPostgres,
} from '../packages/server/test/support.ts';

/** What the engine adds to each trial: 1,000 trials that do nothing, from the request to the summary. */
export async function dispatch(): Promise<void> {
  const missing = await postgresMissing();
  await measure('embedded', await scratchHome());
  if (missing) console.log(`postgres: skipped, ${missing}`);
  else await measure('postgres', await scratchPostgres());
}

async function measure(name: string, place: Scratch): Promise<void> {
  const store = await openStore(place);
  const engine = await Engine.start(store, limits, { source: sampleSource });
  const once = async (trials: number, salt: string) => {
    const began = performance.now();
    const { id } = await engine.run('sample', { profile: 'smoke', params: { trials, salt } });
    for await (const event of engine.watch(id)) if (event.type === 'error') throw new Error(event.error);
    return performance.now() - began;
  };
  try {
    await once(20, 'warm'); // the processes start
    const milliseconds = [];
    for (const salt of ['a', 'b', 'c']) milliseconds.push((await once(1000, salt)) / 1000);
    milliseconds.sort((a, b) => a - b);
    console.log(
      `${name}: ${milliseconds[1].toFixed(2)} ms a trial (median of 3 runs of 1,000 empty trials; least ${milliseconds[0].toFixed(2)}, most ${milliseconds[2].toFixed(2)}; goal < 5)`,
    );
  } finally {
    await engine.close();
    await store.close();
    await place.remove();
  }
}
