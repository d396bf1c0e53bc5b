import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What of `packages/papers` is read to check it. */
export interface PapersFolder {
  /** Folders of src that belong to one paper each. */
  folders: { name: string; hasPaper: boolean; hasExperiment: boolean }[];
  /** Slugs of the catalogue and of the studies. */
  slugs: readonly string[];
  /** Slugs that experiments.ts lists. */
  runnable: readonly string[];
  /** Text of experiments.ts. */
  experiments: string;
  /** Slugs with a recorded result. */
  results: string[];
}

/** Reads the folder and loads the catalogue. Rejects with the ZodError of a paper that is not one. */
export async function readPapers(folder: string): Promise<PapersFolder> {
  const src = join(folder, 'src');
  const load = (file: string) => import(pathToFileURL(join(src, file)).href);
  type Slugs = readonly { slug: string }[];
  const { catalogue, studies }: { catalogue: Slugs; studies: Slugs } = await load('index.ts');
  const { runnable }: { runnable: readonly string[] } = await load('experiments.ts');
  const results = join(folder, 'results');
  return {
    folders: readdirSync(src, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'lab')
      .map(({ name }) => ({
        name,
        hasPaper: existsSync(join(src, name, 'paper.ts')),
        hasExperiment: existsSync(join(src, name, 'experiment.ts')),
      })),
    slugs: [...catalogue, ...studies].map(({ slug }) => slug),
    runnable,
    experiments: readFileSync(join(src, 'experiments.ts'), 'utf8'),
    results: existsSync(results)
      ? readdirSync(results).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
      : [],
  };
}

/** Where folders, catalogue, list of experiments and recorded results do not fit together. */
export function findMisfits({ folders, slugs, runnable, experiments, results }: PapersFolder): string[] {
  const misfits: string[] = [];
  for (const { name, hasPaper, hasExperiment } of folders) {
    if (!hasPaper) misfits.push(`src/${name} has no paper.ts`);
    else if (!slugs.includes(name)) {
      misfits.push(`src/${name}: its paper is not in src/index.ts, or its slug is not "${name}"`);
    }
    if (hasExperiment && !runnable.includes(name))
      misfits.push(`src/${name}/experiment.ts is not in src/experiments.ts`);
  }
  for (const slug of slugs) {
    if (!folders.some(({ name }) => name === slug))
      misfits.push(`src/index.ts has "${slug}", but there is no src/${slug}`);
  }
  if (new Set(slugs).size < slugs.length) misfits.push('src/index.ts has a slug twice');
  for (const slug of runnable) {
    if (!folders.some(({ name, hasExperiment }) => name === slug && hasExperiment)) {
      misfits.push(`src/experiments.ts has "${slug}", but there is no src/${slug}/experiment.ts`);
    }
  }
  const loaded = [...experiments.matchAll(/import\('\.\/([^/']+)\/experiment\.ts'\)/g)].map(([, name]) => name);
  if (loaded.join() !== runnable.join()) {
    misfits.push(`src/experiments.ts: the keys ${runnable.join(', ')} load ${loaded.join(', ')}`);
  }
  for (const slug of results) {
    if (!runnable.includes(slug)) misfits.push(`results/${slug}.json is the result of no experiment`);
  }
  return misfits;
}
