import { type ClaimResult, type Finished, judgeAbove, judgeAll, judgeBelow, type Verdict } from '@laurel/core/paper';
import { type BootstrapOptions, bootstrap, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import { type Arm, type Kind, names } from './arms.ts';
import type { Outcome, Scored } from './train.ts';

export type Run = Finished<{ arm: Arm }, Outcome>;

/** Seeds that a verdict needs. */
const FLOOR = 6;
const options: BootstrapOptions = { resamples: 10_000 };

/** Area under the curve of held-out accuracy over its width: the accuracy of a mean iteration. */
export function area({ heldOut }: Pick<Outcome, 'heldOut'>): number {
  let sum = 0;
  for (let i = 1; i < heldOut.length; i++) {
    const [a, b] = [heldOut[i - 1], heldOut[i]];
    sum += ((a.accuracy + b.accuracy) / 2) * (b.iteration - a.iteration);
  }
  return sum / heldOut[heldOut.length - 1].iteration;
}

/** The first measured iteration at 70% or above; null when there is none. */
export function reached({ heldOut }: Pick<Outcome, 'heldOut'>, level = 0.7): number | null {
  return heldOut.find(({ accuracy }) => accuracy >= level)?.iteration ?? null;
}

/** Mean over the first or last quarter of the iterations; null where nothing was measured. */
export function quarter({ scored }: Outcome, which: 'first' | 'last', key: keyof Scored): number | null {
  const count = Math.ceil(scored.length / 4);
  const part = which === 'first' ? scored.slice(0, count) : scored.slice(scored.length - count);
  const known = part.map((one) => one[key]).filter((x) => x !== null);
  return known.length > 0 ? mean(known) : null;
}

export function runsOf(finished: readonly Run[], kind: Kind): Map<number, Outcome> {
  return new Map(finished.filter(({ config }) => config.arm.kind === kind).map(({ seed, result }) => [seed, result]));
}

/** One arm less another over the seeds that both have; null without any. */
export function difference(
  finished: readonly Run[],
  [a, b]: readonly [Kind, Kind],
  measure: (outcome: Outcome) => number | null,
): Estimate | null {
  const theirs = runsOf(finished, b);
  const pairs = [...runsOf(finished, a)].flatMap(([seed, outcome]) => {
    const [ours, other] = [measure(outcome), theirs.has(seed) ? measure(theirs.get(seed)!) : null];
    return ours === null || other === null ? [] : [{ ours, other }];
  });
  if (pairs.length === 0) return null;
  return pairedDifference(
    pairs.map(({ ours }) => ours),
    pairs.map(({ other }) => other),
    options,
  );
}

/** Pair accuracy in the last quarter less that in the first. */
export function change(finished: readonly Run[], kind: Kind): Estimate | null {
  const changes = [...runsOf(finished, kind).values()].flatMap((outcome) => {
    const [first, last] = [quarter(outcome, 'first', 'pairs'), quarter(outcome, 'last', 'pairs')];
    return first === null || last === null ? [] : [last - first];
  });
  return changes.length > 0 ? bootstrap(changes, options) : null;
}

export function fewerSteps(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, ['prime', 'outcome'], area);
  if (ours === null) return null;
  const ends = (['prime', 'outcome'] as const).map((kind) => {
    const runs = [...runsOf(finished, kind).values()];
    return `${names[kind]} from ${percent(mean(runs.map(startOf)))} to ${percent(mean(runs.map(endOf)))}`;
  });
  const first = [...runsOf(finished, 'prime').values()];
  const ratio = meanOf(first.map((outcome) => quarter(outcome, 'last', 'ratio')));
  const pairs = meanOf(first.map((outcome) => quarter(outcome, 'last', 'pairs')));
  const lines = meanOf(first.map((outcome) => quarter(outcome, 'last', 'lines')));
  return {
    verdict: judged(ours, judgeAbove(ours)),
    ours,
    measure: 'area under the curve of held-out accuracy, PRIME less RLOO',
    because: `Held-out accuracy: ${ends.join(', ')}. Taught by nothing but the run’s own responses, the reward model orders a share of ${text(pairs)} of the pairs of a right and a wrong response rightly in the last quarter, and its sums over lines tell right lines from wrong ones with an AUROC of ${text(lines)} (a coin: 0.50 each); the process stream is ${text(ratio)} times as wide as the outcome stream.`,
  };
}

export function onlineStaysAccurate(finished: readonly Run[]): ClaimResult | null {
  const last = (outcome: Outcome) => quarter(outcome, 'last', 'pairs');
  const ours = difference(finished, ['prime', 'frozen'], last);
  const [online, frozen] = [change(finished, 'prime'), change(finished, 'frozen')];
  if (ours === null || online === null || frozen === null) return null;
  const parts = [judgeAbove(ours), judgeAbove(online), judgeBelow(frozen)];
  const same = difference(finished, ['pretrained', 'frozen'], last);
  return {
    verdict: judged(ours, parts[0] === 'refuted' ? 'refuted' : judgeAll(parts)),
    ours,
    measure: 'pair accuracy on current responses in the last quarter, online less frozen',
    because: `From the first quarter to the last: online ${signed(online)}, frozen ${signed(frozen)}.${same ? ` The pre-trained model, online less frozen: ${signed(same)}.` : ''}`,
  };
}

export function paysOffPerSecond(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, ['prime', 'matched'], area);
  if (ours === null) return null;
  const step = difference(finished, ['prime', 'outcome'], area);
  return {
    verdict: judged(ours, judgeAbove(ours)),
    ours,
    measure: 'area under the curve of held-out accuracy, PRIME less RLOO with as many seconds an iteration',
    because: `Per second ${signed(ours)}${step ? `, per step ${signed(step)}` : ''}.`,
  };
}

/** Fewer seeds than the floor decide nothing. */
function judged({ n }: Estimate, verdict: Verdict): Verdict {
  return n < FLOOR ? 'inconclusive' : verdict;
}

const startOf = ({ heldOut }: Outcome) => heldOut[0].accuracy;
export const endOf = ({ heldOut }: Outcome) => heldOut[heldOut.length - 1].accuracy;

export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((x) => x !== null);
  return known.length > 0 ? mean(known) : null;
}

function text(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(2);
}

export function signed({ value, lo, hi }: Estimate): string {
  const sign = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;
  return lo === null || hi === null ? sign(value) : `${sign(value)} [${sign(lo)}, ${sign(hi)}]`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
