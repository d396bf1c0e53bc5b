import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskySolve, luFactor, luSolve, luSolveTransposed } from './linear.ts';
import { Random } from './random.ts';

const problem = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer()).map(([n, seed]) => {
  const rng = new Random(seed, 'linear system');
  const normals = (count: number) => Float64Array.from({ length: count }, () => rng.normal());
  return { n, matrix: normals(n * n), x: normals(n) };
});

const times = (matrix: Float64Array, x: Float64Array) =>
  Float64Array.from(x, (_, i) => x.reduce((sum, xj, j) => sum + matrix[i * x.length + j] * xj, 0));
const transpose = (matrix: Float64Array, n: number) =>
  Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
const largest = (a: Float64Array, b: Float64Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));

describe('luSolve', () => {
  it('leaves a residual of rounding size, for A and for its transpose', () => {
    fc.assert(
      fc.property(problem, ({ n, matrix, x }) => {
        const lu = luFactor(matrix, n);
        const scale = 1 + Math.max(...luSolve(lu, x).map(Math.abs), ...luSolveTransposed(lu, x).map(Math.abs));
        expect(largest(times(matrix, luSolve(lu, x)), x)).toBeLessThan(1e-11 * scale);
        expect(largest(times(transpose(matrix, n), luSolveTransposed(lu, x)), x)).toBeLessThan(1e-11 * scale);
      }),
    );
  });

  it('needs its pivoting', () => {
    expect([...luSolve(luFactor(Float64Array.of(0, 1, 1, 0), 2), [3, 5])]).toEqual([5, 3]);
  });

  it('refuses what it cannot solve', () => {
    expect(() => luFactor(Float64Array.of(1, 2, 2, 4), 2)).toThrow(/regular and finite, got a pivot of 0 in column 1/);
    expect(() => luFactor(Float64Array.of(Number.NaN), 1)).toThrow(/regular and finite/);
    expect(() => luFactor(new Float64Array(3), 2)).toThrow(/matrix must hold 4 numbers, got 3/);
    expect(() => luSolve(luFactor(Float64Array.of(1), 1), [1, 2])).toThrow(/b must hold 1 numbers, got 2/);
  });
});

describe('choleskySolve', () => {
  it('solves normal equations', () => {
    fc.assert(
      fc.property(problem, ({ n, matrix, x }) => {
        const normal = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) normal[i * n + j] += matrix[k * n + i] * matrix[k * n + j];
          }
          normal[i * n + i] += 1; // away from singular ones, which random matrices come close to
        }
        expect(largest(choleskySolve(choleskyFactor(normal, n), times(normal, x)), x)).toBeLessThan(1e-10);
      }),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toThrow(
      /positive definite and finite, got a pivot of -3 in row 1/,
    );
  });
});
