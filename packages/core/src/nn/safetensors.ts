import { z } from 'zod';
import { type AnyNdArray, isNdArray, ndarray, sizeOf } from './array.ts';

/** What a safetensors file holds. */
export interface Safetensors {
  /** Arrays by name, in the order of the file's header. */
  readonly tensors: ReadonlyMap<string, AnyNdArray>;
  /** Free text by name, such as `format`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The reference reader refuses longer headers, so that nobody parses gigabytes of JSON by accident. */
const LONGEST_HEADER = 100_000_000;
const METADATA = '__metadata__';

/** The number types that can be read: how many bytes each takes, and what becomes of them. */
const kinds = {
  F32: { bytes: 4, array: Float32Array, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  F16: { bytes: 2, array: Float32Array, read: (view: DataView, at: number) => float16(view.getUint16(at, true)) },
  BF16: { bytes: 2, array: Float32Array, read: bfloat16 },
  I64: { bytes: 8, array: Int32Array, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, array: Int32Array, read: (view: DataView, at: number) => view.getInt32(at, true) },
  I16: { bytes: 2, array: Int32Array, read: (view: DataView, at: number) => view.getInt16(at, true) },
  I8: { bytes: 1, array: Int32Array, read: (view: DataView, at: number) => view.getInt8(at) },
  U8: { bytes: 1, array: Int32Array, read: (view: DataView, at: number) => view.getUint8(at) },
  BOOL: { bytes: 1, array: Int32Array, read: (view: DataView, at: number) => view.getUint8(at) },
};
type Kind = keyof typeof kinds;

const wholeNumber = z.int().min(0);
const entrySchema = z.object({
  dtype: z.enum(Object.keys(kinds) as Kind[]),
  shape: z.array(wholeNumber),
  data_offsets: z.tuple([wholeNumber, wholeNumber]),
});
type Entry = z.output<typeof entrySchema>;

/**
 * Writes arrays as a safetensors file (github.com/huggingface/safetensors, "Format"), byte for byte as the reference
 * implementation does: the header's length in 8 bytes, the header in JSON with spaces up to a multiple of 8, then the
 * numbers, little-endian, F32 before I32 and within each by name.
 *
 * @param tensors pairs of a name and an array; a Map is such pairs
 * @param metadata text by name; none unless told
 * @throws TypeError for names or texts that are no well-formed Unicode, and for arrays that are none
 * @throws RangeError for a name given twice or called `__metadata__`, or an array whose shape does not fit its data
 * @example
 * const named: [string, NdArray][] = [];
 * mapTree(net.parameters(), isParameter, (leaf, path) => named.push([path, leaf]));
 * const bytes = encodeSafetensors(named, { format: 'pt' });
 */
export function encodeSafetensors(
  tensors: Iterable<readonly [string, AnyNdArray]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const named = new Map<string, AnyNdArray>();
  for (const [name, tensor] of tensors) {
    checkText('name of a tensor', name);
    if (name === METADATA) throw new RangeError(`name of a tensor must not be ${METADATA}, which is the format's own`);
    if (named.has(name)) throw new RangeError(`names of tensors must differ, got ${quoted(name)} twice`);
    if (!isNdArray(tensor)) throw new TypeError(`tensor ${quoted(name)} must be an array with a shape`);
    ndarray(tensor.data as Float32Array, tensor.shape); // throws unless shape and data agree
    named.set(name, tensor);
  }
  for (const [name, text] of Object.entries(metadata)) {
    checkText('name in metadata', name);
    checkText(`metadata ${quoted(name)}`, text);
  }
  const isFloat = ({ data }: AnyNdArray) => Number(data instanceof Float32Array);
  const sorted = [...named].sort(([a, x], [b, y]) => isFloat(y) - isFloat(x) || (a < b ? -1 : 1));

  let size = 0;
  const entries = sorted.map(([name, tensor]): [string, Entry] => {
    const begin = size;
    size += tensor.data.byteLength;
    return [name, { dtype: isFloat(tensor) ? 'F32' : 'I32', shape: [...tensor.shape], data_offsets: [begin, size] }];
  });
  // Joined by hand: an object would put names such as `0` first.
  const fields = [...(Object.keys(metadata).length > 0 ? [[METADATA, metadata] as const] : []), ...entries];
  const json = `{${fields.map(([name, value]) => `${quoted(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const header = new TextEncoder().encode(json);
  const start = 8 + Math.ceil(header.length / 8) * 8;

  const bytes = new Uint8Array(start + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, start);
  let at = start;
  for (const [, { data }] of sorted) {
    const write = data instanceof Float32Array ? view.setFloat32 : view.setInt32;
    for (const value of data) {
      write.call(view, at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads a safetensors file. F32, F16 and BF16 become floats without loss; I64, I32, I16, I8, U8 and BOOL become whole
 * numbers of 32 bits. The file may come from anywhere: everything in it is checked before it is used.
 *
 * @param bytes the whole file
 * @throws TypeError for a header that is no JSON of the format, or with number types not named above
 * @throws RangeError for a file cut short or with bytes to spare, a name that occurs twice, numbers that overlap, leave a
 *   gap or do not fill the shape, and for an I64 that does not fit 32 bits
 * @example
 * const { tensors, metadata } = decodeSafetensors(bytes);
 * tensors.get('layers.0.weight')?.shape; // [64, 192]
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`bytes must be a Uint8Array, got ${String(bytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = startOfData(view);
  const { metadata, entries } = readHeader(bytes.subarray(8, start));
  checkRanges(entries, bytes.length - start);
  const tensors = new Map<string, AnyNdArray>();
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    const { bytes: stride, array, read } = kinds[dtype];
    const data = new array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) {
      const value = read(view, start + data_offsets[0] + i * stride);
      data[i] = value;
      if (dtype === 'I64' && data[i] !== value) {
        throw new RangeError(
          `bytes must hold whole numbers of 32 bits, but element ${i} of ${quoted(name)} is ${value}`,
        );
      }
    }
    tensors.set(name, ndarray(data, shape));
  }
  return { tensors, metadata };
}

function startOfData(view: DataView): number {
  if (view.byteLength < 8) {
    throw new RangeError(`bytes must begin with the 8 bytes of the header's length, got ${view.byteLength} bytes`);
  }
  const length = view.getBigUint64(0, true);
  if (length > LONGEST_HEADER) {
    throw new RangeError(`bytes must have a header of at most ${LONGEST_HEADER} bytes, got ${length}`);
  }
  const start = 8 + Number(length);
  if (start > view.byteLength) {
    throw new RangeError(`bytes must hold a header of ${length} bytes, but end after ${view.byteLength - 8} of it`);
  }
  return start;
}

function readHeader(bytes: Uint8Array): { metadata: Record<string, string>; entries: [string, Entry][] } {
  let json: string;
  let header: Record<string, unknown>;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!json.startsWith('{')) throw new TypeError(`it begins with ${quoted(json.slice(0, 1))}`);
    header = JSON.parse(json);
  } catch (cause) {
    throw new TypeError(`bytes must have a JSON object for a header: ${(cause as Error).message}`, { cause });
  }
  const twice = repeatedName(json);
  if (twice !== undefined) throw new RangeError(`names in the header must differ, got ${quoted(twice)} twice`);
  let metadata: Record<string, string> = {};
  const entries: [string, Entry][] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) {
      metadata = checkMetadata(value);
      continue;
    }
    const { success, data, error } = entrySchema.safeParse(value);
    if (!success) {
      throw new TypeError(`${quoted(name)} must have a dtype, a shape and data_offsets: ${z.prettifyError(error)}`);
    }
    entries.push([name, data]);
  }
  return { metadata, entries };
}

function checkMetadata(value: unknown): Record<string, string> {
  const isTexts = (node: unknown): node is Record<string, string> =>
    typeof node === 'object' &&
    node !== null &&
    !Array.isArray(node) &&
    Object.values(node).every((text) => typeof text === 'string');
  if (!isTexts(value)) throw new TypeError(`${METADATA} must hold texts by name, got ${JSON.stringify(value)}`);
  return value;
}

/**
 * A name that occurs twice in one object of a valid JSON text, which `JSON.parse` passes over: two readers could otherwise
 * see two different networks in one file.
 */
function repeatedName(json: string): string | undefined {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}:]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token === ':') {
      const name: string = JSON.parse(last);
      const names = open[open.length - 1];
      if (names.has(name)) return name;
      names.add(name);
    } else last = token;
  }
  return undefined;
}

