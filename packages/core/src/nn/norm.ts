import type { NdArray } from './array.ts';
import { filled } from './initialise.ts';
import { add, div, mean, mul, sqrt, square, sub, type Tensor, type Traced } from './ops.ts';

/** Parameters of a layer norm: `gain` and `bias`, both [width]. */
export type LayerNormParameters = { readonly gain: NdArray; readonly bias: NdArray };

/**
 * Layer normalisation of the last axis: (x - mean) / sqrt(variance + ε) · gain + bias, with the variance over the width
 * itself, not one less (Ba et al. 2016, arXiv 1607.06450, eq. 4).
 *
 * @example
 * const params = layerNorm.init(64);
 * const y = layerNorm.apply(traced, x); // [..., 64] -> [..., 64]
 */
export const layerNorm = {
  /** Gains of one and zero biases. */
  init(width: number): LayerNormParameters {
    return { gain: filled([width], 1), bias: filled([width]) };
  },
  /** @param epsilon positive, 1e-5 unless told; keeps constant rows from dividing by zero */
  apply({ gain, bias }: Traced<LayerNormParameters>, x: Tensor, epsilon = 1e-5): Tensor {
    const centred = sub(x, mean(x, { axis: -1, keepDims: true }));
    return add(mul(overRootMeanSquare(centred, epsilon), gain), bias);
  },
};

/** Parameters of an RMS norm: `gain` [width]. */
export type RmsNormParameters = { readonly gain: NdArray };

/**
 * Root-mean-square normalisation of the last axis: x / sqrt(mean(x²) + ε) · gain (Zhang & Sennrich 2019, arXiv
 * 1910.07467, eq. 4): a layer norm that neither centres nor shifts.
 *
 * @example
 * const params = rmsNorm.init(64);
 * const y = rmsNorm.apply(traced, x); // [..., 64] -> [..., 64]
 */
export const rmsNorm = {
  /** Gains of one. */
  init(width: number): RmsNormParameters {
    return { gain: filled([width], 1) };
  },
  /** @param epsilon positive, 1e-5 unless told; keeps rows of zeros from dividing by zero */
  apply({ gain }: Traced<RmsNormParameters>, x: Tensor, epsilon = 1e-5): Tensor {
    return mul(overRootMeanSquare(x, epsilon), gain);
  },
};

function overRootMeanSquare(x: Tensor, epsilon: number): Tensor {
  return div(x, sqrt(add(mean(square(x), { axis: -1, keepDims: true }), epsilon)));
}
