import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { type NdArray, ndarray } from './array.ts';
import { network } from './network.ts';
import type { Tensor } from './ops.ts';
import * as ops from './ops.ts';

/** Evaluates an operation on one array. */
function evaluate(operation: (x: Tensor) => Tensor, x: NdArray): NdArray {
  const net = network({ x });
  const result = net.compile((params) => operation(params.x))([]);
  net.dispose();
  return result;
}

const xs = ndarray(Float32Array.of(-1.5, -0.3, 0.4, 0.9, 2.1, 0.2), [2, 3]);
const elementwise: [string, (x: Tensor) => Tensor, (x: number) => number][] = [
  ['add', (x) => ops.add(x, x), (x) => 2 * x],
  ['sub', (x) => ops.sub(1, x), (x) => 1 - x],
  ['mul', (x) => ops.mul(x, ops.mul(x, x)), (x) => x ** 3],
  ['div', (x) => ops.div(1, ops.add(x, 4)), (x) => 1 / (x + 4)],
  ['minimum', (x) => ops.minimum(x, 0.35), (x) => Math.min(x, 0.35)],
  ['maximum', (x) => ops.maximum(x, 0.35), (x) => Math.max(x, 0.35)],
  ['neg', ops.neg, (x) => -x],
  ['abs', ops.abs, Math.abs],
  ['exp', ops.exp, Math.exp],
  ['log', (x) => ops.log(ops.add(x, 3)), (x) => Math.log(x + 3)],
  ['sqrt', (x) => ops.sqrt(ops.add(x, 3)), (x) => Math.sqrt(x + 3)],
  ['square', ops.square, (x) => x * x],
  ['tanh', ops.tanh, Math.tanh],
  ['relu', ops.relu, (x) => Math.max(0, x)],
  ['silu', ops.silu, (x) => x / (1 + Math.exp(-x))],
  ['sigmoid', ops.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
  ['softplus', ops.softplus, (x) => Math.log1p(Math.exp(x))],
  ['logSigmoid', ops.logSigmoid, (x) => -Math.log1p(Math.exp(-x))],
  ['clip', (x) => ops.clip(x, -0.5, 1), (x) => Math.max(-0.5, Math.min(1, x))],
  ['where', (x) => ops.where(ops.greater(x, 0.3), x, ops.mul(x, 3)), (x) => (x > 0.3 ? x : 3 * x)],
  ['less', (x) => ops.where(ops.less(x, 0.3), 1, x), (x) => (x < 0.3 ? 1 : x)],
  [
    'gelu',
    ops.gelu,
    (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))), // the tanh form
  ],
];

describe('elementwise operations', () => {
  it.each(elementwise)('%s has the value and the slope it should', (_name, operation, byHand) => {
    const value = evaluate(operation, xs);
    const slope = evaluate((x) => ops.gradient((at: Tensor) => ops.sum(operation(at)), x), xs);
    expect(value.shape).toEqual([2, 3]);
    xs.data.forEach((x, i) => {
      expect(value.data[i]).toBeCloseTo(byHand(x), 4); // jax-js' logarithm is good to 1e-5
      expect(slope.data[i]).toBeCloseTo((byHand(x + 1e-5) - byHand(x - 1e-5)) / 2e-5, 4);
    });
  });

  it('broadcast like NumPy', () => {
    const result = evaluate((x) => ops.add(x, ops.constant(ndarray(Float32Array.of(10, 20, 30)))), xs);
    expect(Array.from(result.data, (v) => Math.round(v * 10) / 10)).toEqual([8.5, 19.7, 30.4, 10.9, 22.1, 30.2]);
  });

  it('stay finite where the plain formula overflows', () => {
    const far = ndarray(Float32Array.of(-200, 0, 200));
    const slopes = (f: (x: Tensor) => Tensor) =>
      evaluate((x) => ops.gradient((at: Tensor) => ops.sum(f(at)), x), far).data;
    const near = (values: Float32Array, expected: number[]) =>
      expected.forEach((value, i) => {
        expect(values[i]).toBeCloseTo(value, 4);
      });
    near(evaluate(ops.logSigmoid, far).data, [-200, -Math.LN2, 0]);
    near(evaluate(ops.softplus, far).data, [0, Math.LN2, 200]);
    near(slopes(ops.softplus), [0, 0.5, 1]);
    near(slopes(ops.logSigmoid), [1, 0.5, 0]);
    for (const bounded of [ops.tanh, ops.sigmoid, ops.silu, ops.gelu, ops.softmax, ops.logSoftmax]) {
      expect(evaluate(bounded, far).data.every(Number.isFinite)).toBe(true);
      expect(slopes(bounded).every(Number.isFinite)).toBe(true);
    }
  });

  it('stop gradients', () => {
    const slope = evaluate((x) => ops.gradient((at: Tensor) => ops.sum(ops.mul(at, ops.stopGradient(at))), x), xs);
    expect(slope.data).toEqual(xs.data);
  });
});

