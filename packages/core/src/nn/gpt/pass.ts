import type { Kernels, Pointer } from '../kernels/kernels.ts';
import { type GptPointers, type LayerPointers, paddedColumns, paddedRows } from './arena.ts';
import type { GptShape } from './shape.ts';

/** Sequences laid end to end, without padding between them. */
export interface Packed {
  rows: number;
  sequences: number;
  /** Token and position of each row. */
  ids: Pointer;
  places: Pointer;
  /** First row of each sequence, and one past the last row. */
  starts: Pointer;
  longest: number;
  /** Numbers that attention weights take in one layer. */
  weights: number;
}

export function pack(kernels: Kernels, heads: number, lists: readonly Int32Array[]): Packed {
  let rows = 0;
  let longest = 0;
  let weights = 0;
  const starts = [0];
  for (const { length } of lists) {
    rows += length;
    starts.push(rows);
    longest = Math.max(longest, length);
    weights += heads * (Math.ceil(length / 4) * 4) ** 2;
  }
  const ids = kernels.take(rows);
  const places = kernels.take(rows);
  const idsView = kernels.ints(ids, rows);
  const placesView = kernels.ints(places, rows);
  lists.forEach((list, s) => {
    idsView.set(list, starts[s]);
    for (let t = 0; t < list.length; t++) placesView[starts[s] + t] = t;
  });
  return { rows, sequences: lists.length, ids, places, starts: kernels.takeInts(starts), longest, weights };
}

/** What a layer keeps for the way back. */
interface LayerTrace {
  x: Pointer;
  moments1: Pointer;
  normed1: Pointer;
  qkv: Pointer;
  weights: Pointer;
  attended: Pointer;
  middle: Pointer;
  moments2: Pointer;
  normed2: Pointer;
  hidden: Pointer;
  active: Pointer;
}

export interface Trace {
  packed: Packed;
  layers: LayerTrace[];
  x: Pointer;
  moments: Pointer;
  /** The last layer's activations after the final norm, [rows, width]. */
  final: Pointer;
}

/** Scratch that every pass needs; `panel` suits all products of a GPT of this shape. */
export function takePanel(kernels: Kernels, { width, vocabulary }: GptShape): Pointer {
  const widest = Math.max(4 * width, paddedColumns(vocabulary));
  return kernels.take(Math.max(8 * widest, (6 * Math.ceil(widest / 6) + 8) * 96));
}

/**
 * Forward over packed sequences. With `keep`, each layer has buffers of its own for the way back; without, the layers
 * share one set.
 */
export function forward(
  kernels: Kernels,
  shape: GptShape,
  at: GptPointers,
  packed: Packed,
  panel: Pointer,
  { keep, onQkv }: { keep: boolean; onQkv?: (layer: number, qkv: Pointer) => void },
): Trace {
  const { run } = kernels;
  const { width, heads } = shape;
  const { rows } = packed;
  const tall = paddedRows(rows);
  const scratch = kernels.take((width / heads) * (packed.longest + 4));
  const take = (): LayerTrace => ({
    x: kernels.take(tall * width),
    moments1: kernels.take(2 * tall),
    normed1: kernels.take(tall * width),
    qkv: kernels.take(tall * 3 * width),
    weights: kernels.take(packed.weights),
    attended: kernels.take(tall * width),
    middle: kernels.take(tall * width),
    moments2: kernels.take(2 * tall),
    normed2: kernels.take(tall * width),
    hidden: kernels.take(tall * 4 * width),
    active: kernels.take(tall * 4 * width),
  });
  const layers: LayerTrace[] = [];
  for (let l = 0; l < shape.layers; l++) layers.push(keep || l === 0 ? take() : layers[0]);
  const x = kernels.take(tall * width);
  const moments = kernels.take(2 * tall);
  const final = kernels.take(tall * width);
  const copy = (to: Pointer, from: Pointer) => kernels.floats(to, rows * width).set(kernels.floats(from, rows * width));

  run.embed(packed.ids, packed.places, at.tokens, at.positions, layers[0].x, rows, width);
  layers.forEach((t, l) => {
    const w = at.layers[l];
    attend(kernels, shape, w, t, rows, panel, () => {
      onQkv?.(l, t.qkv);
      run.attention(t.qkv, packed.starts, packed.sequences, width, heads, t.attended, t.weights, scratch);
    });
    // `attend` left x + attention in `middle`; the next layer begins with middle + feed-forward.
    const next = keep && l + 1 < layers.length ? layers[l + 1].x : x;
    copy(next, t.middle);
    run.matmul(t.active, w.out, w.outBias, next, rows, 4 * width, width, 1, panel);
    if (!keep && l + 1 < layers.length) copy(t.x, next);
  });
  run.layerNorm(x, at.lnGain, at.lnBias, final, moments, rows, width);
  return { packed, layers, x, moments, final };
}

