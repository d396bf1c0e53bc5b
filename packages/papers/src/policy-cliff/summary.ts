import { totalVariation } from '@laurel/core/assess';
import {
  type ClaimResult,
  exactly,
  type Finished,
  judgeAbove,
  judgeAll,
  judgeBelow,
  type Summary,
  type Verdict,
} from '@laurel/core/paper';
import { bootstrap, type Estimate, pairedDifference } from '@laurel/core/stats';
import { armLabel, arms, compared, epsilons } from './arms.ts';
import { accuracy, type BanditArm, styleShare } from './bandit.ts';
import { type ExactOutcome, radii } from './exact.ts';
import { figures } from './figures.ts';
import type { paper } from './paper.ts';
import type { Config, Result } from './trial.ts';

/** Identities and bounds hold to this. */
const EXACT = 1e-8;

/** The trials by part, bandit runs by arm. */
export interface Collected {
  exact: ExactOutcome[];
  mixture: Extract<Result, { part: 'mixture' }>['outcomes'];
  bandit: BanditRuns[];
  control: BanditRuns | null;
}

/** All seeds of one arm. */
export interface BanditRuns {
  arm: BanditArm;
  seeds: number[];
  /** For each seed, the policy at each of `epsilons` (or `compared`, for the control). */
  policies: number[][][];
}

export function summarise(finished: readonly Finished<Config, Result>[]): Summary<keyof typeof paper.claims> {
  const all = collect(finished);
  const { exact, bandit, control } = all;
  const free = bandit.find(({ arm }) => arm.strength === 0 && arm.scale === 'none');
  return {
    claims: {
      ...(exact.length > 0 ? { 'values-are-lipschitz': judgeValues(exact) } : {}),
      ...(exact.length > 0 && free ? { 'policy-jumps-at-ties': judgeJumps(exact, free) } : {}),
      ...(exact.length > 0 && control ? { 'unique-optimum-is-stable': judgeStable(exact, control) } : {}),
      ...(exact.length > 0 && free ? { 'regularisation-smooths': judgeSmoothing(exact, free, bandit) } : {}),
      ...(exact.length > 0 ? { 'incomplete-reward-costs': judgeSlackers(exact) } : {}),
    },
    figures: figures(all),
  };
}

function collect(finished: readonly Finished<Config, Result>[]): Collected {
  const runsOf = (arm: BanditArm, control: boolean): BanditRuns[] => {
    const trials = finished.flatMap(({ config, seed, result }) =>
      config.part === 'bandit' &&
      result.part === 'bandit' &&
      config.control === control &&
      armLabel(config.arm) === armLabel(arm)
        ? [{ seed, policies: result.policies }]
        : [],
    );
    if (trials.length === 0) return [];
    return [{ arm, seeds: trials.map(({ seed }) => seed), policies: trials.map(({ policies }) => policies) }];
  };
  return {
    exact: finished.flatMap(({ result }) => (result.part === 'exact' ? result.outcomes : [])),
    mixture: finished.flatMap(({ result }) => (result.part === 'mixture' ? result.outcomes : [])),
    bandit: arms.flatMap((arm) => runsOf(arm, false)),
    control: runsOf(arms[0], true)[0] ?? null,
  };
}

/** For each seed, the total variation between the policies of the two bonuses that are compared. */
export function variations({ policies }: BanditRuns): number[] {
  return policies.map((byEpsilon) => totalVariation(at(byEpsilon, compared[0]), at(byEpsilon, compared[1])));
}

/** For each seed, how much more often the policy is right with the one bonus than with the other. */
export function accuracyChanges({ policies }: BanditRuns): number[] {
  return policies.map((byEpsilon) => accuracy(at(byEpsilon, compared[1])) - accuracy(at(byEpsilon, compared[0])));
}

/** For each seed, the least-squares slope of logit P(A | right) against ε over the regulariser's strength. */
export function slopes({ arm, policies }: BanditRuns): number[] {
  const x = epsilons.map((epsilon) => epsilon / arm.strength);
  const square = x.reduce((sum, value) => sum + value * value, 0); // the bonuses are centred on 0
  return policies.map((byEpsilon) => {
    const logits = byEpsilon.map((policy) => Math.log(policy[0] / policy[1]));
    return logits.reduce((sum, value, i) => sum + value * x[i], 0) / square;
  });
}

/** The policy of a bonus, among those of all bonuses or of the compared two. */
function at(byEpsilon: readonly number[][], epsilon: number): number[] {
  return byEpsilon[(byEpsilon.length === compared.length ? compared : epsilons).indexOf(epsilon)];
}

function judgeValues(exact: readonly ExactOutcome[]): ClaimResult {
  const random = largest(exact, ({ ratios }) => ratios.values);
  const uniform = largest(exact, ({ ratios }) => ratios.valuesUniform);
  return {
    verdict: Math.max(random, uniform) <= 1 + EXACT ? 'holds' : 'refuted',
    ours: exactly(random, exact.length),
    measure: 'largest change of Q* over its bound ‖ΔR‖/(1 − γ), along random directions',
    because: `At most ${random.toFixed(2)} of the bound along random directions in ${exact.length} MDPs, and ${uniform.toFixed(6)} of it when all rewards rise alike: the constant cannot be improved.`,
  };
}

