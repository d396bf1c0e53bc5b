import type { Finished } from '@laurel/core/paper';
import { bootstrap, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import type { Row } from './measure.ts';
import type { Midway } from './midway.ts';
import type { Task } from './world.ts';

export interface Result {
  rows: Row[];
  midway: Midway[];
}

export type Run = Finished<{ task: Task }, Result>;

/** Picks rows out of all results. */
export type Where = Pick<Row, 'arm' | 'lambda' | 'k'> & { task: Task; every: number };

/** One value a seed. */
export type BySeed = ReadonlyMap<number, number>;

export function valuesOf(finished: readonly Run[], where: Where, value: (row: Row) => number): BySeed {
  const found = new Map<number, number>();
  for (const { config, seed, result } of finished) {
    if (config.task !== where.task) continue;
    for (const row of result.rows) {
      const fits =
        row.arm === where.arm && row.lambda === where.lambda && row.k === where.k && row.every === where.every;
      if (fits) found.set(seed, value(row));
    }
  }
  return found;
}

/** Mean of a - b over the seeds that have both; null without one. */
export function difference(a: BySeed, b: BySeed): Estimate | null {
  const seeds = [...a.keys()].filter((seed) => b.has(seed));
  if (seeds.length === 0) return null;
  const at = (values: BySeed) => seeds.map((seed) => values.get(seed) ?? 0);
  return pairedDifference(at(a), at(b));
}

export function estimate(values: BySeed): Estimate | null {
  return values.size === 0 ? null : bootstrap([...values.values()]);
}

export function meanOf(values: BySeed): number | null {
  return values.size === 0 ? null : mean([...values.values()]);
}

/** Correlations by seed at a share of the trajectory. */
export function correlationsOf(finished: readonly Run[], task: Task, done: number): BySeed {
  const found = new Map<number, number>();
  for (const { config, seed, result } of finished) {
    if (config.task !== task) continue;
    for (const midway of result.midway) if (midway.done === done) found.set(seed, midway.correlation);
  }
  return found;
}
