/**
 * How token losses become one loss: averaged over the responses' means (`sequence`, GRPO), over all tokens (`token`, DAPO),
 * or summed and divided by the same constant for every response (`constant`, Dr. GRPO).
 */
export type LossAverage = 'sequence' | 'token' | 'constant';

/**
 * The weight of each token's loss in a batch of n responses; a response's tokens share one.
 *
 *   sequence  1 / (n |y_i|)   Shao et al. 2024, arXiv 2402.03300: a token of a long wrong answer is punished less
 *   token     1 / Σ_j |y_j|   DAPO, Yu et al. 2025, arXiv 2503.14476, section 3.3: all tokens count alike
 *   constant  1 / (n N)       Dr. GRPO, Liu et al. 2025, arXiv 2503.20783: no length in it, the unbiased policy gradient
 *                             up to a constant
 *
 * The weights of all tokens sum to one, for `constant` to the mean length over N.
 *
 * @param lengths tokens of each response, positive whole numbers; at least one response
 * @param average which rule
 * @param maxTokens N of `constant`, at least the longest response
 * @returns one weight a response, for each of its tokens
 * @throws RangeError for no responses, a length that is not positive and whole, or a missing or too small `maxTokens`
 * @example
 * lossWeights([1, 3], 'sequence'); // [0.5, 0.167]
 * lossWeights([1, 3], 'token'); // [0.25, 0.25]
 * lossWeights([1, 3], 'constant', 4); // [0.125, 0.125]
 */
export function lossWeights(lengths: ArrayLike<number>, average: LossAverage, maxTokens?: number): Float64Array {
  const n = lengths.length;
  if (n === 0) throw new RangeError('lengths must hold at least one response, got 0');
  let tokens = 0;
  let longest = 0;
  for (let i = 0; i < n; i++) {
    if (!(Number.isInteger(lengths[i]) && lengths[i] >= 1)) {
      throw new RangeError(`lengths[${i}] must be a positive whole number, got ${lengths[i]}`);
    }
    tokens += lengths[i];
    longest = Math.max(longest, lengths[i]);
  }
  if (average === 'sequence') return Float64Array.from(lengths, (length) => 1 / (n * length));
  if (average === 'token') return new Float64Array(n).fill(1 / tokens);
  if (maxTokens === undefined || !(maxTokens >= longest && maxTokens < Infinity)) {
    throw new RangeError(`maxTokens must be at least the longest response, ${longest}, got ${maxTokens}`);
  }
  return new Float64Array(n).fill(1 / (n * maxTokens));
}
