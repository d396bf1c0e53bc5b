import type { Estimate } from '../stats/index.ts';

/** What an experiment says of a claim. `needs a model` and `planned` are said of claims no experiment has judged. */
export type Verdict = 'holds' | 'refuted' | 'mixed' | 'inconclusive';

/** What an experiment's numbers rest on; see ARCHITECTURE.md. */
export type Evidence = 'exact' | 'trained' | 'simulated' | 'live';

/** One claim, judged. */
export interface ClaimResult {
  verdict: Verdict;
  /** Our figure, as the acceptance rule uses it. */
  ours: Estimate;
  /** What `ours` measures, with its unit: "difference of Pearson correlations". */
  measure: string;
  /** Why, in a sentence or two; for a refuted claim the best reason known. */
  because: string;
}

/**
 * The usual acceptance rule: the claim holds when the whole interval lies above `threshold`, is refuted when it lies
 * below, and is inconclusive when it covers it. An estimate without an interval (one unit) decides nothing.
 *
 * @example
 * judgeAbove(pairedDifference(minForm, sumForm)); // 'holds'
 */
export function judgeAbove(estimate: Estimate, threshold = 0): Verdict {
  if (estimate.lo === null || estimate.hi === null) return 'inconclusive';
  if (estimate.lo > threshold) return 'holds';
  if (estimate.hi < threshold) return 'refuted';
  return 'inconclusive';
}

/** As `judgeAbove` with the direction turned: the claim holds when the whole interval lies below `threshold`. */
export function judgeBelow(estimate: Estimate, threshold = 0): Verdict {
  const turned = judgeAbove(estimate, threshold);
  return turned === 'holds' ? 'refuted' : turned === 'refuted' ? 'holds' : turned;
}

/**
 * One verdict for a claim of several parts that must all hold: `holds` when all hold, `refuted` when all are refuted,
 * `mixed` when some hold and others are refuted, `inconclusive` otherwise. Throws RangeError for no parts.
 */
export function judgeAll(parts: readonly Verdict[]): Verdict {
  if (parts.length === 0) throw new RangeError('parts must not be empty');
  if (parts.every((part) => part === 'holds')) return 'holds';
  if (parts.every((part) => part === 'refuted')) return 'refuted';
  if (parts.includes('mixed') || (parts.includes('holds') && parts.includes('refuted'))) return 'mixed';
  return 'inconclusive';
}

/** A figure that is exact (a deterministic test): its interval is the point itself. */
export function exactly(value: number, n = 1): Estimate {
  if (!Number.isFinite(value)) throw new RangeError(`value must be finite, got ${value}`);
  return { value, lo: value, hi: value, n, level: 1 };
}
