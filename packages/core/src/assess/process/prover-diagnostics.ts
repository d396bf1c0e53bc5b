import { type BootstrapOptions, bootstrap, type Estimate, mean } from '../../stats/index.ts';

/** Candidate next steps at one prefix, valued by the policy that proposes them and by a prover. */
export interface CandidateSteps {
  /** Q^π of each candidate: the chance that the policy finishes right after it. */
  base: ArrayLike<number>;
  /** Q^μ of each candidate: the same of the prover. */
  prover: ArrayLike<number>;
  /**
   * Probabilities of the candidates under the policy, when they are all there are: moments are then exact. Left out,
   * the candidates are independent draws from the policy, at least two, and moments are unbiased estimates.
   */
  probabilities?: ArrayLike<number>;
  /**
   * Completions behind each value of `prover`, from 2, when it is a mean of that many: their binomial noise, which
   * would pass for distinguishability, is taken off. Left out, values are taken as exact.
   */
  completions?: number;
}

/** What the advantages of a prover look like to a policy at one prefix. */
export interface ProverMoments {
  /** V_a~π[A^μ(s, a)]. As an estimate with its noise taken off it can fall below 0. */
  distinguishability: number;
  /** E_a~π[A^μ(s, a) A^π(s, a)]. */
  alignment: number;
  /** V_a~π[A^π(s, a)], noise included. */
  baseVariance: number;
}

/** Whether a prover is worth asking. */
export interface ProverDiagnostics {
  /** Mean over prefixes of the variance of the prover's advantages: near 0, it sees no difference between steps. */
  distinguishability: Estimate;
  /** Mean over prefixes of the product of both advantages: below 0, it points the wrong way. */
  alignment: Estimate;
  /**
   * Their sum, the paper's measure of a prover. To first order a natural-gradient step on both rewards gains the variance of the
   * policy's own advantages plus the alignment, so it is the alignment that the gain follows.
   */
  improvement: Estimate;
  /** Alignment over the deviations of both advantages, scale-free; null where either does not vary. */
  correlation: number | null;
}

/**
 * Distinguishability and alignment of a prover at one prefix (Setlur et al. 2024, arXiv 2410.08146, section 3). The
 * value of the prefix itself drops out of both: advantages are centred under the policy by what they are multiplied
 * with. Alignment needs values of policy and prover whose noise is independent; a prover computed from the policy's own
 * estimates, such as the best of k, shares it.
 *
 * @throws RangeError for lists that do not fit, values outside [0, 1], fewer than two drawn candidates, probabilities
 *   that do not sum to one, or completions below 2
 * @example
 * proverMoments({ base: [0.1, 0.3], prover: [0.2, 0.6], probabilities: [0.5, 0.5] });
 * // { distinguishability: 0.04, alignment: 0.02, baseVariance: 0.01 }
 */
export function proverMoments({ base, prover, probabilities, completions }: CandidateSteps): ProverMoments {
  const n = base.length;
  if (prover.length !== n) throw new RangeError(`prover must value ${n} candidates, got ${prover.length}`);
  assertChances('base', base);
  assertChances('prover', prover);
  const weights = probabilities ? checked(probabilities, n) : new Float64Array(n).fill(1 / n);
  if (!probabilities && n < 2) throw new RangeError(`candidates must be at least two draws, got ${n}`);
  if (completions !== undefined && !(Number.isInteger(completions) && completions >= 2)) {
    throw new RangeError(`completions must be a whole number from 2, got ${completions}`);
  }
  const [meanBase, meanProver] = [weightedMean(weights, base), weightedMean(weights, prover)];
  let [squares, products, baseSquares, noise] = [0, 0, 0, 0];
  for (let a = 0; a < n; a++) {
    const [p, q] = [base[a] - meanBase, prover[a] - meanProver];
    squares += weights[a] * q * q;
    products += weights[a] * p * q;
    baseSquares += weights[a] * p * p;
    // Noise of the mean of `completions` outcomes, unbiased; a candidate's own part in the mean takes some of it away.
    const share = probabilities ? 1 - weights[a] : 1;
    if (completions) noise += (weights[a] * share * prover[a] * (1 - prover[a])) / (completions - 1);
  }
  const unbiased = probabilities ? 1 : n / (n - 1);
  return {
    distinguishability: unbiased * squares - noise,
    alignment: unbiased * products,
    baseVariance: unbiased * baseSquares,
  };
}

/**
 * Asks whether the advantages of a prover are worth adding to a policy's reward, before anything is trained on them
 * (arXiv 2410.08146, section 3): a good prover is complementary. One that nearly always succeeds, or never does, tells
 * no steps apart; the policy itself is aligned, but says nothing new. Compare provers by `improvement`.
 *
 * @param prefixes each counts alike; intervals are over them
 * @throws RangeError for no prefixes, and as `proverMoments`
 * @example
 * const strong = proverDiagnostics(prefixes.map(({ base }) => ({ base, prover: bestOfKValues(base, 32) })));
 * strong.distinguishability.value; // close to 0: too strong to tell steps apart
 */
export function proverDiagnostics(
  prefixes: readonly CandidateSteps[],
  options: BootstrapOptions = {},
): ProverDiagnostics {
  if (prefixes.length === 0) throw new RangeError('prefixes must not be empty');
  const moments = prefixes.map(proverMoments);
  const distinguishability = moments.map((at) => at.distinguishability);
  const alignment = moments.map((at) => at.alignment);
  const estimate = (sample: number[]): Estimate => bootstrap(sample, options);
  const scale = Math.sqrt(Math.max(0, mean(distinguishability)) * mean(moments.map((at) => at.baseVariance)));
  return {
    distinguishability: estimate(distinguishability),
    alignment: estimate(alignment),
    improvement: estimate(moments.map((at) => at.distinguishability + at.alignment)),
    // Rounding alone makes deviations of about 1e-17.
    correlation: scale > 1e-12 ? mean(alignment) / scale : null,
  };
}

function weightedMean(weights: Float64Array, values: ArrayLike<number>): number {
  let sum = 0;
  for (let a = 0; a < weights.length; a++) sum += weights[a] * values[a];
  return sum;
}

function checked(probabilities: ArrayLike<number>, n: number): Float64Array {
  if (probabilities.length !== n) {
    throw new RangeError(`probabilities must hold one number a candidate, ${n}, got ${probabilities.length}`);
  }
  const weights = Float64Array.from(probabilities);
  const total = weights.reduce((a, b) => a + b, 0);
  if (!weights.every((weight) => weight >= 0) || Math.abs(total - 1) > 1e-9) {
    throw new RangeError(`probabilities must be at least 0 and sum to 1, got a sum of ${total}`);
  }
  return weights;
}

function assertChances(name: string, values: ArrayLike<number>): void {
  for (let a = 0; a < values.length; a++) {
    if (!(values[a] >= 0 && values[a] <= 1)) throw new RangeError(`${name}[${a}] must lie in [0, 1], got ${values[a]}`);
  }
}
