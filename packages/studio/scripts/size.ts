import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** `npm run size -w packages/studio`, after a build: the JavaScript of the first load, gzipped, against its limit. */

const LIMIT = 300_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));
const first = new Set<string>();
const visit = (key: string) => {
  if (first.has(key)) return;
  first.add(key);
  for (const imported of manifest[key]?.imports ?? []) visit(imported);
};
for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) visit(key);
// The page that most readers see first counts as well.
visit('src/routes/Feed.tsx');

let total = 0;
for (const key of first) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the manifest has no ${key}`);
  const bytes = gzipSync(readFileSync(dist + chunk.file)).length;
  total += bytes;
  console.log(`${String(bytes).padStart(8)}  ${chunk.file}`);
}
console.log(`${String(total).padStart(8)}  in all, of at most ${LIMIT}`);
if (total > LIMIT) {
  console.error(`the first load is ${total - LIMIT} bytes too large`);
  process.exitCode = 1;
}
