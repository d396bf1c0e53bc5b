import { canonicalJson, type Finished } from '@laurel/core/paper';
import { mean } from '@laurel/core/stats';
import type { Comparisons } from './control-learning.ts';
import type { PropertyCounts } from './properties.ts';
import {
  type Arm,
  baseArm,
  type Config,
  type DoorOutcome,
  FACTORS,
  type Method,
  type Result,
  signalsOf,
  type WorldName,
} from './trial.ts';

/** One run of an arm: its score (0 a random policy, 1 the anchor) and what else it left. */
export interface Run {
  score: number;
  curve: { steps: number; reward: number }[];
  comparisons: Comparisons | null;
  grids: DoorOutcome[];
}

/** Runs of one world by arm and seed, as far as they finished. */
export interface WorldScores {
  world: WorldName;
  /** All arms that ran, in the order of the plan. */
  arms: readonly Arm[];
  /** Runs of an arm by seed; empty where there are none. */
  runs(arm: Arm): ReadonlyMap<number, Run>;
}

/** Groups results by world and normalises scores. A world without its anchors is left out: it has no unit. */
export function scoresByWorld(finished: readonly Finished<Config, Result>[]): WorldScores[] {
  const worlds: WorldScores[] = [];
  for (const world of ['intersection', 'swing-up', 'door'] as const) {
    const arms = new Map<string, Arm>();
    const raw = new Map<string, Map<number, Run>>();
    for (const { config, seed, result } of finished) {
      if (config.part === 'properties' || worldOf(config) !== world) continue;
      const key = canonicalJson(config.arm);
      arms.set(key, config.arm);
      raw.set(key, (raw.get(key) ?? new Map<number, Run>()).set(seed, runOf(result)));
    }
    const runs = (arm: Arm) => raw.get(canonicalJson(arm)) ?? new Map<number, Run>();
    if (world !== 'door') {
      const [random, native] = (['random', 'native'] as const).map((method) => scoresOf(runs(baseArm(world, method))));
      if (random.length === 0 || native.length === 0) continue;
      const [zero, unit] = [mean(random), mean(native) - mean(random)];
      for (const run of [...raw.values()].flatMap((bySeed) => [...bySeed.values()]))
        run.score = (run.score - zero) / unit;
    }
    if (raw.size > 0) worlds.push({ world, arms: [...arms.values()], runs });
  }
  return worlds;
}

function worldOf(config: Exclude<Config, { part: 'properties' }>): WorldName {
  return config.part === 'door' ? 'door' : config.world;
}

function runOf(result: Result): Run {
  if (result.part === 'control') return { ...result, grids: [] };
  const grids = result.part === 'door' ? result.grids : [];
  return { score: doorScore(grids), curve: [], comparisons: null, grids };
}

/** Mean success over grids, 0 for a random walk and 1 for an optimal policy. */
function doorScore(grids: readonly DoorOutcome[]): number {
  return mean(grids.map(({ success, random, optimal }) => (success - random) / (optimal - random)));
}

export function scoresOf(runs: ReadonlyMap<number, Run>): number[] {
  return [...runs.values()].map(({ score }) => score);
}

/** Score by seed at scale 1. */
export function baseScores({ world, runs }: WorldScores, method: Method): Map<number, number> {
  return new Map([...runs(baseArm(world, method))].map(([seed, { score }]) => [seed, score]));
}

/** Scores by seed with one signal rescaled, one map for each signal and factor. */
export function rescaledScores({ world, runs }: WorldScores, method: Method) {
  return signalsOf(world).flatMap((signal, scaled) =>
    FACTORS.map((factor) => ({
      signal,
      factor,
      bySeed: new Map(
        [...runs({ ...baseArm(world, method), scaled, factor })].map(([seed, { score }]) => [seed, score]),
      ),
    })),
  );
}

/** Score on the door grids where the proxy is aligned, or on the others; null where no such grid ran. */
export function kindScore({ world, runs }: WorldScores, method: Method, aligned: boolean): number | null {
  const grids = [...runs(baseArm(world, method)).values()].flatMap((run) => run.grids);
  const kind = grids.filter(({ isAligned }) => isAligned === aligned);
  return kind.length > 0 ? doorScore(kind) : null;
}

/** Property checks of all seeds together. */
export function propertyCounts(finished: readonly Finished<Config, Result>[]): PropertyCounts | null {
  const all = finished.flatMap(({ result }) => (result.part === 'properties' ? [result.counts] : []));
  if (all.length === 0) return null;
  const total = (property: keyof PropertyCounts) => ({
    checked: all.reduce((sum, counts) => sum + counts[property].checked, 0),
    broken: all.reduce((sum, counts) => sum + counts[property].broken, 0),
  });
  return { p1: total('p1'), p2: total('p2'), p3: total('p3') };
}
