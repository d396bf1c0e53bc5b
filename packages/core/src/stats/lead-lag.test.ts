import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from './correlation.ts';
import { crossCorrelation, leadLag } from './lead-lag.ts';
import { Random } from './random.ts';

describe('crossCorrelation', () => {
  it('agrees with values worked by hand', () => {
    // Centred: (-1, 3, -1, -1)/4 and (-1, -1, 3, -1)/4, squares sum to 12/16.
    expect([...crossCorrelation([0, 1, 0, 0], [0, 0, 1, 0], 1)].map((c) => c * 12)).toEqual(
      [-5, -4, 11].map((c) => expect.closeTo(c, 12)),
    );
  });

  it('is Pearson at lag 0, and mirrors when the series change places', () => {
    const series = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(series, series, (x, y) => {
        if (new Set(x).size < 2 || new Set(y).size < 2) return;
        const there = crossCorrelation(x, y, 5);
        expect(there[5]).toBeCloseTo(pearson(x, y), 10);
        expect([...crossCorrelation(y, x, 5).reverse()]).toEqual([...there].map((c) => expect.closeTo(c, 12)));
        for (const c of there) expect(Math.abs(c)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('names what does not fit', () => {
    expect(() => crossCorrelation([1, 2], [1], 0)).toThrow('one length, got 2 and 1');
    expect(() => crossCorrelation([1, 2], [1, 3], 2)).toThrow('maxLag must be a whole number from 0 to 1, got 2');
    expect(() => crossCorrelation([1, 1], [1, 3], 0)).toThrow('x must be finite and not constant');
    expect(() => crossCorrelation([1, 2], [Number.NaN, 3], 0)).toThrow('y must be finite and not constant');
  });
});

describe('leadLag', () => {
  it('finds by how many steps a planted copy runs behind, either way', () => {
    const rng = new Random(3, 'lead');
    for (const delay of [0, 1, 3]) {
      const source = Float64Array.from({ length: 60 }, () => rng.normal());
      let level = 0;
      const walk = source.map((step) => {
        level += step;
        return level;
      });
      const ahead = walk.subarray(delay);
      const behind = walk.subarray(0, walk.length - delay);
      expect(leadLag(ahead, behind, { maxLag: 6 }).lag).toBe(delay);
      expect(leadLag(behind, ahead, { maxLag: 6 }).lag).toBe(delay === 0 ? 0 : -delay);
    }
    expect(leadLag([0, 1, 4, 4, 5, 5], [0, 0, 1, 4, 4, 5], { maxLag: 2 }).lag).toBe(1);
  });

  it('looks at changes, because rising curves correlate at every lag', () => {
    // Two curves whose levels grow alike, and whose bursts come three steps apart.
    const x = [0, 1, 5, 6, 7, 8, 9, 10, 11, 12];
    const y = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12];
    expect(leadLag(x, y).lag).toBe(3);
    expect(leadLag(x, y, { changes: false, maxLag: 3 }).lag).toBe(0);
    expect(leadLag(x, y).correlations).toHaveLength(7);
  });

  it('does not take rounding for change', () => {
    expect(() => leadLag([0.1, 0.2, 0.3, 0.4, 0.5], [0, 1, 0, 1, 0])).toThrow('x must be finite and not constant');
  });
});
