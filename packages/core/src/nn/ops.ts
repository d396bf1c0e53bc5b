import { grad, type Array as JaxArray, type JsTree, lax, nn, numpy } from '@jax-js/jax';
import { type AnyNdArray, ndarray } from './array.ts';
import { type Mapped, mapTree, type Tree } from './tree.ts';

/**
 * An array inside a function that is being compiled (`network.compile`, a trainer's loss): it has a shape and a type, and
 * its numbers exist only when the compiled function runs.
 *
 * jax-js counts references: its operations consume their arguments unless one writes `.ref`. The operations here borrow
 * instead, so a tensor may be used as often as one likes and nobody thinks about ownership. That is safe because
 * tensors only occur while a function is traced, when the counts guard no memory.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly ndim: number;
  readonly size: number;
  readonly dtype: string;
}

/** A tensor, or a number that is combined with every element. */
export type Value = Tensor | number;

/** A tree of host arrays as the traced function sees it. */
export type Traced<T> = Mapped<T, AnyNdArray, Tensor>;

export const isTensor = (node: unknown): node is Tensor =>
  typeof node === 'object' && node !== null && 'ndim' in node && 'dtype' in node;

/** The jax-js array behind a tensor, with a reference of its own for the operation that will consume it. */
const borrow = (x: Tensor): JaxArray => (x as JaxArray).ref;
const borrowValue = (x: Value): JaxArray | number => (typeof x === 'number' ? x : borrow(x));

const unary =
  (operation: (x: JaxArray) => JaxArray) =>
  (x: Tensor): Tensor =>
    operation(borrow(x));
const binary =
  (operation: (x: JaxArray | number, y: JaxArray | number) => JaxArray) =>
  (x: Value, y: Value): Tensor =>
    operation(borrowValue(x), borrowValue(y));

/** Elementwise, with NumPy's broadcasting. */
export const add = binary(numpy.add);
export const sub = binary(numpy.subtract);
export const mul = binary(numpy.multiply);
export const div = binary(numpy.trueDivide);
export const minimum = binary(numpy.minimum);
export const maximum = binary(numpy.maximum);
/** Comparisons give booleans, for `where`. */
export const less = binary(numpy.less);
export const greater = binary(numpy.greater);
export const equal = binary(numpy.equal);

export const neg = unary(numpy.negative);
export const abs = unary(numpy.abs);
export const exp = unary(numpy.exp);
export const log = unary(numpy.log);
export const sqrt = unary(numpy.sqrt);
export const square = unary(numpy.square);
export const tanh = unary(numpy.tanh);
export const relu = unary(nn.relu);
export const gelu = unary((x) => nn.gelu(x));
/** The same numbers, but no gradient flows through them. */
export const stopGradient = unary(lax.stopGradient);

/** 1 / (1 + e^-x), by way of tanh: the slope of the plain formula is NaN below x = -88. */
export function sigmoid(x: Tensor): Tensor {
  return mul(add(tanh(mul(x, 0.5)), 1), 0.5);
}

/** x σ(x) (Elfwing et al. 2017, arXiv 1702.03118). */
export function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}

/** log(1 + e^x), with the slope σ(x) everywhere; the plain formula overflows from x = 89 on. */
export function softplus(x: Tensor): Tensor {
  const m = stopGradient(maximum(x, 0));
  return add(m, log(add(exp(sub(x, m)), exp(neg(m)))));
}

/** log σ(x) without overflow. */
export function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}

/** x within [low, high]; outside, the gradient is 0. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return numpy.clip(borrow(x), low, high);
}

/** `yes` where the condition is true, `no` elsewhere. */
export function where(condition: Tensor, yes: Value, no: Value): Tensor {
  return numpy.where(borrow(condition), borrowValue(yes), borrowValue(no));
}