function judgeJumps(exact: readonly ExactOutcome[], free: BanditRuns): ClaimResult {
  const ties = exact.flatMap((outcome) => outcome.ties);
  const flips = ties.every(
    ({ tied, jump, elsewhere, moved, valueError }) =>
      Math.abs(jump - (tied - 1) / tied) <= EXACT && elsewhere <= EXACT && moved <= 1 + EXACT && valueError <= EXACT,
  );
  const jump = bootstrap(variations(free));
  const change = bootstrap(accuracyChanges(free));
  return {
    verdict: judgeAll([flips ? 'holds' : 'refuted', judgeAbove(jump, 0.5), judgeWithin(change, -0.03, 0.03)]),
    ours: jump,
    measure: 'total variation between the bandit policies trained with ε = +0.02 and −0.02, no regulariser, centred',
    because: `${ties.length} planted ties broken by bonuses down to 1e-6: the policy ${flips ? 'jumped by exactly (m − 1)/m every time' : 'did not always jump by (m − 1)/m'}. In the bandit accuracy changes by ${(100 * change.value).toFixed(2)} points.`,
  };
}

function judgeStable(exact: readonly ExactOutcome[], control: BanditRuns): ClaimResult {
  const inside = largest(exact, ({ changed }) => Math.max(...changed.filter((_, k) => radii[k] < 1)));
  const jump = bootstrap(variations(control));
  return {
    verdict: judgeAll([inside === 0 ? 'holds' : 'refuted', judgeBelow(jump, 0.1)]),
    ours: jump,
    measure: 'total variation between the bandit policies of ε = ±0.02 when style A is graded wrong half of the time',
    because: `Inside the stability radius ${inside === 0 ? 'no' : 'some'} perturbation changed a greedy policy, in ${exact.length} MDPs.`,
  };
}

function judgeSmoothing(exact: readonly ExactOutcome[], free: BanditRuns, bandit: readonly BanditRuns[]): ClaimResult {
  const ratios = (['entropy', 'entropySharp', 'kl'] as const).map((name) =>
    largest(exact, (outcome) => outcome.ratios[name]),
  );
  const regularised = bandit.filter(({ arm }) => arm.strength > 0 && arm.scale === 'none');
  const judged = regularised.map((runs) => {
    // Both arms of a seed, or the seed does not count.
    const shared = runs.seeds.filter((seed) => free.seeds.includes(seed));
    if (shared.length === 0) return null;
    const of = ({ seeds, policies, arm }: BanditRuns) =>
      variations({ arm, seeds: shared, policies: shared.map((seed) => policies[seeds.indexOf(seed)]) });
    const less = pairedDifference(of(runs), of(free));
    const slope = bootstrap(slopes(runs));
    const variation = bootstrap(variations(runs)).value;
    // In one step, γ = 0: rewards 0.04 apart, policies at most 0.04/(2α).
    const bounded: Verdict = variation <= (compared[1] - compared[0]) / (2 * runs.arm.strength) ? 'holds' : 'refuted';
    return { less, slope, verdict: judgeAll([bounded, judgeBelow(less), judgeWithin(slope, 0.7, 1.3)]) };
  });
  const complete = judged.filter((arm) => arm !== null);
  const weakest = complete.reduce<Estimate | null>(
    (worst, { less }) => (worst === null || less.value > worst.value ? less : worst),
    null,
  );
  const theory: Verdict = Math.max(...ratios) <= 1 + EXACT ? 'holds' : 'refuted';
  const missing = complete.length < arms.filter(({ strength, scale }) => strength > 0 && scale === 'none').length;
  const verdicts = [theory, ...complete.map(({ verdict }) => verdict)];
  return {
    verdict: judgeAll(missing ? [...verdicts, 'inconclusive'] : verdicts),
    ours: weakest ?? exactly(ratios[0], exact.length),
    measure: weakest
      ? 'total variation at ε = ±0.02, regularised less unregularised bandit, the arm that gains least'
      : 'largest change of the soft policy over its bound',
    because: `Soft policies move at most ${ratios[0].toFixed(3)} (entropy) and ${ratios[2].toFixed(3)} (KL) of the bound, ${ratios[1].toFixed(3)} of its sharp form. Slopes of the logit: ${complete.map(({ slope }) => slope.value.toFixed(2)).join(', ')}; 7/8 is predicted.`,
  };
}

function judgeSlackers(exact: readonly ExactOutcome[]): ClaimResult {
  const cases = exact.flatMap(({ slacker }) =>
    slacker.smallestGain === null ? [] : [{ ...slacker, smallestGain: slacker.smallestGain }],
  );
  const fails = cases.filter(({ smallestGain, shortfall }) => !(smallestGain > 0 && shortfall > 0));
  const least = cases.reduce((smallest, { shortfall }) => Math.min(smallest, shortfall), Infinity);
  const verdict = cases.length === 0 ? 'inconclusive' : fails.length === 0 ? 'holds' : 'refuted';
  return {
    verdict,
    ours: exactly(cases.length === 0 ? 0 : least, cases.length),
    measure: 'smallest shortfall of the complete return where a witness exists',
    because: `${cases.length} of ${exact.length} MDPs have a witness; there every named switch ${fails.length === 0 ? 'gains, and the policy falls short of the complete optimum' : 'should gain, and some do not'}.`,
  };
}

/** The claim is that the value lies in [low, high]. */
function judgeWithin({ lo, hi }: Estimate, low: number, high: number): Verdict {
  if (lo === null || hi === null) return 'inconclusive';
  if (lo >= low && hi <= high) return 'holds';
  return hi < low || lo > high ? 'refuted' : 'inconclusive';
}

function largest(exact: readonly ExactOutcome[], pick: (outcome: ExactOutcome) => number): number {
  return exact.reduce((most, outcome) => Math.max(most, pick(outcome)), -Infinity);
}

/** P(A | right) at each bonus, one list a bonus, over seeds. */
export function sharesByEpsilon({ policies }: BanditRuns): number[][] {
  return epsilons.map((_, k) => policies.map((byEpsilon) => styleShare(byEpsilon[k])));
}