type LayerBuffers = Omit<LayerTrace, 'weights'>;

/** One layer up to the activations of its feed-forward part; `attention` fills `attended` from `qkv`. */
export function attend(
  kernels: Kernels,
  { width }: GptShape,
  w: LayerPointers,
  t: LayerBuffers,
  rows: number,
  panel: Pointer,
  attention: () => void,
): void {
  const { run } = kernels;
  run.layerNorm(t.x, w.ln1Gain, w.ln1Bias, t.normed1, t.moments1, rows, width);
  run.matmul(t.normed1, w.qkv, w.qkvBias, t.qkv, rows, width, 3 * width, 0, panel);
  attention();
  if (t.middle !== t.x) kernels.floats(t.middle, rows * width).set(kernels.floats(t.x, rows * width));
  run.matmul(t.attended, w.projection, w.projectionBias, t.middle, rows, width, width, 1, panel);
  run.layerNorm(t.middle, w.ln2Gain, w.ln2Bias, t.normed2, t.moments2, rows, width);
  run.matmul(t.normed2, w.fc, w.fcBias, t.hidden, rows, width, 4 * width, 0, panel);
  run.gelu(t.hidden, t.active, rows * 4 * width);
}

/** Adds to `gradient` what comes back from `dfinal`, the gradient by `trace.final` [rows, width]. */
export function backward(
  kernels: Kernels,
  shape: GptShape,
  at: GptPointers,
  gradient: GptPointers,
  trace: Trace,
  dfinal: Pointer,
  panel: Pointer,
): void {
  const { run } = kernels;
  const { width, heads } = shape;
  const { packed } = trace;
  const { rows } = packed;
  const tall = paddedRows(rows);
  const dx = kernels.takeZeros(tall * width);
  const dnormed = kernels.take(tall * width);
  const dattended = kernels.take(tall * width);
  const dqkv = kernels.take(tall * 3 * width);
  const dhidden = kernels.take(tall * 4 * width);
  const longest = packed.longest + 4;
  const scratch = kernels.take((width / heads + longest) * longest);

  run.layerNormBackward(trace.x, at.lnGain, trace.moments, dfinal, dx, gradient.lnGain, gradient.lnBias, rows, width);
  for (let l = shape.layers - 1; l >= 0; l--) {
    const w = at.layers[l];
    const g = gradient.layers[l];
    const t = trace.layers[l];
    run.matmulTransposed(dx, w.out, dhidden, rows, 4 * width, width, 0, panel);
    run.weightGradient(t.active, dx, g.out, g.outBias, rows, 4 * width, width, panel);
    run.geluBackward(t.hidden, dhidden, dhidden, rows * 4 * width);
    run.matmulTransposed(dhidden, w.fc, dnormed, rows, width, 4 * width, 0, panel);
    run.weightGradient(t.normed2, dhidden, g.fc, g.fcBias, rows, width, 4 * width, panel);
    run.layerNormBackward(t.middle, w.ln2Gain, t.moments2, dnormed, dx, g.ln2Gain, g.ln2Bias, rows, width);
    run.matmulTransposed(dx, w.projection, dattended, rows, width, width, 0, panel);
    run.weightGradient(t.attended, dx, g.projection, g.projectionBias, rows, width, width, panel);
    run.attentionBackward(t.qkv, packed.starts, packed.sequences, width, heads, t.weights, dattended, dqkv, scratch);
    run.matmulTransposed(dqkv, w.qkv, dnormed, rows, width, 3 * width, 0, panel);
    run.weightGradient(t.normed1, dqkv, g.qkv, g.qkvBias, rows, width, 3 * width, panel);
    run.layerNormBackward(t.x, w.ln1Gain, t.moments1, dnormed, dx, g.ln1Gain, g.ln1Bias, rows, width);
  }
  run.scatterAdd(packed.ids, dx, gradient.tokens, rows, width);
  run.scatterAdd(packed.places, dx, gradient.positions, rows, width);
}
