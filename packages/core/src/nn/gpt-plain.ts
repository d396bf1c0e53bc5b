import { type NdArray, sizeOf } from './array.ts';
import { viewOf } from './device.ts';
import { embedding } from './embedding.ts';
import { type LayerNormParameters, layerNorm } from './norm.ts';
import { add, matmul, slice, type Tensor } from './ops.ts';
import { checkSizes } from './sizes.ts';
import { type TransformerBlockParameters, transformerBlock } from './transformer.ts';
import type { Layout, Slot } from './tree.ts';

/** The sizes of a GPT; all positive, and `heads` divides `width`. */
export interface GptShape {
  /** How many different tokens there are. */
  readonly vocab: number;
  /** How many tokens a sequence may have. */
  readonly context: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
}

type PlainGptParameters = {
  readonly tokens: NdArray;
  readonly positions: NdArray;
  readonly layers: readonly TransformerBlockParameters[];
  readonly ln: LayerNormParameters;
  readonly head: NdArray;
};

/** A GPT as a function of one long vector of parameters. */
export interface PlainGpt {
  /** How many parameters there are. */
  readonly size: number;
  /**
   * @param parameters [size], in the order of `plainGpt`
   * @param tokens whole numbers below `vocab`, [batch, time], with time at most `context`
   * @returns `logits` [batch, time, vocab] of the token after each, and `hidden` [batch, time, width], the states after the
   *   last norm, which the head reads
   * @throws RangeError for other shapes
   */
  apply(parameters: Tensor, tokens: Tensor): { logits: Tensor; hidden: Tensor };
}

/**
 * GPT-2 (Radford et al. 2019) in terms of this room's layers, for what is faster to be compared with: every operation is
 * plain to see, and its gradient is jax-js's. The vector holds, row by row: token embeddings [vocab, width]; position
 * embeddings [context, width]; for each layer a norm's gain and bias, the weights [width, 3 width] and biases of queries,
 * keys and values, weights and biases of the projection, a norm's gain and bias, weights [width, 4 width] and biases of the
 * hidden layer, weights [4 width, width] and biases of its output; the last norm's gain and bias; the head [width, vocab].
 *
 * @throws RangeError for sizes that are no positive whole numbers, or heads that do not divide the width
 * @example
 * const gpt = plainGpt({ vocab: 40, context: 32, width: 64, heads: 4, layers: 2 });
 * const net = network({ all: normal(new Random(0, 'gpt'), [gpt.size], 0.02) });
 * const run = net.compile(({ all }, tokens: Tensor) => gpt.apply(all, tokens));
 * run(ndarray(Int32Array.of(3, 1, 4), [1, 3])).logits; // shape [1, 3, 40]
 */
export function plainGpt({ vocab, context, width, heads, layers }: GptShape): PlainGpt {
  checkSizes({ vocab, context, layers });
  const block = transformerBlock({ width, heads });
  const layout = layoutOfGpt({ vocab, context, width, heads, layers });
  return {
    size: layout.size,
    apply: (parameters, tokens) => {
      const time = tokens.shape[1];
      if (tokens.ndim !== 2 || time > context) {
        throw new RangeError(`tokens must have shape [batch, at most ${context}], got [${tokens.shape.join(', ')}]`);
      }
      if (parameters.ndim !== 1 || parameters.size !== layout.size) {
        throw new RangeError(`parameters must have shape [${layout.size}], got [${parameters.shape.join(', ')}]`);
      }
      const params = viewOf<PlainGptParameters>(layout, parameters);
      const embedded = add(embedding.apply({ table: params.tokens }, tokens), slice(params.positions, [0, time]));
      const last = params.layers.reduce((x: Tensor, layer) => block.apply(layer, x), embedded);
      const hidden = layerNorm.apply(params.ln, last);
      return { logits: matmul(hidden, params.head), hidden };
    },
  };
}

/** Where the parameters lie: in the order in which they are written here. */
function layoutOfGpt({ vocab, context, width, layers }: GptShape): Layout {
  let size = 0;
  const place = (...shape: number[]): Slot => {
    const slot = { offset: size, shape };
    size += sizeOf(shape);
    return slot;
  };
  const norm = () => ({ gain: place(width), bias: place(width) });
  const affine = (inputs: number, outputs: number) => ({ weight: place(inputs, outputs), bias: place(outputs) });
  const slots = {
    tokens: place(vocab, width),
    positions: place(context, width),
    layers: Array.from({ length: layers }, () => ({
      ln1: norm(),
      attention: { qkv: affine(width, 3 * width), projection: affine(width, width) },
      ln2: norm(),
      mlp: [affine(width, 4 * width), affine(4 * width, width)],
    })),
    ln: norm(),
    head: place(width, vocab),
  };
  return { size, slots };
}
