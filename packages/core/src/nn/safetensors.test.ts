import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { type AnyNdArray, type NdArray, ndarray } from './array.ts';
import { mlp } from './mlp.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { isParameter, mapTree } from './tree.ts';

const base64 = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** A file by hand: any header, its length, any data. */
function file(header: unknown, data: readonly number[] = [], length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const floats = (...values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];
const scalar = (begin: number, end = begin + 4) => ({ dtype: 'F32', shape: [1], data_offsets: [begin, end] });

// Written by the reference implementation (safetensors 0.8.0, `serialize`).
const written = base64(
  'GAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJlbXB0eSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCwzXSwiZGF0YV9v' +
    'ZmZzZXRzIjpbMCwwXX0sImxheWVycy4wLndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwzXSwiZGF0YV9vZmZzZXRzIjpbMCwyNF19' +
    'LCJzY2FsYXIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzI0LDI4XX0sImlkcyI6eyJkdHlwZSI6IkkzMiIsInNo' +
    'YXBlIjpbNF0sImRhdGFfb2Zmc2V0cyI6WzI4LDQ0XX19ICAgAACAPwAAIMDNzMw95rFhfwAAAIDCFgEAAAAAP/////8AAAAABwAAAP///38=',
);
const writtenTensors = new Map<string, AnyNdArray>([
  ['empty', ndarray(new Float32Array(0), [0, 3])],
  ['layers.0.weight', ndarray(Float32Array.of(1, -2.5, 0.1, 3e38, -0, 1e-40), [2, 3])],
  ['scalar', ndarray(0.5)],
  ['ids', ndarray(Int32Array.of(-1, 0, 7, 2 ** 31 - 1), [4])],
]);

describe('safetensors of the reference implementation', () => {
  it('are read', () => {
    const { tensors, metadata } = decodeSafetensors(written);
    expect([...tensors]).toEqual([...writtenTensors]);
    expect(metadata).toEqual({ format: 'pt' });
  });

  it('are written, byte for byte, in whatever order the arrays come', () => {
    expect(encodeSafetensors(writtenTensors, { format: 'pt' })).toEqual(written);
    expect(encodeSafetensors([...writtenTensors].reverse(), { format: 'pt' })).toEqual(written);
  });

  it('are read with numbers of 8, 16 and 64 bits', () => {
    const header = {
      c: { dtype: 'I64', shape: [2], data_offsets: [0, 16] },
      b: { dtype: 'BF16', shape: [2], data_offsets: [16, 20] },
      a: { dtype: 'F16', shape: [3], data_offsets: [20, 26] },
      f: { dtype: 'U8', shape: [1], data_offsets: [26, 27] },
      d: { dtype: 'BOOL', shape: [2], data_offsets: [27, 29] },
      g: { dtype: 'I8', shape: [1], data_offsets: [29, 30] },
      h: { dtype: 'I16', shape: [1], data_offsets: [30, 32] },
    };
    const long = [0xfb, 255, 255, 255, 255, 255, 255, 255, 9, 0, 0, 0, 0, 0, 0, 0];
    const short = [0xc0, 0x3f, 0x80, 0xff, 0, 0x3e, 1, 0x80, 0xff, 0x7b, 0xff, 1, 0, 0xfe, 0xfe, 0xff];
    const { tensors } = decodeSafetensors(file(header, [...long, ...short]));
    const data = Object.fromEntries([...tensors].map(([name, tensor]) => [name, tensor.data]));
    expect(data).toEqual({
      c: Int32Array.of(-5, 9),
      b: Float32Array.of(1.5, -Infinity),
      a: Float32Array.of(1.5, -(2 ** -24), 65504),
      f: Int32Array.of(255),
      d: Int32Array.of(1, 0),
      g: Int32Array.of(-2),
      h: Int32Array.of(-2),
    });
  });
});

describe('halves', () => {
  const all = Array.from({ length: 65536 }, (_, bits) => [bits & 255, bits >> 8]).flat();
  const read = (dtype: string) =>
    decodeSafetensors(file({ x: { dtype, shape: [65536], data_offsets: [0, 131072] } }, all));

  it('F16 are worth what their digits say', () => {
    const values = read('F16').tensors.get('x')!.data;
    for (let bits = 0; bits < 65536; bits++) {
      const digits = bits.toString(2).padStart(16, '0');
      const exponent = Number.parseInt(digits.slice(1, 6), 2);
      const fraction = Number.parseInt(digits.slice(6), 2) / 1024;
      const size = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
      const finite = digits[0] === '1' ? -size : size;
      const special = fraction === 0 ? Math.sign(finite) * Infinity : Number.NaN;
      if (!Object.is(values[bits], exponent === 31 ? special : finite)) expect.fail(`${digits} is no ${values[bits]}`);
    }
  });

  it('BF16 are floats without their lower half', () => {
    const floats = new Float32Array(Uint32Array.from({ length: 65536 }, (_, bits) => bits << 16).buffer);
    expect(read('BF16').tensors.get('x')!.data).toEqual(floats);
  });
});

describe('what is written', () => {
  const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
  const size = (sides: number[]) => sides.reduce((a, b) => a * b, 1);
  const tensor: fc.Arbitrary<AnyNdArray> = shape.chain((sides) => {
    const length = { minLength: size(sides), maxLength: size(sides) };
    return fc
      .oneof(fc.float32Array(length), fc.int32Array(length))
      .map((data) => ndarray(data as Float32Array | Int32Array, sides));
  });
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '0', 'toString', '"\\'));
  const text = fc.string({ unit: 'binary' });

  it('is read again, wherever the bytes lie', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, tensor), { selector: ([n]) => n, maxLength: 6 }),
        fc.dictionary(name, text, { maxKeys: 4 }),
        fc.integer({ min: 0, max: 9 }),
        (tensors, metadata, before) => {
          const bytes = encodeSafetensors(tensors, metadata);
          const moved = new Uint8Array(before + bytes.length + 3);
          moved.set(bytes, before);
          const back = decodeSafetensors(moved.subarray(before, before + bytes.length));
          expect(new Map(back.tensors)).toEqual(new Map(tensors));
          expect(new Map(Object.entries(back.metadata))).toEqual(new Map(Object.entries(metadata)));
          const start = Number(new DataView(bytes.buffer).getBigUint64(0, true));
          expect(start % 8).toBe(0);
        },
      ),
    );
  });

  it('cannot be cut short or made longer without notice', () => {
    for (let length = 0; length < written.length; length++) {
      expect(() => decodeSafetensors(written.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodeSafetensors(Uint8Array.of(...written, 0))).toThrow(
      /bytes must end with the data, after 44 bytes of them, got 45/,
    );
  });

  it('is refused as what it is, whatever bytes are damaged', () => {
    const byte = fc.integer({ min: 0, max: written.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(byte, fc.integer({ min: 0, max: 255 })), { maxLength: 4 }), (changes) => {
        const damaged = written.slice();
        for (const [at, value] of changes) damaged[at] = value;
        try {
          decodeSafetensors(damaged);
        } catch (error) {
          expect(error instanceof RangeError || error instanceof TypeError).toBe(true);
          expect((error as Error).message).toMatch(/must/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a network under the names of its tree', () => {
    const params = mlp({ sizes: [2, 3, 1] }).init(new Random(0));
    const named: [string, NdArray][] = [];
    mapTree(params, isParameter, (leaf, path) => named.push([path, leaf]));
    const { tensors } = decodeSafetensors(encodeSafetensors(named));
    expect([...tensors.keys()]).toEqual(['0.bias', '0.weight', '1.bias', '1.weight']);
    expect(tensors.get('1.weight')).toEqual(params[1].weight);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a name twice', () => encodeSafetensors([...writtenTensors, ['ids', ndarray(1)]]), /must differ, got "ids" twice/],
    ['the reserved name', () => encodeSafetensors([['__metadata__', ndarray(1)]]), /must not be __metadata__/],
    ['half a character', () => encodeSafetensors([['\ud800', ndarray(1)]]), /well-formed Unicode, got "\\ud800"/],
    [
      'numbers as text',
      () => encodeSafetensors([], { epoch: 3 as unknown as string }),
      /metadata "epoch" must be a text/,
    ],
    [
      'no array',
      () => encodeSafetensors([['x', [1] as unknown as NdArray]]),
      /tensor "x" must be an array with a shape/,
    ],
    [
      'a shape that does not fit',
      () => encodeSafetensors([['x', { shape: [3], data: new Float32Array(2) }]]),
      /shape \[3\] must hold the 2 numbers/,
    ],
  ])('is not written with %s', (_what, write, message) => {
    expect(write).toThrow(message);
  });
});

describe('files that are not as they should be', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /must begin with the 8 bytes of the header's length, got 0 bytes/],
    ['a header longer than the file', file({}, [], 99n), /must hold a header of 99 bytes, but end after 2 of it/],
    ['an enormous header', file({}, [], 2n ** 64n - 1n), /header of at most 100000000 bytes, got 18446744073709551615/],
    ['no JSON', file('{"x":'), /must have a JSON object for a header/],
    ['JSON but no object', file('[]'), /for a header: it begins with "\["/],
    ['a byte order mark', file('\ufeff{}'), /for a header: it begins with/],
    ['broken UTF-8', Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x22, 0xff, 0x7d), /must have a JSON object/],
    [
      'a name twice',
      file(`{"x":${JSON.stringify(scalar(0))},"x":${JSON.stringify(scalar(0))}}`, floats(1)),
      /"x" twice/,
    ],
    [
      'a name twice, spelled in two ways',
      file(`{"x":${JSON.stringify(scalar(0))},"\\u0078":${JSON.stringify(scalar(4))}}`, floats(1, 2)),
      /names in the header must differ, got "x" twice/,
    ],
    [
      'two shapes of one array',
      file('{"x":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,4]}}'),
      /"shape" twice/,
    ],
    ['metadata that is no text', file({ __metadata__: { epoch: 3 } }), /__metadata__ must hold texts by name/],
    [
      'an array without offsets',
      file({ x: { dtype: 'F32', shape: [1] } }),
      /"x" must have a dtype, a shape and data_off/,
    ],
    [
      'numbers that cannot be read',
      file({ x: { ...scalar(0), dtype: 'F64' } }),
      /"x" must have .*expected one of "F32"/s,
    ],
    ['a negative side', file({ x: { ...scalar(0), shape: [-1] } }), /"x" must have .*shape/s],
    ['half an offset', file({ x: { ...scalar(0), data_offsets: [0, 1.5] } }), /"x" must have .*data_offsets/s],
    [
      'too few bytes for the shape',
      file({ x: { ...scalar(0), shape: [2] } }, floats(1)),
      /"x" must have 8 bytes for F32 \[2\], got offsets 0 to 4/,
    ],
    ['offsets that run backwards', file({ x: scalar(4, 0) }, floats(1)), /got offsets 4 to 0/],
    [
      'a shape beyond all numbers',
      file({ x: { ...scalar(0), shape: [2 ** 53 - 1, 2 ** 53 - 1] } }),
      /must have .* bytes/,
    ],
    ['offsets beyond the file', file({ x: scalar(0) }, [1, 2]), /"x" must end within the 2 bytes of data, got 4/],
    [
      'arrays that overlap',
      file({ x: scalar(0), y: scalar(2) }, floats(1, 2)),
      /"y" must begin at 4, where the data before it end; it overlaps what lies before: 2/,
    ],
    ['two names for one array', file({ x: scalar(0), y: scalar(0) }, floats(1)), /"y" must begin at 4/],
    ['a gap', file({ x: scalar(0), y: scalar(8) }, floats(1, 2, 3)), /"y" must begin at 4.*leaves a gap: 8/],
    ['bytes that belong to nobody', file({ x: scalar(0) }, floats(1, 2)), /must end with the data, after 4 .* got 8/],
    [
      'a whole number of more than 32 bits',
      file({ x: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, [0, 0, 0, 0, 1, 0, 0, 0]),
      /32 bits, but element 0 of "x" is 4294967296/,
    ],
  ])('%s', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  it('not bytes at all', () => {
    expect(() => decodeSafetensors('x' as unknown as Uint8Array)).toThrow(/bytes must be a Uint8Array, got x/);
  });

  it('with an array of nothing where nothing is, and spaces behind the header, are in order', () => {
    const entries = { a: scalar(0), none: { dtype: 'F32', shape: [2, 0], data_offsets: [4, 4] }, b: scalar(4) };
    const { tensors } = decodeSafetensors(file(`${JSON.stringify(entries)} \n `, floats(1, 2)));
    expect(tensors.get('none')).toEqual(ndarray(new Float32Array(), [2, 0]));
    expect(tensors.get('b')!.data[0]).toBe(2);
  });
});
