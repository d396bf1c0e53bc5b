import { tallyVotes } from './voting.ts';

/**
 * The answer of the best-scored sample; where several are best, the one that most of them give, and among equals the one
 * given first. Coarse scores, such as the share of a judge's few approvals (Self-PRM, arXiv 2505.11227), tie often: with
 * all scores equal this is the majority vote.
 *
 * @param answers one a sample; null for a sample that gives none, which is passed over
 * @param scores one a sample, high for good ones; null for a sample without a score, which is passed over
 * @returns null when no sample has both
 * @throws RangeError for scores of another number, or one that is not finite
 * @example
 * voteAmongBest(['4', '5', '5', '6'], [1, 1, 1, 0.75]); // '5'
 */
export function voteAmongBest(answers: readonly (string | null)[], scores: readonly (number | null)[]): string | null {
  if (scores.length !== answers.length) {
    throw new RangeError(`scores must hold one number an answer, ${answers.length}, got ${scores.length}`);
  }
  let best = -Infinity;
  for (const [i, score] of scores.entries()) {
    if (score !== null && !Number.isFinite(score)) throw new RangeError(`scores[${i}] must be finite, got ${score}`);
    if (score !== null && answers[i] !== null) best = Math.max(best, score);
  }
  return tallyVotes(answers.map((answer, i) => (scores[i] === best ? answer : null)))[0]?.answer ?? null;
}
