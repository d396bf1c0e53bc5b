import type { Potential } from '@laurel/core/search';
import { type Setting, steps, usual } from './measure.ts';

/** Strengths at which everything is compared: a soft tilt, whose target has several modes, and the released default. */
export const soft = 2;
export const hard = 10;
/** Further strengths for the trade of reward against variety. */
export const sweptLambdas = [0.5, 1, 5] as const;
export const particleCounts = [2, 4, 8, 16] as const;
/** Population of the sweeps over strength and schedule, and of the comparison with best-of-n. */
export const sweptCount = 8;
/** Transitions between looks that are compared: often and seldom. */
export const often = 10;
export const seldom = 50;

export const steeredPotentials = ['difference', 'max', 'sum'] as const satisfies readonly Potential[];
export type SteeredPotential = (typeof steeredPotentials)[number];
export const steeredArm: Record<SteeredPotential, string> = {
  difference: 'FK, difference',
  max: 'FK, max',
  sum: 'FK, sum',
};
export const base = 'base model';
export const bestOf = 'best of k';
/** Best of as many samples as cost what FK costs in model and reward calls together. */
export const bestOfCalls = 'best of equal calls';
/** Best of as many samples as FK makes reward calls: several times its model calls. */
export const bestOfRewardCalls = 'best of equal reward calls';
export const importance = 'importance sampling';
export const guided = 'gradient guidance';
export const armOrder = [
  base,
  bestOf,
  bestOfCalls,
  bestOfRewardCalls,
  importance,
  ...Object.values(steeredArm),
  guided,
];

/** Reward calls a particle in a run: one a look. */
const looks = steps / usual;

/** The arms that draw independent samples. */
export function independentSettings(lambda: number): Setting[] {
  const of = (arm: string, potential: Potential, k: number, particles = k): Setting => ({
    arm,
    potential,
    lambda,
    particles,
    k,
    every: usual,
  });
  return [
    of(base, 'best-of-n', 1),
    ...particleCounts.flatMap((k) => [
      of(bestOf, 'best-of-n', k),
      of(bestOfCalls, 'best-of-n', k, Math.ceil((k * (steps + looks)) / (steps + 1))),
      of(bestOfRewardCalls, 'best-of-n', k, looks * k),
      of(importance, 'importance', k),
    ]),
  ];
}

export function steeredSetting(potential: SteeredPotential, lambda: number, k: number, every = usual): Setting {
  return { arm: steeredArm[potential], potential, lambda, particles: k, k, every };
}

/** A single sample, pushed at every transition. */
export function guidedSetting(lambda: number): Setting {
  return { arm: guided, potential: 'best-of-n', lambda, particles: 1, k: 1, every: usual };
}

/**
 * Scale of the guidance in units of lambda, of {0.25, 0.5, 1, 2, 4, 8} the one with the smallest squared MMD to the target,
 * mean over six seeds from TUNING_SEED on with 500 runs each. At the higher strength all from 0.5 up are within noise.
 */
export const guidanceScale: ReadonlyMap<number, number> = new Map([
  [soft, 0.5],
  [hard, 8],
]);
