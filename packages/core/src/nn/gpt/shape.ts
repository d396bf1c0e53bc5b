import type { Random } from '../../stats/index.ts';

/** What a tiny GPT is made of. */
export interface GptShape {
  /** Tokens, numbered from 0. */
  vocabulary: number;
  /** Most tokens of a sequence. */
  context: number;
  /** Numbers a token is held as; a multiple of 8, and of 4 times `heads`. */
  width: number;
  layers: number;
  /** Attention heads of a layer. */
  heads: number;
  /** Scalar outputs at every token, by name: `value` of what is to come, `step` scores, … None unless told. */
  outputs?: readonly string[];
}

/** One array of a GPT's parameters: [rows, columns], or [columns] where `rows` is 0. */
export interface GptArray {
  readonly name: string;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * The arrays of a GPT in the order in which they lie in its parameter vector: matrices are [in, out], by rows.
 *
 * @throws RangeError naming the part of the shape that cannot be
 * @example
 * parametersOf({ vocabulary: 20, context: 40, width: 32, layers: 1, heads: 4 }).map(({ name }) => name)[0]; // 'tokens'
 */
export function parametersOf(shape: GptShape): readonly GptArray[] {
  const { vocabulary, context, width, layers, heads, outputs = [] } = shape;
  for (const [name, value] of Object.entries({ vocabulary, context, width, layers, heads })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  if (width % 8 !== 0) throw new RangeError(`width must be a multiple of 8, got ${width}`);
  if (width % (4 * heads) !== 0) {
    throw new RangeError(`width must be a multiple of 4 times heads (${4 * heads}), got ${width}`);
  }
  if (new Set(outputs).size !== outputs.length) throw new RangeError(`outputs must differ, got ${outputs.join(', ')}`);
  if (outputs.length > 8) throw new RangeError(`outputs must be 8 at most, got ${outputs.length}`);
  const arrays: GptArray[] = [];
  let offset = 0;
  const add = (name: string, rows: number, columns: number) => {
    arrays.push({ name, offset, rows, columns });
    offset += Math.max(rows, 1) * columns;
  };
  add('tokens', vocabulary, width);
  add('positions', context, width);
  for (let l = 0; l < layers; l++) {
    add(`layers.${l}.ln1.gain`, 0, width);
    add(`layers.${l}.ln1.bias`, 0, width);
    add(`layers.${l}.qkv.weight`, width, 3 * width);
    add(`layers.${l}.qkv.bias`, 0, 3 * width);
    add(`layers.${l}.projection.weight`, width, width);
    add(`layers.${l}.projection.bias`, 0, width);
    add(`layers.${l}.ln2.gain`, 0, width);
    add(`layers.${l}.ln2.bias`, 0, width);
    add(`layers.${l}.fc.weight`, width, 4 * width);
    add(`layers.${l}.fc.bias`, 0, 4 * width);
    add(`layers.${l}.out.weight`, 4 * width, width);
    add(`layers.${l}.out.bias`, 0, width);
  }
  add('ln.gain', 0, width);
  add('ln.bias', 0, width);
  add('head', width, vocabulary);
  if (outputs.length > 0) {
    add('outputs.weight', width, outputs.length);
    add('outputs.bias', 0, outputs.length);
  }
  return arrays;
}

/** How many numbers a GPT of this shape has. @example sizeOfGpt({ vocabulary: 32, context: 64, width: 64, layers: 2, heads: 4 }); // 108,160 */
export function sizeOfGpt(shape: GptShape): number {
  const last = parametersOf(shape).at(-1)!;
  return last.offset + Math.max(last.rows, 1) * last.columns;
}

/**
 * Fresh parameters: normal with standard deviation 1 / sqrt(inputs), less where a layer adds to the stream of all layers
 * (1 / sqrt(2 layers) of it, as in GPT-2), so that the stream's size does not depend on the depth. The language head
 * begins near 0 (all tokens about as likely), the scalar outputs at 0.
 */
export function initialParameters(shape: GptShape, rng: Random): Float32Array {
  const parameters = new Float32Array(sizeOfGpt(shape));
  const depth = 1 / Math.sqrt(2 * shape.layers);
  for (const { name, offset, rows, columns } of parametersOf(shape)) {
    const end = offset + Math.max(rows, 1) * columns;
    if (name.endsWith('.gain')) parameters.fill(1, offset, end);
    else if (rows > 0 && !name.startsWith('outputs')) {
      let deviation = 1 / Math.sqrt(name === 'tokens' || name === 'positions' ? columns : rows);
      if (name.endsWith('projection.weight') || name.endsWith('out.weight')) deviation *= depth;
      if (name === 'head') deviation *= 0.1;
      for (let i = offset; i < end; i++) parameters[i] = deviation * rng.normal();
    }
  }
  return parameters;
}
