import type { Estimate } from './bootstrap.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** Counts of two yes-no observations on the same cases, row by row: both, the first only, the second only, neither. */
export type TwoByTwo = readonly [both: number, first: number, second: number, neither: number];

/** A test statistic and the chance of one as large or larger where there is nothing to find. */
export interface TestResult {
  statistic: number;
  p: number;
}

/**
 * Counts two yes-no observations on the same cases. Throws RangeError when their numbers differ.
 *
 * @example
 * crossTabulate([true, true, false], [true, false, false]); // [1, 1, 0, 1]
 */
export function crossTabulate(first: ArrayLike<boolean>, second: ArrayLike<boolean>): TwoByTwo {
  if (first.length !== second.length) {
    throw new RangeError(`both observations must have one length, got ${first.length} and ${second.length}`);
  }
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < first.length; i++) counts[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
  return counts;
}

/**
 * Pearson's chi-square test of independence, with 1 degree of freedom. It says whether two observations depend on each
 * other, not how much: report `oddsRatio` beside it. Cases that differ in difficulty make any two skills dependent:
 * see `mantelHaenszel`. The approximation wants expected counts of about 5 or more.
 *
 * @param options.continuityCorrection Yates' continuity correction, which makes the test careful; false unless told
 * @throws RangeError for counts that are not whole numbers from 0, or an observation that is always the same
 * @example
 * chiSquareTest([43, 7, 28, 22]); // { statistic: 10.93, p: 0.00095 }
 */
export function chiSquareTest(
  table: TwoByTwo,
  { continuityCorrection = false }: { continuityCorrection?: boolean } = {},
): TestResult {
  assertTable('table', table);
  const [a, b, c, d] = table;
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  if (margins === 0) throw new RangeError('table must have cases of both kinds in each observation');
  const n = a + b + c + d;
  const excess = Math.abs(a * d - b * c);
  const kept = continuityCorrection ? Math.max(0, excess - n / 2) : excess;
  return chiSquareOne((n * kept * kept) / margins);
}

/**
 * The odds ratio ad / bc with Woolf's interval. When a count is zero, half a case is added to each of the four
 * (Haldane 1956; Anscombe 1956), to the value as well, so that it stays finite.
 *
 * @param options.level two-sided coverage in (0, 1); 0.95 unless told
 * @throws RangeError as `chiSquareTest` does, or for a level out of range
 * @example
 * oddsRatio([43, 7, 28, 22]); // { value: 4.83, lo: 1.82, hi: 12.79, n: 100, level: 0.95 }
 */
export function oddsRatio(table: TwoByTwo, { level = 0.95 }: { level?: number } = {}): Estimate {
  assertTable('table', table);
  const [a, b, c, d] = table;
  if ((a + b) * (c + d) * (a + c) * (b + d) === 0) {
    throw new RangeError('table must have cases of both kinds in each observation');
  }
  const half = table.includes(0) ? 0.5 : 0;
  const [p, q, r, s] = [a + half, b + half, c + half, d + half];
  return onLogScale((p * s) / (q * r), 1 / p + 1 / q + 1 / r + 1 / s, a + b + c + d, level);
}

/**
 * Odds ratio common to several tables, and the Cochran-Mantel-Haenszel test that it is 1: dependence that is left when
 * cases are compared only with cases of their own stratum (of equal difficulty, say). The value is Mantel & Haenszel's
 * (1959), the interval that of Robins, Breslow & Greenland (1986), good for few large strata and many small ones alike.
 *
 * @param strata tables; one whose observation is constant adds nothing, and may occur
 * @param options.level two-sided coverage in (0, 1); 0.95 unless told
 * @param options.continuityCorrection continuity correction of the test by half a case; false unless told
 * @throws RangeError for counts that are not whole numbers from 0, strata that together leave the odds ratio at 0,
 *   infinite or undefined, or a level out of range
 * @example
 * mantelHaenszel([[20, 5, 10, 8], [6, 9, 7, 30]]).oddsRatio.value; // 3.0
 */
export function mantelHaenszel(
  strata: readonly TwoByTwo[],
  { level = 0.95, continuityCorrection = false }: { level?: number; continuityCorrection?: boolean } = {},
): TestResult & { oddsRatio: Estimate } {
  let [agree, differ, total] = [0, 0, 0];
  let [agreeAgree, mixed, differDiffer] = [0, 0, 0];
  let [excess, variance] = [0, 0];
  strata.forEach((table, i) => {
    assertTable(`strata[${i}]`, table);
    const [a, b, c, d] = table;
    const n = a + b + c + d;
    if (n === 0) return;
    const [r, s] = [(a * d) / n, (b * c) / n];
    const [p, q] = [(a + d) / n, (b + c) / n];
    total += n;
    agree += r;
    differ += s;
    agreeAgree += p * r;
    mixed += p * s + q * r;
    differDiffer += q * s;
    excess += a - ((a + b) * (a + c)) / n;
    if (n > 1) variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  });
  if (agree === 0 || differ === 0) {
    throw new RangeError(
      `strata must hold cases for and against dependence within a stratum, got weights ${agree} and ${differ}`,
    );
  }
  const logVariance =
    agreeAgree / (2 * agree * agree) + mixed / (2 * agree * differ) + differDiffer / (2 * differ * differ);
  const kept = Math.max(0, Math.abs(excess) - (continuityCorrection ? 0.5 : 0));
  return {
    ...chiSquareOne((kept * kept) / variance),
    oddsRatio: onLogScale(agree / differ, logVariance, total, level),
  };
}

/** A chi-square variable with 1 degree of freedom is the square of a standard normal one. */
function chiSquareOne(statistic: number): TestResult {
  return { statistic, p: Math.min(1, 2 * normalCdf(-Math.sqrt(statistic))) };
}

function onLogScale(value: number, logVariance: number, n: number, level: number): Estimate {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, got ${level}`);
  const spread = Math.exp(normalQuantile((1 + level) / 2) * Math.sqrt(logVariance));
  return { value, lo: value / spread, hi: value * spread, n, level };
}

function assertTable(name: string, table: TwoByTwo): void {
  if (table.length !== 4) throw new RangeError(`${name} must hold four counts, got ${table.length}`);
  for (const count of table) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${name} must hold whole numbers from 0, got ${count}`);
    }
  }
}
