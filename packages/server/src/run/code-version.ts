import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * What code a paper's results depend on: a hash of its experiment and of every file of ours whose code it imports, however
 * far down, plus the versions of the packages those files name. A result is reused exactly as long as none of that
 * changes. What a paper says about itself (`paper.ts`) and types have no say in a result, so those are not followed; an
 * import from a room's index leads to the files that export what is imported, and to no others, so that a new file in a
 * room leaves old results as they are.
 */
export async function codeVersion(slug: string): Promise<string> {
  return hashSources(experimentOf(slug));
}

/**
 * What code an artifact depends on. One named `lab/NAME` is defined in the laboratory's file of that name and depends on
 * nothing else, so papers share what was built; any other belongs to its paper and depends on all of it.
 */
export async function artifactVersion(slug: string, name: string): Promise<string> {
  const [, file] = /^lab\/([a-z-]+)$/.exec(name) ?? [];
  return file === undefined ? codeVersion(slug) : hashSources(resolve(papersFolder, 'lab', `${file}.ts`));
}

/** As `codeVersion`, for all papers at once: workers with different code take their work from different queues. */
export async function workspaceVersion(): Promise<string> {
  return hashSources(resolve(packages, 'papers/src/experiments.ts'));
}

const papersFolder = resolve(packages, 'papers/src');
const experimentOf = (slug: string) => resolve(packages, 'papers/src', slug, 'experiment.ts');

interface Import {
  from: string;
  /** What is imported by name; null for everything. */
  names: string[] | null;
}

const manifest: Promise<Record<string, string>> = readFile(resolve(packages, 'core/package.json'), 'utf8').then(
  (text) => JSON.parse(text).dependencies,
);

type Read = (path: string) => Promise<string>;

/** The files a paper's experiment depends on, relative to the packages' folder, in order. */
export async function sourcesOf(slug: string): Promise<string[]> {
  const { files } = await follow(experimentOf(slug));
  return [...files.keys()].map((path) => relative(packages, path)).sort();
}

async function hashSources(entry: string): Promise<string> {
  const { files, used } = await follow(entry);
  const versions = await manifest;
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${relative(packages, path)}\0${text}\0`);
  }
  for (const name of [...used].sort()) hash.update(`${name}@${versions[name] ?? ''}\0`);
  return hash.digest('hex').slice(0, 16);
}

/** Every file of ours that a file's values come from, with its text, and the packages used on the way. */
async function follow(entry: string): Promise<{ files: Map<string, string>; used: Set<string> }> {
  const texts = new Map<string, Promise<string>>();
  const read: Read = (path) => {
    const text = texts.get(path) ?? readFile(path, 'utf8');
    texts.set(path, text);
    return text;
  };
  const files = new Map<string, string>();
  const used = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (files.has(path)) return;
    const text = await read(path);
    files.set(path, text);
    for (const { from, names } of importsOf(text)) {
      const target = fileOf(from, path);
      if (target === null) used.add(from);
      else if (target.endsWith('/paper.ts') && target.startsWith(papersFolder)) continue;
      else for (const file of await filesBehind(target, names, read)) await visit(file);
    }
  };
  await visit(entry);
  return { files, used };
}

function fileOf(specifier: string, importer: string): string | null {
  const room = /^@laurel\/core\/([a-z]+)$/.exec(specifier);
  if (room) return resolve(packages, 'core/src', room[1], 'index.ts');
  return specifier.startsWith('.') ? resolve(dirname(importer), specifier) : null;
}

/** The files that an import reaches: the file itself, or those behind an index that declare one of the names. */
async function filesBehind(path: string, names: string[] | null, read: Read): Promise<string[]> {
  if (!path.endsWith('/index.ts')) return [path];
  const text = await read(path);
  const named = [...text.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm)].flatMap(([, list, from]) => {
    const given = list.split(',').map(
      (each) =>
        each
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    );
    return names === null || names.some((name) => given.includes(name)) ? [resolve(dirname(path), from)] : [];
  });
  const behind = [...text.matchAll(/^export \* from '([^']+)';$/gm)].map(async ([, from]) => {
    const file = resolve(dirname(path), from);
    if (file.endsWith('/index.ts') || names === null) return filesBehind(file, names, read);
    const whole = await read(file);
    return names.some((name) => declares(whole, name)) ? [file] : [];
  });
  return [...named, ...(await Promise.all(behind)).flat()];
}

function declares(text: string, name: string): boolean {
  const kinds = 'async function\\*?|function\\*?|const|let|class|abstract class';
  const direct = new RegExp(`^export (?:${kinds}) ${name}\\b`, 'm');
  const listed = new RegExp(`^export \\{[^}]*\\b${name}\\b[^}]*\\}`, 'm');
  return direct.test(text) || listed.test(text);
}

/** Imports and re-exports of values. */
function importsOf(text: string): Import[] {
  const imports: Import[] = [];
  for (const [, type, clause, from] of text.matchAll(
    /^(?:import|export)( type)?\s+([^;'"]*?)\s*from\s+'([^']+)';$/gms,
  )) {
    if (type) continue;
    const braces = /\{([^}]*)\}/s.exec(clause);
    const names = braces?.[1]
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '' && !each.startsWith('type '))
      .map((each) => each.split(/\s+as\s+/)[0]);
    if (braces && names?.length === 0) continue;
    imports.push({ from, names: names ?? null });
  }
  for (const [, lazy, bare] of text.matchAll(/\bimport(?:\('([^']+)'\)| '([^']+)';)/g))
    imports.push({ from: lazy ?? bare, names: null });
  return imports;
}
