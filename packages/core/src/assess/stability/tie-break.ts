import { expectedReward, type TabularModel } from '../../env/index.ts';
import { optimalQ, rowMaximum, tieTolerance } from '../../policy/index.ts';

/**
 * The reward [s][a] whose optimal action values are Q: R(s,a) = Q(s,a) - γ E max_a' Q(S',a'). Every Q is the optimum of
 * exactly one such reward.
 *
 * @throws RangeError for a Q that does not fit the model or is not finite
 * @example
 * rewardOfQ(model, optimalQ(model, reward)); // the expected reward itself
 */
export function rewardOfQ(model: TabularModel, Q: Float64Array): Float64Array {
  const { nS, nA, gamma, T } = model;
  if (Q.length !== nS * nA) throw new RangeError(`Q must hold nS * nA = ${nS * nA} numbers, got ${Q.length}`);
  expectedReward(model, Q); // as an [s][a] table it must be finite
  const best = Float64Array.from({ length: nS }, (_, s) => rowMaximum(Q, s, nA));
  return Q.map((value, row) => {
    let next = 0;
    for (let s = 0; s < nS; s++) next += T[row * nS + s] * best[s];
    return value - gamma * next;
  });
}

/**
 * A reward next to the given one under which one of several tied actions is the only best one (Xu, arXiv 2507.20150,
 * Props. 2.4 and 3.2): lift that entry of Q* by ε and invert the Bellman equation. Nowhere does it differ from the given
 * reward by more than ε (the paper states ε(1 + γ)), it gives every other state the preferences it had, and a policy that
 * chose among m tied actions alike moves by (m - 1)/m in total variation, however small ε is.
 *
 * @param reward [s][a][s'] or [s][a]
 * @param state where the tie is
 * @param action the one to win
 * @param epsilon above 0; differences below the rounding of the values (`tieTolerance`) cannot be seen
 * @returns the new reward as [s][a]
 * @throws RangeError for a reward that does not fit, an action that is not among the best, or ε not above 0
 * @example
 * const nudged = tieBreakPerturbation(model, reward, 3, 1, 1e-6);
 */
export function tieBreakPerturbation(
  model: TabularModel,
  reward: Float64Array,
  state: number,
  action: number,
  epsilon: number,
): Float64Array {
  const { nS, nA } = model;
  if (!(Number.isInteger(state) && state >= 0 && state < nS)) {
    throw new RangeError(`state must be below ${nS}, got ${state}`);
  }
  if (!(Number.isInteger(action) && action >= 0 && action < nA)) {
    throw new RangeError(`action must be below ${nA}, got ${action}`);
  }
  if (!(epsilon > 0 && epsilon < Infinity)) throw new RangeError(`epsilon must be positive and finite, got ${epsilon}`);
  const Q = optimalQ(model, reward).slice();
  const best = rowMaximum(Q, state, nA);
  const at = state * nA + action;
  if (Q[at] < best - tieTolerance(model, Q)) {
    throw new RangeError(`action must be among the best of state ${state}, got ${action}, ${best - Q[at]} below them`);
  }
  Q[at] += epsilon;
  return rewardOfQ(model, Q);
}
