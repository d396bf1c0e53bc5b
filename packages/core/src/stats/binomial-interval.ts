import { betaQuantile } from './beta.ts';
import type { Estimate } from './bootstrap.ts';
import { normalQuantile } from './normal.ts';

/**
 * The share of successes with an interval for the chance behind it. `wilson` (Wilson 1927) covers about as often as it
 * says; `exact` (Clopper & Pearson 1934) never covers less often and is wider. Both stay within [0, 1] and neither
 * collapses when all trials, or none, succeed, as a bootstrap does.
 *
 * @param successes whole number from 0 to `trials`
 * @param trials whole number from 1
 * @param options.level two-sided coverage in (0, 1); 0.95 unless told
 * @throws RangeError for counts or a level out of range
 * @example
 * binomialInterval(27, 30); // { value: 0.9, lo: 0.744, hi: 0.965, n: 30, level: 0.95 }
 */
export function binomialInterval(
  successes: number,
  trials: number,
  { method = 'wilson', level = 0.95 }: { method?: 'wilson' | 'exact'; level?: number } = {},
): Estimate {
  if (!Number.isInteger(trials) || trials < 1)
    throw new RangeError(`trials must be a whole number from 1, got ${trials}`);
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(`successes must be a whole number from 0 to ${trials}, got ${successes}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, got ${level}`);
  const failures = trials - successes;
  const value = successes / trials;
  const tail = (1 - level) / 2;
  if (method === 'exact') {
    const lo = successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1);
    const hi = failures === 0 ? 1 : 1 - betaQuantile(tail, failures, successes + 1);
    return { value, lo, hi, n: trials, level };
  }
  const z = normalQuantile(1 - tail);
  const centre = successes + (z * z) / 2;
  const spread = z * Math.sqrt((successes * failures) / trials + (z * z) / 4);
  const total = trials + z * z;
  // At the ends centre and spread cancel; say so exactly rather than to within rounding.
  const lo = successes === 0 ? 0 : (centre - spread) / total;
  const hi = failures === 0 ? 1 : (centre + spread) / total;
  return { value, lo, hi, n: trials, level };
}