/** Which axes to reduce (all unless told; negative ones count from the end), and whether they stay with length 1. */
export interface Reduction {
  axis?: number;
  keepDims?: boolean;
}
const reduction =
  (operation: (x: JaxArray, axis: number | null, options: { keepdims: boolean }) => JaxArray) =>
  (x: Tensor, { axis, keepDims = false }: Reduction = {}): Tensor =>
    operation(borrow(x), axis ?? null, { keepdims: keepDims });

export const sum = reduction(numpy.sum);
export const mean = reduction(numpy.mean);
export const max = reduction(numpy.max);
export const min = reduction(numpy.min);
/** log Σ e^x without overflow. */
export const logSumExp = reduction(nn.logsumexp);

/** Along the last axis unless told. */
export function softmax(x: Tensor, axis = -1): Tensor {
  return nn.softmax(borrow(x), axis);
}

/** Along the last axis unless told. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return nn.logSoftmax(borrow(x), axis);
}

/** Matrix product over the last two axes; the others broadcast. */
export function matmul(x: Tensor, y: Tensor): Tensor {
  return numpy.matmul(borrow(x), borrow(y));
}

/** Sums of products by subscripts, such as `einsum('btd,hd->bth', x, y)`. */
export function einsum(subscripts: string, ...operands: Tensor[]): Tensor {
  return numpy.einsum(subscripts, ...operands.map(borrow));
}

/** The axes in another order; reversed unless told. */
export function transpose(x: Tensor, axes?: number[]): Tensor {
  return numpy.transpose(borrow(x), axes);
}

/** The same numbers in another shape; one side may be -1. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return numpy.reshape(borrow(x), [...shape]);
}

export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  return numpy.broadcastTo(borrow(x), [...shape]);
}

/** Along an axis that exists. */
export function concatenate(xs: readonly Tensor[], axis = 0): Tensor {
  return numpy.concatenate(xs.map(borrow), axis);
}

/** Along a new axis. */
export function stack(xs: readonly Tensor[], axis = 0): Tensor {
  return numpy.stack(xs.map(borrow), axis);
}

/**
 * A part of each axis in turn: a number takes one place and drops the axis, [from] and [from, to] take a range, [] takes
 * all. Axes not named are taken whole.
 */
export function slice(x: Tensor, ...ranges: (number | [] | [number] | [number, number])[]): Tensor {
  return borrow(x).slice(...ranges);
}

/** 1 at each index and 0 elsewhere, along a new last axis. */
export function oneHot(indices: Tensor, classes: number): Tensor {
  return nn.oneHot(borrow(indices), classes);
}

/**
 * Rows of a matrix by whole numbers: `take(embedding, tokens)` has the shape of `tokens` plus that of a row. As a product
 * with one-hot vectors: jax-js 0.1.25 compiles the gradient of a gather only in luckier places.
 */
export function take(table: Tensor, indices: Tensor): Tensor {
  return matmul(oneHot(indices, table.shape[0]), table);
}

/** x[..., index[...]]: one element of the last axis for each index. */
export function pick(x: Tensor, index: Tensor): Tensor {
  return sum(mul(x, oneHot(index, x.shape[x.ndim - 1])), { axis: -1 });
}

/** Numbers known when the function is traced, such as a mask. They become part of the compiled function. */
export function constant(value: AnyNdArray | number): Tensor {
  const { data, shape } = typeof value === 'number' ? ndarray(value) : value;
  return numpy.array(data as Float32Array<ArrayBuffer>, { shape: [...shape] });
}

/**
 * The gradient of a scalar function at `at`, a tensor or a tree of them; of the same form. May be used inside a function
 * that is itself differentiated.
 *
 * @example
 * const slope = network.compile((params, x: Tensor) => gradient((x) => sum(net.apply(params, x)), x));
 */
export function gradient<T extends Tree<Tensor>>(scalar: (at: T) => Tensor, at: T): T {
  const traced = (point: JsTree<JaxArray>) => scalar(point as T) as JaxArray;
  return grad(traced)(mapTree(at, isTensor, borrow) as JsTree<JaxArray>) as T;
}
