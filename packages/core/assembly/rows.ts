import { exponential, multiplyAdd, sumLanes } from './simd';

/** x[r] = tokens[token of r] + positions[position of r], each of `width` numbers. */
export function embed(ids: usize, places: usize, tokens: usize, positions: usize, x: usize, rows: i32, width: i32): void {
  const size = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    const a = tokens + <usize>i32.load(ids + (<usize>r << 2)) * size;
    const b = positions + <usize>i32.load(places + (<usize>r << 2)) * size;
    const to = x + <usize>r * size;
    for (let c: usize = 0; c < size; c += 16) v128.store(to + c, f32x4.add(v128.load(a + c), v128.load(b + c)));
  }
}

/** Adds each row of `from` to the row of `table` that `ids` names: the gradient of a look-up. */
export function scatterAdd(ids: usize, from: usize, table: usize, rows: i32, width: i32): void {
  const size = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    const to = table + <usize>i32.load(ids + (<usize>r << 2)) * size;
    const at = from + <usize>r * size;
    for (let c: usize = 0; c < size; c += 16) v128.store(to + c, f32x4.add(v128.load(to + c), v128.load(at + c)));
  }
}

/** to[r] = table[ids[r]]. */
export function gather(ids: usize, table: usize, to: usize, rows: i32, width: i32): void {
  const size = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(to + <usize>r * size, table + <usize>i32.load(ids + (<usize>r << 2)) * size, size);
  }
}

/** y = (x - mean) / sqrt(variance + 1e-5) * gain + bias over each row; keeps mean and 1 / sqrt(…) in `moments` [rows, 2]. */
export function layerNorm(x: usize, gain: usize, bias: usize, y: usize, moments: usize, rows: i32, width: i32): void {
  const size = <usize>width << 2;
  const share: f32 = 1 / <f32>width;
  for (let r = 0; r < rows; r++) {
    const from = x + <usize>r * size;
    const to = y + <usize>r * size;
    let sum = f32x4.splat(0);
    for (let c: usize = 0; c < size; c += 16) sum = f32x4.add(sum, v128.load(from + c));
    const mean = sumLanes(sum) * share;
    const centre = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let c: usize = 0; c < size; c += 16) {
      const d = f32x4.sub(v128.load(from + c), centre);
      squares = multiplyAdd(d, d, squares);
    }
    const scale: f32 = 1 / sqrt(sumLanes(squares) * share + 1e-5);
    const factor = f32x4.splat(scale);
    for (let c: usize = 0; c < size; c += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(from + c), centre), factor);
      v128.store(to + c, multiplyAdd(unit, v128.load(gain + c), v128.load(bias + c)));
    }
    f32.store(moments + (<usize>r << 3), mean);
    f32.store(moments + (<usize>r << 3), scale, 4);
  }
}

/** Adds to dx, dgain and dbias what comes back through `layerNorm`. */
export function layerNormBackward(
  x: usize, gain: usize, moments: usize, dy: usize, dx: usize, dgain: usize, dbias: usize, rows: i32, width: i32,
): void {
  const size = <usize>width << 2;
  const share: f32 = 1 / <f32>width;
  for (let r = 0; r < rows; r++) {
    const from = x + <usize>r * size;
    const above = dy + <usize>r * size;
    const to = dx + <usize>r * size;
    const centre = f32x4.splat(f32.load(moments + (<usize>r << 3)));
    const scale = f32x4.splat(f32.load(moments + (<usize>r << 3), 4));
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let c: usize = 0; c < size; c += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(from + c), centre), scale);
      const d = v128.load(above + c);
      const g = f32x4.mul(d, v128.load(gain + c));
      sum = f32x4.add(sum, g);
      product = multiplyAdd(g, unit, product);
      v128.store(dgain + c, multiplyAdd(d, unit, v128.load(dgain + c)));
      v128.store(dbias + c, f32x4.add(d, v128.load(dbias + c)));
    }
    const mean = f32x4.splat(sumLanes(sum) * share);
    const slope = f32x4.splat(sumLanes(product) * share);
    for (let c: usize = 0; c < size; c += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(from + c), centre), scale);
      const g = f32x4.mul(v128.load(above + c), v128.load(gain + c));
      const d = f32x4.sub(f32x4.sub(g, mean), f32x4.mul(unit, slope));
      v128.store(to + c, multiplyAdd(d, scale, v128.load(to + c)));
    }
  }
}

// GELU(x) = x σ(2 sqrt(2/π) (x + 0.044715 x³)): the tanh form, since (1 + tanh u) / 2 = σ(2u).

// @ts-ignore: decorator
@inline
function gate(x: v128): v128 {
  const cubic = multiplyAdd(f32x4.mul(x, x), f32x4.splat(0.044715), f32x4.splat(1));
  const u = f32x4.mul(f32x4.mul(x, cubic), f32x4.splat(-1.5957691216));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exponential(u)));
}

export function gelu(x: usize, y: usize, count: i32): void {
  const size = <usize>count << 2;
  for (let c: usize = 0; c < size; c += 16) {
    const v = v128.load(x + c);
    v128.store(y + c, f32x4.mul(v, gate(v)));
  }
}

/** dx = dy GELU'(x); dx may be dy. */
export function geluBackward(x: usize, dy: usize, dx: usize, count: i32): void {
  const size = <usize>count << 2;
  for (let c: usize = 0; c < size; c += 16) {
    const v = v128.load(x + c);
    const s = gate(v);
    const inner = f32x4.mul(
      multiplyAdd(f32x4.mul(v, v), f32x4.splat(0.134145), f32x4.splat(1)),
      f32x4.splat(1.5957691216),
    );
    const slope = multiplyAdd(f32x4.mul(v, s), f32x4.mul(f32x4.sub(f32x4.splat(1), s), inner), s);
    v128.store(dx + c, f32x4.mul(v128.load(dy + c), slope));
  }
}
