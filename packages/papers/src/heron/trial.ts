import type { ControlMethod, ControlOutcome } from './control-learning.ts';
import { DOOR_KAPPA, type DoorMethod } from './door-learning.ts';
import { DOOR_SIGNALS } from './door-world.ts';
import type { PropertyCounts } from './properties.ts';
import { CONTROL, type ControlName } from './worlds.ts';

export type WorldName = ControlName | 'door';
export type Method = ControlMethod | DoorMethod | 'random';

/** One way to make and use a reward: everything but the seed. */
export interface Arm {
  method: Method;
  order: number[];
  kappa: number;
  /** The signal that is multiplied, -1 for none, and by what. */
  scaled: number;
  factor: number;
}

export type Config =
  | { part: 'control'; world: ControlName; arm: Arm; steps: number; episodes: number }
  | { part: 'door'; arm: Arm; grids: number }
  | { part: 'properties' };

/** Door grids, one entry each. */
export interface DoorOutcome {
  success: number;
  random: number;
  optimal: number;
  isAligned: boolean;
  /** Share of learning episodes that reached the goal. */
  seen: number;
}

export type Result =
  | ({ part: 'control' } & ControlOutcome)
  | { part: 'door'; grids: DoorOutcome[] }
  | { part: 'properties'; counts: PropertyCounts };

export const FACTORS = [0.01, 100] as const;
export const KAPPAS = [0, 0.25, 0.5, 1, 2] as const;

export function signalsOf(world: WorldName): readonly string[] {
  return world === 'door' ? DOOR_SIGNALS : CONTROL[world].signals;
}

/** A method as it is meant: signals in their order, at scale 1, with the margin that was fixed for the world. */
export function baseArm(world: WorldName, method: Method): Arm {
  const order = signalsOf(world).map((_, l) => l);
  return { method, order, kappa: world === 'door' ? DOOR_KAPPA : CONTROL[world].kappa, scaled: -1, factor: 1 };
}

/** The arms of a world, with how many of the seeds each is run on. */
export function armsOf(
  world: WorldName,
  { seeds, sideSeeds, sideTests }: { seeds: number; sideSeeds: number; sideTests: boolean },
): { arm: Arm; seeds: number }[] {
  const side = Math.min(seeds, sideSeeds);
  const learned: Method[] = sideTests ? ['heron', 'flat', 'linear', 'z-scored'] : ['heron', 'linear', 'z-scored'];
  const anchors: Method[] = world === 'door' ? ['sparse'] : ['random', 'native'];
  // HERON and z-scored sums do not depend on scale by construction: one seed is enough to check that.
  const scaleSeeds = {
    linear: seeds,
    heron: sideTests ? 1 : 0,
    'z-scored': sideTests ? 1 : 0,
    flat: sideTests ? side : 0,
  };
  const arms = [...anchors, ...learned].map((method) => ({ arm: baseArm(world, method), seeds }));
  for (const [method, count] of Object.entries(scaleSeeds)) {
    for (let scaled = 0; scaled < signalsOf(world).length; scaled++) {
      for (const factor of FACTORS) {
        arms.push({ arm: { ...baseArm(world, method as keyof typeof scaleSeeds), scaled, factor }, seeds: count });
      }
    }
  }
  if (sideTests) {
    const base = baseArm(world, 'heron');
    for (const order of permutations(base.order).slice(1)) arms.push({ arm: { ...base, order }, seeds: side });
    for (const kappa of KAPPAS) if (kappa !== base.kappa) arms.push({ arm: { ...base, kappa }, seeds: side });
  }
  return arms;
}

/** All orders of a list, the given one first. */
export function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

export function labelOf(world: WorldName, { method, order, kappa, scaled, factor }: Arm): string {
  const base = baseArm(world, method);
  if (scaled >= 0) return `${world}, ${method}, ${signalsOf(world)[scaled]} × ${factor}`;
  if (kappa !== base.kappa) return `${world}, ${method}, κ = ${kappa}`;
  if (order.some((l, rank) => l !== base.order[rank])) return `${world}, ${method}, order ${order.join(' ')}`;
  return `${world}, ${method}`;
}
