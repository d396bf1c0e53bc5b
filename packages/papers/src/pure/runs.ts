import type { Finished } from '@laurel/core/paper';
import { mean } from '@laurel/core/stats';
import type { Variant } from './arms.ts';
import type { LanguageArm, LanguageOutcome, LanguageTraining } from './language.ts';
import type { Outcome } from './outcome.ts';
import type { Arm, Training } from './train.ts';

/** What a trial in the filler chain does. */
export type ChainConfig = { part: 'chain'; arm: Arm; variant: Variant; plan: number; training: Training };

/** What a trial of the language model does. */
export type LanguageConfig = {
  part: 'language';
  arm: LanguageArm;
  /** Seed of the base policy and its process reward model. */
  base: number;
  settings: LanguageSettings;
  training: LanguageTraining;
};

/** What all arms of a seed have in common. */
export type LanguageSettings = { operations: number; width: number; baseAccuracy: number; labelled: number };

export type Run = Finished<ChainConfig, Outcome>;
export type LanguageRun = Finished<LanguageConfig, LanguageOutcome>;

/** What the process reward model gives a plan: above a right computation (0.6), as in the paper's example. */
export const planScore = 0.8;

/** An arm's runs by seed. */
export function runsOf(finished: readonly Run[], arm: Arm, variant: Variant, plan = planScore): Map<number, Outcome> {
  const ours = finished.filter(
    ({ config }) => config.arm.name === arm.name && config.variant === variant && config.plan === plan,
  );
  return new Map(ours.map(({ seed, result }) => [seed, result]));
}

/** An arm's runs of the language model by seed. */
export function languageRunsOf(finished: readonly LanguageRun[], arm: LanguageArm): Map<number, LanguageOutcome> {
  const ours = finished.filter(({ config }) => config.arm.name === arm.name);
  return new Map(ours.map(({ seed, result }) => [seed, result]));
}

/** Values of both arms at the seeds that both have finished. */
export function paired<R>(
  a: ReadonlyMap<number, R>,
  b: ReadonlyMap<number, R>,
  value: (outcome: R) => number,
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
export function onsetOf(iterations: number): (outcome: { onset: number | null }) => number {
  return ({ onset }) => onset ?? iterations + 1;
}

export function meanOf<R>(runs: ReadonlyMap<number, R>, value: (outcome: R) => number): number {
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
