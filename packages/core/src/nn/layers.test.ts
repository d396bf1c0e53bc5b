import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { type NdArray, ndarray } from './array.ts';
import { causalSelfAttention } from './attention.ts';
import { embedding } from './embedding.ts';
import { type GptShape, plainGpt } from './gpt-plain.ts';
import { filled, normal } from './initialise.ts';
import { network } from './network.ts';
import { layerNorm, rmsNorm } from './norm.ts';
import { add, constant, gradient, mul, reshape, sum, type Tensor, type Traced } from './ops.ts';
import { transformerBlock } from './transformer.ts';
import { isParameter, leavesOf, type Mapped, mapTree, type Parameters, pack } from './tree.ts';

// Every layer is written a second time below, in double precision, number by number, for one sequence.

type Doubles = { readonly shape: readonly number[]; readonly data: Float64Array };
type Double<P> = Mapped<P, NdArray, Doubles>;
type Rows = number[][];

const rng = new Random(11, 'layers.test');
const normals = (shape: number[], deviation = 1) => normal(rng, shape, deviation);
/** A tree of the same form with other numbers, so that no gain is 1 and no bias 0. */
const shaken = <P extends Parameters>(params: P): P =>
  mapTree(params, isParameter, ({ shape, data }) =>
    ndarray(
      data.map((x) => x + 0.3 * rng.normal()),
      shape,
    ),
  ) as P;

