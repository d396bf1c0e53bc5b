import { mean } from '@laurel/core/stats';
import { type Arm, rivals } from './scorers.ts';
import type { ArmResult, Run } from './trial.ts';
import type { World } from './world.ts';

/** An arm's results in a world, by seed. */
export function armBySeed(finished: readonly Run[], world: World, arm: Arm): Map<number, ArmResult> {
  return new Map(
    finished
      .filter(({ config }) => config.world === world)
      .flatMap(({ seed, result }) =>
        result.arms.filter((each) => each.arm === arm).map((each) => [seed, each] as const),
      ),
  );
}

/** Mean accuracy over the numbers of candidates that count as many: 8 and more, or the largest where none is. */
export function atMany(candidates: readonly number[]): (result: ArmResult) => number {
  const from = Math.min(8, candidates[candidates.length - 1]);
  return ({ accuracy }) => mean(accuracy.filter((_, i) => candidates[i] >= from));
}

/** Slope of accuracy by the number of candidates, for each doubling. */
export function slopeOver(candidates: readonly number[]): (result: ArmResult) => number {
  const x = candidates.map(Math.log2);
  const middle = mean(x);
  const spread = x.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return ({ accuracy }) => x.reduce((sum, value, i) => sum + (value - middle) * accuracy[i], 0) / spread;
}

/** The process model with the best mean over a world's runs. */
export function strongestRival(
  finished: readonly Run[],
  world: World,
  value: (result: ArmResult) => number,
): (typeof rivals)[number] {
  const score = (arm: Arm) => mean([...armBySeed(finished, world, arm).values()].map(value));
  return rivals.reduce((best, arm) => (score(arm) > score(best) ? arm : best));
}

/** The value of one arm less that of another at each seed of a world. */
export function differences(
  finished: readonly Run[],
  world: World,
  [ours, other]: readonly [Arm, Arm],
  value: (result: ArmResult) => number,
): Map<number, number> {
  const others = armBySeed(finished, world, other);
  return new Map(
    [...armBySeed(finished, world, ours)].flatMap(([seed, result]) => {
      const rival = others.get(seed);
      return rival ? [[seed, value(result) - value(rival)] as const] : [];
    }),
  );
}
