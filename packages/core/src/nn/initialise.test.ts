import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { glorotUniform, normal, orthogonal } from './initialise.ts';

describe('orthogonal', () => {
  it('has orthonormal rows or columns, whichever are fewer, times the gain', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, fc.integer(), (rows, columns, seed) => {
        const { data } = orthogonal(new Random(seed), [rows, columns], 2);
        const count = Math.min(rows, columns);
        for (let i = 0; i < count; i++) {
          for (let j = 0; j <= i; j++) {
            let product = 0;
            for (let k = 0; k < Math.max(rows, columns); k++) {
              product +=
                rows <= columns
                  ? data[i * columns + k] * data[j * columns + k]
                  : data[k * columns + i] * data[k * columns + j];
            }
            expect(product).toBeCloseTo(i === j ? 4 : 0, 4);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('draws', () => {
  it('come from the stream alone and have the spread asked for', () => {
    const draw = normal(new Random(1), [50, 40], 0.3);
    expect(draw).toEqual(normal(new Random(1), [50, 40], 0.3));
    const square = draw.data.reduce((sum, x) => sum + x * x, 0) / draw.data.length;
    expect(Math.sqrt(square)).toBeCloseTo(0.3, 1);
    const bound = Math.sqrt(6 / 90);
    expect(glorotUniform(new Random(2), [50, 40]).data.every((x) => Math.abs(x) <= bound)).toBe(true);
  });
});
