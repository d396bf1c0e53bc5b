import type { Finished } from '@laurel/core/paper';
import type { Arm, Result } from './trial.ts';

export type Run = Finished<{ arm: Arm }, Result>;

/** An arm's results by seed. */
export function runsOf(finished: readonly Run[], arm: Arm): Map<number, Result> {
  return new Map(finished.filter(({ config }) => config.arm === arm).map(({ seed, result }) => [seed, result]));
}
