import type { Finished } from '@laurel/core/paper';
import { mean } from '@laurel/core/stats';
import type { Variant } from './arms.ts';
import type { Outcome } from './outcome.ts';
import type { Arm } from './train.ts';

export type Run = Finished<{ arm: Arm; variant: Variant; plan: number }, Outcome>;

/** What the process reward model gives a plan: above a right computation (0.6), as in the paper's example. */
export const planScore = 0.8;

/** An arm's runs by seed. */
export function runsOf(finished: readonly Run[], arm: Arm, variant: Variant, plan = planScore): Map<number, Outcome> {
  const ours = finished.filter(
    ({ config }) => config.arm.name === arm.name && config.variant === variant && config.plan === plan,
  );
  return new Map(ours.map(({ seed, result }) => [seed, result]));
}

/** Values of both arms at the seeds that both have finished. */
export function paired(
  a: ReadonlyMap<number, Outcome>,
  b: ReadonlyMap<number, Outcome>,
  value: (outcome: Outcome) => number,
): { seeds: number[]; a: number[]; b: number[] } {
  const seeds: number[] = [];
  const values: { a: number[]; b: number[] } = { a: [], b: [] };
  for (const [seed, ours] of a) {
    const other = b.get(seed);
    if (!other) continue;
    seeds.push(seed);
    values.a.push(value(ours));
    values.b.push(value(other));
  }
  return { seeds, ...values };
}

/** The onset, with one more than all iterations for a run that never fell. */
export function onsetOf(iterations: number): (outcome: Outcome) => number {
  return ({ onset }) => onset ?? iterations + 1;
}

export function meanOf(runs: ReadonlyMap<number, Outcome>, value: (outcome: Outcome) => number): number {
  return mean([...runs.values()].map(value));
}

/** The arm with the largest mean, among those that have runs. */
export function bestArm(
  finished: readonly Run[],
  arms: readonly Arm[],
  variant: Variant,
  value: (outcome: Outcome) => number,
): Arm | undefined {
  const withRuns = arms.filter((arm) => runsOf(finished, arm, variant).size > 0);
  const score = (arm: Arm) => meanOf(runsOf(finished, arm, variant), value);
  return withRuns.toSorted((a, b) => score(b) - score(a)).at(0);
}
