/**
 * Distribution function of the beta distribution: the regularised incomplete beta function I_x(a, b).
 *
 * @param x in [0, 1]
 * @param a above 0
 * @param b above 0
 * @throws RangeError for arguments out of range
 * @example
 * betaCdf(0.4, 2, 3); // 0.5248
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x must lie in [0, 1], got ${x}`);
  assertShapes(a, b);
  if (x === 0 || x === 1) return x;
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  // The fraction converges fast on the near side of the mean only; the other side is its mirror image.
  return x <= (a + 1) / (a + b + 2)
    ? Math.exp(logFront) / (a * betaFraction(x, a, b))
    : 1 - Math.exp(logFront) / (b * betaFraction(1 - x, b, a));
}

/**
 * The x with `betaCdf(x, a, b) = p`, by bisection to the last bit.
 *
 * @param p in [0, 1]
 * @throws RangeError for arguments out of range
 * @example
 * betaQuantile(0.025, 3, 8); // 0.0667
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must lie in [0, 1], got ${p}`);
  assertShapes(a, b);
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  for (let x = 0.5; low < x && x < high; x = (low + high) / 2) {
    if (betaCdf(x, a, b) < p) low = x;
    else high = x;
  }
  return high;
}

/** 1 + d_1/(1 + d_2/(1 + ...)) of I_x(a, b) (DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const notZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let value = 1;
  let c = 1;
  let d = 0;
  for (let j = 1, factor = 0; Math.abs(factor - 1) > 1e-15 && j < 100_000; j++) {
    const m = j >> 1;
    const numerator =
      j % 2 === 0
        ? (m * (b - m) * x) / ((a + j - 1) * (a + j))
        : (-(a + m) * (a + b + m) * x) / ((a + j - 1) * (a + j));
    c = notZero(1 + numerator / c);
    d = 1 / notZero(1 + numerator * d);
    factor = c * d;
    value *= factor;
  }
  return value;
}

/** Stirling's series, from 10 on good to the last digits; below, by Gamma(x + 1) = x Gamma(x). */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const w = 1 / (z * z);
  const series = 1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))));
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series / z - shift;
}

function assertShapes(a: number, b: number): void {
  if (!(a > 0 && a < Infinity)) throw new RangeError(`a must be positive and finite, got ${a}`);
  if (!(b > 0 && b < Infinity)) throw new RangeError(`b must be positive and finite, got ${b}`);
}
