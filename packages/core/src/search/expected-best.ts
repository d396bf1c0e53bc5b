/**
 * What best-of-n by a score is worth, from one pool of samples: the mean reward of the sample that scores highest among n
 * drawn without replacement, over all such draws (Nakano et al. 2021, arXiv 2112.09332, appendix I). An unbiased estimate
 * that wastes no sample, where one draw of n is noisy; samples of one score stand in for one another.
 *
 * @param scores one a sample; the best of n has the highest
 * @param rewards what each sample is really worth, such as 1 for a right answer
 * @param n 1 to the pool's size; at 1 the mean reward
 * @returns in the units of the rewards
 * @throws RangeError for lists of different lengths, numbers that are not finite, or an n that the pool does not hold
 * @example
 * expectedBestOfN([0.9, 0.5, 0.1], [1, 0, 0], 2); // 2/3: two of the three pairs hold the first sample
 */
export function expectedBestOfN(scores: ArrayLike<number>, rewards: ArrayLike<number>, n: number): number {
  const pool = scores.length;
  if (rewards.length !== pool) {
    throw new RangeError(`rewards must hold one number a score, ${pool}, got ${rewards.length}`);
  }
  if (!Number.isInteger(n) || n < 1 || n > pool) {
    throw new RangeError(`n must be a whole number from 1 to the pool's size, ${pool}, got ${n}`);
  }
  for (let i = 0; i < pool; i++) {
    if (!Number.isFinite(scores[i])) throw new RangeError(`scores[${i}] must be finite, got ${scores[i]}`);
    if (!Number.isFinite(rewards[i])) throw new RangeError(`rewards[${i}] must be finite, got ${rewards[i]}`);
  }
  const order = Array.from({ length: pool }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  let expected = 0;
  // Chance that none of the samples before this place is among the n drawn.
  let open = 1;
  for (let from = 0; from < pool && open > 0; ) {
    let to = from;
    let sum = 0;
    let none = open;
    for (; to < pool && scores[order[to]] === scores[order[from]]; to++) {
      sum += rewards[order[to]];
      none *= Math.max(0, pool - to - n) / (pool - to);
    }
    expected += ((open - none) * sum) / (to - from);
    open = none;
    from = to;
  }
  return expected;
}
