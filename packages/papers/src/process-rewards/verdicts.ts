import { type ClaimResult, type Finished, judgeAbove, judgeAll, judgeBelow } from '@laurel/core/paper';
import { type BootstrapOptions, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import { type Arm, type Form, nameOf } from './forms.ts';
import type { Outcome } from './train.ts';

export type Run = Finished<{ arm: Arm }, Outcome>;

/** Forms that are compared with the verifier, each with the verified outcome beside it. */
export const contenders: readonly Form[] = [
  'min',
  'clip and delta',
  'implicit',
  'progress',
  'hierarchical',
  'attributed',
];

export const finalAccuracy = ({ end }: Outcome) => end.accuracy;
/** Mean share of right answers over all iterations: the area under the learning curve. */
export const area = ({ accuracy }: Outcome) => mean(accuracy);

/** The runs of an arm by seed. */
export function runsOf(finished: readonly Run[], name: string): Map<number, Outcome> {
  const ours = finished.filter(({ config }) => nameOf(config.arm) === name);
  return new Map(ours.map(({ seed, result }) => [seed, result]));
}

/** A measure of one arm less that of another, over the seeds that both have; null without any. */
export function difference(
  finished: readonly Run[],
  [a, b]: readonly [string, string],
  measure: (outcome: Outcome) => number,
  options?: BootstrapOptions,
): Estimate | null {
  const [ours, theirs] = [runsOf(finished, a), runsOf(finished, b)];
  const seeds = [...ours.keys()].filter((seed) => theirs.has(seed));
  if (seeds.length === 0) return null;
  const of = (runs: Map<number, Outcome>) => seeds.map((seed) => measure(runs.get(seed)!));
  return pairedDifference(of(ours), of(theirs), options);
}

export function sumIsFarmed(finished: readonly Run[]): ClaimResult | null {
  const runs = [...runsOf(finished, 'sum, alone').values()];
  if (runs.length === 0) return null;
  const ours = pairedDifference(
    runs.map(finalAccuracy),
    runs.map(({ start }) => start.accuracy),
  );
  const filler = mean(runs.map(({ end }) => end.filler));
  const lines = mean(runs.map(({ end }) => end.lines));
  const before = mean(runs.map(({ start }) => start.lines));
  return {
    verdict: judgeBelow(ours),
    ours,
    measure: 'accuracy at the end less accuracy of the base, sum alone',
    because: `Responses went from ${before.toFixed(1)} to ${lines.toFixed(1)} lines, and ${percent(filler)} of the lines at the end neither compute nor answer.`,
  };
}

export function boundedFormsResist(finished: readonly Run[]): ClaimResult | null {
  const parts = (['min, alone', 'clip and delta, alone'] as const).map((name) => ({
    name,
    estimate: difference(finished, [name, 'sum, alone'], finalAccuracy),
  }));
  const known = parts.flatMap(({ name, estimate }) => (estimate ? [{ name, estimate }] : []));
  if (known.length === 0) return null;
  const worst = known.reduce((least, part) => (part.estimate.value < least.estimate.value ? part : least));
  const verdict =
    known.length < parts.length ? 'inconclusive' : judgeAll(known.map((part) => judgeAbove(part.estimate)));
  return {
    verdict,
    ours: worst.estimate,
    measure: `final accuracy less that under the sum alone: the smaller of two (${worst.name})`,
    because: `${known.map(({ name, estimate }) => `${name}: ${signed(estimate)}`).join('; ')}.`,
  };
}

export function outcomeModelFallsShort(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, ['outcome model', 'verifier only'], finalAccuracy);
  if (ours === null) return null;
  const runs = [...runsOf(finished, 'outcome model').values()];
  const own = mean(runs.map(({ score }) => mean(score.slice(-5).map((x) => x ?? 0))));
  return {
    verdict: judgeBelow(ours),
    ours,
    measure: 'final accuracy with the outcome model less that with the verifier',
    because: `At the end the outcome model gives its policy’s responses ${own.toFixed(2)} on average, and ${percent(mean(runs.map(finalAccuracy)))} of them are right.`,
  };
}

/** 95 % over six comparisons together (Bonferroni). */
export const together: BootstrapOptions = { level: 1 - 0.05 / contenders.length };

export function denseBeatsVerifier(finished: readonly Run[]): ClaimResult | null {
  const known = contenders.flatMap((form) => {
    const estimate = difference(finished, [form, 'verifier only'], area, together);
    return estimate ? [{ form, estimate, verdict: judgeAbove(estimate) }] : [];
  });
  if (known.length === 0) return null;
  const verdicts = known.map(({ verdict }) => verdict);
  const best = known.reduce((most, part) => (part.estimate.value > most.estimate.value ? part : most));
  // The rule: mixed as soon as forms differ in a way that the intervals show.
  const verdict =
    known.length < contenders.length
      ? 'inconclusive'
      : verdicts.includes('holds') && verdicts.some((one) => one !== 'holds')
        ? 'mixed'
        : judgeAll(verdicts);
  return {
    verdict,
    ours: best.estimate,
    measure: `mean accuracy over the iterations less the verifier’s: the best of six (${best.form})`,
    because: `${known.map(({ form, estimate, verdict: v }) => `${form} ${signed(estimate)} (${v})`).join('; ')}.`,
  };
}

export function signed({ value, lo, hi }: Estimate): string {
  const sign = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;
  return lo === null || hi === null ? sign(value) : `${sign(value)} [${sign(lo)}, ${sign(hi)}]`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
