/**
 * For each member of a group, the mean of the others: the baseline of RLOO (Kool, van Hoof & Welling 2019; Ahmadian et
 * al. 2024, arXiv 2402.14740, eq. 8). It does not depend on the member it is subtracted from, so the policy gradient
 * stays unbiased.
 *
 * @param values one number a member; at least two members
 * @throws RangeError for fewer than two members or a value that is not finite
 * @example
 * leaveOneOutMeans([1, 0, 2]); // [1, 1.5, 0.5]
 */
export function leaveOneOutMeans(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  if (n < 2) throw new RangeError(`values must hold at least two members of a group, got ${n}`);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`values[${i}] must be finite, got ${values[i]}`);
    total += values[i];
  }
  return Float64Array.from(values, (value) => (total - value) / (n - 1));
}

/**
 * RLOO advantages of a group of responses to one prompt: each reward less the mean reward of the others. They sum to
 * zero. Errors as `leaveOneOutMeans`.
 *
 * @example
 * leaveOneOutAdvantages([1, 0, 2]); // [0, -1.5, 1.5]
 */
export function leaveOneOutAdvantages(rewards: ArrayLike<number>): Float64Array {
  const advantages = leaveOneOutMeans(rewards);
  for (let i = 0; i < advantages.length; i++) advantages[i] = rewards[i] - advantages[i];
  return advantages;
}
