import { expectedReward, type TabularModel } from '../env/index.ts';
import { luSolve } from '../stats/index.ts';
import { actionProbabilities, actionValues, bellmanFactors, startValue, underPolicy } from './evaluation.ts';

/** A solved regularised model. */
export interface SoftSolution {
  /** Probabilities as [s][a]. */
  policy: Float64Array;
  /** Regularised values: the return with its entropy bonus or KL penalty. */
  V: Float64Array;
  Q: Float64Array;
  /** Regularised return from the model's first state; `policyReturn` gives the plain one. */
  J: number;
}

/** Newton's method squares its error each round; this many rounds mean that something is wrong. */
const MAX_ROUNDS = 1000;

/**
 * The policy that maximises E Σ γ^t (R + α H(π(·|s_t))), or with a base policy E Σ γ^t (R - α log π/base): the unique
 * solution of Q = r + γ E V, V(s) = α log Σ_a base(a|s) e^{Q(s,a)/α}, π ∝ base e^{Q/α} (without a base its factor is 1).
 * By soft policy iteration with exact evaluation, which is Newton's method on that equation (Haarnoja et al. 2018,
 * arXiv 1801.01290, for the iteration; Xu, arXiv 2507.20150, Prop. 4.5, for why: π is 1/(2α(1-γ))-Lipschitz in the
 * reward in total variation, and in the limit α → 0 the base decides between optimal actions).
 *
 * @param options.alpha temperature, above 0
 * @param options.base probabilities as [s][a]; an action it never takes stays out
 * @throws RangeError for a reward or base that does not fit, or a temperature that is not positive
 * @example
 * const { policy } = softPlan(model, reward, { alpha: 0.1 });
 * const near = softPlan(model, reward, { alpha: 0.1, base: uniformPolicy(model) });
 */
export function softPlan(
  model: TabularModel,
  reward: Float64Array,
  { alpha, base }: { alpha: number; base?: Float64Array },
): SoftSolution {
  if (!(alpha > 0 && alpha < Infinity)) throw new RangeError(`alpha must be positive and finite, got ${alpha}`);
  const { nS, gamma } = model;
  const r = expectedReward(model, reward);
  const prior = base ? actionProbabilities(model, base) : new Float64Array(r.length).fill(1);
  let Q: Float64Array = new Float64Array(r.length);
  let settled = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { policy, V: soft } = softmaxRows(model, Q, alpha, prior);
    // r - α log(π/base) with the logarithm written out, so that nothing is 0 log 0.
    const regularised = Float64Array.from(r, (ri, i) => ri - Q[i] + soft[Math.floor(i / model.nA)]);
    const V = luSolve(bellmanFactors(model, policy), underPolicy(model, policy, regularised));
    Q = actionValues(model, r, V);
    const next = softmaxRows(model, Q, alpha, prior);
    let change = 0;
    let size = alpha;
    for (let s = 0; s < nS; s++) {
      change = Math.max(change, Math.abs(next.V[s] - V[s]));
      size = Math.max(size, Math.abs(V[s]));
    }
    if (change <= (1e-13 * size) / (1 - gamma)) settled++;
    // One round more than it takes to settle: Newton's last step leaves rounding only.
    if (settled === 2) return { policy: next.policy, V: next.V, Q, J: startValue(model, next.V) };
  }
  throw new RangeError(
    `soft planning must converge within ${MAX_ROUNDS} rounds; alpha = ${alpha} is too small for this reward`,
  );
}

/** π ∝ prior e^{Q/α} and α log Σ prior e^{Q/α}, state by state; the largest exponent is taken out before `exp`. */
function softmaxRows(
  { nS, nA }: TabularModel,
  Q: Float64Array,
  alpha: number,
  prior: Float64Array,
): { policy: Float64Array; V: Float64Array } {
  const policy = new Float64Array(nS * nA);
  const V = new Float64Array(nS);
  for (let s = 0; s < nS; s++) {
    const row = s * nA;
    let best = -Infinity;
    for (let a = 0; a < nA; a++) if (prior[row + a] > 0) best = Math.max(best, Q[row + a]);
    let total = 0;
    for (let a = 0; a < nA; a++) {
      policy[row + a] = prior[row + a] > 0 ? prior[row + a] * Math.exp((Q[row + a] - best) / alpha) : 0;
      total += policy[row + a];
    }
    for (let a = 0; a < nA; a++) policy[row + a] /= total;
    V[s] = best + alpha * Math.log(total);
  }
  return { policy, V };
}
