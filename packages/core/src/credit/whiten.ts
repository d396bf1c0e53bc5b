export interface WhitenOptions {
  /** Added to the variance; 1e-8 unless told. */
  epsilon?: number;
  /** Keep the mean where it was and scale only; false unless told. */
  keepMean?: boolean;
}

/**
 * Advantages of a whole batch scaled to mean zero and (sample) variance one over all tokens, as PPO implementations
 * for language models do (TRL and verl: `masked_whiten`). It spans the batch, so it comes after the advantages of the
 * groups. Note that shifting the mean changes the sign of some advantages: long responses weigh more in it.
 *
 * @param batch one array of advantages a response, without padding
 * @returns new arrays of the same lengths
 * @throws RangeError for fewer than two tokens in all
 * @example
 * whiten([Float64Array.of(1, 2), Float64Array.of(3)]); // [[-1, 0], [1]]
 */
export function whiten(
  batch: readonly Float64Array[],
  { epsilon = 1e-8, keepMean = false }: WhitenOptions = {},
): Float64Array[] {
  let n = 0;
  let total = 0;
  for (const advantages of batch) {
    n += advantages.length;
    for (const a of advantages) total += a;
  }
  if (n < 2) throw new RangeError(`batch must hold at least two tokens, got ${n}`);
  const mean = total / n;
  let squares = 0;
  for (const advantages of batch) for (const a of advantages) squares += (a - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / (n - 1) + epsilon);
  const shift = keepMean ? mean : 0;
  return batch.map((advantages) => advantages.map((a) => (a - mean) * scale + shift));
}
