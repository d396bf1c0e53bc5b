import { type ClaimResult, type Finished, judgeAbove, judgeAll, judgeBelow, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate, leadLag, mean, pairedDifference } from '@laurel/core/stats';
import type { Checkpoint, examplesOf } from './measure.ts';
import { meanOf } from './measure.ts';
import type { Reranked, Reranker } from './rerank.ts';
import type { Arm } from './train.ts';

/** What a run found. Only runs with the outcome reward rerank, and test the dependence. */
export interface Outcome {
  checkpoints: Checkpoint[];
  reranked: Reranked | null;
  dependence: { when: string; operations: number; counts: number[] }[];
  examples: ReturnType<typeof examplesOf>;
}

export type Run = Finished<{ arm: Arm }, Outcome>;
export type Skill = 'solve' | 'f1' | 'greedy' | 'implicit';

/** Percentage points by which the external scorer may beat the majority and still add nothing, as a share. */
const MARGIN = -0.01;
/** Gain in solving from which a judging skill that does not rise counts against the claim. */
const SOLVING_GAIN = 0.1;

export function runsOf(finished: readonly Run[], arm: Arm): Map<number, Outcome> {
  return new Map(finished.filter(({ config }) => config.arm === arm).map(({ seed, result }) => [seed, result]));
}

/** Last value of a skill less its first; null where it could not be measured. */
export function change({ checkpoints }: Outcome, skill: Skill): number | null {
  const [from, to] = [checkpoints[0][skill], checkpoints[checkpoints.length - 1][skill]];
  return from === null || to === null ? null : to - from;
}

/** The change of a skill in one arm, over its seeds; null without any. */
export function changeOf(finished: readonly Run[], arm: Arm, skill: Skill): Estimate | null {
  const changes = [...runsOf(finished, arm).values()]
    .map((run) => change(run, skill))
    .filter((value) => value !== null);
  return changes.length > 0 ? bootstrap(changes) : null;
}

export function solvingInducesJudging(finished: readonly Run[]): ClaimResult | null {
  const ours = runsOf(finished, 'outcome reward');
  const control = runsOf(finished, 'random reward');
  const seeds = [...ours.keys()].filter((seed) => control.has(seed));
  const rise = changeOf(finished, 'outcome reward', 'f1');
  const solving = changeOf(finished, 'outcome reward', 'solve');
  if (seeds.length === 0 || rise === null || solving === null) return null;
  const f1Of = (runs: Map<number, Outcome>) => seeds.map((seed) => change(runs.get(seed)!, 'f1') ?? 0);
  const beyond = pairedDifference(f1Of(ours), f1Of(control));
  // The rule’s own case: solving improved and judging did not.
  const unmoved = rise.lo !== null && rise.value <= 0 && rise.lo <= 0 && solving.value >= SOLVING_GAIN;
  const verdict: Verdict = unmoved ? 'refuted' : judgeAll([judgeAbove(rise), judgeAbove(beyond)]);
  const runs = [...ours.values()];
  const last = runs.map(({ checkpoints }) => checkpoints[checkpoints.length - 1]);
  const more = changeOf(finished, 'more demonstrations', 'f1');
  const moreSolving = changeOf(finished, 'more demonstrations', 'solve');
  const perPoint = (f1: number, solve: number) =>
    Math.abs(solve) < 0.01 ? 'undefined, with solving unmoved,' : (f1 / solve).toFixed(2);
  return {
    verdict,
    ours: rise,
    measure: 'change in F1 of the first error under outcome-only RL on solving',
    because: `Solving went by ${signed(solving)}; F1 beyond random rewards: ${signed(beyond)}; ${(100 * mean(last.map(({ valid }) => valid))).toFixed(0)}% of the last judgements can be read. Of the likeliest judgement: ${signedOrNone(changeOf(finished, 'outcome reward', 'greedy'))}; of the solver’s own surprise, without a judgement: ${signedOrNone(changeOf(finished, 'outcome reward', 'implicit'))}.${
      more && moreSolving
        ? ` C1b: ${perPoint(rise.value, solving.value)} points of F1 a point of solving, ${perPoint(more.value, moreSolving.value)} with more demonstrations.`
        : ''
    }`,
  };
}

/** Accuracy of a reranker at the most samples, over all difficulties. */
export function accuracyOf({ accuracy }: Reranked, name: Reranker): number {
  const most = Math.max(...accuracy.map(({ k }) => k));
  return mean(accuracy.filter(({ reranker, k }) => reranker === name && k === most).map((row) => row.accuracy));
}

export function rerankedRuns(finished: readonly Run[]): Reranked[] {
  return finished.flatMap(({ result: { reranked } }) => (reranked ? [reranked] : []));
}

