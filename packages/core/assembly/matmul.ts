import { multiplyAdd } from './simd';

// Every product here comes down to one tile: 6 rows by 8 columns, whose 12 accumulators with two columns and one row
// value are what 16 vector registers hold. Columns come from a packed panel, so that they stream from the first cache.
// Row counts are rounded up to 6 (buffers have the room), column counts are multiples of 8.

/** y = x w + b, or y += x w + b: x [rows, k], w [k, n], y [rows, n]; b [n] or 0 for none. */
export function matmul(x: usize, w: usize, b: usize, y: usize, rows: i32, k: i32, n: i32, add: bool, panel: usize): void {
  const stride = <usize>n << 2;
  for (let j = 0; j < n; j += 8) {
    let from = w + (<usize>j << 2);
    let to = panel;
    for (let t = 0; t < k; t++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += stride;
      to += 32;
    }
    tiles(x, k, panel, b ? b + (<usize>j << 2) : 0, y + (<usize>j << 2), rows, n, add);
  }
}

/** x = y wᵀ, or x += y wᵀ: y [rows, n], w [k, n], x [rows, k]. */
export function matmulTransposed(y: usize, w: usize, x: usize, rows: i32, k: i32, n: i32, add: bool, panel: usize): void {
  const stride = <usize>n << 2;
  for (let i = 0; i < k; i += 8) {
    for (let q = 0; q < 8; q++) {
      let from = w + <usize>(i + q) * stride;
      let to = panel + (<usize>q << 2);
      for (let t = 0; t < n; t++) {
        f32.store(to, f32.load(from));
        from += 4;
        to += 32;
      }
    }
    tiles(y, n, panel, 0, x + (<usize>i << 2), rows, k, add);
  }
}

/** y[:, 8 columns] from x [rows, k] and a panel [k, 8]; `n` is the row length of y. */
// @ts-ignore: decorator
@inline
function tiles(x: usize, k: i32, panel: usize, b: usize, y: usize, rows: i32, n: i32, add: bool): void {
  const across = <usize>k << 2;
  const down = <usize>n << 2;
  const bias0 = b ? v128.load(b) : f32x4.splat(0);
  const bias1 = b ? v128.load(b, 16) : f32x4.splat(0);
  for (let r = 0; r < rows; r += 6) {
    let a00 = bias0, a01 = bias1, a10 = bias0, a11 = bias1, a20 = bias0, a21 = bias1;
    let a30 = bias0, a31 = bias1, a40 = bias0, a41 = bias1, a50 = bias0, a51 = bias1;
    let p0 = x + <usize>r * across;
    let p1 = p0 + across, p2 = p1 + across, p3 = p2 + across, p4 = p3 + across, p5 = p4 + across;
    let w = panel;
    const end = p1;
    while (p0 < end) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      let t = v128.load32_splat(p0);
      a00 = multiplyAdd(t, w0, a00); a01 = multiplyAdd(t, w1, a01);
      t = v128.load32_splat(p1);
      a10 = multiplyAdd(t, w0, a10); a11 = multiplyAdd(t, w1, a11);
      t = v128.load32_splat(p2);
      a20 = multiplyAdd(t, w0, a20); a21 = multiplyAdd(t, w1, a21);
      t = v128.load32_splat(p3);
      a30 = multiplyAdd(t, w0, a30); a31 = multiplyAdd(t, w1, a31);
      t = v128.load32_splat(p4);
      a40 = multiplyAdd(t, w0, a40); a41 = multiplyAdd(t, w1, a41);
      t = v128.load32_splat(p5);
      a50 = multiplyAdd(t, w0, a50); a51 = multiplyAdd(t, w1, a51);
      p0 += 4; p1 += 4; p2 += 4; p3 += 4; p4 += 4; p5 += 4;
      w += 32;
    }
    let out = y + <usize>r * down;
    put(out, a00, a01, add); out += down;
    put(out, a10, a11, add); out += down;
    put(out, a20, a21, add); out += down;
    put(out, a30, a31, add); out += down;
    put(out, a40, a41, add); out += down;
    put(out, a50, a51, add);
  }
}

