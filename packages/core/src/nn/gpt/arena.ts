import type { Kernels, Pointer } from '../kernels/kernels.ts';
import { type GptShape, parametersOf } from './shape.ts';

/** Kernels work on 6 rows and 8 columns at a time, and attention may spill 3 rows: this many rows have to be there. */
export function paddedRows(rows: number): number {
  return Math.ceil(rows / 6) * 6 + 6;
}

/** Row length of an array whose columns are rounded up to 8. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / 8) * 8;
}

/** Where each array of a GPT lies in the kernels' memory. */
export interface GptPointers {
  tokens: Pointer;
  positions: Pointer;
  layers: LayerPointers[];
  lnGain: Pointer;
  lnBias: Pointer;
  head: Pointer;
  outputsWeight: Pointer;
  outputsBias: Pointer;
}

export interface LayerPointers {
  ln1Gain: Pointer;
  ln1Bias: Pointer;
  qkv: Pointer;
  qkvBias: Pointer;
  projection: Pointer;
  projectionBias: Pointer;
  ln2Gain: Pointer;
  ln2Bias: Pointer;
  fc: Pointer;
  fcBias: Pointer;
  out: Pointer;
  outBias: Pointer;
}

/** Takes memory for arrays of this shape, all 0, and fills it with `parameters` where they are given. */
export function place(kernels: Kernels, shape: GptShape, parameters?: Float32Array): GptPointers {
  const at = new Map<string, Pointer>();
  for (const { name, offset, rows, columns } of parametersOf(shape)) {
    const height = Math.max(rows, 1);
    const stride = paddedColumns(columns);
    const pointer = kernels.takeZeros(Math.ceil(height / 6) * 6 * stride);
    at.set(name, pointer);
    if (parameters === undefined) continue;
    const view = kernels.floats(pointer, height * stride);
    for (let r = 0; r < height; r++) {
      view.set(parameters.subarray(offset + r * columns, offset + (r + 1) * columns), r * stride);
    }
  }
  const get = (name: string) => at.get(name) ?? 0;
  return {
    tokens: get('tokens'),
    positions: get('positions'),
    layers: Array.from({ length: shape.layers }, (_, l) => ({
      ln1Gain: get(`layers.${l}.ln1.gain`),
      ln1Bias: get(`layers.${l}.ln1.bias`),
      qkv: get(`layers.${l}.qkv.weight`),
      qkvBias: get(`layers.${l}.qkv.bias`),
      projection: get(`layers.${l}.projection.weight`),
      projectionBias: get(`layers.${l}.projection.bias`),
      ln2Gain: get(`layers.${l}.ln2.gain`),
      ln2Bias: get(`layers.${l}.ln2.bias`),
      fc: get(`layers.${l}.fc.weight`),
      fcBias: get(`layers.${l}.fc.bias`),
      out: get(`layers.${l}.out.weight`),
      outBias: get(`layers.${l}.out.bias`),
    })),
    lnGain: get('ln.gain'),
    lnBias: get('ln.bias'),
    head: get('head'),
    outputsWeight: get('outputs.weight'),
    outputsBias: get('outputs.bias'),
  };
}

/** Adds the arrays at `pointers` to a parameter vector. */
export function collect(kernels: Kernels, shape: GptShape, pointers: GptPointers, into: Float32Array): void {
  const flat = [
    pointers.tokens,
    pointers.positions,
    ...pointers.layers.flatMap((layer) => Object.values(layer) as Pointer[]),
    pointers.lnGain,
    pointers.lnBias,
    pointers.head,
    pointers.outputsWeight,
    pointers.outputsBias,
  ];
  for (const [i, { offset, rows, columns }] of parametersOf(shape).entries()) {
    const height = Math.max(rows, 1);
    const stride = paddedColumns(columns);
    const view = kernels.floats(flat[i], height * stride);
    for (let r = 0; r < height; r++) {
      const from = r * stride;
      const to = offset + r * columns;
      for (let c = 0; c < columns; c++) into[to + c] += view[from + c];
    }
  }
}
