import { redistributeReward, rewardDistance, shapeReward } from '@laurel/core/assess';
import type { TabularModel } from '@laurel/core/env';
import { pessimalPolicy, policyIteration, policyReturn } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';
import { type ComparedCanon, canons } from './configurations.ts';
import { normals } from './rewards.ts';

/** How far changes that cannot matter to any policy move a reward, by one canonical form (norm and metric L2). */
export interface Blindness {
  canon: ComparedCanon;
  /** d(R, R + γΦ' - Φ). */
  shaped: number;
  /** d(R, R with its reward moved between successors). */
  redistributed: number;
  /** d(R, 3R). */
  scaled: number;
  /** d(R, -R). */
  opposite: number;
}

/** The guarantee tests on one random reward. */
export function blindness(model: TabularModel, rng: Random): Blindness[] {
  const size = model.nS * model.nA * model.nS;
  const reward = normals(rng, size);
  const shaped = shapeReward(
    model,
    reward,
    normals(rng, model.nS).map((value) => 10 * value),
  );
  const redistributed = redistributeReward(
    model,
    reward,
    normals(rng, size).map((value) => 3 * value),
  );
  return canons.map((canon) => {
    const d = (other: Float64Array) => rewardDistance(model, reward, other, { canon });
    return {
      canon,
      shaped: d(shaped),
      redistributed: d(redistributed),
      scaled: d(reward.map((value) => 3 * value)),
      opposite: d(reward.map((value) => -value)),
    };
  });
}

/** Sizes of the real rewards in the stress test, against noise of size one. */
export const stressScales = [1, 0.1, 0.01, 0.001];

/** One point of the stress test: regret and distances between ε r1 + B and ε r2 + B. */
export interface StressPoint {
  epsilon: number;
  regret: number;
  val: number;
  epic: number;
  dard: number;
}

/**
 * Two rewards shrink towards the same noise B, which lives on impossible transitions only. No policy ever meets B, so
 * regret does not change; a metric that looks at impossible transitions sees two rewards becoming one.
 */
export function stress(model: TabularModel, rng: Random): StressPoint[] {
  const size = model.T.length;
  const ends = [normals(rng, size), normals(rng, size)];
  const noise = normals(rng, size).map((value, at) => (model.T[at] === 0 ? value : 0));
  return stressScales.map((epsilon) => {
    const [r1, r2] = ends.map((end) => end.map((value, at) => epsilon * value + noise[at]));
    const loss = (counts: Float64Array, trusted: Float64Array) => {
      const best = policyIteration(model, counts).J;
      const followed = policyReturn(model, counts, policyIteration(model, trusted).policy);
      return (best - followed) / (best - pessimalPolicy(model, counts).J);
    };
    const d = (canon: ComparedCanon) => rewardDistance(model, r1, r2, { canon });
    return {
      epsilon,
      regret: (loss(r1, r2) + loss(r2, r1)) / 2,
      val: d('val'),
      epic: d('epic'),
      dard: d('dard'),
    };
  });
}
