import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../..', import.meta.url));
const importPattern = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/**
 * What code a paper's results depend on: a hash of its experiment and of every file of ours it imports, however far
 * down, plus the versions of the packages those files name. A result is reused exactly as long as none of that changes.
 */
export async function codeVersion(slug: string): Promise<string> {
  return hashSources([resolve(packages, 'papers/src', slug, 'experiment.ts')]);
}

/** As `codeVersion`, for all papers at once: workers with different code take their work from different queues. */
export async function workspaceVersion(): Promise<string> {
  return hashSources([resolve(packages, 'papers/src/experiments.ts')]);
}

const manifest: Promise<Record<string, string>> = readFile(resolve(packages, 'core/package.json'), 'utf8').then(
  (text) => JSON.parse(text).dependencies,
);

async function hashSources(entries: string[]): Promise<string> {
  const files = new Map<string, string>();
  const externals = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (files.has(path)) return;
    files.set(path, '');
    const text = await readFile(path, 'utf8');
    files.set(path, text);
    const targets = [...text.matchAll(importPattern)].map(([, specifier]) => specifier);
    for (const target of targets) {
      const room = /^@laurel\/core\/([a-z]+)$/.exec(target);
      if (room) await visit(resolve(packages, 'core/src', room[1], 'index.ts'));
      else if (target.startsWith('.')) await visit(resolve(dirname(path), target));
      else externals.add(target);
    }
  };
  for (const entry of entries) await visit(entry);
  const versions = await manifest;
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${relative(packages, path)}\0${text}\0`);
  }
  for (const name of [...externals].sort()) hash.update(`${name}@${versions[name] ?? ''}\0`);
  return hash.digest('hex').slice(0, 16);
}
