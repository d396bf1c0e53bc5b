import type { Random } from '../stats/index.ts';
import { ndarray } from './array.ts';
import { type LinearParameters, linear } from './linear.ts';
import {
  constant,
  greater,
  matmul,
  maximum,
  mul,
  reshape,
  slice,
  softmax,
  type Tensor,
  type Traced,
  transpose,
  where,
} from './ops.ts';
import { checkSizes } from './sizes.ts';

/**
 * Parameters of self-attention: `qkv` [width, 3 width] gives queries, keys and values side by side, in each of them the
 * heads side by side; `projection` [width, width] mixes what the heads found.
 */
export type AttentionParameters = { readonly qkv: LinearParameters; readonly projection: LinearParameters };

/** Self-attention: how to draw its parameters and how to apply them. */
export interface Attention {
  init(rng: Random): AttentionParameters;
  /**
   * [batch, time, width] -> [batch, time, width]
   *
   * @param visible [batch, time]: 1 where there is a token, 0 where padding stands for one; all ones unless told. No other
   *   position sees a padded one; what comes out at the padded one itself is finite, but means nothing.
   */
  apply(params: Traced<AttentionParameters>, x: Tensor, visible?: Tensor): Tensor;
}

/**
 * Causal multi-head self-attention: each position takes softmax(q k / sqrt(width / heads)) of the values at its own and
 * earlier positions (Vaswani et al. 2017, arXiv 1706.03762, section 3.2).
 *
 * @param options.width of the vectors that come in and go out
 * @param options.heads how many equal slices of the width attend on their own
 * @param options.projectionGain gain of the projection's orthogonal weights, 1 unless told
 * @throws RangeError for a width or heads that are no positive whole numbers, or heads that do not divide the width
 * @example
 * const attend = causalSelfAttention({ width: 64, heads: 4 });
 * const net = network(attend.init(new Random(0, 'attention')));
 * const mix = net.compile((params, x: Tensor) => attend.apply(params, x));
 * mix(ndarray(new Float32Array(2 * 8 * 64), [2, 8, 64])); // shape [2, 8, 64]
 */
export function causalSelfAttention({
  width,
  heads,
  projectionGain = 1,
}: {
  width: number;
  heads: number;
  projectionGain?: number;
}): Attention {
  checkSizes({ width, heads });
  if (width % heads !== 0) throw new RangeError(`heads must divide the width ${width}, got ${heads}`);
  const scale = Math.sqrt(heads / width);
  return {
    init: (rng) => ({
      qkv: linear.init(rng, width, 3 * width),
      projection: linear.init(rng, width, width, projectionGain),
    }),
    apply: ({ qkv, projection }, x, visible) => {
      if (x.ndim !== 3 || x.shape[2] !== width) {
        throw new RangeError(`x must have shape [batch, time, ${width}], got [${x.shape.join(', ')}]`);
      }
      const [batch, time] = x.shape;
      const mixed = linear.apply(qkv, x);
      /** The heads of the queries (0), keys (1) or values (2): [batch, heads, time, width / heads]. */
      const headsOf = (part: number) => {
        const slab = slice(mixed, [], [], [part * width, (part + 1) * width]);
        return transpose(reshape(slab, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
      };
      const scores = mul(matmul(headsOf(0), transpose(headsOf(1), [0, 1, 3, 2])), scale);
      // No row is minus infinity throughout, for every position sees itself.
      const weights = softmax(where(greater(maskOf(time, batch, visible), 0), scores, -Infinity));
      const found = transpose(matmul(weights, headsOf(2)), [0, 2, 1, 3]);
      return linear.apply(projection, reshape(found, [batch, time, width]));
    },
  };
}

/** 1 where a query (last axis but one) may see a key (last axis): [1 or batch, 1, time, time]. */
function maskOf(time: number, batch: number, visible?: Tensor): Tensor {
  const square = (sees: (query: number, key: number) => boolean) => {
    const data = Float32Array.from({ length: time * time }, (_, i) => (sees(Math.floor(i / time), i % time) ? 1 : 0));
    return constant(ndarray(data, [1, 1, time, time]));
  };
  const causal = square((query, key) => key <= query);
  if (visible === undefined) return causal;
  if (visible.ndim !== 2 || visible.shape[0] !== batch || visible.shape[1] !== time) {
    throw new RangeError(`visible must have shape [${batch}, ${time}], got [${visible.shape.join(', ')}]`);
  }
  return maximum(
    mul(causal, reshape(visible, [batch, 1, 1, time])),
    square((query, key) => key === query),
  );
}
