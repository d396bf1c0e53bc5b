/**
 * Numbers with a shape, row by row, on the host: what goes into a network and what comes out of it. Plain data. (A `type`,
 * so that trees of arrays fit where an artifact's value is asked for.)
 */
export type NdArray<D extends Float32Array | Int32Array = Float32Array> = {
  readonly shape: readonly number[];
  readonly data: D;
};

/** An array of floats or of whole numbers, such as token ids. */
export type AnyNdArray = NdArray<Float32Array | Int32Array>;

/**
 * Gives data a shape; the data are not copied. Without a shape they are a vector.
 *
 * @param data floats, whole numbers, or one number for a scalar (shape [])
 * @throws RangeError when the shape does not hold as many numbers as the data
 * @example
 * ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
 * ndarray(0.5); // a scalar
 */
export function ndarray(data: number): NdArray;
export function ndarray<D extends Float32Array | Int32Array>(data: D, shape?: readonly number[]): NdArray<D>;
export function ndarray(data: number | Float32Array | Int32Array, shape?: readonly number[]): AnyNdArray {
  if (typeof data === 'number') return { shape: [], data: Float32Array.of(data) };
  const given = shape ?? [data.length];
  if (sizeOf(given) !== data.length) {
    throw new RangeError(`shape [${given.join(', ')}] must hold the ${data.length} numbers of data`);
  }
  return { shape: given, data };
}

/** How many numbers a shape holds; one for the shape [] of a scalar. Throws RangeError for a shape that is none. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const side of shape) {
    if (!Number.isInteger(side) || side < 0) {
      throw new RangeError(`shape must hold whole numbers from 0, got [${shape.join(', ')}]`);
    }
    size *= side;
  }
  return size;
}

/** Whether a value is an array with a shape. */
export function isNdArray(value: unknown): value is AnyNdArray {
  if (typeof value !== 'object' || value === null || !('shape' in value) || !('data' in value)) return false;
  return Array.isArray(value.shape) && (value.data instanceof Float32Array || value.data instanceof Int32Array);
}
