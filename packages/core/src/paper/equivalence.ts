import type { Estimate } from '../stats/index.ts';
import type { Verdict } from './verdict.ts';

/**
 * Acceptance rule of a claim that two things do not differ by as much as would matter: it holds when the whole interval
 * lies between `centre - margin` and `centre + margin`, is refuted when it lies beyond either, and is inconclusive when
 * it covers an end. That a difference is not significant is no evidence of equality; this is. An interval of level 0.9
 * makes it the two one-sided tests (TOST; Schuirmann 1987) at 5 % each; one of level 0.95 is stricter.
 *
 * @param margin smallest difference that matters, above 0, in units of the estimate
 * @throws RangeError for a margin that is not positive and finite, or a centre that is not finite
 * @example
 * judgeEquivalent({ value: 0.003, lo: -0.008, hi: 0.013, n: 6, level: 0.95 }, 0.02); // 'holds'
 */
export function judgeEquivalent(estimate: Estimate, margin: number, centre = 0): Verdict {
  if (!(margin > 0 && margin < Infinity)) throw new RangeError(`margin must be positive and finite, got ${margin}`);
  if (!Number.isFinite(centre)) throw new RangeError(`centre must be finite, got ${centre}`);
  const { lo, hi } = estimate;
  if (lo === null || hi === null) return 'inconclusive';
  if (lo > centre - margin && hi < centre + margin) return 'holds';
  if (lo > centre + margin || hi < centre - margin) return 'refuted';
  return 'inconclusive';
}
