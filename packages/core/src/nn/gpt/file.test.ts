import { describe, expect, expectTypeOf, it } from 'vitest';
import { assertPlain, type Plain } from '../../paper/index.ts';
import { Random } from '../../stats/index.ts';
import { type AnyNdArray, ndarray } from '../array.ts';
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts';
import { gptFromPlain, gptToPlain, loadGpt, type StoredGpt, saveGpt } from './file.ts';
import { Gpt } from './gpt.ts';
import { type GptShape, parametersOf, sizeOfGpt } from './shape.ts';

const shape: GptShape = { vocabulary: 11, context: 12, width: 24, layers: 2, heads: 2 };
const judging: GptShape = { ...shape, outputs: ['value', 'step'] };

/** Every finite pattern of bits is as likely as any other. */
function arbitrary(of: GptShape): Gpt {
  const rng = new Random(1, 'bits');
  const bits = Uint32Array.from({ length: sizeOfGpt(of) }, () => rng.uint32());
  const gpt = new Gpt(of, new Float32Array(bits.buffer));
  for (let i = 0; i < bits.length; i++) if (!Number.isFinite(gpt.parameters[i])) gpt.parameters[i] = -0;
  return gpt;
}

const bitsOf = (gpt: Gpt) => new Uint32Array(gpt.parameters.slice().buffer);

describe('files of a GPT', () => {
  it.each([shape, judging])('are read to the bit', (of) => {
    const gpt = arbitrary(of);
    const bytes = saveGpt(gpt, { task: 'chain-mod' });
    const loaded = loadGpt(bytes);
    expect(loaded.shape).toEqual(of);
    expect(bitsOf(loaded)).toEqual(bitsOf(gpt));
    expect(saveGpt(loaded, { task: 'chain-mod' })).toEqual(bytes);
    const { tensors, metadata } = decodeSafetensors(bytes);
    expect(metadata.task).toBe('chain-mod');
    expect(new Set(tensors.keys())).toEqual(new Set(parametersOf(of).map(({ name }) => name)));
    expect(tensors.get('layers.1.qkv.weight')?.shape).toEqual([24, 72]);
    expect(tensors.get('layers.1.qkv.bias')?.shape).toEqual([72]);
    expect(tensors.get('layers.1.qkv.weight')?.data).toEqual(
      gpt.parameters.subarray(...rangeOf(of, 'layers.1.qkv.weight')),
    );
  });

  it('tell what is wrong with them', () => {
    const { tensors, metadata } = decodeSafetensors(saveGpt(arbitrary(shape)));
    const loading = (change: (arrays: Map<string, AnyNdArray>, texts: Record<string, string>) => void) => () => {
      const [arrays, texts] = [new Map(tensors), { ...metadata }];
      change(arrays, texts);
      return loadGpt(encodeSafetensors(arrays, texts));
    };
    expect(loading((arrays) => arrays.delete('head'))).toThrow('bytes must hold the array head, which is missing');
    expect(loading((arrays) => arrays.set('tail', ndarray(1)))).toThrow('the arrays of a GPT alone, got "tail"');
    expect(loading((arrays) => arrays.set('head', ndarray(new Float32Array(264), [11, 24])))).toThrow(
      'head must have shape [24, 11], got [11, 24]',
    );
    expect(loading((arrays) => arrays.set('ln.gain', ndarray(new Int32Array(24))))).toThrow(
      'ln.gain must hold floats, got whole numbers',
    );
    expect(loading((arrays) => arrays.set('ln.gain', ndarray(new Float32Array(24).fill(Infinity, 7))))).toThrow(
      'ln.gain must hold finite numbers, got Infinity at 7',
    );
    const withShape = (text: string) => loading((_, texts) => Object.assign(texts, { shape: text }));
    expect(loading((_, texts) => delete texts.shape)).toThrow('bytes must hold the metadata shape');
    expect(withShape('{')).toThrow('shape must be JSON, got "{"');
    expect(withShape('{"width":24}')).toThrow('shape must be that of a GPT');
    expect(withShape(JSON.stringify({ ...shape, width: 20 }))).toThrow('width must be a multiple of 8, got 20');
    expect(withShape(JSON.stringify({ ...shape, layers: 1e15 }))).toThrow('layers must fit what is there, got 1000');
    expect(withShape(JSON.stringify({ ...shape, layers: 3 }))).toThrow('layers.2.ln1.gain, which is missing');
    expect(() => loadGpt(saveGpt(arbitrary(shape)).subarray(0, 5000))).toThrow(RangeError);
    const sick = arbitrary(judging);
    sick.parameters[sick.parameters.length - 1] = Number.NaN;
    expect(() => saveGpt(sick)).toThrow('outputs.bias must hold finite numbers, got NaN at 1');
    expect(() => saveGpt(arbitrary(shape), { shape: '' })).toThrow(
      "metadata must not hold shape, which is the model's",
    );
  });
});

describe('a GPT as plain data', () => {
  it.each([shape, judging])('is the same to the bit', (of) => {
    const gpt = arbitrary(of);
    const stored = gptToPlain(gpt);
    expectTypeOf(stored).toExtend<Plain>();
    assertPlain(stored);
    const there: StoredGpt = JSON.parse(JSON.stringify(stored));
    expect(there).toEqual(stored);
    expect(stored.parameters.length).toBe(4 * Math.ceil((4 * gpt.parameters.length) / 3));
    const back = gptFromPlain(there);
    expect(back.shape).toEqual(of);
    expect(bitsOf(back)).toEqual(bitsOf(gpt));
    // As another program would read it.
    const bytes = Uint8Array.from(atob(stored.parameters), (character) => character.charCodeAt(0));
    expect(new DataView(bytes.buffer).getFloat32(4 * 1234, true)).toBe(gpt.parameters[1234]);
  });

  it('tells what is wrong', () => {
    const stored = gptToPlain(arbitrary(shape));
    const size = 4 * sizeOfGpt(shape);
    expect(() => gptFromPlain({ ...stored, parameters: 'é' })).toThrow('parameters must be a text in base64');
    expect(() => gptFromPlain({ ...stored, parameters: stored.parameters.slice(4) })).toThrow(
      `parameters must be ${size} bytes for this shape, got ${size - 3}`,
    );
    const wrong = (change: object) => () => gptFromPlain({ ...stored, shape: { ...stored.shape, ...change } });
    expect(wrong({ heads: '2' })).toThrow('shape must be that of a GPT');
    expect(wrong({ outputs: ['a'] })).toThrow('for this shape');
    expect(wrong({ layers: 1e15 })).toThrow('layers must fit what is there');
    const sick = arbitrary(shape);
    sick.parameters[3] = Number.NaN;
    expect(() => gptToPlain(sick)).toThrow('tokens must hold finite numbers, got NaN at 3');
    const zeros = btoa(`${'\0'.repeat(size - 4)}\0\0\x80\x7f`);
    expect(() => gptFromPlain({ ...stored, parameters: zeros })).toThrow('head must hold finite numbers, got Infinity');
  });
});

function rangeOf(of: GptShape, name: string): [number, number] {
  const { offset, rows, columns } = parametersOf(of).find((array) => array.name === name)!;
  return [offset, offset + rows * columns];
}
