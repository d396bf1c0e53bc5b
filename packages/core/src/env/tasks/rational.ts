/** An exact fraction in lowest terms, its denominator positive. */
export type Rational = readonly [numerator: number, denominator: number];

/** Division is written with a colon, so that the bar is free for fractions: `8:3=8/3`. */
export type Operator = '+' | '-' | '*' | ':';

/** A fraction in lowest terms. Null for a zero denominator. */
export function rational(numerator: number, denominator = 1): Rational | null {
  if (denominator === 0) return null;
  const divisor = greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator)) * Math.sign(denominator);
  // Adding 0 turns -0 into 0.
  return [numerator / divisor + 0, denominator / divisor];
}

/**
 * `a o b`, exactly; null for a division by zero, or where a part would lie beyond the exact whole numbers.
 *
 * @example
 * applyOperator([8, 1], ':', [1, 3]); // [24, 1]
 */
export function applyOperator([a, b]: Rational, operator: Operator, [c, d]: Rational): Rational | null {
  const [numerator, denominator] =
    operator === '*'
      ? [a * c, b * d]
      : operator === ':'
        ? [a * d, b * c]
        : [a * d + (operator === '+' ? b * c : -b * c), b * d];
  const exact = Math.abs(numerator) <= Number.MAX_SAFE_INTEGER && Math.abs(denominator) <= Number.MAX_SAFE_INTEGER;
  return exact ? rational(numerator, denominator) : null;
}

/** A fraction as text: `24`, `-3`, `8/3`. */
export function formatRational([numerator, denominator]: Rational): string {
  return denominator === 1 ? String(numerator) : `${numerator}/${denominator}`;
}

/** Whether a fraction is a whole number of at least 0. */
export function isNatural([numerator, denominator]: Rational): boolean {
  return denominator === 1 && numerator >= 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
