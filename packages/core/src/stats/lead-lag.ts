import { mean } from './summary.ts';

/** How two series follow each other. */
export interface LeadLag {
  /** Steps by which the first series runs ahead of the second where they agree best; negative where it follows. */
  lag: number;
  /** Their correlation at that lag. */
  correlation: number;
  /** Correlations at lags -maxLag, ..., maxLag. */
  correlations: Float64Array;
}

/**
 * Cross-correlation of two series, c_k = sum over t of (x_t - mean x)(y_t+k - mean y) / (n s_x s_y), at lags k from
 * -maxLag to maxLag: at a positive lag the first series runs ahead. Mean, deviation and n are those of the whole
 * series at every lag (Box & Jenkins), so far lags, of which few pairs are left, are pulled towards zero.
 *
 * @param maxLag whole number from 0, below the length
 * @returns 2 maxLag + 1 numbers in [-1, 1]; lag k at place maxLag + k
 * @throws RangeError for series of different length, a constant one, numbers that are not finite, or a lag out of range
 * @example
 * crossCorrelation([0, 1, 0, 0], [0, 0, 1, 0], 1); // [-0.42, -0.33, 0.92]
 */
export function crossCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, maxLag: number): Float64Array {
  const n = x.length;
  if (n !== y.length) throw new RangeError(`x and y must have one length, got ${n} and ${y.length}`);
  if (!Number.isInteger(maxLag) || maxLag < 0 || maxLag >= n) {
    throw new RangeError(`maxLag must be a whole number from 0 to ${n - 1}, got ${maxLag}`);
  }
  const [a, b] = [standardised('x', x), standardised('y', y)];
  return Float64Array.from({ length: 2 * maxLag + 1 }, (_, place) => {
    const lag = place - maxLag;
    let sum = 0;
    for (let t = Math.max(0, -lag); t < Math.min(n, n - lag); t++) sum += a[t] * b[t + lag];
    return Math.max(-1, Math.min(1, sum));
  });
}

/**
 * Which of two series moves first, by the largest cross-correlation of their changes from step to step: two curves
 * that both rise correlate at every lag, their changes do not. Ties go to the smaller shift, then to x ahead.
 *
 * One run says little: bootstrap `lag` over runs. That x moves first does not make it the cause.
 *
 * @param x series of at least three steps
 * @param y of the same length
 * @param options.maxLag whole number from 0, below the number of changes; a third of it unless told
 * @param options.changes false to compare the series as they are; true unless told
 * @throws RangeError as `crossCorrelation`
 * @example
 * leadLag([0, 1, 4, 4, 5, 5], [0, 0, 1, 4, 4, 5], { maxLag: 2 }).lag; // 1: x is a step ahead
 */
export function leadLag(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { maxLag, changes = true }: { maxLag?: number; changes?: boolean } = {},
): LeadLag {
  const [a, b] = changes ? [differences(x), differences(y)] : [x, y];
  const reach = maxLag ?? Math.floor(a.length / 3);
  const correlations = crossCorrelation(a, b, reach);
  let lag = 0;
  for (let shift = 1; shift <= reach; shift++) {
    for (const candidate of [shift, -shift]) {
      if (correlations[reach + candidate] > correlations[reach + lag]) lag = candidate;
    }
  }
  return { lag, correlation: correlations[reach + lag], correlations };
}

function differences(xs: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: Math.max(0, xs.length - 1) }, (_, i) => xs[i + 1] - xs[i]);
}

/** Centred and scaled, so that the squares sum to one. */
function standardised(name: string, xs: ArrayLike<number>): Float64Array {
  const centre = mean(xs);
  const out = Float64Array.from(xs, (value) => value - centre);
  let sum = 0;
  let size = 0;
  for (let i = 0; i < out.length; i++) {
    sum += out[i] * out[i];
    size += xs[i] * xs[i];
  }
  // Even steps such as 0.1, 0.2, 0.3 differ by rounding: that is no change.
  if (!(sum > 1e-24 * size && sum < Infinity)) throw new RangeError(`${name} must be finite and not constant`);
  return out.map((value) => value / Math.sqrt(sum));
}
