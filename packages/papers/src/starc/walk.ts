import {
  canonicaliser,
  differenceNorms,
  isTrivial,
  metricNames,
  normNames,
  standardScales,
  worstCaseRegret,
} from '@laurel/core/assess';
import { expectedReward, type TabularModel } from '@laurel/core/env';
import { pessimalPolicy, policyIteration, policyReturn, type Solution } from '@laurel/core/policy';
import { canons, configurations } from './configurations.ts';

/** What one pair of rewards gives: how far apart they are by every distance, and what trusting one for the other costs. */
export interface PairMeasure {
  /** One number a distance, in the order of `configurations`. */
  distances: Float64Array;
  /** The paper's target: regret of each reward's optimal policy under the other, over the range of returns, averaged. */
  regret: number;
  /** Exact worst case over policies, averaged over the two directions; null where it was not computed. */
  worst: number | null;
}

/** The exact worst case costs more than all the rest together, so only every so many steps have it. */
const WORST_EVERY = 4;

/** A point of the line with what does not depend on the point it is compared with. */
interface Point {
  /** 0 at r1, 1 at r2. */
  at: number;
  /** Expected reward [s][a]. */
  r: Float64Array;
  /** Factors that standardise its canonical forms, in the order of `canons`. */
  scales: ReturnType<typeof standardScales>[];
  trivial: boolean;
  best: Solution;
  worst: Solution;
}

/**
 * Compares r1 with the points r1 + (r2 - r1) i/K, i = 1…K, of the line to r2. Canonical forms are linear, so the whole
 * line is measured on those of its two ends.
 */
export function* walk(model: TabularModel, r1: Float64Array, r2: Float64Array, steps: number): Generator<PairMeasure> {
  const maps = canons.map((canon) => canonicaliser(model, canon));
  const from = maps.map((map) => map(r1));
  const to = maps.map((map) => map(r2));
  const expected = [expectedReward(model, r1), expectedReward(model, r2)];

  const pointAt = (at: number, near?: Point): Point => {
    const size = differenceNorms(model, r1, 1 - at, r2, -at).Linf;
    const sizes = canons.map((_, k) => differenceNorms(model, from[k], 1 - at, to[k], -at));
    const trivial = sizes.map(({ Linf }) => isTrivial(model, size, Linf));
    const r = expected[0].map((value, i) => (1 - at) * value + at * expected[1][i]);
    return {
      at,
      r,
      scales: sizes.map((norms, k) => standardScales(norms, trivial[k])),
      trivial: trivial[canons.indexOf('val')],
      best: policyIteration(model, r, near ? { from: near.best.policy } : {}),
      worst: pessimalPolicy(model, r, near ? { from: near.worst.policy } : {}),
    };
  };

  const start = pointAt(0);
  let point = start;
  for (let step = 1; step <= steps; step++) {
    point = pointAt(step / steps, point);
    const distances = new Float64Array(configurations.length);
    let next = 0;
    for (let k = 0; k < canons.length; k++) {
      for (const norm of normNames) {
        const [near, far] = [start.scales[k][norm], point.scales[k][norm]];
        // near c(r1) - far ((1 - at) c(r1) + at c(r2))
        const apart = differenceNorms(model, from[k], near - far * (1 - point.at), to[k], far * point.at);
        for (const metric of metricNames) distances[next++] = apart[metric];
      }
    }
    yield {
      distances,
      regret: (regret(model, start, point) + regret(model, point, start)) / 2,
      worst: step % WORST_EVERY === 0 ? worstOfBoth(model, start.r, point.r) : null,
    };
  }
}

/** What following the optimal policy of `trusted` loses under `counts`, over the range of returns; 0 where all policies are alike. */
function regret(model: TabularModel, counts: Point, trusted: Point): number {
  if (counts.trivial) return 0;
  const lost = counts.best.J - policyReturn(model, counts.r, trusted.best.policy);
  return lost / (counts.best.J - counts.worst.J);
}

function worstOfBoth(model: TabularModel, r1: Float64Array, r2: Float64Array): number {
  return (worstCaseRegret(model, r1, r2).normalised + worstCaseRegret(model, r2, r1).normalised) / 2;
}
