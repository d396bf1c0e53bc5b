import { assertDistribution, assertTabularReward, type TabularModel } from '../../env/index.ts';
import { occupancy, uniformPolicy } from '../../policy/index.ts';
import { type CanonOptions, canonicalise } from './canonical.ts';

/**
 * Pearson distance √((1 - ρ)/2) in [0, 1] of two weighted samples: 0 when one is a positive affine function of the
 * other. A constant has no correlation: ρ counts as 1 between two constants and as 0 between a constant and another.
 *
 * @param weights at least 0; need not sum to one
 * @throws RangeError when lengths differ or no weight is positive
 * @example
 * pearsonDistance([1, 2, 3], [2, 4, 6]); // 0
 */
export function pearsonDistance(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): number {
  if (x.length !== y.length) throw new RangeError(`x and y must have one length, got ${x.length} and ${y.length}`);
  if (weights && weights.length !== x.length) {
    throw new RangeError(`weights must hold ${x.length} numbers, got ${weights.length}`);
  }
  let total = 0;
  let mx = 0;
  let my = 0;
  let largestX = 0;
  let largestY = 0;
  for (let i = 0; i < x.length; i++) {
    const w = weights ? weights[i] : 1;
    if (w === 0) continue;
    total += w;
    mx += (w / total) * (x[i] - mx);
    my += (w / total) * (y[i] - my);
    largestX = Math.max(largestX, Math.abs(x[i]));
    largestY = Math.max(largestY, Math.abs(y[i]));
  }
  if (!(total > 0)) throw new RangeError(`weights must have a positive sum, got ${total}`);
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    const w = (weights ? weights[i] : 1) / total;
    if (w === 0) continue;
    sxx += w * (x[i] - mx) ** 2;
    syy += w * (y[i] - my) ** 2;
    sxy += w * (x[i] - mx) * (y[i] - my);
  }
  const constantX = sxx <= (CONSTANT * largestX) ** 2;
  const constantY = syy <= (CONSTANT * largestY) ** 2;
  if (constantX || constantY) return constantX && constantY ? 0 : Math.SQRT1_2;
  return Math.sqrt((1 - Math.min(1, sxy / Math.sqrt(sxx * syy))) / 2);
}

/** A spread this small against the values themselves is rounding. */
const CONSTANT = 1e-13;

export interface PublishedOptions extends Pick<CanonOptions, 'DS' | 'DA'> {
  /** Distribution over transitions [s][a][s'] on which rewards are compared. */
  coverage?: Float64Array;
}

/**
 * EPIC distance as published, in [0, 1] (Gleave et al., arXiv 2006.13900): Pearson distance of the EPIC canonical forms
 * over a coverage distribution, DS x DA x DS unless told (then it is half of `rewardDistance` with canon `epic`, for
 * uniform DS and DA). It looks at impossible transitions like at any other.
 *
 * @example
 * epicDistance(model, r1, r2);
 */
export function epicDistance(
  model: TabularModel,
  r1: Float64Array,
  r2: Float64Array,
  options: PublishedOptions = {},
): number {
  const { nS, nA } = model;
  const DS = options.DS ?? new Float64Array(nS).fill(1 / nS);
  const DA = options.DA ?? new Float64Array(nA).fill(1 / nA);
  const product = () =>
    new Float64Array(nS * nA * nS).map(
      (_, at) => DS[Math.floor(at / (nS * nA))] * DA[Math.floor(at / nS) % nA] * DS[at % nS],
    );
  const canonical = (reward: Float64Array) => canonicalise(model, reward, 'epic', { DS, DA });
  return pearsonDistance(canonical(r1), canonical(r2), coverageOf(model, options.coverage, product));
}

/**
 * DARD distance as published, in [0, 1], with the true transition model in place of a learned one (Wulfe et al., arXiv
 * 2201.10081): Pearson distance of the DARD canonical forms over transitions met in rollouts, those of the uniform
 * policy (discounted, exact) unless told.
 *
 * @example
 * dardDistance(model, r1, r2);
 */
export function dardDistance(
  model: TabularModel,
  r1: Float64Array,
  r2: Float64Array,
  { DA, coverage }: Omit<PublishedOptions, 'DS'> = {},
): number {
  const rollouts = () => {
    const visits = occupancy(model, uniformPolicy(model));
    return model.T.map((p, at) => p * visits[Math.floor(at / model.nS)]);
  };
  const canonical = (reward: Float64Array) => canonicalise(model, reward, 'dard', DA ? { DA } : {});
  return pearsonDistance(canonical(r1), canonical(r2), coverageOf(model, coverage, rollouts));
}

function coverageOf(model: TabularModel, given: Float64Array | undefined, usual: () => Float64Array): Float64Array {
  if (!given) return usual();
  assertTabularReward(model, given, 'coverage');
  assertDistribution('coverage', given);
  return given;
}
