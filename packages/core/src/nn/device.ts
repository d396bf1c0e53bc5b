import { type Array as JaxArray, type JsTree, numpy } from '@jax-js/jax';
import { type AnyNdArray, isNdArray, type NdArray, sizeOf } from './array.ts';
import { reshape, slice, type Tensor, type Traced } from './ops.ts';
import { isSlot, type Layout, mapTree } from './tree.ts';

// The border between host arrays and those of jax-js, for this room alone: outside, nobody counts references.

/** The tree of parameters that lies in a traced vector. */
export function viewOf<P>(layout: Layout, vector: Tensor): Traced<P> {
  const tree = mapTree(layout.slots, isSlot, ({ offset, shape }) =>
    reshape(slice(vector, [offset, offset + sizeOf(shape)]), shape),
  );
  return tree as Traced<P>; // `layout` is that of a P
}

export function upload({ shape, data }: AnyNdArray): JaxArray {
  return numpy.array(data as Float32Array<ArrayBuffer>, { shape: [...shape] });
}

export function uploadTree(inputs: unknown): JsTree<JaxArray> {
  return mapTree(inputs, isNdArray, upload) as JsTree<JaxArray>;
}

/** Reads an array and frees it. */
export function download(array: JaxArray): NdArray {
  const shape = [...array.shape];
  const data = array.dataSync();
  if (!(data instanceof Float32Array)) throw new TypeError(`array must be float32, got ${array.dtype}`);
  return { shape, data };
}
