import type { TabularModel } from '../../env/index.ts';
import { type Canon, type CanonOptions, canonicaliser } from './canonical.ts';
import { differenceNorms, type RewardMetric, type RewardNorm, rewardNorms } from './norm.ts';

/** Which distance: canonical form, norm to divide by, metric to compare by. `VAL-2-2` of the paper unless told. */
export interface DistanceOptions extends CanonOptions {
  canon?: Canon;
  norm?: RewardNorm;
  metric?: RewardMetric;
}

/**
 * Whether a canonical form is zero but for rounding: then the reward is trivial, all policies being worth the same.
 * The solves behind canonical forms lose about (1 - γ)⁻² units of the reward's own precision; dividing what is left of
 * a trivial reward by its tiny norm would turn that rounding into a reward.
 *
 * @param size largest absolute entry of the reward
 * @param left largest absolute entry of its canonical form
 */
export function isTrivial({ gamma }: TabularModel, size: number, left: number): boolean {
  return left <= (1e-13 * size) / (1 - gamma) ** 2;
}

/**
 * The standardised reward s(R) = c(R) / n(c(R)); zero for a trivial reward and where the norm sees nothing.
 *
 * @param reward [s][a][s']
 * @throws RangeError for a reward or options that do not fit the model
 * @example
 * standardise(model, reward, { canon: 'minimal' });
 */
export function standardise(
  model: TabularModel,
  reward: Float64Array,
  { canon = 'val', norm = 'L2', ...options }: Omit<DistanceOptions, 'metric'> = {},
): Float64Array {
  return scaled(model, reward, canonicaliser(model, canon, options)(reward), norm);
}

/**
 * STARC distance between two rewards (Skalse et al., arXiv 2309.15257): 0 exactly when they order all policies alike
 * (for the canonical forms `val` and `minimal`), 2 when they reverse it and norm and metric are the same, 1 between a
 * trivial reward and another. States must be reachable (`dropUnreachable`), γ that of the task, and a terminal state
 * have reward 0.
 *
 * @param r1 [s][a][s']
 * @param r2 [s][a][s']
 * @throws RangeError for rewards or options that do not fit the model
 * @example
 * const model = tabulate(gridworld({ size: 7 }));
 * const goal = tabulateReward((_from, _move, to) => (to.x === 6 && to.y === 6 ? 1 : 0), model);
 * const near = tabulateReward((_from, _move, to) => (to.x + to.y) / 12, model);
 * rewardDistance(model, goal, near); // 0: same order of policies … 2: reversed
 */
export function rewardDistance(
  model: TabularModel,
  r1: Float64Array,
  r2: Float64Array,
  { canon = 'val', norm = 'L2', metric = 'L2', ...options }: DistanceOptions = {},
): number {
  const canonical = canonicaliser(model, canon, options);
  const s1 = scaled(model, r1, canonical(r1), norm);
  const s2 = scaled(model, r2, canonical(r2), norm);
  return differenceNorms(model, s1, 1, s2, 1)[metric];
}

function scaled(model: TabularModel, reward: Float64Array, canonical: Float64Array, norm: RewardNorm): Float64Array {
  const sizes = rewardNorms(model, canonical);
  const factor = standardScales(sizes, isTrivial(model, rewardNorms(model, reward).Linf, sizes.Linf))[norm];
  for (let i = 0; i < canonical.length; i++) canonical[i] *= factor;
  return canonical;
}

/**
 * What a canonical form with norms `sizes` is multiplied by to standardise it, for every norm: 1 / n(c(R)), or 0 for a
 * trivial reward and where the norm is 0.
 */
export function standardScales(sizes: Record<RewardMetric, number>, trivial: boolean): Record<RewardNorm, number> {
  const inverse = (size: number) => (trivial || size === 0 ? 0 : 1 / size);
  return {
    L1: inverse(sizes.L1),
    L2: inverse(sizes.L2),
    Linf: inverse(sizes.Linf),
    wL1: inverse(sizes.wL1),
    wL2: inverse(sizes.wL2),
    wLinf: inverse(sizes.wLinf),
    none: inverse(1),
  };
}
