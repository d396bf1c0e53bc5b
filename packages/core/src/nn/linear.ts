import type { Random } from '../stats/index.ts';
import type { NdArray } from './array.ts';
import { filled, orthogonal } from './initialise.ts';
import { add, matmul, type Tensor, type Traced } from './ops.ts';

/** Parameters of an affine layer: `weight` [inputs, outputs], `bias` [outputs]. */
export type LinearParameters = { readonly weight: NdArray; readonly bias: NdArray };

/**
 * The affine layer y = x W + b on the last axis of x.
 *
 * @example
 * const params = linear.init(new Random(0, 'head'), 64, 1);
 * const y = linear.apply(traced, x); // [..., 64] -> [..., 1]
 */
export const linear = {
  /** Orthogonal weights times `gain` (1 unless told) and zero biases. */
  init(rng: Random, inputs: number, outputs: number, gain = 1): LinearParameters {
    return { weight: orthogonal(rng, [inputs, outputs], gain), bias: filled([outputs]) };
  },
  apply({ weight, bias }: Traced<LinearParameters>, x: Tensor): Tensor {
    return add(matmul(x, weight), bias);
  },
};
