/**
 * Discounted returns of one episode, G_t = sum over i >= t of discount^(i - t) r_i (Sutton & Barto 2018, eq. 3.8, for
 * an episode that ends after its last reward). With discount 1 it is the return-to-go.
 *
 * @param r_t rewards in order of time
 * @param discount in [0, 1]; 1 unless told
 * @returns one return a reward
 * @throws RangeError for a discount outside [0, 1] or a reward that is not finite
 * @example
 * discountedReturns([1, 0, 2]); // [3, 2, 2]
 * discountedReturns([1, 0, 2], 0.5); // [1.5, 1, 2]
 */
export function discountedReturns(r_t: ArrayLike<number>, discount = 1): Float64Array {
  if (!(discount >= 0 && discount <= 1)) throw new RangeError(`discount must lie in [0, 1], got ${discount}`);
  const returns = new Float64Array(r_t.length);
  let tail = 0;
  for (let t = r_t.length - 1; t >= 0; t--) {
    if (!Number.isFinite(r_t[t])) throw new RangeError(`r_t[${t}] must be finite, got ${r_t[t]}`);
    tail = r_t[t] + discount * tail;
    returns[t] = tail;
  }
  return returns;
}
