import type { Random } from '../stats/index.ts';
import type { NdArray } from './array.ts';
import { normal } from './initialise.ts';
import { type Tensor, type Traced, take } from './ops.ts';

/** Parameters of an embedding: `table` [entries, width], a row for each entry. */
export type EmbeddingParameters = { readonly table: NdArray };

/**
 * A learned vector for each of a fixed number of things, such as tokens or positions.
 *
 * @example
 * const params = embedding.init(new Random(0, 'tokens'), 40, 64);
 * const x = embedding.apply(traced, tokens); // whole numbers [batch, time] -> [batch, time, 64]
 */
export const embedding = {
  /** Independent normals with mean 0 and the deviation that GPT-2 starts from, 0.02, unless told. */
  init(rng: Random, entries: number, width: number, deviation = 0.02): EmbeddingParameters {
    return { table: normal(rng, [entries, width], deviation) };
  },
  /**
   * Whole numbers from 0 to entries - 1, of any shape, to that shape plus the width. Others give no error but vectors that
   * mean nothing, for they are not known until the compiled function runs: check them before.
   */
  apply({ table }: Traced<EmbeddingParameters>, indices: Tensor): Tensor {
    return take(table, indices);
  },
};
