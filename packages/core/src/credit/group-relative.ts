export interface GroupRelativeOptions {
  /** What centred rewards are divided by: the group's sample standard deviation (GRPO), or nothing (Dr. GRPO); `std` unless told. */
  scale?: 'std' | 'none';
  /** The standard deviation counts as at least this; 0 unless told. */
  floor?: number;
  /** Added to the standard deviation; 1e-6 unless told, as in verl. */
  epsilon?: number;
}

/**
 * GRPO advantages of a group of responses to one prompt: rewards less the group's mean, over its standard deviation (Shao
 * et al. 2024, arXiv 2402.03300; without the division Liu et al. 2025, arXiv 2503.20783). They sum to zero; a group whose
 * rewards are all alike gives zeros. Note what the division does to a small tie-breaker: once all else is equal in a group,
 * a bonus of any size becomes one of size one, out of proportion to any entropy or KL term; a floor prevents that.
 *
 * @param rewards one number a response; at least two
 * @throws RangeError for fewer than two rewards, one that is not finite, or a negative floor or epsilon
 * @example
 * groupRelativeAdvantages([1, 0, 0, 1]); // [0.87, -0.87, -0.87, 0.87]
 * groupRelativeAdvantages([1, 1.01, 1, 1.01], { floor: 0.1 }); // [-0.05, 0.05, -0.05, 0.05]
 */
export function groupRelativeAdvantages(
  rewards: ArrayLike<number>,
  { scale = 'std', floor = 0, epsilon = 1e-6 }: GroupRelativeOptions = {},
): Float64Array {
  const n = rewards.length;
  if (n < 2) throw new RangeError(`rewards must hold at least two members of a group, got ${n}`);
  if (!(floor >= 0)) throw new RangeError(`floor must be at least 0, got ${floor}`);
  if (!(epsilon >= 0)) throw new RangeError(`epsilon must be at least 0, got ${epsilon}`);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(rewards[i])) throw new RangeError(`rewards[${i}] must be finite, got ${rewards[i]}`);
    mean += rewards[i] / n;
  }
  const advantages = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    advantages[i] = rewards[i] - mean;
    squares += advantages[i] * advantages[i];
  }
  if (scale === 'none') return advantages;
  const divisor = Math.max(floor, Math.sqrt(squares / (n - 1))) + epsilon;
  // Without this, equal rewards and an epsilon of 0 would be 0 / 0.
  if (divisor === 0) return advantages;
  for (let i = 0; i < n; i++) advantages[i] /= divisor;
  return advantages;
}