export function lessMajority(finished: readonly Run[], name: Reranker): Estimate | null {
  const runs = rerankedRuns(finished);
  if (runs.length === 0) return null;
  return pairedDifference(
    runs.map((run) => accuracyOf(run, name)),
    runs.map((run) => accuracyOf(run, 'majority')),
  );
}

export function externalAddsNothing(finished: readonly Run[]): ClaimResult | null {
  const runs = rerankedRuns(finished);
  if (runs.length === 0) return null;
  const parts = (['external, of the base', 'external, of the final model'] as const).map((name) => ({
    name,
    estimate: pairedDifference(
      runs.map((run) => accuracyOf(run, 'majority')),
      runs.map((run) => accuracyOf(run, name)),
    ),
  }));
  const [least] = [...parts].sort((a, b) => a.estimate.value - b.estimate.value);
  return {
    verdict: judgeAll(parts.map(({ estimate }) => judgeAbove(estimate, MARGIN))),
    ours: least.estimate,
    measure: `accuracy of the majority less that of best-of-32: the smaller of two (${least.name})`,
    because: `The majority less each: ${parts.map(({ name, estimate }) => `${name}, ${signed(estimate)}`).join('; ')}; some sample is right for ${percent(mean(runs.map((run) => accuracyOf(run, 'any sample right'))))} of the problems, the majority for ${percent(mean(runs.map((run) => accuracyOf(run, 'majority'))))}, one sample for ${percent(mean(runs.map(({ approval }) => mean(approval.map(({ base }) => base)))))}.`,
  };
}

export function selfBeatsMajority(finished: readonly Run[]): ClaimResult | null {
  const ours = lessMajority(finished, 'Self-PRM, 4 votes');
  const one = lessMajority(finished, 'Self-PRM, 1 vote');
  const weighted = lessMajority(finished, 'approval-weighted majority');
  if (!ours || !one || !weighted) return null;
  return {
    verdict: judgeAbove(ours),
    ours,
    measure: 'accuracy of Self-PRM (4 votes) less that of the majority of the same samples',
    because: `With one vote ${signed(one)}; majority weighted by approval ${signed(weighted)}.`,
  };
}

export function approvalFailsWhenHard(finished: readonly Run[]): ClaimResult | null {
  const pairs = rerankedRuns(finished).flatMap(({ approval }) => {
    const [easy, hard] = [approval[0].precision, approval[approval.length - 1].precision];
    const base = approval[0].base - approval[approval.length - 1].base;
    return easy === null || hard === null ? [] : [{ easy, hard, base }];
  });
  if (pairs.length === 0) return null;
  const ours = pairedDifference(
    pairs.map(({ hard }) => hard),
    pairs.map(({ easy }) => easy),
  );
  return {
    verdict: judgeBelow(ours),
    ours,
    measure: 'precision of approval on the hardest problems less that on the easiest',
    because: `Of approved solutions ${percent(mean(pairs.map(({ easy }) => easy)))} are right on the easiest and ${percent(mean(pairs.map(({ hard }) => hard)))} on the hardest problems; the share of right ones among all falls by ${percent(mean(pairs.map(({ base }) => base)))}.`,
  };
}

/** Checkpoints by which F1 runs ahead of solving, over seeds; null where curves are too short or flat. */
export function lead(finished: readonly Run[]): Estimate | null {
  const lags = [...runsOf(finished, 'outcome reward').values()].flatMap(({ checkpoints }) => {
    const [f1, solve] = [checkpoints.map((one) => one.f1), checkpoints.map((one) => one.solve)];
    const moves = (xs: number[]) => new Set(xs.slice(1).map((x, i) => (x - xs[i]).toFixed(6))).size > 1;
    return checkpoints.length >= 4 && moves(f1) && moves(solve) ? [leadLag(f1, solve, { maxLag: 2 }).lag] : [];
  });
  return lags.length > 0 ? bootstrap(lags) : null;
}

export function lastValid(finished: readonly Run[], arm: Arm): number | null {
  return meanOf(
    [...runsOf(finished, arm).values()].map(({ checkpoints }) => checkpoints[checkpoints.length - 1].valid),
  );
}

const percent = (x: number) => `${(100 * x).toFixed(0)}%`;

export function signed({ value, lo, hi }: Estimate): string {
  const sign = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;
  return lo === null || hi === null ? sign(value) : `${sign(value)} [${sign(lo)}, ${sign(hi)}]`;
}

function signedOrNone(estimate: Estimate | null): string {
  return estimate ? signed(estimate) : 'not measured';
}
