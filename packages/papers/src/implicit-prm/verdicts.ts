import { type ClaimResult, exactly, type Finished, judgeAbove, judgeAll } from '@laurel/core/paper';
import { bootstrap, type Estimate, mean, pairedDifference } from '@laurel/core/stats';
import { type Arm, names, scoresIncreases } from './arms.ts';
import { type Aggregate, aggregates } from './measure.ts';
import type { Outcome, ScorerOutcome } from './trial.ts';

/** A scorer's trial, or the exact part where `arm` is null. */
export type Run = Finished<{ arm: Arm | null }, Outcome>;

/** The most that an equal number of prompts may cost, as a difference of accuracies. */
const TOLERANCE = 0.02;

/** The runs of a scorer by seed. */
export function runsOf(finished: readonly Run[], name: string): Map<number, ScorerOutcome> {
  return new Map(
    finished.flatMap(({ config: { arm }, seed, result }) =>
      arm?.name === name && result.kind === 'scorer' ? [[seed, result] as const] : [],
    ),
  );
}

/** The form in which a scorer is meant to be used: the lowest increase of an implicit one, the lowest value of a head. */
export const ownAggregate = (arm: Pick<Arm, 'learner'>): Aggregate =>
  scoresIncreases(arm.learner) ? 'lowest increase' : 'lowest value';

type Measure = (outcome: ScorerOutcome) => number;

/** Accuracy of best-of-n at the greatest n, 16 in all but the smallest profile. */
const bestBy =
  (how: Aggregate): Measure =>
  ({ measured }) =>
    measured.best[how][measured.best[how].length - 1];

function meanOf(runs: ReadonlyMap<number, ScorerOutcome>, measure: Measure): number {
  return mean([...runs.values()].map(measure));
}

function difference(
  ours: ReadonlyMap<number, ScorerOutcome>,
  theirs: ReadonlyMap<number, ScorerOutcome>,
  [mine, other]: readonly [Measure, Measure],
): Estimate | null {
  const seeds = [...ours.keys()].filter((seed) => theirs.has(seed));
  if (seeds.length === 0) return null;
  return pairedDifference(
    seeds.map((seed) => mine(ours.get(seed)!)),
    seeds.map((seed) => other(theirs.get(seed)!)),
  );
}

export function exactPrefixValue(finished: readonly Run[]): ClaimResult | null {
  const exact = finished.map(({ result }) => result).find((result) => result.kind === 'exact');
  if (exact === undefined) return null;
  const { largestError, prefixes, outside, rising, farFromLimit } = exact;
  const sound = largestError < 1e-9 && outside === 0 && rising === 0 && farFromLimit === 0;
  return {
    verdict: sound ? 'holds' : 'refuted',
    ours: exactly(largestError, prefixes),
    measure: 'largest error of the prefix value over all prefixes',
    because: `Of ${prefixes} prefixes, the soft value of a fixed reward left the sandwich ${outside} times, rose with β ${rising} times and missed its limits ${farFromLimit} times.`,
  };
}

export function locatesErrors(finished: readonly Run[]): ClaimResult | null {
  const ours = runsOf(finished, names.ce);
  const head = runsOf(finished, names.outcome);
  if (ours.size === 0 || head.size === 0) return null;
  const increase: Measure = ({ measured }) => measured.increase.upTo;
  const value: Measure = ({ measured }) => measured.value.upTo;
  // The head is read in the form that suits it better.
  const best = meanOf(head, increase) > meanOf(head, value) ? increase : value;
  const lead = difference(ours, head, [increase, best]);
  if (lead === null) return null;
  const own = bootstrap([...ours.values()].map(increase));
  const parts = [judgeAbove(own, 0.5), judgeAbove(lead)];
  const bare = mean([...ours.values()].map(({ withoutReference }) => withoutReference?.increase.upTo ?? 0));
  const likelihood = runsOf(finished, names.likelihood);
  const untrained =
    likelihood.size === 0
      ? ''
      : ` The base policy’s own likelihood, without any training, has ${meanOf(likelihood, increase).toFixed(3)}.`;
  return {
    verdict: parts.includes('refuted') ? 'refuted' : judgeAll(parts),
    ours: lead,
    measure: `AUROC of the first wrong line, implicit cross-entropy less the outcome head (its ${best === value ? 'values' : 'increases'})`,
    because: `The implicit model’s own AUROC is ${range(own)}, ${bare.toFixed(3)} when the reference is left out.${untrained}`,
  };
}

export function beatsRolloutLabels(finished: readonly Run[]): ClaimResult | null {
  const ours = runsOf(finished, names.ce);
  const mine = bestBy('lowest increase');
  const theirs = bestBy('lowest value');
  const rival = (candidates: readonly string[]) => {
    const known = candidates
      .map((name) => ({ name, runs: runsOf(finished, name) }))
      .filter(({ runs }) => runs.size > 0);
    if (known.length === 0) return null;
    const { name, runs } = known.reduce((a, b) => (meanOf(b.runs, theirs) > meanOf(a.runs, theirs) ? b : a));
    const estimate = difference(ours, runs, [mine, theirs]);
    return estimate && { name, runs, estimate };
  };
  const equal = rival([names.softEqual, names.hardEqual]);
  const all = rival([names.soft, names.hard]);
  if (equal === null || all === null) return null;
  const verdict = judgeAbove(equal.estimate);
  const anyForm = (runs: ReadonlyMap<number, ScorerOutcome>) =>
    Math.max(...aggregates.map((how) => meanOf(runs, bestBy(how))));
  const chance = meanOf(ours, ({ random }) => random);
  const majority = meanOf(ours, ({ measured }) => measured.majority);
  const likelihood = runsOf(finished, names.likelihood);
  const untrained =
    likelihood.size === 0
      ? ''
      : `, the base policy’s own likelihood, untrained, ${meanOf(likelihood, mine).toFixed(3)}`;
  return {
    verdict: verdict === 'refuted' ? 'refuted' : judgeAll([verdict, judgeAbove(all.estimate, -TOLERANCE)]),
    ours: equal.estimate,
    measure: `best-of-n accuracy at the greatest n, implicit cross-entropy less ${equal.name}`,
    because: `At equal prompts (${all.name}) the difference is ${range(all.estimate)}, with ${(meanOf(all.runs, ({ tokens }) => tokens) / meanOf(ours, ({ tokens }) => tokens)).toFixed(1)} times the tokens. Picked by the form that suits it best, the implicit model reaches ${anyForm(ours).toFixed(3)} and the rollout labels at equal tokens ${anyForm(equal.runs).toFixed(3)}; a random pick has ${chance.toFixed(3)}, a majority vote ${majority.toFixed(3)}${untrained}.`,
  };
}

export function range({ value, lo, hi }: Estimate): string {
  return lo === null || hi === null ? value.toFixed(3) : `${value.toFixed(3)} [${lo.toFixed(3)}, ${hi.toFixed(3)}]`;
}
