import type { Random } from '../stats/index.ts';
import { type AttentionParameters, causalSelfAttention } from './attention.ts';
import { type MlpParameters, mlp } from './mlp.ts';
import { type LayerNormParameters, layerNorm } from './norm.ts';
import { add, type Tensor, type Traced } from './ops.ts';

export type TransformerBlockParameters = {
  readonly ln1: LayerNormParameters;
  readonly attention: AttentionParameters;
  readonly ln2: LayerNormParameters;
  readonly mlp: MlpParameters;
};

/** A block of a transformer: how to draw its parameters and how to apply them. */
export interface TransformerBlock {
  init(rng: Random): TransformerBlockParameters;
  /** [batch, time, width] -> [batch, time, width]; `visible` as in `causalSelfAttention`. */
  apply(params: Traced<TransformerBlockParameters>, x: Tensor, visible?: Tensor): Tensor;
}

/**
 * A block of GPT-2 (Radford et al. 2019, section 2.3): x + attention(norm(x)), then x + mlp(norm(x)), with one hidden layer
 * of four times the width and GELU in the tanh form.
 *
 * @param options.width of the vectors that come in and go out
 * @param options.heads heads of the attention; they divide the width
 * @param options.residualGain gain of the two layers whose results are added to x, 1 unless told; 1 / sqrt(2 blocks) keeps
 *   their sum as large however many blocks there are
 * @throws RangeError as `causalSelfAttention` does
 * @example
 * const block = transformerBlock({ width: 64, heads: 4, residualGain: 0.5 }); // one of two
 * const net = network(block.init(new Random(0, 'block')));
 * const f = net.compile((params, x: Tensor) => block.apply(params, x));
 * f(ndarray(new Float32Array(2 * 8 * 64), [2, 8, 64])); // shape [2, 8, 64]
 */
export function transformerBlock({
  width,
  heads,
  residualGain = 1,
}: {
  width: number;
  heads: number;
  residualGain?: number;
}): TransformerBlock {
  const attention = causalSelfAttention({ width, heads, projectionGain: residualGain });
  const feedForward = mlp({ sizes: [width, 4 * width, width], activation: 'gelu', lastGain: residualGain });
  return {
    init: (rng) => ({
      ln1: layerNorm.init(width),
      attention: attention.init(rng),
      ln2: layerNorm.init(width),
      mlp: feedForward.init(rng),
    }),
    apply: (params, x, visible) => {
      const attended = add(x, attention.apply(params.attention, layerNorm.apply(params.ln1, x), visible));
      return add(attended, feedForward.apply(params.mlp, layerNorm.apply(params.ln2, attended)));
    },
  };
}
