import { configurations } from './configurations.ts';
import type { PairMeasure } from './walk.ts';

/** Sums from which any number of environments give their pooled Pearson correlations, exactly. */
export interface Moments {
  pairs: number;
  regret: number;
  regretSquares: number;
  /** For each of `configurations`: Σd, Σd², Σ d·regret. */
  distances: [d: number, squares: number, withRegret: number][];
}

export function noMoments(): Moments {
  return {
    pairs: 0,
    regret: 0,
    regretSquares: 0,
    distances: configurations.map(() => [0, 0, 0]),
  };
}

/** Adds one pair of rewards, in place. */
export function addPair(to: Moments, { distances, regret }: Pick<PairMeasure, 'distances' | 'regret'>): void {
  to.pairs++;
  to.regret += regret;
  to.regretSquares += regret * regret;
  for (let k = 0; k < distances.length; k++) {
    const d = distances[k];
    const sums = to.distances[k];
    sums[0] += d;
    sums[1] += d * d;
    sums[2] += d * regret;
  }
}

/**
 * Pearson correlation of one distance with the regret over environments pooled, each as often as it was drawn. Where
 * either does not vary there is nothing to tell, and it is 0.
 */
export function pooledCorrelation(
  environments: readonly Moments[],
  drawn: ArrayLike<number>,
  configuration: number,
): number {
  let n = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < drawn.length; i++) {
    const moments = environments[drawn[i]];
    const [d, squares, withRegret] = moments.distances[configuration];
    n += moments.pairs;
    x += d;
    xx += squares;
    y += moments.regret;
    yy += moments.regretSquares;
    xy += withRegret;
  }
  const spread = (xx - (x * x) / n) * (yy - (y * y) / n);
  return spread > 0 ? (xy - (x * y) / n) / Math.sqrt(spread) : 0;
}