/** Arrays fill the data from end to end: then none reads another's numbers, and nothing hides between them. */
function checkRanges(entries: readonly [string, Entry][], size: number): void {
  const inOrder = entries.toSorted(([, { data_offsets: x }], [, { data_offsets: y }]) => x[0] - y[0] || x[1] - y[1]);
  let filled = 0;
  for (const [name, { dtype, shape, data_offsets }] of inOrder) {
    const [begin, end] = data_offsets;
    const needed = shape.reduce((count, side) => count * side, kinds[dtype].bytes);
    if (end - begin !== needed) {
      throw new RangeError(
        `${quoted(name)} must have ${needed} bytes for ${dtype} [${shape.join(', ')}], got offsets ${begin} to ${end}`,
      );
    }
    if (begin !== filled) {
      const fault = begin < filled ? 'overlaps what lies before' : 'leaves a gap';
      throw new RangeError(
        `${quoted(name)} must begin at ${filled}, where the data before it end; it ${fault}: ${begin}`,
      );
    }
    if (end > size) throw new RangeError(`${quoted(name)} must end within the ${size} bytes of data, got ${end}`);
    filled = end;
  }
  if (filled !== size) throw new RangeError(`bytes must end with the data, after ${filled} bytes of them, got ${size}`);
}

function checkText(what: string, text: unknown): void {
  if (typeof text !== 'string' || !text.isWellFormed()) {
    throw new TypeError(`${what} must be a text of well-formed Unicode, got ${JSON.stringify(text)}`);
  }
}

const quoted = (name: string) => JSON.stringify(name);

/** IEEE 754 half precision: a sign, 5 bits of exponent, 10 of fraction. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a float of 32 bits. */
function bfloat16(view: DataView, at: number): number {
  scratch.setUint16(2, view.getUint16(at, true), true);
  return scratch.getFloat32(0, true);
}
const scratch = new DataView(new ArrayBuffer(4));
