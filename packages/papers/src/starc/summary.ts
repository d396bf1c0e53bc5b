import { metricNames, normNames } from '@laurel/core/assess';
import {
  type ClaimResult,
  exactly,
  judgeAbove,
  judgeAll,
  judgeBelow,
  type Summary,
  type Verdict,
} from '@laurel/core/paper';
import { bootstrapUnits, type Estimate } from '@laurel/core/stats';
import { positionOf } from './configurations.ts';
import { figures } from './figures.ts';
import type { Blindness, StressPoint } from './guarantees.ts';
import { type Moments, pooledCorrelation } from './moments.ts';
import type { paper } from './paper.ts';

/** A compared pair, with its distances (norm and metric L2) in the order of `canons`. */
export interface Row {
  regret: number;
  /** Exact worst case; null where it was not computed. */
  worst: number | null;
  distances: number[];
}

/** What one MDP gave. */
export interface Outcome {
  moments: Moments;
  rows: Row[];
  blindness: Blindness[];
  stress: StressPoint[];
}

/** What the guarantees say is zero may be this far from it. */
const EXACT = 1e-9;

const RESAMPLES = 1000;

type Correlate = (configuration: number) => number;

export function summarise(outcomes: readonly Outcome[]): Summary<keyof typeof paper.claims> {
  const environments = outcomes.map(({ moments }) => moments);
  /** A statistic of pooled correlations, bootstrapped over MDPs. */
  const estimate = (statistic: (correlation: Correlate) => number): Estimate =>
    bootstrapUnits(
      environments.length,
      (drawn) => statistic((configuration) => pooledCorrelation(environments, drawn, configuration)),
      { resamples: RESAMPLES },
    );
  const val = positionOf('val');
  const lead = (over: number) => estimate((correlation) => correlation(val) - correlation(over));
  const values = estimate((correlation) => correlation(val)).value;

  const epic = lead(positionOf('epic'));
  const dard = lead(positionOf('dard'));
  const none = lead(positionOf('none'));
  const wins = estimate(shareWon);
  const maximum = lead(positionOf('val', 'Linf', 'Linf'));
  const unscaled = estimate((correlation) => correlation(positionOf('val', 'none', 'Linf')) - correlation(val) / 2);
  const measure = 'difference of pooled Pearson correlations with regret';
  const against = (estimate: Estimate, name: string) =>
    `VAL-2-2 correlates ${values.toFixed(3)} with regret, ${name} ${(values - estimate.value).toFixed(3)}, over ${outcomes.length} MDPs.`;

  return {
    claims: {
      'beats-epic': { verdict: judgeAbove(epic), ours: epic, measure, because: against(epic, 'EPIC-2-2') },
      'beats-dard': { verdict: judgeAbove(dard), ours: dard, measure, because: against(dard, 'DARD-2-2') },
      'canonical-form-matters': { verdict: judgeAbove(none), ours: none, measure, because: against(none, 'None-2-2') },
      'wins-across-norms': {
        verdict: judgeAbove(wins, 0.9),
        ours: wins,
        measure: 'share of the 42 norm and metric choices in which VAL correlates better than EPIC',
        because: `VAL leads in ${Math.round(wins.value * 42)} of 42.`,
      },
      'norms-matter': {
        verdict: judgeAll([judgeAbove(maximum), judgeBelow(unscaled)]),
        ours: maximum,
        measure: 'VAL-2-2 less VAL-∞-∞, difference of pooled Pearson correlations',
        because: `${against(maximum, 'VAL-∞-∞')} Unnormalised VAL-0-∞ correlates ${(unscaled.value + values / 2).toFixed(3)}.`,
      },
      'ignores-what-cannot-matter': judgeBlindness(outcomes),
      'older-metrics-unsound': judgeStress(outcomes),
    },
    figures: figures(outcomes),
  };
}

/** The share of norm and metric choices in which VAL correlates better than EPIC. */
function shareWon(correlation: Correlate): number {
  let won = 0;
  for (const norm of normNames) {
    for (const metric of metricNames) {
      if (correlation(positionOf('val', norm, metric)) > correlation(positionOf('epic', norm, metric))) won++;
    }
  }
  return won / (normNames.length * metricNames.length);
}

function judgeBlindness(outcomes: readonly Outcome[]): ClaimResult {
  const all = outcomes.flatMap(({ blindness }) => blindness);
  const of = (...canons: Blindness['canon'][]) => all.filter(({ canon }) => canons.includes(canon));
  const zeros = [
    ...all.filter(({ canon }) => canon !== 'none').map(({ shaped }) => shaped),
    ...of('val', 'minimal').map(({ redistributed }) => redistributed),
    ...all.map(({ scaled }) => scaled),
    ...all.map(({ opposite }) => opposite - 2),
  ];
  const worst = Math.max(...zeros.map(Math.abs));
  const seen = Math.min(...of('epic', 'dard', 'valPotential').map(({ redistributed }) => redistributed));
  const verdict: Verdict = worst <= EXACT && seen > 0.5 ? 'holds' : 'refuted';
  return {
    verdict,
    ours: exactly(worst, outcomes.length),
    measure: 'largest deviation from the value that theory gives, over all tests and MDPs',
    because: `What must be 0 (or 2) is so within ${worst.toExponential(1)}; under redistribution EPIC, DARD and VALPotential see at least ${seen.toFixed(2)}.`,
  };
}

function judgeStress(outcomes: readonly Outcome[]): ClaimResult {
  const passes = outcomes.map(({ stress }) => {
    const still = (pick: (point: StressPoint) => number) =>
      Math.max(...stress.map(pick)) - Math.min(...stress.map(pick)) <= EXACT;
    const [, , small, smallest] = stress;
    // A tenth of the reward, a tenth of the distance.
    const inProportion = (pick: (point: StressPoint) => number) => Math.abs(pick(smallest) / pick(small) - 0.1) <= 0.01;
    return (
      still(({ regret }) => regret) &&
      still(({ val }) => val) &&
      inProportion(({ epic }) => epic) &&
      inProportion(({ dard }) => dard)
    );
  });
  const growth = outcomes.map(({ stress: [whole, , , smallest] }) =>
    Math.min(whole.epic / smallest.epic, whole.dard / smallest.dard),
  );
  const least = Math.min(...growth);
  return {
    verdict: passes.every(Boolean) ? 'holds' : 'refuted',
    ours: exactly(least, outcomes.length),
    measure:
      'factor by which regret per unit of distance grows from ε = 1 to 0.001, the least over EPIC, DARD and MDPs',
    because: `${passes.filter(Boolean).length} of ${outcomes.length} MDPs behave as claimed: regret and VAL’s distance stay, EPIC’s and DARD’s shrink with the reward.`,
  };
}
