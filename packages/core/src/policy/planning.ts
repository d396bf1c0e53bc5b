import { expectedReward, type TabularModel } from '../env/index.ts';
import { luSolve } from '../stats/index.ts';
import { actionProbabilities, actionValues, bellmanFactors, startValue, underPolicy } from './evaluation.ts';

/** A solved model: what to do, and what it is worth. */
export interface Solution {
  /** One best action a state; the lowest among those that tie (see `tieTolerance`). */
  policy: Int32Array;
  V: Float64Array;
  /** As [s][a]. */
  Q: Float64Array;
  /** Return from the model's first state. */
  J: number;
}

/**
 * Differences of action values below this are rounding: a solve with I - γ P_π loses about 1/(1 - γ) units of the
 * values' own precision. A plain argmax would break ties by that noise.
 */
export function tieTolerance({ gamma }: TabularModel, Q: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < Q.length; i++) largest = Math.max(largest, Math.abs(Q[i]));
  return (1e-13 * largest) / (1 - gamma);
}

/** The lowest action within `tolerance` of the best, for every state. */
export function greedyPolicy({ nS, nA }: TabularModel, Q: Float64Array, tolerance = 0): Int32Array {
  const policy = new Int32Array(nS);
  for (let s = 0; s < nS; s++) {
    const bar = rowMaximum(Q, s, nA) - tolerance;
    let a = 0;
    while (Q[s * nA + a] < bar) a++;
    policy[s] = a;
  }
  return policy;
}

/** The policy that takes all actions within `tolerance` of the best alike, as [s][a]: uniform selection among ties. */
export function uniformGreedyPolicy({ nS, nA }: TabularModel, Q: Float64Array, tolerance = 0): Float64Array {
  const policy = new Float64Array(nS * nA);
  for (let s = 0; s < nS; s++) {
    const bar = rowMaximum(Q, s, nA) - tolerance;
    let count = 0;
    for (let a = 0; a < nA; a++) if (Q[s * nA + a] >= bar) count++;
    for (let a = 0; a < nA; a++) if (Q[s * nA + a] >= bar) policy[s * nA + a] = 1 / count;
  }
  return policy;
}

/** max_a Q(s, a). */
export function rowMaximum(Q: Float64Array, s: number, nA: number): number {
  let best = Q[s * nA];
  for (let a = 1; a < nA; a++) best = Math.max(best, Q[s * nA + a]);
  return best;
}

/**
 * An optimal policy by policy iteration with exact evaluation (Howard 1960; Sutton & Barto, section 4.3). Ends after
 * finitely many steps, few in practice; each costs a dense solve, nS³/3 multiplications.
 *
 * @param reward [s][a][s'] or [s][a]
 * @param options.from policy to start from, such as that of a similar reward
 * @throws RangeError for a reward or policy that does not fit the model
 * @example
 * const { policy, J } = policyIteration(model, reward);
 */
export function policyIteration(
  model: TabularModel,
  reward: Float64Array,
  { from }: { from?: Int32Array } = {},
): Solution {
  const { nS, nA } = model;
  const r = expectedReward(model, reward);
  const policy = from ? from.slice() : greedyPolicy(model, r);
  for (;;) {
    const probabilities = actionProbabilities(model, policy);
    const V = luSolve(bellmanFactors(model, probabilities), underPolicy(model, probabilities, r));
    const Q = actionValues(model, r, V);
    const tolerance = tieTolerance(model, Q);
    let changed = false;
    for (let s = 0; s < nS; s++) {
      for (let a = 0; a < nA; a++) {
        // Only a real improvement counts, or ties could send the iteration round in circles.
        if (Q[s * nA + a] > Q[s * nA + policy[s]] + tolerance) {
          policy[s] = a;
          changed = true;
        }
      }
    }
    if (!changed) return { policy: greedyPolicy(model, Q, tolerance), V, Q, J: startValue(model, V) };
  }
}

/** The policy with the lowest return, and its values. As `policyIteration`. @example pessimalPolicy(model, reward).J */
export function pessimalPolicy(
  model: TabularModel,
  reward: Float64Array,
  options: { from?: Int32Array } = {},
): Solution {
  const { policy, V, Q, J } = policyIteration(model, negated(expectedReward(model, reward)), options);
  return { policy, V: negated(V), Q: negated(Q), J: -J };
}

/** Q* as [s][a]. */
export function optimalQ(model: TabularModel, reward: Float64Array): Float64Array {
  return policyIteration(model, reward).Q;
}

/**
 * Optimal values by value iteration: for models too large for policy iteration's solves, one sweep costing
 * nS² nA multiplications (Sutton & Barto, section 4.4).
 *
 * @param options.tolerance ‖V - V*‖∞ is at most this; 1e-8 unless told
 * @throws RangeError for a reward that does not fit, or a tolerance that is not positive
 * @example
 * const { policy } = valueIteration(model, reward);
 */
export function valueIteration(
  model: TabularModel,
  reward: Float64Array,
  { tolerance = 1e-8 }: { tolerance?: number } = {},
): Solution {
  if (!(tolerance > 0)) throw new RangeError(`tolerance must be positive, got ${tolerance}`);
  const { nS, nA, gamma } = model;
  const r = expectedReward(model, reward);
  let V = new Float64Array(nS);
  for (;;) {
    const Q = actionValues(model, r, V);
    const next = Float64Array.from(V, (_, s) => rowMaximum(Q, s, nA));
    let change = 0;
    let size = 0;
    for (let s = 0; s < nS; s++) {
      change = Math.max(change, Math.abs(next[s] - V[s]));
      size = Math.max(size, Math.abs(next[s]));
    }
    V = next;
    // ‖V - V*‖ <= γ/(1 - γ) times the last change; below the values' own precision no sweep changes anything.
    if (gamma * change <= tolerance * (1 - gamma) || change <= 2 * Number.EPSILON * size) {
      const final = actionValues(model, r, V);
      return { policy: greedyPolicy(model, final, tieTolerance(model, final)), V, Q: final, J: startValue(model, V) };
    }
  }
}

function negated(values: Float64Array): Float64Array {
  return values.map((value) => -value);
}
