/**
 * Progress of each step: how much it changes the chance that a prover finishes correctly, its advantage under the prover
 * (Setlur et al. 2024, arXiv 2410.08146), Q(s_h, a_h) - Q(s_{h-1}, a_{h-1}). Restating the question makes none.
 *
 * @param values the prover's chance of success before the first step and after each; at least one
 * @returns one advantage a step, one fewer than there are values
 * @throws RangeError for no values or one outside [0, 1]
 * @example
 * processAdvantages([0.5, 0.75, 0.25]); // [0.25, -0.5]
 */
export function processAdvantages(values: ArrayLike<number>): Float64Array {
  assertChances('values', values);
  if (values.length === 0) throw new RangeError('values must hold at least the value before the first step, got 0');
  const advantages = new Float64Array(values.length - 1);
  for (let h = 0; h < advantages.length; h++) advantages[h] = values[h + 1] - values[h];
  return advantages;
}

/**
 * Values of the best of k attempts, 1 - (1 - q)^k: a prover stronger than the policy whose values are given, without
 * sampling anew (arXiv 2410.08146). It tells apart steps of low value better, and of high value worse. The
 * values are not those of one Markov policy.
 *
 * @param values chances of success
 * @param k at least 1; the paper takes 4 for search
 * @throws RangeError for a value outside [0, 1] or a k that is not a positive whole number
 * @example
 * bestOfKValues([0, 0.5, 1], 2); // [0, 0.75, 1]
 */
export function bestOfKValues(values: ArrayLike<number>, k: number): Float64Array {
  assertChances('values', values);
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k must be a positive whole number, got ${k}`);
  return Float64Array.from(values, (q) => (q === 1 ? 1 : -Math.expm1(k * Math.log1p(-q))));
}

/**
 * Effective rewards of a process advantage verifier (arXiv 2410.08146), Q^π(s_h, a_h) + α A^μ(s_h, a_h): what each
 * step's score function is multiplied by, less a baseline. They are weights, not rewards to be summed: the prover's
 * advantages added up over later steps telescope to a terminal term, which is another method. Lay them out over tokens
 * with `spreadOverTokens`.
 *
 * @param base Q^π after each step, or one number, the response's outcome, which estimates it everywhere
 * @param prover values of the prover μ, before the first step and after each
 * @param alpha at least 0; the paper takes 0.5 for search and 3 to 5 for learning
 * @throws RangeError for numbers that are not finite, lists that do not fit, or a negative α
 * @example
 * effectiveRewards(1, [0.5, 0.75, 0.25], 2); // [1.5, 0]
 */
export function effectiveRewards(
  base: number | ArrayLike<number>,
  prover: ArrayLike<number>,
  alpha: number,
): Float64Array {
  if (!(alpha >= 0 && alpha < Infinity)) throw new RangeError(`alpha must be at least 0 and finite, got ${alpha}`);
  const advantages = processAdvantages(prover);
  const n = advantages.length;
  if (typeof base !== 'number' && base.length !== n) {
    throw new RangeError(`base must hold one number a step, ${n}, got ${base.length}`);
  }
  return advantages.map((advantage, h) => {
    const q = typeof base === 'number' ? base : base[h];
    if (!Number.isFinite(q)) throw new RangeError(`base must be finite, got ${q} at step ${h}`);
    return q + alpha * advantage;
  });
}

function assertChances(name: string, values: ArrayLike<number>): void {
  for (let h = 0; h < values.length; h++) {
    if (!(values[h] >= 0 && values[h] <= 1)) {
      throw new RangeError(`${name}[${h}] must lie in [0, 1], got ${values[h]}`);
    }
  }
}
