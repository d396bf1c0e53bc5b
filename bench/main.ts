import { parseArgs } from 'node:util';

/** `npm run bench [NAME …]`: measures side by side with peers, or against a stated goal. Nothing here passes or fails. */
const benches: Record<string, () => Promise<void>> = {
  search: async () => (await import('./search.ts')).search(),
  gpt: async () => (await import('./gpt.ts')).gpt(),
  dispatch: async () => (await import('./dispatch.ts')).dispatch(),
  credit: async () => (await import('./credit.ts')).credit(),
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
    console.log(`\n== ${name}`);
    await benches[name]();
  }
}
