import { type ClaimResult, judgeAbove, judgeAll, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import {
  bestInterior,
  entropyArm,
  outcomeArm,
  progressArm,
  progressBeam,
  searchArms,
  strongest,
  suitable,
  valueBeam,
  weakest,
} from './arms.ts';
import type { PlantedArm } from './planted.ts';
import { paired, plantedRuns, type Run, searchRuns, treeRuns } from './runs.ts';

/** A difference of areas that would not matter, as a share of the baseline's. */
const margin = 0.02;

/** The better of outcome only and outcome with an entropy bonus, by the mean over the seeds that are judged. */
function baseline(finished: readonly Run[]): { arm: PlantedArm; area: number } | null {
  const rivals = [outcomeArm, entropyArm].flatMap((arm) => {
    const areas = [...plantedRuns(finished, arm).values()].map(({ area }) => area);
    return areas.length > 0 ? [{ arm, area: mean(areas) }] : [];
  });
  return rivals.toSorted((a, b) => b.area - a.area).at(0) ?? null;
}

function difference(finished: readonly Run[], ours: PlantedArm, other: PlantedArm): Estimate | null {
  const { a, b } = paired(plantedRuns(finished, ours), plantedRuns(finished, other));
  return a.length === 0 ? null : pairedDifference(a, b);
}

/** Better, and by more than would not matter; refuted when it is worse, or as good within the margin. */
function judgeGain(estimate: Estimate, area: number): Verdict {
  const { lo, hi } = estimate;
  if (lo === null || hi === null) return 'inconclusive';
  if (hi < margin * area) return 'refuted';
  return lo > 0 ? 'holds' : 'inconclusive';
}

export function progressSpeedsUp(finished: readonly Run[]): ClaimResult | null {
  const rival = baseline(finished);
  const ours = rival && difference(finished, progressArm(suitable), rival.arm);
  if (!ours) return null;
  const halves = [progressArm(suitable), rival.arm].map((arm) => halfOf(finished, arm));
  return {
    verdict: judgeGain(ours, rival.area),
    ours,
    measure: `area under the curve of successes, progress with γ = ${suitable} − ${rival.arm.name} (${rival.area.toFixed(2)})`,
    because: `Half of the sequences succeed after ${halves[0]} iterations with progress, ${halves[1]} without. Progress pays for the first planted tokens from the start; the outcome waits for a whole sequence by chance, but then Adam makes a few successes a full step.`,
  };
}

export function strengthHump(finished: readonly Run[], among: readonly number[]): ClaimResult | null {
  const interior = bestInterior(among);
  if (interior === undefined) return null;
  const parts = [weakest, strongest].flatMap((extreme) => {
    const estimate = difference(finished, progressArm(interior), progressArm(extreme));
    return estimate ? [{ extreme, estimate }] : [];
  });
  if (parts.length < 2) return null;
  const areas = among.flatMap((strength) => {
    const runs = [...plantedRuns(finished, progressArm(strength)).values()];
    return runs.length > 0 ? [{ strength, area: mean(runs.map(({ area }) => area)) }] : [];
  });
  const best = areas.toSorted((a, b) => b.area - a.area)[0];
  const verdict = judgeAll(parts.map(({ estimate }) => judgeAbove(estimate)));
  return {
    verdict: best.strength === strongest && parts[0].estimate.lo !== null ? 'refuted' : verdict,
    ours: parts.toSorted((a, b) => a.estimate.value - b.estimate.value)[0].estimate,
    measure: `area under the curve, progress with γ = ${interior} − the better extreme`,
    because: `${parts.map(({ extreme, estimate }) => `against γ = ${extreme}: ${words(estimate)}`).join('; ')}. Best of all is γ = ${best.strength} (${best.area.toFixed(2)}).`,
  };
}

export function extremesDoNothing(finished: readonly Run[]): ClaimResult | null {
  const rival = baseline(finished);
  const parts = [weakest, strongest].flatMap((extreme) => {
    const estimate = rival && difference(finished, progressArm(extreme), rival.arm);
    return estimate ? [{ extreme, estimate }] : [];
  });
  if (!rival || parts.length < 2) return null;
  const verdicts = parts.map(({ estimate }): Verdict => {
    const gain = judgeGain(estimate, rival.area);
    return gain === 'holds' ? 'refuted' : gain === 'refuted' ? 'holds' : 'inconclusive';
  });
  return {
    verdict: judgeAll(verdicts),
    ours: parts.toSorted((a, b) => b.estimate.value - a.estimate.value)[0].estimate,
    measure: `area under the curve, progress with the more helpful extreme − ${rival.arm.name}`,
    because: `${parts.map(({ extreme, estimate }) => `γ = ${extreme}: ${words(estimate)}`).join('; ')}. Adam divides by the size of the advantages, so that small ones are not the same as none: what counts is their direction, and how much of them is noise.`,
  };
}

export function weakProversHelp(finished: readonly Run[]): ClaimResult | null {
  const rival = baseline(finished);
  const ours = rival && difference(finished, progressArm(weakest), rival.arm);
  if (!ours) return null;
  const before = mean([...plantedRuns(finished, progressArm(weakest)).values()].map((run) => run.before));
  return {
    verdict: judgeGain(ours, rival.area),
    ours,
    measure: `area under the curve, progress with γ = ${weakest} − ${rival.arm.name}`,
    because: `By itself this prover succeeds once in ten thousand attempts, the untrained base ${(1000 * before).toFixed(1)} times in a thousand.`,
  };
}

export function diagnosticsOrder(finished: readonly Run[]): ClaimResult | null {
  const trees = treeRuns(finished);
  if (trees.length === 0) return null;
  const sum = bootstrap(trees.map(({ rank }) => rank.sum));
  const beyond = pairedDifference(
    trees.map(({ rank }) => rank.sum),
    trees.map(({ rank }) => rank.alignment),
  );
  const share = (value: (tree: (typeof trees)[number]) => number) => mean(trees.map(value));
  return {
    verdict: judgeAll([judgeAbove(sum, 0.5), judgeAbove(beyond)]),
    ours: sum,
    measure: 'Spearman’s correlation over 200 provers of one step’s gain with distinguishability + alignment',
    because: `With alignment alone it is ${share(({ rank }) => rank.alignment).toFixed(3)}, with distinguishability alone ${share(({ rank }) => rank.distinguishability).toFixed(2)}. To first order the gain is the variance of the policy’s own advantages plus alignment (here within ${(100 * share(({ residual }) => residual)).toFixed(0)}%), in which the prover’s distinguishability does not occur; ${(100 * share(({ bounded }) => 1 - bounded)).toFixed(0)}% of the provers gain less than the sum.`,
  };
}

export function beamGain(finished: readonly Run[]): ClaimResult | null {
  const runs = searchRuns(finished);
  if (runs.length === 0) return null;
  const at = (arm: { name: string }) => searchArms.findIndex(({ name }) => name === arm.name);
  const accuracies = (arm: { name: string }) => runs.map(({ arms }) => arms[at(arm)].accuracy);
  const tokens = (arm: { name: string }) => mean(runs.map(({ arms }) => arms[at(arm)].tokens)).toFixed(0);
  const ours = pairedDifference(accuracies(progressBeam), accuracies(valueBeam));
  return {
    verdict: judgeAbove(ours),
    ours,
    measure: 'accuracy of a beam of 4 by value + progress of best-of-4 − by value alone',
    because: `${mean(accuracies(valueBeam)).toFixed(3)} by value alone, for ${tokens(progressBeam)} and ${tokens(valueBeam)} tokens a problem. Best-of-K is a rising function of the same value, so the siblings of a trace keep their order; only the order across traces can change.`,
  };
}

/** Mean first iteration with half successes; runs without one count as the last. */
function halfOf(finished: readonly Run[], arm: PlantedArm): string {
  const runs = [...plantedRuns(finished, arm).values()];
  const never = runs.filter(({ half }) => half === null).length;
  const reached = mean(runs.map(({ half, curve }) => half ?? 10 * curve.length));
  return `${reached.toFixed(0)}${never > 0 ? ` (${never} of ${runs.length} runs never)` : ''}`;
}

function words({ value, lo, hi }: Estimate): string {
  const interval = lo === null || hi === null ? '' : ` [${lo.toFixed(3)}, ${hi.toFixed(3)}]`;
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}${interval}`;
}
