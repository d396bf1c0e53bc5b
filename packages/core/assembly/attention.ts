import { exponential, maxLanes, multiplyAdd, sumLanes } from './simd';

// Causal attention over sequences that lie end to end. A row of qkv is [q | k | v], each `width` numbers, of which head h
// owns the h-th slice. Products are made in blocks of 4 by 4, so the last block of a sequence may spill up to 3 rows into
// the next sequence's rows, which are then written after it; the last sequence spills into padding.

/** out[4][4] = factor * sum over t of a[row r, t] b[t, 4 columns]; steps in bytes. */
// @ts-ignore: decorator
@inline
function block(
  a: usize, rowStep: usize, step: usize, b: usize, next: usize, count: i32, out: usize, down: usize, factor: f32,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  let p = a;
  let q = b;
  for (let t = 0; t < count; t++) {
    const w = v128.load(q);
    a0 = multiplyAdd(v128.load32_splat(p), w, a0);
    a1 = multiplyAdd(v128.load32_splat(p + rowStep), w, a1);
    a2 = multiplyAdd(v128.load32_splat(p + 2 * rowStep), w, a2);
    a3 = multiplyAdd(v128.load32_splat(p + 3 * rowStep), w, a3);
    p += step;
    q += next;
  }
  const f = f32x4.splat(factor);
  v128.store(out, f32x4.mul(a0, f)); out += down;
  v128.store(out, f32x4.mul(a1, f)); out += down;
  v128.store(out, f32x4.mul(a2, f)); out += down;
  v128.store(out, f32x4.mul(a3, f));
}

/** to [size, padded] = the transpose of `length` rows; columns from `length` on are 0. */
function transpose(from: usize, row: usize, to: usize, length: i32, padded: i32, size: i32): void {
  for (let c = 0; c < size; c++) {
    let at = from + (<usize>c << 2);
    const line = to + ((<usize>c * padded) << 2);
    for (let t = 0; t < length; t++) {
      f32.store(line + (<usize>t << 2), f32.load(at));
      at += row;
    }
    for (let t = length; t < padded; t++) f32.store(line + (<usize>t << 2), 0);
  }
}

/** Softmax of the first `count` numbers at `at`, zeros up to `padded`. */
// @ts-ignore: decorator
@inline
function softmax(at: usize, count: i32, padded: i32): void {
  for (let t = count; t < padded; t++) f32.store(at + (<usize>t << 2), -1e30);
  const size = <usize>padded << 2;
  let most = f32x4.splat(-1e30);
  for (let c: usize = 0; c < size; c += 16) most = f32x4.max(most, v128.load(at + c));
  const top = f32x4.splat(maxLanes(most));
  let sum = f32x4.splat(0);
  for (let c: usize = 0; c < size; c += 16) {
    const e = exponential(f32x4.sub(v128.load(at + c), top));
    v128.store(at + c, e);
    sum = f32x4.add(sum, e);
  }
  const share = f32x4.splat(1 / sumLanes(sum));
  for (let c: usize = 0; c < size; c += 16) v128.store(at + c, f32x4.mul(v128.load(at + c), share));
  for (let t = count; t < padded; t++) f32.store(at + (<usize>t << 2), 0);
}

/**
 * out [rows, width]; `weights` keeps the attention of each sequence and head as [padded, padded], padded to 4, for the way
 * back. `starts` has one more entry than there are sequences. `scratch` has room for (width / heads) * padded numbers.
 */
export function attention(
  qkv: usize, starts: usize, sequences: i32, width: i32, heads: i32, out: usize, weights: usize, scratch: usize,
): void {
  const size = width / heads;
  const row = (<usize>width * 3) << 2;
  const down = <usize>width << 2;
  const factor: f32 = 1 / sqrt(<f32>size);
  for (let s = 0; s < sequences; s++) {
    const from = i32.load(starts + (<usize>s << 2));
    const length = i32.load(starts + (<usize>s << 2), 4) - from;
    const padded = (length + 3) & ~3;
    const line = <usize>padded << 2;
    for (let h = 0; h < heads; h++) {
      const q = qkv + <usize>from * row + (<usize>(h * size) << 2);
      const v = q + 2 * down;
      transpose(q + down, row, scratch, length, padded, size);
      for (let i = 0; i < length; i += 4) {
        const w = weights + <usize>i * line;
        for (let j = 0; j <= i; j += 4) {
          block(q + <usize>i * row, row, 4, scratch + (<usize>j << 2), line, size, w + (<usize>j << 2), line, factor);
        }
        for (let r = 0; r < 4; r++) softmax(w + <usize>r * line, min(i + r + 1, length), padded);
        const to = out + <usize>(from + i) * down + (<usize>(h * size) << 2);
        for (let c = 0; c < size; c += 4) {
          block(w, line, 4, v + (<usize>c << 2), row, min(i + 4, length), to + (<usize>c << 2), down, 1);
        }
      }
      weights += <usize>padded * line;
    }
  }
}

