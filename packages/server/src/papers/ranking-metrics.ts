/** Measures of a ranked list against graded relevance (0 where an item has no grade). */

/**
 * Normalised discounted cumulative gain of the first `k`, with gain 2^grade − 1 and discount log2(rank + 1)
 * (Järvelin and Kekäläinen 2002; Burges et al. 2005). In [0, 1]. Throws RangeError without a relevant item.
 *
 * @example
 * ndcg(['b', 'a'], { a: 2, b: 1 }, 10); // 0.797
 */
export function ndcg(ranking: readonly string[], relevant: Readonly<Record<string, number>>, k: number): number {
  const gain = (grades: readonly number[]) =>
    grades.slice(0, k).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const best = gain(Object.values(relevant).sort((a, b) => b - a));
  if (!(best > 0)) throw new RangeError('relevant must name at least one item with a positive grade');
  return gain(ranking.map((id) => relevant[id] ?? 0)) / best;
}

/** One over the rank of the first item with a positive grade; 0 when there is none. */
export function reciprocalRank(ranking: readonly string[], relevant: Readonly<Record<string, number>>): number {
  const first = ranking.findIndex((id) => (relevant[id] ?? 0) > 0);
  return first < 0 ? 0 : 1 / (first + 1);
}
