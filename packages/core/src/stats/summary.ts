/** Arithmetic mean. Throws RangeError for an empty sample. */
export function mean(xs: ArrayLike<number>): number {
  needs(xs, 1);
  let total = 0;
  for (let i = 0; i < xs.length; i++) total += xs[i];
  return total / xs.length;
}

/** Sample variance (divided by n - 1). Throws RangeError for fewer than two values. */
export function variance(xs: ArrayLike<number>): number {
  needs(xs, 2);
  const m = mean(xs);
  let total = 0;
  for (let i = 0; i < xs.length; i++) total += (xs[i] - m) ** 2;
  return total / (xs.length - 1);
}

/** Sample standard deviation (n - 1). Throws RangeError for fewer than two values. */
export function standardDeviation(xs: ArrayLike<number>): number {
  return Math.sqrt(variance(xs));
}

/** The q-quantile, q in [0, 1], with linear interpolation between order statistics (Hyndman & Fan type 7). */
export function quantile(xs: ArrayLike<number>, q: number): number {
  needs(xs, 1);
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q must lie in [0, 1], got ${q}`);
  return sortedQuantile(Float64Array.from(xs).sort(), q);
}

/** As `quantile`, for values already in ascending order. */
export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

export function median(xs: ArrayLike<number>): number {
  return quantile(xs, 0.5);
}

/**
 * Interquartile mean: the mean of the middle half, with fractional weights at its ends, so that it moves continuously
 * with the data (Agarwal et al. 2021, arXiv 2108.13264).
 */
export function interquartileMean(xs: ArrayLike<number>): number {
  needs(xs, 1);
  const sorted = Float64Array.from(xs).sort();
  const n = sorted.length;
  const low = n / 4;
  const high = n - low;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = Math.max(0, Math.min(i + 1, high) - Math.max(i, low));
    total += weight * sorted[i];
  }
  return total / (high - low);
}

function needs(xs: ArrayLike<number>, n: number): void {
  if (xs.length < n) throw new RangeError(`xs must hold at least ${n} value${n > 1 ? 's' : ''}, got ${xs.length}`);
}
