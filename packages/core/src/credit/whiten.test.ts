import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whiten } from './whiten.ts';

const batch = fc
  .array(fc.array(fc.integer({ min: -10, max: 10 }), { maxLength: 8 }), { minLength: 1, maxLength: 6 })
  .filter((rows) => new Set(rows.flat()).size > 1);

describe('whiten', () => {
  it('gives mean zero and sample variance one over all tokens, and keeps the order', () => {
    fc.assert(
      fc.property(batch, (rows) => {
        const given = rows.flat();
        const white = whiten(rows.map((row) => Float64Array.from(row))).flatMap((row) => [...row]);
        const mean = white.reduce((sum, x) => sum + x, 0) / white.length;
        expect(mean).toBeCloseTo(0, 9);
        expect(white.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (white.length - 1)).toBeCloseTo(1, 6);
        for (let i = 1; i < given.length; i++) {
          expect(Math.sign(white[i] - white[i - 1])).toBe(Math.sign(given[i] - given[i - 1]));
        }
      }),
    );
  });

  it('can keep the mean', () => {
    const [row] = whiten([Float64Array.of(1, 3)], { keepMean: true });
    expect(row[0] + row[1]).toBeCloseTo(4, 12);
  });

  it('leaves equal advantages at zero and refuses a single token', () => {
    expect([...whiten([Float64Array.of(2, 2)])[0]]).toEqual([0, 0]);
    expect(() => whiten([Float64Array.of(2)])).toThrow('at least two tokens, got 1');
  });
});
