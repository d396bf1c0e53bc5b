/**
 * Rows of vectors in 8-bit integers, each row with its own scale: component j of row i is `values[i * d + j] *
 * scales[i]`.
 */
export interface Quantised {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Rows of zeros. */
export function quantisedRows(rows: number, dimensions: number): Quantised {
  return { values: new Int8Array(rows * dimensions), scales: new Float32Array(rows) };
}

/** Writes a vector into a row. The largest component is kept to 7 bits, the others with the same absolute error. */
export function quantise(vector: Float32Array, to: Quantised, row: number): void {
  let most = 0;
  for (const x of vector) most = Math.max(most, Math.abs(x));
  const scale = most / 127 || 1;
  const from = row * vector.length;
  for (let j = 0; j < vector.length; j++) to.values[from + j] = Math.round(vector[j] / scale);
  to.scales[row] = scale;
}

/** The dot product of the only row of `query` and row `row` of `of`. */
export function quantisedDot(query: Quantised, of: Quantised, row: number): number {
  const x = query.values;
  const y = of.values;
  const from = row * x.length;
  const whole = x.length - (x.length % 4);
  // Whole numbers, and four sums because each addition waits for the one before it: a third of the time of floats.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let j = 0; j < whole; j += 4) {
    a = (a + Math.imul(x[j], y[from + j])) | 0;
    b = (b + Math.imul(x[j + 1], y[from + j + 1])) | 0;
    c = (c + Math.imul(x[j + 2], y[from + j + 2])) | 0;
    d = (d + Math.imul(x[j + 3], y[from + j + 3])) | 0;
  }
  for (let j = whole; j < x.length; j++) a = (a + Math.imul(x[j], y[from + j])) | 0;
  return (a + b + c + d) * query.scales[0] * of.scales[row];
}

/** One vector as bytes: the scale as a little-endian float32, then the integers. A quarter of the floats' size. */
export function vectorBytes(vector: Float32Array): Uint8Array {
  const row = quantisedRows(1, vector.length);
  quantise(vector, row, 0);
  const bytes = new Uint8Array(4 + vector.length);
  new DataView(bytes.buffer).setFloat32(0, row.scales[0], true);
  bytes.set(new Uint8Array(row.values.buffer), 4);
  return bytes;
}

/** The vector that `vectorBytes` wrote, to within its rounding. */
export function vectorFrom(bytes: Uint8Array): Float32Array {
  const scale = new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
  const values = new Int8Array(bytes.buffer, bytes.byteOffset + 4, bytes.length - 4);
  return Float32Array.from(values, (x) => x * scale);
}
