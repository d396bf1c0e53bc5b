import { type ClaimResult, judgeAbove, judgeAll, judgeBelow, type Verdict } from '@laurel/core/paper';
import type { Estimate } from '@laurel/core/stats';
import {
  bestOf,
  bestOfCalls,
  bestOfRewardCalls,
  hard,
  importance,
  often,
  particleCounts,
  seldom,
  soft,
  steeredArm,
  sweptCount,
} from './arms.ts';
import { type Row, usual } from './measure.ts';
import { correlationsOf, difference, estimate, meanOf, type Run, valuesOf, type Where } from './runs.ts';

const ours: Where = { task: 'corner', arm: steeredArm.difference, lambda: soft, k: sweptCount, every: usual };
const success = (row: Row) => row.success;
const mmd = (row: Row) => row.mmd;

export function approachesTarget(finished: readonly Run[]): ClaimResult | null {
  const at = { ...ours, k: particleCounts[particleCounts.length - 1] };
  const steered = valuesOf(finished, at, mmd);
  const plain = valuesOf(finished, { ...at, arm: importance }, mmd);
  const gain = difference(plain, steered);
  if (!gain) return null;
  return {
    verdict: judgeAbove(gain),
    ours: gain,
    measure: `squared MMD to the target, importance sampling − FK difference, ${at.k} particles, λ = ${soft}`,
    because: `FK difference is ${number(meanOf(steered), 4)} away, importance sampling ${number(meanOf(plain), 4)}: looks on the way let the population settle early where the reward will be.`,
  };
}

export function beatsBestOfN(finished: readonly Run[]): ClaimResult | null {
  const at = { ...ours, lambda: hard };
  const steered = valuesOf(finished, at, success);
  const rival = (arm: string) => valuesOf(finished, { ...at, arm }, success);
  const same = difference(steered, rival(bestOf));
  const calls = difference(steered, rival(bestOfCalls));
  const rewardCalls = difference(steered, rival(bestOfRewardCalls));
  const control = [at.arm, bestOf].map((arm) => meanOf(valuesOf(finished, { ...at, task: 'absent', arm }, success)));
  if (!same || !calls) return null;
  const parts = [judgeAbove(same), judgeAbove(calls), ...control.map(judgeNone)];
  const beyond = rewardCalls
    ? ` Against best-of-n with as many reward calls, five times the samples: ${signed(rewardCalls)}.`
    : '';
  return {
    verdict: judgeAll(parts),
    ours: same,
    measure: `share of runs whose best sample lies in the rare corner, FK difference − best of ${sweptCount}, λ = ${hard}`,
    because: `FK reaches the corner in ${percent(meanOf(steered))} of the runs, best of ${sweptCount} in ${percent(meanOf(rival(bestOf)))}; difference at equal calls of model and reward ${signed(calls)}.${beyond} With the corner's mode taken out of the model: ${control.map(percent).join(' and ')}.`,
  };
}

export function costsDiversity(finished: readonly Run[]): ClaimResult | null {
  const modes = (row: Row) => row.modes;
  const reward = (row: Row) => row.meanReward;
  const compare = (a: Where, b: Where) => {
    const variety = difference(valuesOf(finished, a, modes), valuesOf(finished, b, modes));
    const gain = difference(valuesOf(finished, a, reward), valuesOf(finished, b, reward));
    return variety && gain ? { variety, gain } : null;
  };
  const strength = compare({ ...ours, lambda: hard }, { ...ours, lambda: 1 });
  const frequency = compare({ ...ours, every: often }, { ...ours, every: seldom });
  if (!strength || !frequency) return null;
  const lineages = [often, seldom].map((every) =>
    number(meanOf(valuesOf(finished, { ...ours, every }, ({ ancestors }) => ancestors[ancestors.length - 1] ?? 0)), 1),
  );
  const words = ({ variety, gain }: { variety: Estimate; gain: Estimate }) =>
    `modes ${signed(variety)}, reward ${signed(gain)}`;
  return {
    verdict: judgeAll([strength, frequency].flatMap(({ variety, gain }) => [judgeBelow(variety), judgeAbove(gain)])),
    ours: strength.variety,
    measure: `distinct modes among ${sweptCount} particles, λ = ${hard} − λ = 1, FK difference`,
    because: `From λ = 1 to ${hard}: ${words(strength)}. From a look every ${seldom} transitions to one every ${often}, λ = ${soft}: ${words(frequency)}; lineages that survive ${lineages[1]} → ${lineages[0]}.`,
  };
}

export function midwayScoresInform(finished: readonly Run[]): ClaimResult | null {
  const corner = estimate(correlationsOf(finished, 'corner', 0.5));
  const checkerboard = estimate(correlationsOf(finished, 'checkerboard', 0.5));
  if (!corner || !checkerboard) return null;
  return {
    verdict: judgeAll([judgeAbove(corner, 0.3), judgeAbove(checkerboard, 0.3)]),
    ours: corner,
    measure: 'Spearman correlation of the score half-way with the final reward, quadratic reward',
    because: `Quadratic reward ${number(corner.value, 2)}; checkerboard reward ${number(checkerboard.value, 2)}${interval(checkerboard, 2)}: a denoised mean between modes says little about a reward that changes from cell to cell.`,
  };
}

/** Selection must not create what is never proposed. */
function judgeNone(share: number | null): Verdict {
  return share === null ? 'inconclusive' : share === 0 ? 'holds' : 'refuted';
}

function signed(value: Estimate): string {
  return `${value.value >= 0 ? '+' : '−'}${Math.abs(value.value).toFixed(2)}${interval(value, 2)}`;
}

function interval({ lo, hi }: Estimate, digits: number): string {
  return lo === null || hi === null ? '' : ` [${lo.toFixed(digits)}, ${hi.toFixed(digits)}]`;
}

function number(value: number | null, digits: number): string {
  return value === null ? 'not measured' : value.toFixed(digits);
}

function percent(share: number | null): string {
  return share === null ? 'not measured' : `${(100 * share).toFixed(1)}%`;
}
