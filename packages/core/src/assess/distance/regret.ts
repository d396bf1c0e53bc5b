import { expectedReward, type TabularModel } from '../../env/index.ts';
import {
  occupancy,
  pessimalPolicy,
  policyAdvantage,
  policyIteration,
  policyOfOccupancy,
  type TabularPolicy,
  uniformPolicy,
} from '../../policy/index.ts';
import { canonicaliser } from './canonical.ts';
import { isTrivial, standardScales } from './distance.ts';
import { rewardNorms } from './norm.ts';

/**
 * An upper bound on the regret under r1 of trusting r2: for all policies with J2(π2) >= J2(π1),
 * J1(π1) - J1(π2) <= n(c(r1)) (max Δ - min Δ) / (1 - γ), where Δ = s(r1) - s(r2) with `val` and L2. In the units of
 * return under r1, from the model's first state. Ours, from the linearity of J (Skalse et al. show that such constants
 * exist); valid for every model, and loose: `worstCaseRegret` is exact and costs a few planning problems.
 *
 * @param r1 the reward that counts, [s][a][s']
 * @param r2 the reward that is trusted, [s][a][s']
 * @throws RangeError for rewards that do not fit the model
 * @example
 * regretBound(model, truth, learned);
 */
export function regretBound(model: TabularModel, r1: Float64Array, r2: Float64Array): number {
  const canonical = canonicaliser(model, 'val');
  const scaleOf = (reward: Float64Array, form: Float64Array) => {
    const sizes = rewardNorms(model, form);
    return standardScales(sizes, isTrivial(model, rewardNorms(model, reward).Linf, sizes.Linf)).L2;
  };
  const c1 = canonical(r1);
  const c2 = canonical(r2);
  const scale1 = scaleOf(r1, c1);
  const scale2 = scaleOf(r2, c2);
  if (scale1 === 0) return 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < c1.length; i++) {
    const delta = scale1 * c1[i] - scale2 * c2[i];
    low = Math.min(low, delta);
    high = Math.max(high, delta);
  }
  return (high - low) / (scale1 * (1 - model.gamma));
}

/** The worst that can come of trusting one reward where another counts. */
export interface WorstCaseRegret {
  /** The largest J1(π1) - J1(π2) over pairs with J2(π2) >= J2(π1), in units of return under r1. */
  absolute: number;
  /** The same over max J1 - min J1: 0 (no harm) … 1 (the worst policy may look best). 0 when r1 is trivial. */
  normalised: number;
  /** A pair that attains it: r2 likes pi2 at least as well as pi1. */
  pi1: TabularPolicy;
  pi2: TabularPolicy;
}

/** Pieces of a convex function met on the way down; each costs two planning problems, and few are needed. */
const MAX_PIECES = 200;

/** Slopes this small (advantages are scaled to one, occupancies sum to one) are what rounding leaves of zero. */
const FLAT = 1e-11;

/**
 * The exact worst-case regret of the soundness definition of STARC (Skalse et al., arXiv 2309.15257, section 3), by
 * linear programming over pairs of occupancy measures. Its dual has one unknown: the regret is the minimum over
 * λ >= 0 of max_π J - min_π J for the reward r1 - λ r2, a convex piecewise linear function whose every value is two
 * planning problems. The attaining policies mix the two pieces that meet at the minimum.
 *
 * @param r1 the reward that counts, [s][a][s'] or [s][a]
 * @param r2 the reward that is trusted, likewise
 * @throws RangeError for rewards that do not fit the model
 * @example
 * const { normalised } = worstCaseRegret(model, truth, learned);
 */
export function worstCaseRegret(model: TabularModel, r1: Float64Array, r2: Float64Array): WorstCaseRegret {
  const first = unitAdvantage(model, r1);
  const second = unitAdvantage(model, r2);
  const pieceAt = (lambda: number, near?: Piece): Piece => {
    const mixed = first.advantage.slice();
    for (let i = 0; i < mixed.length; i++) mixed[i] -= lambda * second.advantage[i];
    const best = policyIteration(model, mixed, near ? { from: near.best } : {}).policy;
    const worst = pessimalPolicy(model, mixed, near ? { from: near.worst } : {}).policy;
    const up = occupancy(model, best);
    const down = occupancy(model, worst);
    return {
      lambda,
      best,
      worst,
      up,
      down,
      value: apart(up, down, mixed),
      slope: -apart(up, down, second.advantage),
    };
  };

  let left = pieceAt(0);
  const range = left.value;
  const report = (up: Float64Array, down: Float64Array): WorstCaseRegret => {
    const regret = Math.max(0, apart(up, down, first.advantage));
    return {
      absolute: (regret * first.size) / (1 - model.gamma),
      normalised: range > 0 ? Math.min(1, regret / range) : 0,
      pi1: policyOfOccupancy(model, up),
      pi2: policyOfOccupancy(model, down),
    };
  };
  // Already the best policy of r1 is no better than the worst one in the eyes of r2: nothing forbids the whole range.
  if (range === 0 || left.slope >= -FLAT) return report(left.up, left.down);
  let right = pieceAt(1, left);
  while (right.slope < -FLAT) {
    left = right;
    right = pieceAt(2 * right.lambda, right);
  }
  for (let pieces = 0; pieces < MAX_PIECES; pieces++) {
    // Where the two lines meet lies a lower bound of the minimum; once it is attained, it is the minimum.
    const lambda =
      (right.value - right.slope * right.lambda - left.value + left.slope * left.lambda) / (left.slope - right.slope);
    const bound = left.value + left.slope * (lambda - left.lambda);
    const piece = pieceAt(lambda, left);
    if (piece.value <= bound + 1e-12 * range) break;
    if (piece.slope < 0) left = piece;
    else right = piece;
  }
  const share = Math.max(0, right.slope / (right.slope - left.slope));
  const mix = (x: Float64Array, y: Float64Array) => x.map((value, i) => share * value + (1 - share) * y[i]);
  return report(mix(left.up, right.up), mix(left.down, right.down));
}

/** The span of returns at one λ, the policies that attain it, and its slope. */
interface Piece {
  lambda: number;
  /** The best policy for r1 - λ r2, and its occupancy. */
  best: Int32Array;
  up: Float64Array;
  /** The worst one. */
  worst: Int32Array;
  down: Float64Array;
  value: number;
  slope: number;
}

/** The advantage of the uniform policy as [s][a], scaled to largest entry one: the same order of policies, well conditioned. */
function unitAdvantage(model: TabularModel, reward: Float64Array): { advantage: Float64Array; size: number } {
  const r = expectedReward(model, reward);
  const advantage = policyAdvantage(model, r, uniformPolicy(model));
  const size = largest(advantage);
  if (isTrivial(model, largest(r), size)) return { advantage: advantage.fill(0), size: 0 };
  for (let i = 0; i < advantage.length; i++) advantage[i] /= size;
  return { advantage, size };
}

function largest(values: Float64Array): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) size = Math.max(size, Math.abs(values[i]));
  return size;
}

/** Σ (up - down) r. */
function apart(up: Float64Array, down: Float64Array, r: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < r.length; i++) sum += (up[i] - down[i]) * r[i];
  return sum;
}
