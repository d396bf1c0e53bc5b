import type { Random } from '../stats/index.ts';
import { type NdArray, ndarray, sizeOf } from './array.ts';

/** All alike; zeros unless told. */
export function filled(shape: readonly number[], value = 0): NdArray {
  return ndarray(new Float32Array(sizeOf(shape)).fill(value), shape);
}

/** Independent normals with mean 0. */
export function normal(rng: Random, shape: readonly number[], deviation: number): NdArray {
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = deviation * rng.normal();
  return ndarray(data, shape);
}

/**
 * Uniform in ±sqrt(6 / (inputs + outputs)), which keeps the variance of activations and gradients alike through tanh
 * layers (Glorot & Bengio 2010, eq. 16).
 */
export function glorotUniform(rng: Random, [inputs, outputs]: readonly [number, number]): NdArray {
  const bound = Math.sqrt(6 / (inputs + outputs));
  const data = new Float32Array(inputs * outputs);
  for (let i = 0; i < data.length; i++) data[i] = rng.between(-bound, bound);
  return ndarray(data, [inputs, outputs]);
}

/**
 * A random matrix with orthonormal rows or columns (whichever are fewer) times `gain` (Saxe et al. 2014, arXiv
 * 1312.6120): the usual start of policy-gradient networks. By Gram-Schmidt on normals, twice for full precision.
 *
 * @param gain √2 for layers before a relu, 0.01 for a policy's last layer
 * @example
 * orthogonal(new Random(0, 'weights'), [64, 64], Math.SQRT2);
 */
export function orthogonal(rng: Random, [rows, columns]: readonly [number, number], gain = 1): NdArray {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis = Array.from({ length: count }, () => Float64Array.from({ length }, () => rng.normal()));
  basis.forEach((vector, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const along = dot(vector, basis[j]);
        for (let k = 0; k < length; k++) vector[k] -= along * basis[j][k];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k] /= norm;
  });
  const data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      data[r * columns + c] = gain * (rows <= columns ? basis[r][c] : basis[c][r]);
    }
  }
  return ndarray(data, [rows, columns]);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}
