import { type ClaimResult, judgeAbove, judgeAll, judgeBelow, judgeEquivalent, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate, pairedDifference } from '@laurel/core/stats';
import { type Run, runsOf } from './runs.ts';
import type { Arm, Result } from './trial.ts';

/** Two points of accuracy: what a difference must exceed to matter. */
const MARGIN = 0.02;

/** With fewer seeds nothing is decided. */
const SEEDS = 6;

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
  const leads = judged === 'refuted' && ours.value > 0;
  // Formulas alone may lead by more: no equivalence, and no case for prose either.
  const verdict = withSeeds(ours, leads ? 'inconclusive' : judged);
  const prose = difference(finished, 'thoughtOnly', 'unguided');
  const beside =
    prose === null ? '' : ` Sentences without any formula guide as well, for ${points(prose)} over no guide.`;
  const reason = leads
    ? 'The formulas alone do better than everything: as many pairs teach less when there is more to read.'
    : {
        holds: 'The formulas carry what the sentences say.',
        refuted: 'The scorer that also reads the sentences guides better.',
        mixed: '',
        inconclusive: 'Scorers vary too much from seed to seed to call the two equal within two points, or different.',
      }[verdict];
  return {
    verdict,
    ours,
    measure: 'accuracy of greedy search, all formulas − everything',
    because: `${points(ours)} for leaving the sentences out. ${reason}${beside}`,
  };
}

export function coherenceIsJudged(finished: readonly Run[]): ClaimResult | null {
  const ours = difference(finished, 'mathOnly', 'lastMathOnly');
  if (ours === null) return null;
  const chain = difference(finished, 'mathOnly', 'problemAndLastMath');
  const verdict = withSeeds(ours, ours.hi !== null && ours.hi <= 0 ? 'refuted' : judgeAbove(ours));
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
  const ranked = bootstrap(
    [...runsOf(finished, 'nextThought').values()].map(({ scorer }) => scorer?.preference ?? 0.5),
  );
  // A scorer that did not learn to read says nothing about what there is to be read.
  const reads = judgeAbove(ranked, 0.5) === 'holds';
  const verdict = withSeeds(gain, reads ? judgeAll([weaker, weak]) : 'inconclusive');
  const reason = !reads
    ? ' It hardly learned to read: it ranks no more held-out pairs rightly than chance would, so nothing is said about plans.'
    : weak === 'refuted'
      ? ' Not reproduced at this scale: sentences from a grammar are easier to judge than real prose, and most errors here are errors of the plan.'
      : '';
  return {
    verdict,
    ours: gain,
    measure: 'accuracy of greedy search guided by the next thought − first candidate taken',
    because: `The thought scorer gains ${points(gain)} over no guide (weak guide: ${weak}), and stands ${points(behind)} against all formulas (weaker: ${weaker}); it ranks ${(100 * ranked.value).toFixed(0)}% of held-out pairs rightly.${reason}`,
  };
}

function withSeeds({ n }: Estimate, verdict: Verdict): Verdict {
  return n < SEEDS ? 'inconclusive' : verdict;
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
