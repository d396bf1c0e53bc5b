import { openStore } from '../src/db/open.ts';
import { Engine } from '../src/run/engine.ts';
import { scratchHome } from './support.ts';

const place = await scratchHome();
const store = await openStore(place);
const engine = await Engine.start(store, { parallel: 2, trialSeconds: 600, trialMegabytes: 2048 });
const t = performance.now();
const { id } = await engine.run(process.argv[2], { profile: process.argv[3] as 'quick' });
for await (const e of engine.watch(id))
  if (e.type === 'summary') {
    for (const [k, c] of Object.entries(e.report.claims))
      console.log(k, c?.verdict, JSON.stringify(c?.ours), c?.measure);
    console.log(
      e.report.failures,
      e.report.figures.map((f) => f.id),
    );
  } else if (e.type === 'error') console.log(e);
console.log((performance.now() - t) / 1000, 's');
await engine.close();
await store.close();
await place.remove();