// @ts-ignore: decorator
@inline
function put(at: usize, a: v128, b: v128, add: bool): void {
  if (add) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
  }
  v128.store(at, a);
  v128.store(at, b, 16);
}

/** Rows whose two panels fit the first cache. */
const BLOCK = 96;

/**
 * dw += xᵀ dy and db += the sum of dy's rows (none when db is 0): x [rows, k], dy [rows, n], dw [k rounded up to 6, n],
 * of which rows from k on are left undefined. `panels` has room for (6 ceil(k / 6) + 8) * 96 numbers. Here `rows` is exact.
 */
export function weightGradient(x: usize, dy: usize, dw: usize, db: usize, rows: i32, k: i32, n: i32, panels: usize): void {
  const down = <usize>n << 2;
  const across = <usize>k << 2;
  const whole = ((k + 5) / 6) * 6;
  const columns = panels + ((<usize>whole * BLOCK) << 2);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = min(BLOCK, rows - from);
    // x as panels of six neighbouring columns.
    for (let i = 0; i < whole; i += 6) {
      let to = panels + ((<usize>i * BLOCK) << 2);
      let at = x + <usize>from * across + (<usize>i << 2);
      const there = min(6, k - i);
      for (let r = 0; r < count; r++) {
        for (let q = 0; q < there; q++) f32.store(to + (<usize>q << 2), f32.load(at + (<usize>q << 2)));
        for (let q = there; q < 6; q++) f32.store(to + (<usize>q << 2), 0);
        to += 24;
        at += across;
      }
    }
    for (let j = 0; j < n; j += 8) {
      let at = dy + <usize>from * down + (<usize>j << 2);
      let to = columns;
      let s0 = f32x4.splat(0), s1 = s0;
      for (let r = 0; r < count; r++) {
        const y0 = v128.load(at), y1 = v128.load(at, 16);
        v128.store(to, y0);
        v128.store(to, y1, 16);
        s0 = f32x4.add(s0, y0);
        s1 = f32x4.add(s1, y1);
        at += down;
        to += 32;
      }
      if (db) put(db + (<usize>j << 2), s0, s1, true);
      for (let i = 0; i < whole; i += 6) {
        let a00 = f32x4.splat(0), a01 = a00, a10 = a00, a11 = a00, a20 = a00, a21 = a00;
        let a30 = a00, a31 = a00, a40 = a00, a41 = a00, a50 = a00, a51 = a00;
        let p = panels + ((<usize>i * BLOCK) << 2);
        let w = columns;
        const end = w + (<usize>count << 5);
        while (w < end) {
          const w0 = v128.load(w), w1 = v128.load(w, 16);
          let t = v128.load32_splat(p);
          a00 = multiplyAdd(t, w0, a00); a01 = multiplyAdd(t, w1, a01);
          t = v128.load32_splat(p, 4);
          a10 = multiplyAdd(t, w0, a10); a11 = multiplyAdd(t, w1, a11);
          t = v128.load32_splat(p, 8);
          a20 = multiplyAdd(t, w0, a20); a21 = multiplyAdd(t, w1, a21);
          t = v128.load32_splat(p, 12);
          a30 = multiplyAdd(t, w0, a30); a31 = multiplyAdd(t, w1, a31);
          t = v128.load32_splat(p, 16);
          a40 = multiplyAdd(t, w0, a40); a41 = multiplyAdd(t, w1, a41);
          t = v128.load32_splat(p, 20);
          a50 = multiplyAdd(t, w0, a50); a51 = multiplyAdd(t, w1, a51);
          p += 24;
          w += 32;
        }
        let out = dw + <usize>i * down + (<usize>j << 2);
        put(out, a00, a01, true); out += down;
        put(out, a10, a11, true); out += down;
        put(out, a20, a21, true); out += down;
        put(out, a30, a31, true); out += down;
        put(out, a40, a41, true); out += down;
        put(out, a50, a51, true);
      }
    }
  }
}
