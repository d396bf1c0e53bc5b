import type { TabularModel } from '../../env/index.ts';
import { optimalQ, rowMaximum, tieTolerance } from '../../policy/index.ts';

/** Where a reward decides what to do, and by how much. */
export interface ActionGaps {
  /** Q*(best) - Q*(second best) of each state; 0 at a tie, Infinity where there is one action only. */
  gap: Float64Array;
  /** States with more than one best action. */
  ties: { state: number; actions: number[] }[];
  /**
   * No change of the reward by less than this, anywhere, changes the greedy policy; 0 when some state ties. In the
   * units of the reward.
   */
  stabilityRadius: number;
}

/**
 * Action gaps of a reward. Optimal values move by at most ‖δ‖∞/(1 - γ) when the reward moves by δ (Xu, arXiv 2507.20150,
 * Prop. 2.1), so a gap survives everything smaller than (1 - γ)/2 times itself: the stability radius is our corollary.
 * It is what the theory guarantees, not the smallest change that matters, which is usually several times larger.
 *
 * @param reward [s][a][s'] or [s][a]
 * @param options.tolerance actions this close to the best count as tied; rounding unless told. Set it to the noise of
 *   your reward over (1 - γ) to find what that noise decides.
 * @throws RangeError for a reward that does not fit the model, or a negative tolerance
 * @example
 * const { ties, stabilityRadius } = actionGaps(model, reward);
 */
export function actionGaps(
  model: TabularModel,
  reward: Float64Array,
  { tolerance }: { tolerance?: number } = {},
): ActionGaps {
  if (tolerance !== undefined && !(tolerance >= 0)) {
    throw new RangeError(`tolerance must be at least 0, got ${tolerance}`);
  }
  const { nS, nA, gamma } = model;
  const Q = optimalQ(model, reward);
  const rounding = tieTolerance(model, Q);
  const margin = Math.max(rounding, tolerance ?? 0);
  const gap = new Float64Array(nS);
  const ties: ActionGaps['ties'] = [];
  for (let s = 0; s < nS; s++) {
    const best = rowMaximum(Q, s, nA);
    const actions: number[] = [];
    let second = -Infinity;
    let seen = false;
    for (let a = 0; a < nA; a++) {
      const value = Q[s * nA + a];
      if (value >= best - margin) actions.push(a);
      // The second best may be as good as the best.
      if (value === best && !seen) seen = true;
      else second = Math.max(second, value);
    }
    gap[s] = best - second <= rounding ? 0 : best - second;
    if (actions.length > 1) ties.push({ state: s, actions });
  }
  return {
    gap,
    ties,
    stabilityRadius: ((1 - gamma) / 2) * gap.reduce((least, value) => Math.min(least, value), Infinity),
  };
}
