import { type ClaimResult, judgeAbove, judgeAll, judgeBelow, judgeEquivalent, type Verdict } from '@laurel/core/paper';
import { type Estimate, pairedDifference } from '@laurel/core/stats';
import { type Run, runsOf } from './runs.ts';
import type { Arm, Result } from './trial.ts';

/** Two points of accuracy: what a difference must exceed to matter. */
export const MARGIN = 0.02;

const accuracy = ({ guided }: Result) => guided.accuracy;

/** Search accuracy of one arm less another's, at the seeds that both have; null without one. */
export function difference(finished: readonly Run[], ours: Arm, other: Arm): Estimate | null {
  const [a, b] = [runsOf(finished, ours), runsOf(finished, other)];
  const seeds = [...a.keys()].filter((seed) => b.has(seed));
  if (seeds.length === 0) return null;
  const of = (runs: ReadonlyMap<number, Result>) => seeds.map((seed) => accuracy(runs.get(seed)!));
  return pairedDifference(of(a), of(b));
}

export function proseUnneeded(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, 'mathOnly', 'full');
  if (ours === null) return null;
  const judged = judgeEquivalent(ours, MARGIN);
  // Formulas alone may lead by more: no equivalence, and no case for prose either.
  const verdict = judged === 'refuted' && ours.value > 0 ? 'inconclusive' : judged;
  const reason: Record<Verdict, string> = {
    holds: 'The formulas carry what the sentences say, and the sentences add nothing that a scorer could use.',
    refuted: 'The scorer that also reads the sentences guides better.',
    mixed: '',
    inconclusive:
      judged === 'refuted'
        ? 'The formulas alone do better than everything: as many pairs teach less when there is more to read.'
        : 'Training of the scorers varies too much from seed to seed to call the two equal within two points, or different.',
  };
  const prose = difference(finished, 'thoughtOnly', 'mathOnly');
  const beside = prose === null ? '' : ` Sentences without any formula: ${points(prose)} against all formulas.`;
  return {
    verdict,
    ours,
    measure: 'accuracy of greedy search, all formulas − everything',
    because: `${points(ours)} for leaving the sentences out. ${reason[verdict]}${beside}`,
  };
}

export function coherenceIsJudged(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, 'mathOnly', 'lastMathOnly');
  if (ours === null) return null;
  const chain = difference(finished, 'mathOnly', 'problemAndLastMath');
  const verdict = ours.hi !== null && ours.hi <= 0 ? 'refuted' : judgeAbove(ours);
  const beside =
    chain === null
      ? ''
      : ` The newest formula alone also hides the problem: with the problem beside it, the earlier formulas are worth ${points(chain)}.`;
  return {
    verdict,
    ours,
    measure: 'accuracy of greedy search, all formulas − newest formula',
    because: `${points(ours)} for seeing the problem and all formulas.${beside}`,
  };
}

export function plansHardToJudge(finished: readonly Run[]): ClaimResult | null {
  const behind = difference(finished, 'nextThought', 'mathOnly');
  const gain = difference(finished, 'nextThought', 'unguided');
  if (behind === null || gain === null) return null;
  const [weaker, weak] = [judgeBelow(behind), judgeWeak(gain)];
  const verdict = judgeAll([weaker, weak]);
  const reason =
    weak === 'refuted'
      ? ' Not reproduced at this scale: sentences from a grammar are far easier to judge than real prose, and most errors here are errors of the plan.'
      : '';
  return {
    verdict,
    ours: gain,
    measure: 'accuracy of greedy search guided by the next thought − first candidate taken',
    because: `The thought scorer gains ${points(gain)} over no guide (weak guide: ${weak}), and stands ${points(behind)} against all formulas (weaker: ${weaker}).${reason}`,
  };
}

/** A gain that may be none, or is certainly below two points. */
function judgeWeak({ lo, hi }: Estimate): Verdict {
  if (lo === null || hi === null) return 'inconclusive';
  if (lo <= 0 || hi < MARGIN) return 'holds';
  return lo >= MARGIN ? 'refuted' : 'inconclusive';
}

/** A difference of accuracies in words. */
export function points({ value, lo, hi }: Estimate): string {
  const show = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)}`;
  return `${show(value)} points${lo === null || hi === null ? '' : ` [${show(lo)}, ${show(hi)}]`}`;
}
