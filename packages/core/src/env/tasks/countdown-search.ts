import { applyOperator, formatRational, isNatural, type Operator, type Rational } from './rational.ts';

/** What intermediate results may be: any fraction, or only whole numbers of at least 0. */
export type CountdownNumbers = 'rational' | 'natural';

/** A number given, or two expressions joined. */
export interface Expression {
  readonly value: Rational;
  /**
   * The canonical form, `(8*(5-2))`: operands of sums and products in one order, the greater first. Two derivations
   * that differ only in the order of independent or commuting steps have one form.
   */
  readonly text: string;
  readonly parts: readonly [Expression, Operator, Expression] | null;
  /** Every result within it is a whole number of at least 0. */
  readonly natural: boolean;
}

/** A number given. */
export function leaf(value: Rational): Expression {
  return { value, text: formatRational(value), parts: null, natural: isNatural(value) };
}

/** Two expressions joined, in canonical order; null where the operation does not exist. */
export function join(left: Expression, operator: Operator, right: Expression): Expression | null {
  if ((operator === '+' || operator === '*') && comesBefore(right, left)) return join(right, operator, left);
  const value = applyOperator(left.value, operator, right.value);
  if (value === null) return null;
  const natural = left.natural && right.natural && isNatural(value);
  return { value, text: `(${left.text}${operator}${right.text})`, parts: [left, operator, right], natural };
}

function comesBefore(a: Expression, b: Expression): boolean {
  const difference = a.value[0] * b.value[1] - b.value[0] * a.value[1];
  return difference === 0 ? a.text < b.text : difference > 0;
}

/** The lines of an expression, innermost first: `5-2=3`, `8*3=24`. */
export function expressionLines({ value, parts }: Expression): string[] {
  if (parts === null) return [];
  const [left, operator, right] = parts;
  const line = `${formatRational(left.value)}${operator}${formatRational(right.value)}=${formatRational(value)}`;
  return [...expressionLines(left), ...expressionLines(right), line];
}

/**
 * All numbers that can be made from the given ones, each used exactly once, as `formatRational` writes them. Exact and
 * exhaustive.
 *
 * @param numbers at most 6
 * @example
 * reachable([[3, 1], [3, 1], [8, 1], [8, 1]], 'rational').has('24'); // true: 8/(3-8/3)
 */
export function reachable(numbers: readonly Rational[], allowed: CountdownNumbers): Set<string> {
  const all = combine(numbers, allowed, ({ value }) => formatRational(value));
  return new Set(all.map(({ value }) => formatRational(value)));
}

/** All expressions in canonical form that use each number exactly once, whatever they make. Exact and exhaustive. */
export function expressions(numbers: readonly Rational[], allowed: CountdownNumbers): Expression[] {
  return combine(numbers, allowed, ({ text }) => text);
}

const mostNumbers = 6;

/** Expressions over each subset of the numbers from those over its two-part splits, one for each `key`. */
function combine(
  numbers: readonly Rational[],
  allowed: CountdownNumbers,
  key: (expression: Expression) => string,
): Expression[] {
  if (numbers.length < 1 || numbers.length > mostNumbers) {
    throw new RangeError(`numbers must hold 1 to ${mostNumbers} numbers, got ${numbers.length}`);
  }
  const everything = (1 << numbers.length) - 1;
  const found: Expression[][] = [[]];
  for (let subset = 1; subset <= everything; subset++) {
    const kept = new Map<string, Expression>();
    const keep = (expression: Expression | null) => {
      if (expression === null || (allowed === 'natural' && !expression.natural)) return;
      const name = key(expression);
      if (!kept.has(name)) kept.set(name, expression);
    };
    if ((subset & (subset - 1)) === 0) keep(leaf(numbers[31 - Math.clz32(subset)]));
    // Each split once: `part` runs over the proper subsets that are the greater of the two.
    for (let part = (subset - 1) & subset; part > (subset ^ part); part = (part - 1) & subset) {
      for (const a of found[part]) {
        for (const b of found[subset ^ part]) {
          keep(join(a, '+', b));
          keep(join(a, '*', b));
          keep(join(a, '-', b));
          keep(join(b, '-', a));
          keep(join(a, ':', b));
          keep(join(b, ':', a));
        }
      }
    }
    found.push([...kept.values()]);
  }
  return found[everything];
}
