import type { Random } from '../stats/index.ts';

/**
 * The softmax policy of a table of logits: row by row, pi(a | s) = exp(l_sa) / sum over b of exp(l_sb).
 *
 * @param logits states x actions, row by row
 * @param actions columns of the table
 * @param out where to put the probabilities; a new array unless given
 * @throws RangeError when the tables do not fit, or a row has no finite largest logit
 * @example
 * softmaxPolicy([0, Math.log(3)], 2); // [0.25, 0.75]
 */
export function softmaxPolicy(
  logits: ArrayLike<number>,
  actions: number,
  out: Float64Array = new Float64Array(logits.length),
): Float64Array {
  if (!Number.isInteger(actions) || actions < 1 || logits.length % actions !== 0) {
    throw new RangeError(`logits must hold whole rows of ${actions} actions, got ${logits.length} numbers`);
  }
  if (out.length !== logits.length) throw new RangeError(`out must hold ${logits.length} numbers, got ${out.length}`);
  for (let row = 0; row < logits.length; row += actions) {
    let largest = -Infinity;
    for (let i = row; i < row + actions; i++) largest = Math.max(largest, logits[i]);
    if (!Number.isFinite(largest)) {
      throw new RangeError(`logits of state ${row / actions} must have a finite largest value, got ${largest}`);
    }
    let total = 0;
    for (let i = row; i < row + actions; i++) {
      out[i] = Math.exp(logits[i] - largest);
      total += out[i];
    }
    for (let i = row; i < row + actions; i++) out[i] /= total;
  }
  return out;
}

/** Draws an action of a state from a table of probabilities. @example sampleAction([0.25, 0.75], 2, 0, rng) */
export function sampleAction(policy: ArrayLike<number>, actions: number, state: number, rng: Random): number {
  const row = state * actions;
  let u = rng.uniform();
  for (let a = 0; a < actions - 1; a++) {
    u -= policy[row + a];
    if (u < 0) return a;
  }
  return actions - 1;
}

/**
 * Adds weight x d log pi(action | state) / d logits to a gradient: weight (1[a = action] - pi(a | state)) in the
 * state's row. Summed over the steps of episodes with advantages as weights, it is the policy gradient (Williams 1992).
 *
 * @param gradient changed in place, shaped as the logits
 * @param policy probabilities, as `softmaxPolicy` gives them
 * @example
 * addLogPolicyGradient(gradient, policy, 3, state, action, advantage);
 */
export function addLogPolicyGradient(
  gradient: Float64Array,
  policy: ArrayLike<number>,
  actions: number,
  state: number,
  action: number,
  weight: number,
): void {
  const row = state * actions;
  for (let a = 0; a < actions; a++) gradient[row + a] -= weight * policy[row + a];
  gradient[row + action] += weight;
}

/**
 * Adds weight x d KL(pi(. | state) || reference(. | state)) / d logits to a gradient, exactly:
 * weight pi(a) (log(pi(a) / reference(a)) - KL). Returns the divergence in nats.
 *
 * @param gradient changed in place, shaped as the logits
 * @param reference probabilities of the policy to stay close to; positive wherever pi is
 * @example
 * const nats = addKlGradient(gradient, policy, firstPolicy, 3, state, -0.01);
 */
export function addKlGradient(
  gradient: Float64Array,
  policy: ArrayLike<number>,
  reference: ArrayLike<number>,
  actions: number,
  state: number,
  weight: number,
): number {
  const row = state * actions;
  let divergence = 0;
  for (let i = row; i < row + actions; i++) divergence += policy[i] * logRatio(policy[i], reference[i]);
  for (let i = row; i < row + actions; i++) {
    gradient[i] += weight * policy[i] * (logRatio(policy[i], reference[i]) - divergence);
  }
  return divergence;
}

/** log(p / q), and 0 for p = 0: it is only ever multiplied by p. */
function logRatio(p: number, q: number): number {
  return p > 0 ? Math.log(p / q) : 0;
}
