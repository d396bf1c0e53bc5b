import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largest, SemanticIndex } from './semantic.ts';

const unit = (...xs: number[]) => Float32Array.from(xs, (x) => x / Math.hypot(...xs));

describe('largest', () => {
  it('agrees with sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(12), (scores, k) => {
        const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b).slice(0, k);
        expect(largest(Float64Array.from(scores), k)).toEqual(sorted);
      }),
    );
  });
});

describe('SemanticIndex', () => {
  it('ranks by the mean cosine of the five best passages', () => {
    const index = new SemanticIndex(2);
    index.put('one passage', [unit(1, 1)]);
    index.put('six passages', [...Array.from({ length: 5 }, () => unit(1, 0)), unit(-1, 0)]);
    index.put('away', [unit(-1, 0)]);
    const hits = index.search(unit(1, 0), 10);
    expect(hits.map(({ id }) => id)).toEqual(['six passages', 'one passage', 'away']);
    expect(hits.map(({ score }) => score.toFixed(2))).toEqual(['1.00', '0.71', '-1.00']);
  });

  it('searches only what is let through, and at most k', () => {
    const index = new SemanticIndex(2);
    for (const id of ['a', 'b', 'c']) index.put(id, [unit(1, id.charCodeAt(0) - 97)]);
    expect(index.search(unit(1, 0), 1, (id) => id !== 'a').map(({ id }) => id)).toEqual(['b']);
    expect(index.search(unit(1, 0), 10, () => false)).toEqual([]);
  });

  it('follows what is put, replaced and removed, in any order', () => {
    const step = fc.record({ id: fc.nat(150), angle: fc.option(fc.integer({ min: 0, max: 20 })) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const index = new SemanticIndex(3);
        const kept = new Map<string, number>();
        for (const { id, angle } of steps) {
          if (angle === null) {
            index.remove(`${id}`);
            kept.delete(`${id}`);
          } else {
            index.put(`${id}`, [unit(Math.cos(angle / 10), Math.sin(angle / 10), 0)]);
            kept.set(`${id}`, angle);
          }
        }
        expect(index.size).toBe(kept.size);
        for (const { id, score } of index.search(unit(1, 0, 0), 1000)) {
          expect(score).toBeCloseTo(Math.cos((kept.get(id) ?? Number.NaN) / 10), 1);
        }
      }),
    );
  });

  it('finds the nearest of many through the shortlist', () => {
    const index = new SemanticIndex(8);
    for (let i = 0; i < 2000; i++) {
      index.put(`${i}`, [
        unit(...Array.from({ length: 8 }, (_, j) => Math.sin(i * (j + 1)) + (i === 777 && j === 0 ? 9 : 0))),
      ]);
    }
    expect(index.search(unit(1, 0, 0, 0, 0, 0, 0, 0), 3)[0].id).toBe('777');
  });

  it('refuses vectors of other dimensions', () => {
    const index = new SemanticIndex(2);
    expect(() => index.put('a', [])).toThrow('vectors of a must not be empty');
    expect(() => index.put('a', [unit(1, 0, 0)])).toThrow('must have 2 dimensions, got 3');
    expect(() => index.search(unit(1), 1)).toThrow('query must have 2 dimensions, got 1');
  });
});