/** dqkv from dout; `scratch` has room for (width / heads) * padded + padded * padded numbers. */
export function attentionBackward(
  qkv: usize, starts: usize, sequences: i32, width: i32, heads: i32, weights: usize, dout: usize, dqkv: usize, scratch: usize,
): void {
  const size = width / heads;
  const row = (<usize>width * 3) << 2;
  const down = <usize>width << 2;
  const factor: f32 = 1 / sqrt(<f32>size);
  for (let s = 0; s < sequences; s++) {
    const from = i32.load(starts + (<usize>s << 2));
    const length = i32.load(starts + (<usize>s << 2), 4) - from;
    const padded = (length + 3) & ~3;
    const line = <usize>padded << 2;
    const ds = scratch + <usize>size * line;
    for (let h = 0; h < heads; h++) {
      const slice = <usize>(h * size) << 2;
      const q = qkv + <usize>from * row + slice;
      const dq = dqkv + <usize>from * row + slice;
      const above = dout + <usize>from * down + slice;
      transpose(q + 2 * down, row, scratch, length, padded, size);
      for (let i = 0; i < length; i += 4) {
        const d = ds + <usize>i * line;
        for (let j = 0; j <= i; j += 4) {
          block(above + <usize>i * down, down, 4, scratch + (<usize>j << 2), line, size, d + (<usize>j << 2), line, 1);
        }
        const reach = <usize>(i + 4) << 2;
        for (let r = 0; r < 4; r++) {
          const p = weights + <usize>(i + r) * line;
          const e = d + <usize>r * line;
          let dot = f32x4.splat(0);
          for (let c: usize = 0; c < reach; c += 16) dot = multiplyAdd(v128.load(p + c), v128.load(e + c), dot);
          const mean = f32x4.splat(sumLanes(dot));
          for (let c: usize = 0; c < reach; c += 16) {
            v128.store(e + c, f32x4.mul(v128.load(p + c), f32x4.sub(v128.load(e + c), mean)));
          }
        }
        for (let c = 0; c < size; c += 4) {
          const to = dq + <usize>i * row + (<usize>c << 2);
          block(d, line, 4, q + down + (<usize>c << 2), row, min(i + 4, length), to, row, factor);
        }
      }
      for (let j = 0; j < length; j += 4) {
        const below = length - j;
        const d = ds + <usize>j * line + (<usize>j << 2);
        const p = weights + <usize>j * line + (<usize>j << 2);
        for (let c = 0; c < size; c += 4) {
          const to = dq + <usize>j * row + (<usize>c << 2);
          block(d, 4, line, q + <usize>j * row + (<usize>c << 2), row, below, to + down, row, factor);
          block(p, 4, line, above + <usize>j * down + (<usize>c << 2), down, below, to + 2 * down, row, 1);
        }
      }
      weights += <usize>padded * line;
    }
  }
}

/**
 * Stores the keys and values of new rows in a cache. A slot has `room` places (a multiple of 16); its keys lie transposed,
 * [width, room], its values as [room, width].
 */
export function remember(qkv: usize, slots: usize, places: usize, keys: usize, values: usize, rows: i32, width: i32, room: i32): void {
  const down = <usize>width << 2;
  const line = <usize>room << 2;
  for (let r = 0; r < rows; r++) {
    const place = <usize>i32.load(places + (<usize>r << 2));
    const slot = <usize>i32.load(slots + (<usize>r << 2)) * width * line;
    const k = qkv + <usize>r * 3 * down + down;
    let to = keys + slot + (place << 2);
    for (let c: usize = 0; c < down; c += 4) {
      f32.store(to, f32.load(k + c));
      to += line;
    }
    memory.copy(values + slot + place * down, k + down, down);
  }
}

/** Attention of single rows, each at its own place, over the cache of its slot; `scratch` has `room` numbers. */
export function recall(
  qkv: usize, slots: usize, places: usize, keys: usize, values: usize, out: usize,
  rows: i32, width: i32, heads: i32, room: i32, scratch: usize,
): void {
  const size = width / heads;
  const down = <usize>width << 2;
  const line = <usize>room << 2;
  const factor = f32x4.splat(1 / sqrt(<f32>size));
  for (let r = 0; r < rows; r++) {
    const count = i32.load(places + (<usize>r << 2)) + 1;
    const slot = <usize>i32.load(slots + (<usize>r << 2)) * width * line;
    const reach = (count + 15) & ~15;
    for (let h = 0; h < heads; h++) {
      const slice = <usize>(h * size) << 2;
      const q = qkv + <usize>r * 3 * down + slice;
      const k = keys + slot + <usize>(h * size) * line;
      for (let t: usize = 0; t < <usize>reach << 2; t += 64) {
        let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
        let from = k + t;
        for (let c = 0; c < size; c++) {
          const w = v128.load32_splat(q + (<usize>c << 2));
          a0 = multiplyAdd(w, v128.load(from), a0);
          a1 = multiplyAdd(w, v128.load(from, 16), a1);
          a2 = multiplyAdd(w, v128.load(from, 32), a2);
          a3 = multiplyAdd(w, v128.load(from, 48), a3);
          from += line;
        }
        v128.store(scratch + t, f32x4.mul(a0, factor));
        v128.store(scratch + t, f32x4.mul(a1, factor), 16);
        v128.store(scratch + t, f32x4.mul(a2, factor), 32);
        v128.store(scratch + t, f32x4.mul(a3, factor), 48);
      }
      softmax(scratch, count, (count + 3) & ~3);
      const to = out + <usize>r * down + slice;
      for (let c = 0; c < size; c += 4) {
        let even = f32x4.splat(0), odd = even;
        let v = values + slot + slice + (<usize>c << 2);
        let t = 0;
        for (; t + 1 < count; t += 2) {
          even = multiplyAdd(v128.load32_splat(scratch + (<usize>t << 2)), v128.load(v), even);
          odd = multiplyAdd(v128.load32_splat(scratch + (<usize>t << 2), 4), v128.load(v + down), odd);
          v += 2 * down;
        }
        if (t < count) even = multiplyAdd(v128.load32_splat(scratch + (<usize>t << 2)), v128.load(v), even);
        v128.store(to + (<usize>c << 2), f32x4.add(even, odd));
      }
    }
  }
}