const rowsOf = ({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Rows => {
  const width = shape[shape.length - 1];
  return Array.from({ length: data.length / width }, (_, r) =>
    Array.from({ length: width }, (_, i) => data[r * width + i]),
  );
};
const plus = (x: Rows, y: Rows) => x.map((row, r) => row.map((v, i) => v + y[r][i]));
const times = (x: Rows, w: Rows) =>
  x.map((row) => w[0].map((_, j) => row.reduce((total, v, i) => total + v * w[i][j], 0)));
const average = (x: number[]) => x.reduce((total, v) => total + v, 0) / x.length;
const geluByHand = (x: number) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

type Affine = { weight: Doubles; bias: Doubles };
const affineByHand = ({ weight, bias }: Affine, x: Rows) =>
  times(x, rowsOf(weight)).map((row) => row.map((v, i) => v + bias.data[i]));

const layerNormByHand = ({ gain, bias }: { gain: Doubles; bias: Doubles }, x: Rows) =>
  x.map((row) => {
    const centre = average(row);
    const variance = average(row.map((v) => (v - centre) ** 2));
    return row.map((v, i) => ((v - centre) / Math.sqrt(variance + 1e-5)) * gain.data[i] + bias.data[i]);
  });

const rmsNormByHand = ({ gain }: { gain: Doubles }, x: Rows) =>
  x.map((row) => row.map((v, i) => (v / Math.sqrt(average(row.map((u) => u * u)) + 1e-5)) * gain.data[i]));

function attentionByHand(
  { qkv, projection }: { qkv: Affine; projection: Affine },
  x: Rows,
  heads: number,
  visible = x.map(() => 1),
): Rows {
  const width = x[0].length;
  const size = width / heads;
  const mixed = affineByHand(qkv, x);
  const found = mixed.map((row, query) =>
    Array.from({ length: width }, (_, i) => {
      const head = Math.floor(i / size) * size;
      const seen = mixed.flatMap((other, key) => {
        if (key > query || (key < query && !visible[key]) || (!visible[query] && key < query && !visible[key]))
          return [];
        let score = 0;
        for (let k = head; k < head + size; k++) score += row[k] * other[width + k];
        return [{ weight: Math.exp(score / Math.sqrt(size)), value: other[2 * width + i] }];
      });
      const total = seen.reduce((t, { weight }) => t + weight, 0);
      return seen.reduce((t, { weight, value }) => t + (weight / total) * value, 0);
    }),
  );
  return affineByHand(projection, found);
}

type Block = Double<ReturnType<ReturnType<typeof transformerBlock>['init']>>;
function blockByHand({ ln1, attention, ln2, mlp: [fc, out] }: Block, x: Rows, heads: number): Rows {
  const attended = plus(x, attentionByHand(attention, layerNormByHand(ln1, x), heads));
  const hidden = affineByHand(fc, layerNormByHand(ln2, attended)).map((row) => row.map(geluByHand));
  return plus(attended, affineByHand(out, hidden));
}

/** Takes the numbers of the flat vector as they come. */
function gptByHand({ vocab, context, width, heads, layers }: GptShape, all: Float64Array, tokens: number[]) {
  let at = 0;
  const next = (...shape: number[]): Doubles => {
    const size = shape.reduce((a, b) => a * b, 1);
    at += size;
    return { shape, data: all.subarray(at - size, at) };
  };
  const table = rowsOf(next(vocab, width));
  const positions = rowsOf(next(context, width));
  let x = tokens.map((token, t) => table[token].map((v, i) => v + positions[t][i]));
  for (let layer = 0; layer < layers; layer++) {
    const ln1 = { gain: next(width), bias: next(width) };
    const qkv = { weight: next(width, 3 * width), bias: next(3 * width) };
    const projection = { weight: next(width, width), bias: next(width) };
    const ln2 = { gain: next(width), bias: next(width) };
    const fc = { weight: next(width, 4 * width), bias: next(4 * width) };
    const out = { weight: next(4 * width, width), bias: next(width) };
    x = blockByHand({ ln1, attention: { qkv, projection }, ln2, mlp: [fc, out] }, x, heads);
  }
  const hidden = layerNormByHand({ gain: next(width), bias: next(width) }, x);
  const logits = times(hidden, rowsOf(next(width, vocab)));
  expect(at).toBe(all.length);
  return { logits, hidden };
}

/**
 * Compares values, and the gradient of Σ value · weight for random weights with central differences of the second writing.
 */
function expectSame<P extends Parameters>(
  params: P,
  layer: (params: Traced<P>) => Tensor,
  byHand: (params: Double<P>) => Rows,
) {
  // As if the tree were one array: the compiler does not finish with trees of any form.
  const net = network(params as unknown as NdArray);
  const traced = (p: Tensor) => layer(p as never);
  const values = net.compile((p) => traced(p))([]);
  const doubles = mapTree(params, isParameter, ({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
  const expected = () => byHand(doubles as never).flat();
  expected().forEach((value, i) => {
    expect(values.data[i]).toBeCloseTo(value, 4);
  });
  expect(values.data.length).toBe(expected().length);

  const weights = normals([...values.shape]);
  const weighted = (p: Tensor) => sum(mul(traced(p), constant(weights)));
  const slopes = pack(net.compile((p) => gradient(weighted, p))([]));
  net.dispose();
  const isDoubles = (node: unknown): node is Doubles => typeof node === 'object' && node !== null && 'data' in node;
  let i = 0;
  for (const { data } of leavesOf(doubles, isDoubles)) {
    for (let k = 0; k < data.length; k++, i++) {
      const at = data[k];
      const [up, down] = [1e-4, -1e-4].map((step) => {
        data[k] = at + step;
        return expected().reduce((total, value, j) => total + value * weights.data[j], 0);
      });
      data[k] = at;
      const slope = (up - down) / 2e-4;
      expect(Math.abs(slopes[i] - slope), `gradient ${i}: ${slopes[i]} for ${slope}`).toBeLessThan(
        1e-4 * (1 + Math.abs(slope)),
      );
    }
  }
  expect(i).toBe(slopes.length);
}

describe('embedding', () => {
  it('gives the rows, and gradients to the rows that were read', () => {
    const params = embedding.init(new Random(1), 5, 3);
    const indices = [4, 0, 4, 2];
    expectSame(
      params,
      (p) => reshape(embedding.apply(p, constant(ndarray(Int32Array.from(indices), [2, 2]))), [4, 3]),
      ({ table }) => indices.map((i) => rowsOf(table)[i]),
    );
  });
});

describe('norms', () => {
  it('layerNorm', () => {
    const params = { norm: shaken(layerNorm.init(6)), x: normals([4, 6], 3) };
    expectSame(
      params,
      ({ norm, x }) => layerNorm.apply(norm, x),
      ({ norm, x }) => layerNormByHand(norm, rowsOf(x)),
    );
  });

  it('rmsNorm', () => {
    const params = { norm: shaken(rmsNorm.init(6)), x: normals([4, 6], 3) };
    expectSame(
      params,
      ({ norm, x }) => rmsNorm.apply(norm, x),
      ({ norm, x }) => rmsNormByHand(norm, rowsOf(x)),
    );
  });

  it('leave finite numbers and gradients of rows that do not vary', () => {
    const net = network({ x: filled([1, 4], 0) });
    const slopes = net.compile((p) =>
      gradient(({ x }) => {
        const normed = layerNorm.apply({ gain: constant(filled([4], 1)), bias: constant(filled([4])) }, x);
        return sum(add(normed, rmsNorm.apply({ gain: constant(filled([4], 2)) }, x)));
      }, p),
    )([]);
    slopes.x.data.forEach((slope) => {
      expect(slope).toBeCloseTo(2 / Math.sqrt(1e-5), 1); // of the RMS norm alone; that of the layer norm sums to zero
    });
    net.dispose();
  });
});

describe('causalSelfAttention', () => {
  const attend = causalSelfAttention({ width: 6, heads: 2 });
  const params = { layer: shaken(attend.init(new Random(2))), x: normals([1, 5, 6]) };

  it('attends', () => {
    expectSame(
      params,
      ({ layer, x }) => attend.apply(layer, x),
      ({ layer, x }) => attentionByHand(layer, rowsOf(x), 2),
    );
  });

  it.each([
    ['behind', [1, 1, 1, 0, 0]],
    ['in front', [0, 0, 1, 1, 1]],
    ['in between', [1, 0, 0, 1, 1]],
  ])('does not see padding %s', (_where, visible) => {
    expectSame(
      params,
      ({ layer, x }) => attend.apply(layer, x, constant(ndarray(Float32Array.from(visible), [1, 5]))),
      ({ layer, x }) => attentionByHand(layer, rowsOf(x), 2, visible),
    );
  });

  it('gives each sequence of a batch what it would get alone, with its own padding', () => {
    const net = network(params.layer);
    const mix = net.compile((p, { x, visible }: { x: Tensor; visible: Tensor }) => attend.apply(p, x, visible));
    const x = normals([3, 4, 6]);
    const visible = ndarray(Float32Array.of(1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1), [3, 4]);
    const together = mix({ x, visible });
    for (let b = 0; b < 3; b++) {
      const alone = mix({
        x: ndarray(x.data.slice(24 * b, 24 * (b + 1)), [1, 4, 6]),
        visible: ndarray(visible.data.slice(4 * b, 4 * (b + 1)), [1, 4]),
      });
      alone.data.forEach((value, i) => {
        expect(together.data[24 * b + i]).toBeCloseTo(value, 5);
      });
    }
    net.dispose();
  });

  it('refuses sizes and shapes that do not fit', () => {
    expect(() => causalSelfAttention({ width: 6, heads: 4 })).toThrow(/heads must divide the width 6, got 4/);
    expect(() => causalSelfAttention({ width: 6, heads: 0 })).toThrow(/heads must be a positive whole number, got 0/);
    const net = network(params.layer);
    const mix = net.compile((p, { x, visible }: { x: Tensor; visible: Tensor }) => attend.apply(p, x, visible));
    const mask = filled([1, 5], 1);
    expect(() => mix({ x: filled([1, 5, 4]), visible: mask })).toThrow(/x must have shape \[batch, time, 6\]/);
    expect(() => mix({ x: filled([2, 5, 6]), visible: mask })).toThrow(
      /visible must have shape \[2, 5\], got \[1, 5\]/,
    );
    net.dispose();
  });
});

describe('transformerBlock', () => {
  it('adds attention and a hidden layer to what comes in', () => {
    const block = transformerBlock({ width: 4, heads: 2, residualGain: 0.5 });
    const params = { layer: shaken(block.init(new Random(3))), x: normals([1, 5, 4]) };
    expectSame(
      params,
      ({ layer, x }) => block.apply(layer, x),
      ({ layer, x }) => blockByHand(layer, rowsOf(x), 2),
    );
  });
});

describe('plainGpt', () => {
  const shape = { vocab: 5, context: 6, width: 4, heads: 2, layers: 2 };
  const gpt = plainGpt(shape);
  const params = { all: normals([gpt.size], 0.5) };
  const tokens = [3, 0, 3, 1];
  const given = () => constant(ndarray(Int32Array.from(tokens), [1, 4]));

  it.each(['logits', 'hidden'] as const)('gives %s and their gradients', (output) => {
    expectSame(
      params,
      ({ all }) => gpt.apply(all, given())[output],
      ({ all }) => gptByHand(shape, all.data, tokens)[output],
    );
  });

  it('gives each sequence of a batch what it would get alone', () => {
    const net = network(params);
    const run = net.compile(({ all }, x: Tensor) => gpt.apply(all, x));
    const { logits, hidden } = run(ndarray(Int32Array.of(4, 4, 1, 2, 3, 0, 3, 1), [2, 4]));
    expect([logits.shape, hidden.shape]).toEqual([
      [2, 4, 5],
      [2, 4, 4],
    ]);
    gptByHand(shape, Float64Array.from(params.all.data), tokens)
      .logits.flat()
      .forEach((value, i) => {
        expect(logits.data[20 + i]).toBeCloseTo(value, 4);
      });
    net.dispose();
  });

  it('refuses sizes and shapes that do not fit', () => {
    expect(() => plainGpt({ ...shape, layers: 0 })).toThrow(/layers must be a positive whole number, got 0/);
    expect(() => plainGpt({ ...shape, heads: 3 })).toThrow(/heads must divide the width 4, got 3/);
    const net = network({ all: filled([gpt.size]), few: filled([3]) });
    const run = net.compile(({ all }, x: Tensor) => gpt.apply(all, x));
    const short = net.compile(({ few }, x: Tensor) => gpt.apply(few, x));
    expect(() => run(ndarray(new Int32Array(7), [1, 7]))).toThrow(/tokens must have shape \[batch, at most 6\]/);
    expect(() => short(ndarray(new Int32Array(2), [1, 2]))).toThrow(/parameters must have shape \[\d+\], got \[3\]/);
    net.dispose();
  });
});
