import { type ClaimResult, judgeAbove, judgeAll, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate } from '@laurel/core/stats';
import { armBySeed, atMany, differences, slopeOver, strongestRival } from './runs.ts';
import type { Arm } from './scorers.ts';
import type { ArmResult, Run } from './trial.ts';
import type { World } from './world.ts';

/** How far accuracy may fall and still count as level. */
export const LEVEL = 0.02;

export function beatsPrm(finished: readonly Run[], candidates: readonly number[]): ClaimResult | null {
  const value = atMany(candidates);
  const found = gain(finished, 'repairs', value);
  if (!found) return null;
  const { rival, estimate } = found;
  const over = (other: Arm) => estimated(finished, 'repairs', ['HRM', other], value);
  return {
    verdict: judgeAbove(estimate),
    ours: estimate,
    measure: `accuracy with ${many(candidates)} candidates, HRM − strongest process model (${rival})`,
    because: `Over the plain process model, which learns from the same rated solutions: ${words(over('PRM'))}; over the one with as many single lines of further solutions: ${words(over('PRM, more data'))}; over the outcome model: ${words(over('ORM'))}. A merged pair has the text and the label of a single line that is there already, so it can only help the scorer to use what it was shown.`,
  };
}

export function holdsUp(finished: readonly Run[], candidates: readonly number[]): ClaimResult | null {
  const slope = slopeOver(candidates);
  const found = gain(finished, 'repairs', slope, atMany(candidates));
  if (!found) return null;
  const second = candidates.findIndex((n) => n >= 2);
  const drift = bootstrap(
    [...armBySeed(finished, 'repairs', 'HRM').values()].map(
      ({ accuracy }) => accuracy[accuracy.length - 1] - accuracy[second],
    ),
  );
  const parts: [Verdict, Verdict] = [judgeAbove(found.estimate), judgeAbove(drift, -LEVEL)];
  const last = candidates[candidates.length - 1];
  return {
    verdict: judgeAll(parts),
    ours: found.estimate,
    measure: `slope of accuracy for each doubling of candidates, HRM − strongest process model (${found.rival})`,
    because: `The slopes differ by ${words(found.estimate)} (${parts[0]}). HRM's own accuracy changes by ${words(drift)} from ${candidates[second]} to ${last} candidates (${parts[1]}): step by step, more candidates find more lines that the scorer is wrong about, merged pairs or not.`,
  };
}

export function fromCorrection(finished: readonly Run[], candidates: readonly number[]): ClaimResult | null {
  const value = atMany(candidates);
  const here = gain(finished, 'repairs', value);
  const there = gain(finished, 'no repairs', value);
  if (!here || !there) return null;
  const excess = paired(here.bySeed, there.bySeed);
  if (!excess) return null;
  const advantage = judgeAbove(here.estimate);
  const control = there.estimate;
  const clean = control.lo !== null && control.hi !== null && control.lo <= 0 && control.hi >= 0;
  const verdict: Verdict =
    advantage !== 'holds'
      ? 'inconclusive'
      : excess.value <= 0
        ? 'refuted'
        : clean && judgeAbove(excess) === 'holds'
          ? 'holds'
          : 'inconclusive';
  const plain = (world: World) => words(estimated(finished, world, ['HRM', 'PRM'], value));
  const lost = (world: World) =>
    words(estimated(finished, world, ['HRM', 'PRM'], ({ pairs }) => pairs?.auroc.afterWrong ?? 0.5));
  return {
    verdict,
    ours: excess,
    measure: `gain over the strongest process model with ${many(candidates)} candidates, world with repairs − world without`,
    because: `The gain is ${words(here.estimate)} with repairs and ${words(control)} without${advantage === 'holds' ? '' : ', so there is no advantage whose origin could be judged'}. Over the plain process model it is ${plain('repairs')} and ${plain('no repairs')}; in telling right from wrong lines after a wrong one (AUROC), HRM differs from it by ${lost('repairs')} and ${lost('no repairs')}.`,
  };
}

/** HRM less the strongest process model, which is the one with the best mean of `strength`. */
function gain(finished: readonly Run[], world: World, value: (result: ArmResult) => number, strength = value) {
  if (armBySeed(finished, world, 'HRM').size === 0) return null;
  const rival = strongestRival(finished, world, strength);
  const bySeed = differences(finished, world, ['HRM', rival], value);
  return { rival, bySeed, estimate: bootstrap([...bySeed.values()]) };
}

export function estimated(
  finished: readonly Run[],
  world: World,
  pair: readonly [Arm, Arm],
  value: (result: ArmResult) => number,
): Estimate | null {
  const found = [...differences(finished, world, pair, value).values()];
  return found.length > 0 ? bootstrap(found) : null;
}

function paired(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Estimate | null {
  const both = [...a].flatMap(([seed, value]) => {
    const other = b.get(seed);
    return other === undefined ? [] : [value - other];
  });
  return both.length > 0 ? bootstrap(both) : null;
}

function many(candidates: readonly number[]): string {
  const last = candidates[candidates.length - 1];
  return last > 8 ? `8 to ${last}` : `${last}`;
}

function words(estimate: Estimate | null): string {
  if (estimate === null) return 'not known';
  const { value, lo, hi } = estimate;
  const range = lo === null || hi === null ? '' : ` [${lo.toFixed(3)}, ${hi.toFixed(3)}]`;
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}${range}`;
}