describe('reductions', () => {
  it('reduce one axis or all, and keep it when asked', () => {
    expect(evaluate((x) => ops.sum(x, { axis: 1 }), xs).data[1]).toBeCloseTo(3.2, 5);
    expect(evaluate((x) => ops.mean(x, { axis: 0, keepDims: true }), xs).shape).toEqual([1, 3]);
    expect(evaluate(ops.max, xs).data[0]).toBeCloseTo(2.1, 6);
    expect(evaluate((x) => ops.min(x, { axis: -1 }), xs).data[0]).toBeCloseTo(-1.5, 6);
  });

  it('normalise exponentials', () => {
    const p = evaluate(ops.softmax, xs).data;
    expect(p[0] + p[1] + p[2]).toBeCloseTo(1, 6);
    expect(evaluate(ops.logSoftmax, xs).data[4]).toBeCloseTo(Math.log(p[4]), 5);
    const total = Math.log(Array.from(xs.data).reduce((sum, x) => sum + Math.exp(x), 0));
    expect(evaluate(ops.logSumExp, xs).data[0]).toBeCloseTo(total, 5);
  });
});

describe('shapes', () => {
  it('multiplies matrices, by name too', () => {
    const byName = evaluate((x) => ops.einsum('ik,jk->ij', x, x), xs);
    const plain = evaluate((x) => ops.matmul(x, ops.transpose(x)), xs);
    expect(plain.shape).toEqual([2, 2]);
    expect(plain.data[1]).toBeCloseTo(-1.5 * 0.9 - 0.3 * 2.1 + 0.4 * 0.2, 5);
    plain.data.forEach((v, i) => {
      expect(byName.data[i]).toBeCloseTo(v, 6);
    });
  });

  it('cuts, joins and repeats', () => {
    expect([...evaluate((x) => ops.slice(x, 1, [0, 2]), xs).data]).toEqual([...xs.data.slice(3, 5)]);
    expect(evaluate((x) => ops.slice(x, [], [1]), xs).shape).toEqual([2, 2]);
    expect(evaluate((x) => ops.concatenate([x, x], 1), xs).shape).toEqual([2, 6]);
    expect(evaluate((x) => ops.stack([x, x]), xs).shape).toEqual([2, 2, 3]);
    expect(evaluate((x) => ops.reshape(x, [3, -1]), xs).shape).toEqual([3, 2]);
    expect(evaluate((x) => ops.broadcastTo(x, [4, 2, 3]), xs).shape).toEqual([4, 2, 3]);
  });

  it('picks by index, with gradients that go where the index points', () => {
    const net = network({ table: xs });
    const rows = net.compile(({ table }, index: Tensor) => ops.take(table, index));
    expect([...rows(ndarray(Int32Array.of(1, 1, 0))).data.slice(0, 3)]).toEqual([...xs.data.slice(3)]);
    const picked = net.compile(({ table }, index: Tensor) => ops.pick(table, index));
    expect([...picked(ndarray(Int32Array.of(2, 0))).data]).toEqual([xs.data[2], xs.data[3]]);
    const slope = net.compile((params, index: Tensor) =>
      ops.gradient(({ table }) => ops.sum(ops.take(table, index)), params),
    );
    expect([...slope(ndarray(Int32Array.of(1, 1, 0))).table.data]).toEqual([1, 1, 1, 2, 2, 2]);
    net.dispose();
  });
});

describe('gradient', () => {
  it('agrees with finite differences through layers, and can be differentiated again', () => {
    const rng = new Random(3, 'gradient');
    const x = ndarray(Float32Array.from({ length: 4 }, () => rng.normal()));
    const f = (at: Tensor) => ops.sum(ops.mul(ops.tanh(at), ops.exp(ops.mul(at, 0.5))));
    const byHand = (v: number) => Math.tanh(v) * Math.exp(v / 2);
    const second = evaluate((at) => ops.gradient((v: Tensor) => ops.sum(ops.gradient(f, v)), at), x);
    x.data.forEach((v, i) => {
      const curvature = (byHand(v + 1e-3) - 2 * byHand(v) + byHand(v - 1e-3)) / 1e-6;
      expect(second.data[i]).toBeCloseTo(curvature, 3);
    });
  });
});
