import { assertDistribution, expectedNext, expectedReward, type TabularModel } from '../env/index.ts';
import { type Lu, luFactor, luSolve, luSolveTransposed } from '../stats/index.ts';

/** A stationary policy of a tabular model: one action a state (whole numbers), or probabilities as [s][a]. */
export type TabularPolicy = Int32Array | Float64Array;

/** The policy that takes every action alike. */
export function uniformPolicy({ nS, nA }: TabularModel): Float64Array {
  return new Float64Array(nS * nA).fill(1 / nA);
}

/** A policy as probabilities [s][a]. Throws RangeError for one that does not fit the model. */
export function actionProbabilities({ nS, nA }: TabularModel, policy: TabularPolicy): Float64Array {
  if (policy instanceof Float64Array) {
    if (policy.length !== nS * nA) {
      throw new RangeError(`policy must hold nS * nA = ${nS * nA} probabilities, got ${policy.length}`);
    }
    for (let s = 0; s < nS; s++) assertDistribution(`policy(s=${s})`, policy.subarray(s * nA, (s + 1) * nA));
    return policy;
  }
  if (policy.length !== nS) throw new RangeError(`policy must hold nS = ${nS} actions, got ${policy.length}`);
  const out = new Float64Array(nS * nA);
  for (let s = 0; s < nS; s++) {
    if (!(policy[s] >= 0 && policy[s] < nA))
      throw new RangeError(`policy[${s}] must be an action below ${nA}, got ${policy[s]}`);
    out[s * nA + policy[s]] = 1;
  }
  return out;
}

/**
 * LU factors of I - γ P_π, with which the policy's values of any reward, and its occupancy, are one solve away.
 * Probabilities are as `actionProbabilities` gives them.
 */
export function bellmanFactors({ nS, nA, gamma, T }: TabularModel, probabilities: Float64Array): Lu {
  const matrix = new Float64Array(nS * nS);
  for (let s = 0; s < nS; s++) {
    const row = s * nS;
    for (let a = 0; a < nA; a++) {
      const weight = -gamma * probabilities[s * nA + a];
      if (weight === 0) continue;
      const base = (s * nA + a) * nS;
      for (let next = 0; next < nS; next++) matrix[row + next] += weight * T[base + next];
    }
    matrix[row + s] += 1;
  }
  return luFactor(matrix, nS);
}

/** E_{a ~ π(s)}[x(s, a)] for every state. */
export function underPolicy({ nS, nA }: TabularModel, probabilities: Float64Array, x: Float64Array): Float64Array {
  const out = new Float64Array(nS);
  for (let s = 0; s < nS; s++) {
    let sum = 0;
    for (let a = 0; a < nA; a++) sum += probabilities[s * nA + a] * x[s * nA + a];
    out[s] = sum;
  }
  return out;
}

/**
 * Exact state values of a policy, V = (I - γ P_π)⁻¹ r_π, by one dense solve (Sutton & Barto, eq. 4.4).
 *
 * @param reward [s][a][s'] or [s][a]
 * @throws RangeError for a reward or policy that does not fit the model
 * @example
 * policyValue(model, reward, uniformPolicy(model));
 */
export function policyValue(model: TabularModel, reward: Float64Array, policy: TabularPolicy): Float64Array {
  const probabilities = actionProbabilities(model, policy);
  const r = underPolicy(model, probabilities, expectedReward(model, reward));
  return luSolve(bellmanFactors(model, probabilities), r);
}

/**
 * Expected discounted return from the model's first state, J(π) = E_{s ~ mu0} V(s). Errors as `policyValue`.
 *
 * @example
 * policyReturn(model, reward, policyIteration(model, reward).policy);
 */
export function policyReturn(model: TabularModel, reward: Float64Array, policy: TabularPolicy): number {
  return startValue(model, policyValue(model, reward, policy));
}

/** E_{s ~ mu0} V(s). */
export function startValue({ mu0 }: TabularModel, V: Float64Array): number {
  let sum = 0;
  for (let s = 0; s < mu0.length; s++) sum += mu0[s] * V[s];
  return sum;
}

/** Q(s, a) = r(s, a) + γ E V(S') as [s][a]. `reward` is [s][a][s'] or [s][a]. */
export function actionValues(model: TabularModel, reward: Float64Array, V: Float64Array): Float64Array {
  const r = expectedReward(model, reward);
  const Q = expectedNext(model, V);
  for (let i = 0; i < Q.length; i++) Q[i] = r[i] + model.gamma * Q[i];
  return Q;
}

/** A^π(s, a) = Q^π(s, a) - V^π(s) as [s][a]. Errors as `policyValue`. */
export function policyAdvantage(model: TabularModel, reward: Float64Array, policy: TabularPolicy): Float64Array {
  const V = policyValue(model, reward, policy);
  const advantage = actionValues(model, reward, V);
  for (let i = 0; i < advantage.length; i++) advantage[i] -= V[Math.floor(i / model.nA)];
  return advantage;
}

/**
 * Normalised discounted occupancy d(s, a) = (1 - γ) Σ_t γ^t P(s_t = s, a_t = a) as [s][a]; it sums to one, and
 * J(π) = Σ d r / (1 - γ) for every reward. Throws RangeError for a policy that does not fit the model.
 *
 * @example
 * occupancy(model, uniformPolicy(model));
 */
export function occupancy(model: TabularModel, policy: TabularPolicy): Float64Array {
  const { nS, nA, gamma, mu0 } = model;
  const probabilities = actionProbabilities(model, policy);
  const visits = luSolveTransposed(bellmanFactors(model, probabilities), mu0);
  const out = new Float64Array(nS * nA);
  for (let i = 0; i < out.length; i++) out[i] = (1 - gamma) * visits[Math.floor(i / nA)] * probabilities[i];
  return out;
}

/**
 * The policy with a given occupancy: π(a|s) = d(s, a) / Σ_a d(s, a), uniform where a state is never met. It has that
 * very occupancy when `visits` is one (or a mixture of some), which is how mixtures of policies become policies.
 *
 * @example
 * const half = occupancy(model, first).map((d, i) => (d + occupancy(model, second)[i]) / 2);
 * policyOfOccupancy(model, half); // returns are the mean of the two, for every reward
 */
export function policyOfOccupancy({ nS, nA }: TabularModel, visits: Float64Array): Float64Array {
  if (visits.length !== nS * nA)
    throw new RangeError(`visits must hold nS * nA = ${nS * nA} numbers, got ${visits.length}`);
  const out = new Float64Array(nS * nA);
  for (let s = 0; s < nS; s++) {
    let total = 0;
    for (let a = 0; a < nA; a++) total += Math.max(0, visits[s * nA + a]);
    for (let a = 0; a < nA; a++) out[s * nA + a] = total > 0 ? Math.max(0, visits[s * nA + a]) / total : 1 / nA;
  }
  return out;
}
