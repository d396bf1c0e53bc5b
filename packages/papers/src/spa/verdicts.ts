import { type ClaimResult, judgeAbove, judgeAll, judgeEquivalent, type Verdict } from '@laurel/core/paper';
import { bootstrap, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import {
  type Arm,
  controlArm,
  corridorSpa,
  corridorTerminal,
  spaArm,
  terminalArm,
  uniformArm,
  valuesArm,
} from './arms.ts';
import type { ProgressCheck } from './progress.ts';
import { checksOf, corridorsOf, lengthsOf, paired, propertiesOf, type Run, tracesOf } from './runs.ts';
import type { Trace } from './train.ts';

const success = ({ final }: Trace) => final.reward;
const executed = ({ final }: Trace) => final.executed;

/** SPA less another arm at common seeds, in the household; null without one. */
function less(finished: readonly Run[], other: Arm, value: (trace: Trace) => number) {
  const [ours, theirs] = paired(tracesOf(finished, spaArm), tracesOf(finished, other), value);
  if (ours.length === 0) return null;
  const difference = pairedDifference(ours, theirs);
  const words = `${percent(mean(ours))} against ${percent(mean(theirs))} with ${other.name} (${signed(difference)})`;
  return { difference, words };
}

/** As `judgeAbove`, refuted from an upper end of 0 on, as the rule says. */
function judgeGain(difference: Estimate): Verdict {
  return difference.hi !== null && difference.hi <= 0 ? 'refuted' : judgeAbove(difference);
}

export function beatsTerminal(finished: readonly Run[]): ClaimResult | null {
  const gain = less(finished, terminalArm, success);
  if (!gain) return null;
  return {
    verdict: judgeGain(gain.difference),
    ours: gain.difference,
    measure: 'final success in unseen houses, SPA − terminal reward',
    because: `SPA does ${gain.words}. What the estimator can add is a lower variance, and its exploration is paid for with training.`,
  };
}

export function beyondBonus(finished: readonly Run[]): ClaimResult | null {
  const gain = less(finished, controlArm, success);
  const overTerminal = less(finished, terminalArm, success);
  if (!gain) return null;
  const verdict = judgeGain(gain.difference);
  const explained =
    verdict === 'inconclusive' && overTerminal && judgeGain(overTerminal.difference) === 'holds'
      ? ' Gain explained by the validity bonus.'
      : '';
  return {
    verdict,
    ours: gain.difference,
    measure: 'final success in unseen houses, SPA − (terminal reward + grounding)',
    because: `SPA does ${gain.words}.${explained}`,
  };
}

export function moreExecutable(finished: readonly Run[]): ClaimResult | null {
  const gain = less(finished, terminalArm, executed);
  const control = less(finished, controlArm, executed);
  if (!gain) return null;
  return {
    verdict: judgeAbove(gain.difference),
    ours: gain.difference,
    measure: 'share of executable actions in unseen houses, SPA − terminal reward',
    because: `With SPA ${gain.words}${control ? `, and ${signed(control.difference)} against ${controlArm.name}` : ''}.`,
  };
}

export function beatsOtherSpreads(finished: readonly Run[]): ClaimResult | null {
  const gains = [valuesArm, uniformArm].flatMap((arm) => less(finished, arm, success) ?? []);
  if (gains.length < 2) return null;
  return {
    verdict: judgeAll(gains.map(({ difference }) => judgeGain(difference))),
    ours: gains[0].difference,
    measure: 'final success in unseen houses, SPA − value differences',
    because: `SPA does ${gains.map(({ words }) => words).join('; ')}.`,
  };
}

/** What is said when the first agent never succeeds, and no turn changes its chance. */
const noProgress = {
  verdict: 'inconclusive',
  ours: { value: 0, lo: null, hi: null, n: 0, level: 0.95 },
  measure: 'correlation with the change in the chance of success',
  because: 'No turn of any episode changed the chance of success, so that there was no progress to follow.',
} as const;

/** Correlations of the seeds that have any. */
function correlations(finished: readonly Run[], of: (check: ProgressCheck) => number | null): number[] {
  return checksOf(finished).flatMap((check) => of(check) ?? []);
}

export function tracksProgress(finished: readonly Run[]): ClaimResult | null {
  if (checksOf(finished).length === 0) return null;
  const ours = correlations(finished, ({ value }) => value.contributions);
  if (ours.length === 0) return noProgress;
  const estimate = bootstrap(ours);
  const average = (of: (check: ProgressCheck) => number | null) => {
    const values = correlations(finished, of);
    return values.length > 0 ? mean(values).toFixed(2) : 'not defined';
  };
  const later = average((check) => check.later.contributions);
  const distance = average((check) => check.distance.contributions);
  return {
    verdict: judgeAbove(estimate),
    ours: estimate,
    measure: 'mean correlation within an episode with the change in the chance of success, contributions − even split',
    because: `The even split is the same at every turn, which counts as a correlation of 0. From the second turn on the correlation is ${later}: the first contribution also carries what was expected from the start. With the change in the fewest actions left it is ${distance}.`,
  };
}

export function tracksBetter(finished: readonly Run[]): ClaimResult | null {
  const checks = checksOf(finished).flatMap(({ value: { contributions, 'value differences': values, terminal } }) =>
    contributions === null || values === null || terminal === null ? [] : [{ contributions, values, terminal }],
  );
  if (checksOf(finished).length === 0) return null;
  if (checks.length === 0) return noProgress;
  const ours = checks.map(({ contributions }) => contributions);
  const values = pairedDifference(
    ours,
    checks.map((check) => check.values),
  );
  const terminal = pairedDifference(
    ours,
    checks.map((check) => check.terminal),
  );
  return {
    verdict: judgeAll([judgeAbove(values), judgeAbove(terminal)]),
    ours: values,
    measure: 'mean correlation with the change in the chance of success, contributions − value differences',
    because: `Contributions ${mean(ours).toFixed(2)}; less value differences ${plain(values)}, less the terminal reward ${plain(terminal)}. A contribution is read before the world replies and before the outcome is known; the other two use the outcome.`,
  };
}

/** Half-width of the range in which a mean gradient counts as unchanged. */
const MARGIN = 0.05;

export function sameGradient(finished: readonly Run[]): ClaimResult | null {
  const all = propertiesOf(finished);
  if (all.length === 0) return null;
  const of = (name: string) => all.flatMap(({ gradients }) => gradients.filter((each) => each.name === name));
  const exact = bootstrap(of('contributions, exact sum').map(({ along }) => along));
  const raw = mean(of('contributions').map(({ along }) => along));
  const even = mean(of('even split').map(({ along }) => along));
  const bonus = mean(of('contributions + grounding').map(({ along }) => along));
  const variance = mean(of('contributions, exact sum').map((each) => each.variance));
  return {
    verdict: judgeEquivalent(exact, MARGIN, 1),
    ours: exact,
    measure: 'mean policy gradient along the exact one, as a share of it',
    because: `The variance is ${variance.toFixed(2)} of that of the terminal reward. As fitted, contributions give ${raw.toFixed(2)}, with the bonus ${bonus.toFixed(2)}. An even split, which also sums to the reward but depends on the future, gives ${even.toFixed(2)}: the sum alone is not enough.`,
  };
}

/** SPA less terminal reward in a corridor, mean success over training, one number a seed. */
export function corridorGains(finished: readonly Run[], cells: number): number[] {
  return corridorsOf(finished, cells).flatMap((curves) => {
    const [ours, theirs] = [corridorSpa, corridorTerminal].map(({ name }) => curves.find(({ arm }) => arm === name));
    return ours && theirs ? [mean(ours.success) - mean(theirs.success)] : [];
  });
}

export function longTasks(finished: readonly Run[]): ClaimResult | null {
  const lengths = lengthsOf(finished);
  if (lengths.length < 2) return null;
  const gains = lengths.map((cells) => corridorGains(finished, cells));
  const [short, long] = [gains[0], gains[gains.length - 1]];
  const n = Math.min(short.length, long.length);
  if (n === 0) return null;
  const more = pairedDifference(long.slice(0, n), short.slice(0, n));
  const each = lengths.map((cells, i) => `${(100 * mean(gains[i])).toFixed(0)} points at ${cells} cells`).join(', ');
  return {
    verdict: judgeAbove(more),
    ours: more,
    measure: 'gain of SPA over terminal reward in mean success over training, longest corridor − shortest',
    because: `The gain, exploration paid for, is ${each}.`,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

function signed(estimate: Estimate): string {
  const points = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)}`;
  const { value, lo, hi } = estimate;
  return `${points(value)} points${lo === null || hi === null ? '' : `, 95% interval ${points(lo)} to ${points(hi)}`}`;
}

function plain({ value, lo, hi }: Estimate): string {
  const sign = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(2)}`;
  return `${sign(value)}${lo === null || hi === null ? '' : ` [${sign(lo)}, ${sign(hi)}]`}`;
}
