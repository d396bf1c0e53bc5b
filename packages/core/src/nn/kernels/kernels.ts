import { plain, relaxed } from './compiled.ts';

/** Address of an array in the kernels' memory, in bytes. */
export type Pointer = number;

/** What `packages/core/assembly` exports: sizes count elements, addresses are bytes, rows are rounded up to 6 where it says so. */
interface Exports {
  /** The first free address. */
  heapBase(): Pointer;
  matmul(
    x: Pointer,
    w: Pointer,
    b: Pointer,
    y: Pointer,
    rows: number,
    k: number,
    n: number,
    add: number,
    panel: Pointer,
  ): void;
  matmulTransposed(
    y: Pointer,
    w: Pointer,
    x: Pointer,
    rows: number,
    k: number,
    n: number,
    add: number,
    panel: Pointer,
  ): void;
  weightGradient(
    x: Pointer,
    dy: Pointer,
    dw: Pointer,
    db: Pointer,
    rows: number,
    k: number,
    n: number,
    panels: Pointer,
  ): void;
  embed(
    ids: Pointer,
    places: Pointer,
    tokens: Pointer,
    positions: Pointer,
    x: Pointer,
    rows: number,
    width: number,
  ): void;
  scatterAdd(ids: Pointer, from: Pointer, table: Pointer, rows: number, width: number): void;
  gather(ids: Pointer, table: Pointer, to: Pointer, rows: number, width: number): void;
  layerNorm(x: Pointer, gain: Pointer, bias: Pointer, y: Pointer, moments: Pointer, rows: number, width: number): void;
  layerNormBackward(
    x: Pointer,
    gain: Pointer,
    moments: Pointer,
    dy: Pointer,
    dx: Pointer,
    dgain: Pointer,
    dbias: Pointer,
    rows: number,
    width: number,
  ): void;
  gelu(x: Pointer, y: Pointer, count: number): void;
  geluBackward(x: Pointer, dy: Pointer, dx: Pointer, count: number): void;
  attention(
    qkv: Pointer,
    starts: Pointer,
    sequences: number,
    width: number,
    heads: number,
    out: Pointer,
    weights: Pointer,
    scratch: Pointer,
  ): void;
  attentionBackward(
    qkv: Pointer,
    starts: Pointer,
    sequences: number,
    width: number,
    heads: number,
    weights: Pointer,
    dout: Pointer,
    dqkv: Pointer,
    scratch: Pointer,
  ): void;
  remember(
    qkv: Pointer,
    slots: Pointer,
    places: Pointer,
    keys: Pointer,
    values: Pointer,
    rows: number,
    width: number,
    room: number,
  ): void;
  recall(
    qkv: Pointer,
    slots: Pointer,
    places: Pointer,
    keys: Pointer,
    values: Pointer,
    out: Pointer,
    rows: number,
    width: number,
    heads: number,
    room: number,
    scratch: Pointer,
  ): void;
  distribution(
    logits: Pointer,
    targets: Pointer,
    logProbs: Pointer,
    entropies: Pointer,
    rows: number,
    count: number,
    stride: number,
  ): void;
  distributionBackward(
    probabilities: Pointer,
    targets: Pointer,
    a: Pointer,
    b: Pointer,
    entropies: Pointer,
    rows: number,
    count: number,
    stride: number,
  ): void;
}

const PAGE = 65_536;
const MOST = 65_536 * PAGE;

/**
 * The hand-written kernels with a memory that they work in. Memory is a stack: what a piece of work takes, it gives back as
 * a whole, so nothing has to be freed one by one and nothing can leak. All of it is scratch; what lasts lives outside.
 */
export class Kernels {
  readonly run: Exports;
  readonly #memory: WebAssembly.Memory;
  #top: Pointer;

  /** @param module with or without relaxed SIMD; what the engine can do unless told */
  constructor(module: WebAssembly.Module = compiled()) {
    this.#memory = new WebAssembly.Memory({ initial: 16, maximum: MOST / PAGE });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.run = exports as unknown as Exports; // the compiler keeps no types of what it exports
    this.#top = (this.run.heapBase() + 63) & ~63;
  }

  /** Bytes held, in use or not: it grows to the greatest piece of work and stays there. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Does a piece of work and takes back all memory that it took. */
  scope<T>(work: () => T): T {
    const top = this.#top;
    try {
      return work();
    } finally {
      this.#top = top;
    }
  }

  /** Room for 32-bit numbers, not cleared. Views made before may be stale after. Throws RangeError beyond 4 GiB. */
  take(count: number): Pointer {
    const at = this.#top;
    const top = Math.ceil((at + count * 4) / 64) * 64;
    const { byteLength } = this.#memory.buffer;
    if (top > MOST) throw new RangeError(`count must leave memory below 4 GiB, got ${count} after ${at} bytes`);
    if (top > byteLength) {
      // Half as much again, so that growth by small steps does not copy each time.
      const pages = Math.min(Math.ceil((top * 1.5 - byteLength) / PAGE), (MOST - byteLength) / PAGE);
      this.#memory.grow(pages);
    }
    this.#top = top;
    return at;
  }

  /** Room for floats, all 0. */
  takeZeros(count: number): Pointer {
    const at = this.take(count);
    this.floats(at, count).fill(0);
    return at;
  }

  takeFloats(values: ArrayLike<number>): Pointer {
    const at = this.take(values.length);
    this.floats(at, values.length).set(values);
    return at;
  }

  takeInts(values: ArrayLike<number>): Pointer {
    const at = this.take(values.length);
    this.ints(at, values.length).set(values);
    return at;
  }

  /** A view, good until memory is taken again. */
  floats(at: Pointer, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  ints(at: Pointer, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, count);
  }
}

let shared: Kernels | undefined;

/** The kernels that everything in this thread works with. */
export function kernels(): Kernels {
  shared ??= new Kernels();
  return shared;
}

function compiled(): WebAssembly.Module {
  const fused = decode(relaxed);
  return new WebAssembly.Module(WebAssembly.validate(fused) ? fused : decode(plain));
}

/** The module without relaxed SIMD, whose results every engine and processor agrees on to the last bit. */
export function portableModule(): WebAssembly.Module {
  return new WebAssembly.Module(decode(plain));
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
