export interface MmdOptions {
  /** Coordinates of a point. */
  dimension: number;
  /** h of the kernel exp(-|x - y|² / (2 h²)); > 0. `medianDistance` gives a usual choice. */
  bandwidth: number;
  /** Leave a point's kernel with itself out, so that equal distributions give 0 on average; true unless told. */
  unbiased?: boolean;
}

/**
 * Squared maximum mean discrepancy of two samples under a Gaussian kernel (Gretton et al. 2012, "A kernel two-sample
 * test", JMLR 13, eq. 3 unbiased, eq. 5 biased). Zero in the limit exactly when the distributions are equal. The
 * unbiased form may come out slightly negative; compare and average it as it is, without a root.
 *
 * @param x points, row by row
 * @param y points, row by row; as many as you like
 * @throws RangeError for arrays that hold no whole points, too few points, or a bandwidth that is not positive
 * @example
 * const bandwidth = medianDistance(pooled, 2);
 * squaredMmd(samples, reference, { dimension: 2, bandwidth });
 */
export function squaredMmd(
  x: Float64Array,
  y: Float64Array,
  { dimension, bandwidth, unbiased = true }: MmdOptions,
): number {
  if (!(bandwidth > 0 && bandwidth < Infinity)) throw new RangeError(`bandwidth must be positive, got ${bandwidth}`);
  const n = countPoints('x', x, dimension, unbiased ? 2 : 1);
  const m = countPoints('y', y, dimension, unbiased ? 2 : 1);
  const scale = -1 / (2 * bandwidth * bandwidth);
  const within = (points: Float64Array, count: number) => {
    const off = 2 * kernelSumWithin(points, dimension, scale);
    return unbiased ? off / (count * (count - 1)) : (off + count) / (count * count);
  };
  return within(x, n) + within(y, m) - (2 * kernelSumBetween(x, y, dimension, scale)) / (n * m);
}

/**
 * The median of all distances between two of the points: the usual bandwidth. Takes time and memory quadratic in the
 * number of points; a thousand are plenty.
 *
 * @throws RangeError for fewer than two points, or when half of all pairs coincide
 * @example
 * medianDistance(Float64Array.of(0, 1, 4), 1); // 3
 */
export function medianDistance(points: Float64Array, dimension: number): number {
  const n = countPoints('points', points, dimension, 2);
  const squares = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++)
      squares[at++] = squaredDistance(points, i * dimension, points, j * dimension, dimension);
  }
  squares.sort();
  const middle = squares.length >> 1;
  const median =
    squares.length % 2 === 1
      ? Math.sqrt(squares[middle])
      : (Math.sqrt(squares[middle - 1]) + Math.sqrt(squares[middle])) / 2;
  if (!(median > 0)) throw new RangeError(`points must differ for a median distance above 0, got ${median}`);
  return median;
}

function kernelSumWithin(points: Float64Array, d: number, scale: number): number {
  let sum = 0;
  for (let i = d; i < points.length; i += d) {
    for (let j = 0; j < i; j += d) sum += Math.exp(scale * squaredDistance(points, i, points, j, d));
  }
  return sum;
}

function kernelSumBetween(x: Float64Array, y: Float64Array, d: number, scale: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += d) {
    for (let j = 0; j < y.length; j += d) sum += Math.exp(scale * squaredDistance(x, i, y, j, d));
  }
  return sum;
}

function squaredDistance(x: Float64Array, i: number, y: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += (x[i + k] - y[j + k]) ** 2;
  return sum;
}

function countPoints(name: string, points: Float64Array, dimension: number, least: number): number {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(`dimension must be a positive whole number, got ${dimension}`);
  }
  if (points.length % dimension !== 0 || points.length < least * dimension) {
    throw new RangeError(
      `${name} must hold at least ${least} whole points of ${dimension} numbers, got ${points.length} numbers`,
    );
  }
  return points.length / dimension;
}
