import { type Array as JaxArray, type JsTree, jit } from '@jax-js/jax';
import type { AnyNdArray, NdArray } from './array.ts';
import { download, upload, uploadTree, viewOf } from './device.ts';
import { isTensor, type Tensor, type Traced } from './ops.ts';
import { type Layout, layoutOf, type Mapped, mapTree, type Parameters, pack, unpack } from './tree.ts';

/** What a compiled function is given for what the traced one takes. */
export type Given<I> = Mapped<I, Tensor, AnyNdArray>;
/** What a compiled function gives for what the traced one does. */
export type Result<O> = Mapped<O, Tensor, NdArray>;

/** A compiled function. Compiled anew for each combination of input shapes, so keep those few. */
export interface Compiled<I, O> {
  (inputs: Given<I>): Result<O>;
  /** Frees the constants that the function holds. */
  dispose(): void;
}

/**
 * Parameters that live where compiled functions run (jax-js on WebAssembly, in Node's threads and in browsers' workers
 * alike; nothing has to be started first), as one vector. Whoever makes a network ends it with `dispose()`. Everything is
 * synchronous, and on one machine gives the same numbers every time.
 */
export class Network<P extends Parameters> {
  readonly layout: Layout;
  #vector: JaxArray;

  constructor(params: P) {
    this.layout = layoutOf(params);
    if (this.layout.size === 0) throw new RangeError('params must hold at least one number');
    this.#vector = upload({ shape: [this.layout.size], data: pack(params) });
  }

  /** How many numbers there are to learn. */
  get size(): number {
    return this.layout.size;
  }

  /**
   * Compiles a function of the parameters and of inputs. Each call of the result uses the parameters as they are then.
   * A call costs about 70 µs however little it computes: batch.
   *
   * @param trace a tree of tensors from the parameters and a tree of tensors, written with the operations of this room;
   *   runs once for each combination of input shapes
   */
  compile<I, O>(trace: (params: Traced<P>, inputs: I) => O): Compiled<I, O> {
    const run = jit((vector: JaxArray, inputs: JsTree<JaxArray>) => {
      const outputs = trace(viewOf<P>(this.layout, vector), inputs as I);
      return mapTree(outputs, isTensor, (leaf) => leaf as JaxArray) as JsTree<JaxArray>;
    });
    const call = (inputs: Given<I>): Result<O> => {
      const outputs = run(this.#vector.ref, uploadTree(inputs));
      return mapTree(outputs, isTensor, (leaf) => download(leaf as JaxArray)) as Result<O>;
    };
    return Object.assign(call, { dispose: () => run.dispose() });
  }

  /** The parameters as they are now; a copy. */
  parameters(): P {
    return unpack(this.layout, download(this.#vector.ref).data) as P; // `layout` is that of a P
  }

  /** Replaces the parameters. Throws RangeError when they are not of the same form. */
  load(params: P): void {
    if (JSON.stringify(layoutOf(params)) !== JSON.stringify(this.layout)) {
      throw new RangeError('params must have the names and shapes of the network they are loaded into');
    }
    this.replace((old) => {
      old.dispose();
      return upload({ shape: [this.size], data: pack(params) });
    });
  }

  /** For optimisers: `next` consumes the vector of parameters and gives the one that takes its place. */
  replace(next: (vector: JaxArray) => JaxArray): void {
    const replacement = next(this.#vector.ref);
    this.#vector.dispose();
    this.#vector = replacement;
  }

  dispose(): void {
    this.#vector.dispose();
  }
}

/**
 * Puts parameters where compiled functions run.
 *
 * @throws TypeError for a tree with anything but float arrays in it
 * @example
 * const head = mlp({ sizes: [4, 32, 1] });
 * const net = network(head.init(new Random(0, 'head')));
 * const predict = net.compile((params, x: Tensor) => head.apply(params, x));
 * predict(ndarray(Float32Array.of(1, 2, 3, 4), [1, 4])).data; // one number
 * net.dispose();
 */
export function network<P extends Parameters>(params: P): Network<P> {
  return new Network(params);
}
