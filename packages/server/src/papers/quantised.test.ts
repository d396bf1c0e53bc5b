import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantise, quantisedDot, quantisedRows, vectorBytes, vectorFrom } from './quantised.ts';

const vectors = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((xs) => Float32Array.from(xs));

describe('quantise', () => {
  it('keeps every component to half a step of the largest', () => {
    fc.assert(
      fc.property(vectors, (vector) => {
        const back = vectorFrom(vectorBytes(vector));
        const step = Math.max(...vector.map(Math.abs)) / 127;
        for (const [i, x] of vector.entries()) expect(Math.abs(back[i] - x)).toBeLessThanOrEqual(step * 0.5001 + 1e-9);
      }),
    );
  });

  it('survives bytes that lie anywhere in a buffer', () => {
    const bytes = vectorBytes(Float32Array.of(0.6, -0.8));
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect([...vectorFrom(inside.subarray(3))]).toEqual([...vectorFrom(bytes)]);
  });
});

describe('quantisedDot', () => {
  it('is the dot product of the rows', () => {
    const [query, rows] = [quantisedRows(1, 5), quantisedRows(2, 5)];
    quantise(Float32Array.of(1, 0.5, -1, 0.25, 0), query, 0);
    quantise(Float32Array.of(1, 1, 1, 1, 1), rows, 0);
    quantise(Float32Array.of(0.5, 0, 0, -0.5, 1), rows, 1);
    expect(quantisedDot(query, rows, 0)).toBeCloseTo(0.75, 1);
    expect(quantisedDot(query, rows, 1)).toBeCloseTo(0.375, 1);
  });
});
