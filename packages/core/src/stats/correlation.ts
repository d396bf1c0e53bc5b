import { mean } from './summary.ts';

/**
 * Pearson's correlation of two samples of equal length, in [-1, 1].
 * Throws RangeError when lengths differ or either sample is constant (the correlation is not defined then).
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  const mx = mean(x);
  const my = mean(y);
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - mx;
    const dy = y[i] - my;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
  }
  if (!(sxx > 0)) throw new RangeError('x must not be constant: the correlation is not defined');
  if (!(syy > 0)) throw new RangeError('y must not be constant: the correlation is not defined');
  return Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy)));
}

/** Ranks from 1, ties share their mean rank. */
export function ranks(xs: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: xs.length }, (_, i) => i).sort((a, b) => xs[a] - xs[b]);
  const out = new Float64Array(xs.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && xs[order[end]] === xs[order[start]]) end++;
    for (let i = start; i < end; i++) out[order[i]] = (start + end + 1) / 2;
    start = end;
  }
  return out;
}

/** Spearman's rank correlation (ties by mean rank), in [-1, 1]. Errors as `pearson`. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(ranks(x), ranks(y));
}

/** Kendall's tau-b, in [-1, 1], by direct count. Throws RangeError when either sample is constant. */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  let balance = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const dx = Math.sign(x[i] - x[j]);
      const dy = Math.sign(y[i] - y[j]);
      balance += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  if (untiedX === 0 || untiedY === 0) throw new RangeError('x and y must not be constant: tau is not defined');
  return balance / Math.sqrt(untiedX * untiedY);
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.
 * Throws RangeError unless both classes occur.
 */
export function auroc(scores: ArrayLike<number>, positive: ArrayLike<boolean>): number {
  sameLength(scores, positive);
  const r = ranks(scores);
  let positives = 0;
  let total = 0;
  for (let i = 0; i < r.length; i++) {
    if (positive[i]) {
      positives++;
      total += r[i];
    }
  }
  const negatives = r.length - positives;
  if (positives === 0 || negatives === 0) throw new RangeError('positive must hold both true and false');
  return (total - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function sameLength(x: ArrayLike<unknown>, y: ArrayLike<unknown>): void {
  if (x.length !== y.length) throw new RangeError(`both samples must have one length, got ${x.length} and ${y.length}`);
}
