import type { Finished } from '@laurel/core/paper';
import type { ChainTask } from '../lab/task.ts';
import type { PlantedArm } from './planted.ts';
import type { SearchOutcome } from './search.ts';
import type { TreeOptions, TreeOutcome } from './trees.ts';

/** What a trial does. */
export type Config =
  | { kind: 'planted'; arm: PlantedArm; training: { iterations: number; batch: number; width: number } }
  | { kind: 'tree'; tree: TreeOptions }
  | {
      kind: 'search';
      base: { task: ChainTask; width: number; accuracy: number; seed: number };
      problems: number;
      completions: number;
    };

/** What it gives. */
export type Result =
  | ({ kind: 'planted' } & PlantedOutcome)
  | ({ kind: 'tree' } & TreeOutcome)
  | { kind: 'search'; arms: SearchOutcome[]; valueTokens: number };

export interface PlantedOutcome {
  /** Area under the curve of successes: their mean over all iterations. */
  area: number;
  /** Mean success of each ten iterations. */
  curve: number[];
  /** First ten iterations with at least half successes, counted in iterations; null when there are none. */
  half: number | null;
  /** Share of successes before training. */
  before: number;
}

export type Run = Finished<Config, Result>;

/** Runs of an arm by seed. */
export function plantedRuns(finished: readonly Run[], arm: PlantedArm): Map<number, PlantedOutcome> {
  return new Map(
    finished.flatMap(({ config, seed, result }) =>
      config.kind === 'planted' && result.kind === 'planted' && config.arm.name === arm.name ? [[seed, result]] : [],
    ),
  );
}

export function treeRuns(finished: readonly Run[]): TreeOutcome[] {
  return finished.flatMap(({ result }) => (result.kind === 'tree' ? [result] : []));
}

export function searchRuns(finished: readonly Run[]): { arms: readonly SearchOutcome[]; valueTokens: number }[] {
  return finished.flatMap(({ result }) => (result.kind === 'search' ? [result] : []));
}

/** Values of both at the seeds that both have. */
export function paired(
  a: ReadonlyMap<number, PlantedOutcome>,
  b: ReadonlyMap<number, PlantedOutcome>,
): { a: number[]; b: number[] } {
  const seeds = [...a.keys()].filter((seed) => b.has(seed));
  const areas = (runs: ReadonlyMap<number, PlantedOutcome>) => seeds.map((seed) => runs.get(seed)?.area ?? 0);
  return { a: areas(a), b: areas(b) };
}
