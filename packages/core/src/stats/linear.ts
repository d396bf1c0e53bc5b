/** Factors of a square matrix, P A = L U: what a solve needs, so that many right-hand sides cost one factorisation. */
export interface Lu {
  readonly n: number;
  /** L below the diagonal (its ones are not stored), U on and above; row by row. */
  readonly factors: Float64Array;
  /** Row of A that stands in each row of the factors. */
  readonly order: Int32Array;
}

/**
 * LU factors by Gaussian elimination with partial pivoting (Golub & Van Loan, Matrix Computations, alg. 3.4.1).
 *
 * @param matrix n x n, row by row; left as it is
 * @throws RangeError when the matrix is singular to working precision or holds a number that is not finite
 * @example
 * luSolve(luFactor(Float64Array.of(2, 1, 1, 3), 2), Float64Array.of(3, 5)); // [0.8, 1.4]
 */
export function luFactor(matrix: Float64Array, n: number): Lu {
  assertLength('matrix', matrix, n * n);
  const factors = matrix.slice();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    let largest = Math.abs(factors[k * n + k]);
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(factors[i * n + k]);
      if (size > largest) {
        largest = size;
        pivot = i;
      }
    }
    if (!(largest > 0 && largest < Infinity)) {
      throw new RangeError(`matrix must be regular and finite, got a pivot of ${largest} in column ${k}`);
    }
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const held = factors[k * n + j];
        factors[k * n + j] = factors[pivot * n + j];
        factors[pivot * n + j] = held;
      }
      const held = order[k];
      order[k] = order[pivot];
      order[pivot] = held;
    }
    const inverse = 1 / factors[k * n + k];
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const factor = factors[row + k] * inverse;
      factors[row + k] = factor;
      if (factor === 0) continue; // transition matrices are often sparse
      for (let j = k + 1; j < n; j++) factors[row + j] -= factor * factors[k * n + j];
    }
  }
  return { n, factors, order };
}

/** Solves A x = b. Throws RangeError for a b of the wrong length. */
export function luSolve({ n, factors, order }: Lu, b: ArrayLike<number>): Float64Array {
  assertLength('b', b, n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[order[i]];
    for (let j = 0; j < i; j++) sum -= factors[i * n + j] * x[j];
    x[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let j = i + 1; j < n; j++) sum -= factors[i * n + j] * x[j];
    x[i] = sum / factors[i * n + i];
  }
  return x;
}

/** Solves Aᵀ x = b with the factors of A. Throws RangeError for a b of the wrong length. */
export function luSolveTransposed({ n, factors, order }: Lu, b: ArrayLike<number>): Float64Array {
  assertLength('b', b, n);
  const y = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    y[i] /= factors[i * n + i];
    for (let j = i + 1; j < n; j++) y[j] -= factors[i * n + j] * y[i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = 0; j < i; j++) y[j] -= factors[i * n + j] * y[i];
  }
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) x[order[i]] = y[i];
  return x;
}

/** Lower factor of a symmetric positive definite matrix, A = L Lᵀ. */
export interface Cholesky {
  readonly n: number;
  /** L, row by row; what stands above the diagonal is not read. */
  readonly factor: Float64Array;
}

/**
 * Cholesky factor of a symmetric positive definite matrix, such as the normal equations of a least-squares problem.
 *
 * @param matrix n x n, row by row; only its lower triangle is read, and it is left as it is
 * @throws RangeError when the matrix is not positive definite to working precision
 * @example
 * choleskySolve(choleskyFactor(Float64Array.of(4, 2, 2, 3), 2), Float64Array.of(2, 3)); // [0, 1]
 */
export function choleskyFactor(matrix: Float64Array, n: number): Cholesky {
  assertLength('matrix', matrix, n * n);
  const factor = matrix.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (j < i) factor[i * n + j] = sum / factor[j * n + j];
      else if (sum > 0 && sum < Infinity) factor[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`matrix must be positive definite and finite, got a pivot of ${sum} in row ${i}`);
    }
  }
  return { n, factor };
}

/** Solves A x = b. Throws RangeError for a b of the wrong length. */
export function choleskySolve({ n, factor }: Cholesky, b: ArrayLike<number>): Float64Array {
  assertLength('b', b, n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let j = 0; j < i; j++) sum -= factor[i * n + j] * x[j];
    x[i] = sum / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= factor[i * n + i];
    for (let j = 0; j < i; j++) x[j] -= factor[i * n + j] * x[i];
  }
  return x;
}

function assertLength(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length) throw new RangeError(`${name} must hold ${length} numbers, got ${values.length}`);
}
