/**
 * Chance that a standard normal lies at or below z, to about 13 digits, in the lower tail too.
 *
 * @example
 * normalCdf(-1.96); // 0.025
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('z must be a number, got NaN');
  return z < 0 ? upperTail(-z) : 1 - upperTail(z);
}

/**
 * The z with `normalCdf(z) = p`.
 *
 * @param p in [0, 1]; the ends give -Infinity and Infinity
 * @throws RangeError for p outside [0, 1]
 * @example
 * normalQuantile(0.975); // 1.96
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must lie in [0, 1], got ${p}`);
  return p > 0.5 ? -lowerQuantile(1 - p) : lowerQuantile(p);
}

/** For p up to a half. A start that is good to 4.5e-4 (Abramowitz & Stegun, 26.2.23), then Halley's method. */
function lowerQuantile(p: number): number {
  if (p === 0) return -Infinity;
  const t = Math.sqrt(-2 * Math.log(p));
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 3; i++) {
    const step = (upperTail(-z) - p) / density(z);
    z -= step / (1 + (z * step) / 2);
  }
  return z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Chance to lie above z, for z of either sign. */
function upperTail(z: number): number {
  if (z < 3) {
    // The Taylor series around 0 whose terms are all of one sign: phi(z) (z + z^3/3 + z^5/15 + ...).
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density(z) * sum;
  }
  // Laplace's continued fraction phi(z) / (z + 1/(z + 2/(z + ...))), from the inside out.
  let fraction = z;
  for (let k = 80; k > 0; k--) fraction = z + k / fraction;
  return density(z) / fraction;
}
