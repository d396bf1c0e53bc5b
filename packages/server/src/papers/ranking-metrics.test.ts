import { describe, expect, it } from 'vitest';
import { ndcg, reciprocalRank } from './ranking-metrics.ts';

describe('ndcg', () => {
  it('is 1 for the best order and 0 when nothing relevant is among the first k', () => {
    expect(ndcg(['a', 'b', 'x'], { a: 2, b: 1 }, 10)).toBe(1);
    expect(ndcg(['x', 'y', 'a'], { a: 2 }, 2)).toBe(0);
    expect(ndcg([], { a: 1 }, 10)).toBe(0);
  });

  it('agrees with values worked out by hand', () => {
    // (1 + 3 / log2 3) / (3 + 1 / log2 3)
    expect(ndcg(['b', 'a'], { a: 2, b: 1 }, 10)).toBeCloseTo(2.892789 / 3.63093, 5);
    // Grades 3, 2, 3, 0, 1, 2 in this order: 7 + 3/1.58496 + 7/2 + 0 + 1/2.58496 + 3/2.80735 = 13.8483;
    // in the best order 3, 3, 2, 2, 1, 0: 7 + 7/1.58496 + 3/2 + 3/2.32193 + 1/2.58496 = 14.5954.
    const grades = { a: 3, b: 2, c: 3, e: 1, f: 2 };
    expect(ndcg(['a', 'b', 'c', 'd', 'e', 'f'], grades, 6)).toBeCloseTo(13.8483 / 14.5954, 4);
  });

  it('compares with the best that fits into k', () => {
    expect(ndcg(['a'], { a: 1, b: 1, c: 1 }, 1)).toBe(1);
  });

  it('refuses a query without an answer', () => {
    expect(() => ndcg(['a'], {}, 10)).toThrow(RangeError);
  });
});

describe('reciprocalRank', () => {
  it('is one over the rank of the first relevant item', () => {
    expect(reciprocalRank(['x', 'y', 'a'], { a: 1 })).toBeCloseTo(1 / 3);
    expect(reciprocalRank(['a', 'b'], { a: 0, b: 1 })).toBe(0.5);
    expect(reciprocalRank(['x'], { a: 1 })).toBe(0);
  });
});
