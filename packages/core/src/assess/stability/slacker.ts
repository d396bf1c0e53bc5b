import { expectedReward, reachableStates, type TabularModel } from '../../env/index.ts';
import {
  actionProbabilities,
  optimalQ,
  policyAdvantage,
  policyReturn,
  rowMaximum,
  type TabularPolicy,
  tieTolerance,
} from '../../policy/index.ts';

/** A place where a policy lets the complete reward down though the training reward finds no fault. */
export interface SlackerWitness {
  state: number;
  /** Tied for best under the training reward, and better under the missing part. */
  action: number;
  /** Advantage of the action under the missing reward, A^π(state, action). */
  advantage: number;
  /** What the complete return gains, from the model's first state, when the policy takes this action there ever after. */
  gain: number;
}

/**
 * All witnesses that a policy which is optimal for an incomplete reward is strictly worse than need be for the complete
 * one, train + missing (the "clever slacker": Xu, arXiv 2507.20150, Prop. 3.1): states the policy reaches, with an action
 * that the training reward likes as much and the missing part likes better. Largest gain first; none found proves nothing.
 *
 * @param train [s][a][s'] or [s][a]
 * @param missing likewise
 * @param policy optimal for `train`
 * @throws RangeError for rewards or a policy that do not fit the model, and for a policy that is not optimal for `train`
 * @example
 * const [worst] = slackerWitnesses(model, correct, polite, policyIteration(model, correct).policy);
 */
export function slackerWitnesses(
  model: TabularModel,
  train: Float64Array,
  missing: Float64Array,
  policy: TabularPolicy,
): SlackerWitness[] {
  const { nA } = model;
  const probabilities = actionProbabilities(model, policy);
  const reached = reachedBy(model, probabilities);
  const Q = optimalQ(model, train);
  const tolerance = tieTolerance(model, Q);
  const tied = (s: number, a: number) => Q[s * nA + a] >= rowMaximum(Q, s, nA) - tolerance;
  for (const s of reached) {
    for (let a = 0; a < nA; a++) {
      if (probabilities[s * nA + a] > 0 && !tied(s, a)) {
        throw new RangeError(`policy must be optimal for the training reward, but takes action ${a} in state ${s}`);
      }
    }
  }

  const part = expectedReward(model, missing);
  const complete = expectedReward(model, train).map((value, i) => value + part[i]);
  const advantage = policyAdvantage(model, part, probabilities);
  const rounding = tieTolerance(model, part) / (1 - model.gamma);
  const J = policyReturn(model, complete, probabilities);
  const found: SlackerWitness[] = [];
  for (const s of reached) {
    for (let a = 0; a < nA; a++) {
      if (!tied(s, a) || advantage[s * nA + a] <= rounding) continue;
      const switched = probabilities.slice();
      switched.fill(0, s * nA, (s + 1) * nA);
      switched[s * nA + a] = 1;
      found.push({
        state: s,
        action: a,
        advantage: advantage[s * nA + a],
        gain: policyReturn(model, complete, switched) - J,
      });
    }
  }
  return found.sort((x, y) => y.gain - x.gain);
}

/** States the policy meets: those reachable in the chain it makes of the model. */
function reachedBy({ nS, nA, gamma, T, mu0 }: TabularModel, probabilities: Float64Array): Int32Array {
  const chain = new Float64Array(nS * nS);
  for (let row = 0; row < nS * nA; row++) {
    const s = Math.floor(row / nA);
    for (let next = 0; next < nS; next++) chain[s * nS + next] += probabilities[row] * T[row * nS + next];
  }
  return reachableStates({ nS, nA: 1, gamma, T: chain, mu0 });
}
