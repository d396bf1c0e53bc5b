import { z } from 'zod';
import { ndarray } from '../array.ts';
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts';
import { Gpt } from './gpt.ts';
import { type GptShape, parametersOf, sizeOfGpt } from './shape.ts';

/** A GPT as plain data: what an artifact can hold. */
export type StoredGpt = {
  shape: {
    vocabulary: number;
    context: number;
    width: number;
    layers: number;
    heads: number;
    outputs: readonly string[];
  };
  /** The parameters as floats of 32 bits, little-endian, in base64. */
  parameters: string;
};

const shapeSchema = z.strictObject({
  vocabulary: z.int(),
  context: z.int(),
  width: z.int(),
  layers: z.int(),
  heads: z.int(),
  outputs: z.array(z.string()).optional(),
});

/**
 * A GPT as a safetensors file: every array under its own name, as [in, out] where it is a matrix, and the shape as JSON in
 * the metadata `shape`. What was saved is loaded to the bit.
 *
 * @param metadata further texts by name, such as what the model was trained on
 * @throws RangeError for parameters that are not finite, or metadata called `shape`
 * @example
 * const bytes = saveGpt(gpt, { task: 'chain-mod' });
 */
export function saveGpt(gpt: Gpt, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  if (Object.hasOwn(metadata, 'shape')) throw new RangeError("metadata must not hold shape, which is the model's own");
  checkFinite(gpt);
  const arrays = parametersOf(gpt.shape).map(({ name, offset, rows, columns }) => {
    const data = gpt.parameters.subarray(offset, offset + Math.max(rows, 1) * columns);
    return [name, ndarray(data, sidesOf(rows, columns))] as const;
  });
  return encodeSafetensors(arrays, { ...metadata, shape: JSON.stringify(gpt.shape) });
}

/**
 * Reads what `saveGpt` wrote, or any safetensors file with these arrays and this metadata; floats of 16 bits are widened.
 * Everything in the file is checked before it is used.
 *
 * @throws TypeError or RangeError as `decodeSafetensors` does, and for a shape that is none, an array that is missing, too
 *   much, of another shape or of whole numbers, or a parameter that is not finite
 * @example
 * const gpt = loadGpt(bytes);
 * decodeSafetensors(bytes).metadata.task; // what else `saveGpt` was told
 */
export function loadGpt(bytes: Uint8Array): Gpt {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const shape = readShape(metadata.shape, tensors.size);
  const arrays = parametersOf(shape);
  const names = new Set(arrays.map(({ name }) => name));
  for (const name of tensors.keys()) {
    if (!names.has(name))
      throw new RangeError(`bytes must hold the arrays of a GPT alone, got ${JSON.stringify(name)}`);
  }
  const parts = arrays.map(({ name, offset, rows, columns }) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new RangeError(`bytes must hold the array ${name}, which is missing`);
    const sides = sidesOf(rows, columns);
    if (tensor.shape.length !== sides.length || tensor.shape.some((side, i) => side !== sides[i])) {
      throw new RangeError(`${name} must have shape [${sides.join(', ')}], got [${tensor.shape.join(', ')}]`);
    }
    if (!(tensor.data instanceof Float32Array)) throw new TypeError(`${name} must hold floats, got whole numbers`);
    return { offset, data: tensor.data };
  });
  const parameters = new Float32Array(sizeOfGpt(shape));
  for (const { offset, data } of parts) parameters.set(data, offset);
  return checkFinite(new Gpt(shape, parameters));
}

/**
 * A GPT as plain data, for artifacts: 16 characters for three parameters. `gptFromPlain` gives the same bits.
 *
 * @throws RangeError for parameters that are not finite
 * @example
 * defineArtifact({ name: 'chain-mod/sft', build: ({ width }) => gptToPlain(trainBase(width)), … });
 * const policy = gptFromPlain(await context.artifact(base.ref({ width: 48 })));
 */
export function gptToPlain(gpt: Gpt): StoredGpt {
  const { vocabulary, context, width, layers, heads, outputs = [] } = checkFinite(gpt).shape;
  const view = new DataView(new ArrayBuffer(4 * gpt.parameters.length));
  gpt.parameters.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let text = '';
  // In pieces of whole groups of 3 bytes, because a call takes only so many arguments.
  for (let from = 0; from < bytes.length; from += 3 * 4096) {
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + 3 * 4096)));
  }
  return { shape: { vocabulary, context, width, layers, heads, outputs: [...outputs] }, parameters: text };
}

/**
 * The GPT that `gptToPlain` turned into plain data.
 *
 * @throws TypeError for a shape or text that is none, RangeError for numbers that do not fit the shape or are not finite
 */
export function gptFromPlain({ shape, parameters }: StoredGpt): Gpt {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(parameters), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new TypeError('parameters must be a text in base64', { cause });
  }
  const checked = checkShape(shape, bytes.length);
  const size = sizeOfGpt(checked);
  if (bytes.length !== 4 * size) {
    throw new RangeError(`parameters must be ${4 * size} bytes for this shape, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = view.getFloat32(4 * i, true);
  return checkFinite(new Gpt(checked, values));
}

function sidesOf(rows: number, columns: number): number[] {
  return rows === 0 ? [columns] : [rows, columns];
}

function readShape(text: string | undefined, arrays: number): GptShape {
  if (text === undefined) throw new TypeError('bytes must hold the metadata shape, as saveGpt writes it');
  let shape: unknown;
  try {
    shape = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`shape must be JSON, got ${JSON.stringify(text)}`, { cause });
  }
  return checkShape(shape, arrays);
}

/** A shape of no more layers than there can be, so that nobody counts up to a number that a file made up. */
function checkShape(given: unknown, mostLayers: number): GptShape {
  const { success, data, error } = shapeSchema.safeParse(given);
  if (!success) throw new TypeError(`shape must be that of a GPT: ${z.prettifyError(error)}`);
  if (data.layers > mostLayers) throw new RangeError(`layers must fit what is there, got ${data.layers}`);
  const { outputs, ...sizes } = data;
  return outputs === undefined || outputs.length === 0 ? sizes : { ...sizes, outputs };
}

function checkFinite(gpt: Gpt): Gpt {
  const at = gpt.parameters.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return gpt;
  const { name, offset } = parametersOf(gpt.shape).findLast((array) => array.offset <= at)!;
  throw new RangeError(`${name} must hold finite numbers, got ${gpt.parameters[at]} at ${at - offset}`);
}
