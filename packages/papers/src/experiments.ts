import type { AnyExperiment } from '@laurel/core/paper';

/** Papers that run, each loaded when it is asked for, so that a page shows 74 papers without loading any experiment. */
const loaders = {
  'clip-delta': () => import('./clip-delta/experiment.ts'),
  'fk-steering': () => import('./fk-steering/experiment.ts'),
  heron: () => import('./heron/experiment.ts'),
  hrm: () => import('./hrm/experiment.ts'),
  'implicit-prm': () => import('./implicit-prm/experiment.ts'),
  pav: () => import('./pav/experiment.ts'),
  'policy-cliff': () => import('./policy-cliff/experiment.ts'),
  prime: () => import('./prime/experiment.ts'),
  'process-rewards': () => import('./process-rewards/experiment.ts'),
  pure: () => import('./pure/experiment.ts'),
  'self-prm': () => import('./self-prm/experiment.ts'),
  spa: () => import('./spa/experiment.ts'),
  srm: () => import('./srm/experiment.ts'),
  starc: () => import('./starc/experiment.ts'),
} satisfies Record<string, () => Promise<{ experiment: AnyExperiment }>>;

export const runnable: readonly string[] = Object.keys(loaders);

/** The experiment of a paper. Throws RangeError for a paper that has none. */
export async function loadExperiment(slug: string): Promise<AnyExperiment> {
  if (!Object.hasOwn(loaders, slug)) {
    throw new RangeError(`paper "${slug}" has no experiment yet; these run: ${runnable.join(', ')}`);
  }
  return (await loaders[slug as keyof typeof loaders]()).experiment;
}
