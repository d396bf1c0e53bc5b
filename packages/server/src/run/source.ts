import type { AnyExperiment } from '@laurel/core/paper';
import { loadExperiment, runnable } from '@laurel/papers/experiments';
import { artifactVersion, codeVersion, workspaceVersion } from './code-version.ts';

/** Where experiments come from: the papers, or a test's own. */
export interface ExperimentSource {
  /** The module that task processes import; it exports `loadExperiment(slug)`. */
  readonly module: string;
  readonly slugs: readonly string[];
  load(slug: string): Promise<AnyExperiment>;
  /** What code one experiment's results depend on. */
  version(slug: string): Promise<string>;
  /** What code an artifact of an experiment depends on. */
  artifactVersion(slug: string, name: string): Promise<string>;
  /** What code all of them depend on. */
  versionOfAll(): Promise<string>;
}

/** The experiments of `@laurel/papers`. Versions are those of the files as they stood when first asked for. */
export function paperExperiments(): ExperimentSource {
  const versions = new Map<string, Promise<string>>();
  const once = (key: string, make: () => Promise<string>) => {
    const known = versions.get(key) ?? make();
    versions.set(key, known);
    return known;
  };
  return {
    module: '@laurel/papers/experiments',
    slugs: runnable,
    load: loadExperiment,
    version: (slug) => once(slug, () => codeVersion(slug)),
    artifactVersion: (slug, name) => once(`${slug} ${name}`, () => artifactVersion(slug, name)),
    versionOfAll: () => once('', workspaceVersion),
  };
}
