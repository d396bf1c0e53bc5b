import type { Finished } from '@laurel/core/paper';
import type { Arm, Training } from './arms.ts';
import type { CorridorArm, CorridorTraining, Properties } from './corridor-runs.ts';
import type { ProgressCheck } from './progress.ts';
import type { Trace } from './train.ts';

/** What a trial does (`agent` is the seed of the agent it begins with): trains one arm in the household or all in a corridor, or looks at what estimators say. */
export type Config =
  | { kind: 'household'; agent: number; arm: Arm; training: Training }
  | { kind: 'progress'; agent: number; training: Training; rollouts: number; played: number }
  | { kind: 'corridor'; arms: readonly CorridorArm[]; training: CorridorTraining }
  | { kind: 'properties'; training: CorridorTraining; episodes: number };

export type Result =
  | { kind: 'household'; trace: Trace }
  | { kind: 'progress'; check: ProgressCheck }
  | { kind: 'corridor'; curves: { arm: string; success: number[] }[] }
  | { kind: 'properties'; properties: Properties };

export type Run = Finished<Config, Result>;

/** Runs of an arm in the household, by seed. */
export function tracesOf(finished: readonly Run[], arm: Arm): Map<number, Trace> {
  return new Map(
    finished.flatMap(({ seed, config, result }) =>
      config.kind === 'household' && config.arm.name === arm.name && result.kind === 'household'
        ? [[seed, result.trace] as const]
        : [],
    ),
  );
}

export function checksOf(finished: readonly Run[]): ProgressCheck[] {
  return finished.flatMap(({ result }) => (result.kind === 'progress' ? [result.check] : []));
}

export function propertiesOf(finished: readonly Run[]): Properties[] {
  return finished.flatMap(({ result }) => (result.kind === 'properties' ? [result.properties] : []));
}

/** Curves of exact success in a corridor of so many cells, one list of arms a seed. */
export function corridorsOf(finished: readonly Run[], cells: number): { arm: string; success: number[] }[][] {
  return finished.flatMap(({ config, result }) =>
    config.kind === 'corridor' && result.kind === 'corridor' && config.training.cells === cells ? [result.curves] : [],
  );
}

/** Lengths of corridors, from short to long. */
export function lengthsOf(finished: readonly Run[]): number[] {
  const cells = finished.flatMap(({ config }) => (config.kind === 'corridor' ? [config.training.cells] : []));
  return [...new Set(cells)].sort((a, b) => a - b);
}

/** Values of two arms at the seeds that both have finished. */
export function paired<X>(
  a: ReadonlyMap<number, X>,
  b: ReadonlyMap<number, X>,
  value: (x: X) => number,
): [number[], number[]] {
  const seeds = [...a.keys()].filter((seed) => b.has(seed));
  // Both have the seed, by the filter.
  return [seeds.map((seed) => value(a.get(seed)!)), seeds.map((seed) => value(b.get(seed)!))];
}
