import { type ClaimResult, judgeAbove, judgeAll, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate, pairedDifference } from '@laurel/core/stats';
import {
  minArm,
  minTenthArm,
  sumArms,
  tunedMin,
  tunedSum,
  type Variant,
  variantName,
  variants,
  verifierArm,
} from './arms.ts';
import { bestArm, meanOf, onsetOf, paired, type Run, runsOf } from './runs.ts';
import type { Arm } from './train.ts';

/** What is compared of a run, in the filler chain and of the language model alike. */
interface Ended {
  final: number;
  collapsed: boolean;
}

const final = ({ final }: Ended) => final;
export const collapsed = ({ collapsed }: Ended) => Number(collapsed);

function compare(finished: readonly Run[], variant: Variant, ours: Arm, other: Arm) {
  return compareRuns(runsOf(finished, ours, variant), runsOf(finished, other, variant));
}

/** Final accuracies of two arms at common seeds, with how often each collapsed; null without a common seed. */
export function compareRuns(ours: ReadonlyMap<number, Ended>, other: ReadonlyMap<number, Ended>) {
  const accuracy = paired(ours, other, final);
  if (accuracy.a.length === 0) return null;
  const falls = paired(ours, other, collapsed);
  return {
    differences: new Map(accuracy.seeds.map((seed, i) => [seed, accuracy.a[i] - accuracy.b[i]])),
    difference: pairedDifference(accuracy.a, accuracy.b),
    falls: { ours: sum(falls.a), other: sum(falls.b), of: falls.a.length },
  };
}

type Comparison = NonNullable<ReturnType<typeof compareRuns>>;

/** Better and collapsing less often; refuted when not better at all, or collapsing as often. */
export function judgeStable({ difference, falls }: Comparison): Verdict {
  if (difference.lo === null || difference.hi === null) return 'inconclusive';
  if (falls.ours === 0 && falls.other === 0) return 'inconclusive';
  if (difference.hi <= 0 || falls.ours >= falls.other) return 'refuted';
  return difference.lo > 0 ? 'holds' : 'inconclusive';
}

const tunedWords = `Tuning saves the sum-form with divergence weights of ${variants
  .map((variant) => tunedSum[variant].kl)
  .join(' and ')}, hundreds of times the paper's.`;

export function minBeatsSum(finished: readonly Run[]): ClaimResult | null {
  const parts: { verdict: Verdict; words: string; differences: ReadonlyMap<number, number> }[] = [];
  for (const variant of variants) {
    const rival = bestArm(finished, sumArms, variant, final);
    const plain = rival && compare(finished, variant, minArm, rival);
    if (plain) {
      const { ours, other, of } = plain.falls;
      parts.push({
        verdict: judgeStable(plain),
        words: `${variantName[variant]}: ${words(plain.difference)}, collapses ${ours} against ${other} of ${of}`,
        differences: plain.differences,
      });
    }
    const tuned = compare(finished, variant, tunedMin[variant], tunedSum[variant]);
    if (tuned) {
      parts.push({
        verdict: judgeAbove(tuned.difference),
        words: `${variantName[variant]}, both tuned: ${words(tuned.difference)}`,
        differences: tuned.differences,
      });
    }
  }
  const means = meansBySeed(parts.map(({ differences }) => differences));
  if (means.length === 0) return null;
  return {
    verdict: judgeAll(parts.map(({ verdict }) => verdict)),
    ours: bootstrap(means),
    measure: 'final accuracy, min − best sum, mean over both variants, untuned and tuned',
    because: `${parts.map(({ words, verdict }) => `${words} (${verdict})`).join('; ')}. ${tunedWords}`,
  };
}

export function hackIsPostponed(finished: readonly Run[], iterations: number): ClaimResult | null {
  const onset = onsetOf(iterations);
  const rival = bestArm(finished, sumArms, 'unscored', onset);
  if (!rival) return null;
  const min = runsOf(finished, minArm, 'unscored');
  const { a, b } = paired(min, runsOf(finished, rival, 'unscored'), onset);
  if (a.length === 0) return null;
  const later = pairedDifference(a, b);
  const hacked = bootstrap([...min.values()].map(collapsed));
  return {
    verdict: judgeAll([judgeAbove(later), judgeAbove(hacked, 0.5)]),
    ours: later,
    measure: `iterations from the onset of the best sum-form (${rival.name}) to that of the min-form`,
    because: `A missing answer unscored, the sum-form falls at iteration ${(sum(b) / b.length).toFixed(0)} on average; the min-form is hacked by iteration ${iterations} in ${(100 * hacked.value).toFixed(0)}% of the runs${interval(hacked, 100)}: filler alone has a high minimum, but no extra plan is paid for.`,
  };
}

export function tenthOfAnswers(finished: readonly Run[]): ClaimResult | null {
  const parts = variants.flatMap((variant) => {
    const comparison = compare(finished, variant, minTenthArm, minArm);
    return comparison ? [{ variant, comparison }] : [];
  });
  const means = meansBySeed(parts.map(({ comparison }) => comparison.differences));
  if (means.length === 0) return null;
  const answers = variants.flatMap((variant) => {
    const runs = runsOf(finished, verifierArm, variant);
    return runs.size > 0 ? [meanOf(runs, final)] : [];
  });
  const beside =
    answers.length > 0 ? ` Answers for every prompt reach ${(sum(answers) / answers.length).toFixed(2)}.` : '';
  return {
    verdict: judgeAll(parts.map(({ comparison }) => judgeAbove(comparison.difference))),
    ours: bootstrap(means),
    measure: 'final accuracy, min-form with a tenth of answers − min-form without, mean over both variants',
    because: `${parts
      .map(({ variant, comparison: { difference, falls } }) => {
        return `${variantName[variant]}: ${words(difference)}, collapses ${falls.ours} against ${falls.other} of ${falls.of}`;
      })
      .join('; ')}.${beside}`,
  };
}

/** For each seed that all parts have, the mean over the parts. */
function meansBySeed(parts: readonly ReadonlyMap<number, number>[]): number[] {
  const seeds = parts.length === 0 ? [] : [...parts[0].keys()].filter((seed) => parts.every((part) => part.has(seed)));
  return seeds.map((seed) => sum(parts.map((part) => part.get(seed) ?? 0)) / parts.length);
}

export function words(estimate: Estimate): string {
  return `${estimate.value >= 0 ? '+' : '−'}${Math.abs(estimate.value).toFixed(3)}${interval(estimate)}`;
}

export function interval({ lo, hi }: Estimate, scale = 1): string {
  const digits = scale === 1 ? 3 : 0;
  return lo === null || hi === null ? '' : ` [${(scale * lo).toFixed(digits)}, ${(scale * hi).toFixed(digits)}]`;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
