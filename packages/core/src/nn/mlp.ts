import type { Random } from '../stats/index.ts';
import { type LinearParameters, linear } from './linear.ts';
import { gelu, relu, silu, type Tensor, type Traced, tanh } from './ops.ts';

export type MlpParameters = readonly LinearParameters[];

const activations = { tanh, relu, silu, gelu };
export type Activation = keyof typeof activations;

/** A multilayer perceptron: how to draw its parameters and how to apply them. */
export interface Mlp {
  init(rng: Random): MlpParameters;
  /** [..., inputs] -> [..., outputs] */
  apply(params: Traced<MlpParameters>, x: Tensor): Tensor;
}

/**
 * A multilayer perceptron: affine layers with an activation between each two.
 *
 * @param options.sizes width of the input, of each hidden layer, and of the output
 * @param options.activation relu unless told
 * @param options.lastGain gain of the last layer's orthogonal weights, 1 unless told; 0.01 makes a policy start uniform
 * @throws RangeError for fewer than two sizes or a size that is no positive whole number
 * @example
 * const value = mlp({ sizes: [8, 64, 64, 1], activation: 'tanh' });
 * const net = network(value.init(new Random(0, 'value')));
 * const predict = net.compile((params, x: Tensor) => value.apply(params, x));
 * predict(ndarray(new Float32Array(16), [2, 8])); // shape [2, 1]
 */
export function mlp({
  sizes,
  activation = 'relu',
  lastGain = 1,
}: {
  sizes: readonly number[];
  activation?: Activation;
  lastGain?: number;
}): Mlp {
  if (sizes.length < 2) throw new RangeError(`sizes must hold an input and an output, got [${sizes.join(', ')}]`);
  for (const size of sizes) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`sizes must be positive whole numbers, got ${size}`);
  }
  const act = activations[activation];
  const last = sizes.length - 2;
  return {
    init: (rng) =>
      sizes.slice(1).map((outputs, i) => linear.init(rng, sizes[i], outputs, i === last ? lastGain : Math.SQRT2)),
    apply: (params, x) =>
      params.reduce((h: Tensor, layer, i) => {
        const y = linear.apply(layer, h);
        return i === last ? y : act(y);
      }, x),
  };
}
