import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Random } from '../../stats/index.ts';
import { Kernels, portableModule } from './kernels.ts';

/** Row-major numbers in double precision. */
type Numbers = ArrayLike<number>;

const rng = new Random(1, 'kernels');
const normals = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
const tall = (rows: number) => Math.ceil(rows / 6) * 6;
const sum = (count: number, term: (i: number) => number) => {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
};
const table = (rows: number, columns: number, entry: (r: number, c: number) => number) =>
  Float64Array.from({ length: rows * columns }, (_, i) => entry(Math.floor(i / columns), i % columns));

/** The slope of a function at a point, in double precision. */
function slope(f: (x: Float64Array) => number, at: Numbers): Float64Array {
  const x = Float64Array.from(at);
  return x.map((value, i) => {
    x[i] = value + 1e-5;
    const up = f(x);
    x[i] = value - 1e-5;
    const down = f(x);
    x[i] = value;
    return (up - down) / 2e-5;
  });
}

/** Within single precision of numbers that were added up from terms of size about 1. */
function expectNear(actual: Numbers, expected: Numbers, tolerance = 2e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]) / (1 + Math.abs(expected[i]));
    // Said so that NaN is an error.
    if (!(error < tolerance)) expect.fail(`number ${i} must be ${expected[i]}, got ${actual[i]}`);
  }
}

const attentionOf = (qkv: Numbers, starts: readonly number[], width: number, heads: number): Float64Array => {
  const rows = starts[starts.length - 1];
  const size = width / heads;
  const out = new Float64Array(rows * width);
  const at = (part: number, row: number, c: number) => qkv[row * 3 * width + part * width + c];
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let row = starts[s]; row < starts[s + 1]; row++) {
      for (let h = 0; h < heads; h++) {
        const scores = Array.from({ length: row - starts[s] + 1 }, (_, t) => {
          const key = starts[s] + t;
          return sum(size, (c) => at(0, row, h * size + c) * at(1, key, h * size + c)) / Math.sqrt(size);
        });
        const most = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - most));
        const total = sum(weights.length, (t) => weights[t]);
        for (let c = h * size; c < (h + 1) * size; c++) {
          out[row * width + c] = sum(weights.length, (t) => (weights[t] / total) * at(2, starts[s] + t, c));
        }
      }
    }
  }
  return out;
};

const whole = (min: number, max: number) => fc.integer({ min, max });
const eights = (most: number) => whole(1, most).map((n) => 8 * n);

describe.each([
  ['relaxed', () => new Kernels()],
  ['portable', () => new Kernels(portableModule())],
])('kernels, %s', (_, create) => {
  const k = create();
  const { run } = k;

  /** An array with NaN in its padding and after it: nothing may depend on either. */
  const padded = (values: Numbers, size = values.length): number => {
    const at = k.take(size + 16);
    k.floats(at, size + 16).fill(Number.NaN);
    k.floats(at, values.length).set(values);
    return at;
  };
  /** An array of NaN to be written. */
  const blank = (size: number) => padded([], size);
  /** Reads an array, and sees that what lies after its padding was left alone. */
  const read = (at: number, count: number, size = count): Float32Array => {
    expect(k.floats(at, size + 16).subarray(size)).toEqual(new Float32Array(16).fill(Number.NaN));
    return k.floats(at, count).slice();
  };
  const property = <T extends unknown[]>(
    arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> },
    test: (...of: T) => void,
  ) =>
    fc.assert(
      fc.property(fc.tuple(...arbitraries) as unknown as fc.Arbitrary<T>, (of) => k.scope(() => test(...of))),
      {
        numRuns: 60,
      },
    );

  it('multiply matrices', () => {
    property<[number, number, number, boolean, boolean]>(
      [whole(1, 20), whole(1, 50), eights(5), fc.boolean(), fc.boolean()],
      (rows, inner, columns, biased, adds) => {
        const [x, w, b, y] = [
          normals(rows * inner),
          normals(inner * columns),
          normals(columns),
          normals(rows * columns),
        ];
        const at = padded(adds ? y : [], tall(rows) * columns);
        const bias = biased ? padded(b) : 0;
        const scratch = blank(8 * inner);
        run.matmul(padded(x, tall(rows) * inner), padded(w), bias, at, rows, inner, columns, Number(adds), scratch);
        expectNear(
          read(at, rows * columns, tall(rows) * columns),
          table(rows, columns, (r, c) => {
            const product = sum(inner, (t) => x[r * inner + t] * w[t * columns + c]);
            return product + (biased ? b[c] : 0) + (adds ? y[r * columns + c] : 0);
          }),
        );
        read(scratch, 0, 8 * inner);
      },
    );
  });

  it('multiply by a transposed matrix', () => {
    property<[number, number, number, boolean]>(
      [whole(1, 20), eights(5), eights(5), fc.boolean()],
      (rows, inner, columns, adds) => {
        const [y, w, x] = [normals(rows * columns), normals(inner * columns), normals(rows * inner)];
        const at = padded(adds ? x : [], tall(rows) * inner);
        const scratch = blank(8 * columns);
        run.matmulTransposed(
          padded(y, tall(rows) * columns),
          padded(w),
          at,
          rows,
          inner,
          columns,
          Number(adds),
          scratch,
        );
        expectNear(
          read(at, rows * inner, tall(rows) * inner),
          table(rows, inner, (r, i) => {
            return sum(columns, (c) => y[r * columns + c] * w[i * columns + c]) + (adds ? x[r * inner + i] : 0);
          }),
        );
        read(scratch, 0, 8 * columns);
      },
    );
  });

  it('add up gradients of weights', () => {
    property<[number, number, number, boolean]>(
      [fc.oneof(whole(1, 20), whole(90, 200)), whole(1, 40), eights(3), fc.boolean()],
      (rows, inner, columns, biased) => {
        const [x, dy] = [normals(rows * inner), normals(rows * columns)];
        const [dw, db] = [normals(inner * columns), normals(columns)];
        const [weights, biases] = [padded(dw, tall(inner) * columns), padded(db)];
        const size = (tall(inner) + 8) * 96;
        const scratch = blank(size);
        run.weightGradient(padded(x), padded(dy), weights, biased ? biases : 0, rows, inner, columns, scratch);
        expectNear(
          read(weights, inner * columns, tall(inner) * columns),
          table(inner, columns, (i, c) => {
            return dw[i * columns + c] + sum(rows, (r) => x[r * inner + i] * dy[r * columns + c]);
          }),
        );
        expectNear(
          read(biases, columns),
          table(1, columns, (_, c) => db[c] + (biased ? sum(rows, (r) => dy[r * columns + c]) : 0)),
        );
        read(scratch, 0, size);
      },
    );
  });

  it('look up rows, and add to them', () => {
    property<[number, number]>([whole(1, 20), eights(4)], (rows, width) => {
      const [tokens, positions, from] = [normals(9 * width), normals(7 * width), normals(rows * width)];
      const ids = Int32Array.from({ length: rows }, () => rng.int(9));
      const places = Int32Array.from({ length: rows }, () => rng.int(7));
      const [i, p, t] = [k.takeInts(ids), k.takeInts(places), padded(tokens)];
      const [x, rowsOf] = [blank(rows * width), blank(rows * width)];
      run.embed(i, p, t, padded(positions), x, rows, width);
      run.gather(i, t, rowsOf, rows, width);
      const at = (r: number, c: number) => tokens[ids[r] * width + c];
      expectNear(
        read(x, rows * width),
        table(rows, width, (r, c) => at(r, c) + positions[places[r] * width + c]),
        1e-7,
      );
      expect(read(rowsOf, rows * width)).toEqual(Float32Array.from(table(rows, width, at)));
      run.scatterAdd(i, padded(from), t, rows, width);
      const added = table(9, width, (v, c) => {
        return tokens[v * width + c] + sum(rows, (r) => (ids[r] === v ? from[r * width + c] : 0));
      });
      expectNear(read(t, 9 * width), added, 1e-6);
    });
  });

  it('normalise rows, there and back', () => {
    property<[number, number]>([whole(1, 5), eights(3)], (rows, width) => {
      const offset = 3 * rng.normal();
      const x = normals(rows * width).map((value) => offset + 2 * value);
      const [gain, bias, dy] = [normals(width), normals(width), normals(rows * width)];
      const [dx, dgain, dbias] = [normals(rows * width), normals(width), normals(width)];
      const norm = (from: Numbers, g: Numbers, b: Numbers) =>
        table(rows, width, (r, c) => {
          const mean = sum(width, (i) => from[r * width + i]) / width;
          const variance = sum(width, (i) => (from[r * width + i] - mean) ** 2) / width;
          return ((from[r * width + c] - mean) / Math.sqrt(variance + 1e-5)) * g[c] + b[c];
        });
      const [at, gains, moments, y] = [padded(x), padded(gain), blank(2 * rows), blank(rows * width)];
      run.layerNorm(at, gains, padded(bias), y, moments, rows, width);
      expectNear(read(y, rows * width), norm(x, gain, bias));
      const [back, backGain, backBias] = [padded(dx), padded(dgain), padded(dbias)];
      run.layerNormBackward(at, gains, moments, padded(dy), back, backGain, backBias, rows, width);
      const loss = (y: Numbers) => sum(rows * width, (i) => dy[i] * y[i]);
      const plus = (start: Numbers, more: Float64Array) => more.map((value, i) => start[i] + value);
      expectNear(
        read(back, rows * width),
        plus(
          dx,
          slope((given) => loss(norm(given, gain, bias)), x),
        ),
        1e-4,
      );
      expectNear(
        read(backGain, width),
        plus(
          dgain,
          slope((given) => loss(norm(x, given, bias)), gain),
        ),
        1e-4,
      );
      expectNear(
        read(backBias, width),
        plus(
          dbias,
          slope((given) => loss(norm(x, gain, given)), bias),
        ),
        1e-4,
      );
      read(moments, 0, 2 * rows);
    });
  });

  it('gate with GELU, there and back', () => {
    const gelu = (x: number) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
    const x = Float32Array.from({ length: 4000 }, (_, i) => (i - 2000) / 100);
    const dy = normals(4000);
    k.scope(() => {
      const [at, y, back] = [padded(x), blank(4000), padded(dy)];
      run.gelu(at, y, 4000);
      expectNear(read(y, 4000), Float64Array.from(x, gelu), 1e-6);
      // Far out on the left the result is small, and still right: there 1 + tanh(u) is lost in double, e^2u is not.
      const values = read(y, 4000);
      for (let i = 1000; i < 1900; i++) {
        const far = Math.exp(2 * Math.sqrt(2 / Math.PI) * (x[i] + 0.044715 * x[i] ** 3));
        if (far > 1e-30) expect(values[i] / ((x[i] * far) / (1 + far))).toBeCloseTo(1, 4);
      }
      run.geluBackward(at, back, back, 4000);
      const slopes = Float64Array.from(x, (value, i) => dy[i] * ((gelu(value + 1e-5) - gelu(value - 1e-5)) / 2e-5));
      expectNear(read(back, 4000), slopes, 1e-5);
    });
    k.scope(() => {
      const [at, y, back] = [padded([-1e6, -90, 90, 1e6]), blank(4), padded([1, 1, 1, 1])];
      run.gelu(at, y, 4);
      run.geluBackward(at, back, back, 4);
      const [left, small, large, right] = read(y, 4);
      expect([large, right]).toEqual([90, 1e6]);
      expect(Math.abs(left)).toBeLessThan(1e-30);
      expect(Math.abs(small)).toBeLessThan(1e-30);
      expectNear(read(back, 4), [0, 0, 1, 1], 1e-6);
    });
  });

  it('attend within ragged sequences, there and back', () => {
    property<[number[], number, number]>(
      [fc.array(whole(1, 11), { minLength: 1, maxLength: 4 }), whole(1, 3), whole(1, 3).map((n) => 4 * n)],
      (lengths, heads, size) => {
        const width = heads * size;
        const starts = [0];
        for (const length of lengths) starts.push(starts[starts.length - 1] + length);
        const rows = starts[starts.length - 1];
        const longest = Math.max(...lengths) + 3;
        const weightCount = sum(lengths.length, (s) => heads * (4 * Math.ceil(lengths[s] / 4)) ** 2);
        const [qkv, dout] = [normals(rows * 3 * width), normals(rows * width)];
        const at = padded(qkv, (rows + 3) * 3 * width);
        const begin = k.takeInts(starts);
        const [out, weights] = [blank((rows + 3) * width), blank(weightCount)];
        const scratch = blank((size + longest) * longest);
        run.attention(at, begin, lengths.length, width, heads, out, weights, scratch);
        expectNear(read(out, rows * width, (rows + 3) * width), attentionOf(qkv, starts, width, heads));
        read(weights, 0, weightCount);
        if (rows * width > 120) return; // slopes one by one take their time
        const back = blank((rows + 3) * 3 * width);
        const above = padded(dout, (rows + 3) * width);
        run.attentionBackward(at, begin, lengths.length, width, heads, weights, above, back, scratch);
        const loss = (given: Float64Array) => {
          const y = attentionOf(given, starts, width, heads);
          return sum(rows * width, (i) => dout[i] * y[i]);
        };
        expectNear(read(back, rows * 3 * width, (rows + 3) * 3 * width), slope(loss, qkv), 1e-4);
        read(scratch, 0, (size + longest) * longest);
      },
    );
  });

  it('attend from a cache as without one', () => {
    property<[number[], number, number]>(
      [fc.array(whole(1, 35), { minLength: 1, maxLength: 5 }), whole(1, 3), whole(1, 3).map((n) => 4 * n)],
      (lengths, heads, size) => {
        const width = heads * size;
        const room = 16 * Math.ceil(Math.max(...lengths) / 16);
        const cache = lengths.length * width * room;
        const [keys, values, scratch] = [blank(cache), blank(cache), blank(room)];
        const texts = lengths.map((length) => normals(length * 3 * width));
        const expected = texts.map((qkv, s) => attentionOf(qkv, [0, lengths[s]], width, heads));
        for (let step = 0; step < room; step++) {
          k.scope(() => {
            // In any order, and ever fewer.
            const going = rng.shuffle([...lengths.keys()].filter((s) => step < lengths[s]));
            const rows = going.flatMap((s) => [...texts[s].subarray(step * 3 * width, (step + 1) * 3 * width)]);
            const [qkv, out] = [padded(rows), blank(going.length * width)];
            const [slots, places] = [k.takeInts(going), k.takeInts(going.map(() => step))];
            run.remember(qkv, slots, places, keys, values, going.length, width, room);
            run.recall(qkv, slots, places, keys, values, out, going.length, width, heads, room, scratch);
            const here = going.flatMap((s) => [...expected[s].subarray(step * width, (step + 1) * width)]);
            expectNear(read(out, here.length), here);
          });
        }
        read(keys, 0, cache);
        read(values, 0, cache);
        read(scratch, 0, room);
      },
    );
  });

  it('turn logits into distributions, there and back', () => {
    property<[number, number]>([whole(1, 7), whole(2, 20)], (rows, count) => {
      const stride = 8 * Math.ceil(count / 8);
      const logits = normals(rows * count).map((value) => 3 * value);
      const targets = Int32Array.from({ length: rows }, () => rng.int(count + 1) - 1);
      const a = normals(rows).map((value, r) => (targets[r] < 0 ? 0 : value));
      const b = normals(rows).map((value) => (rng.bool() ? value : 0));
      const laid = new Float32Array(rows * stride).fill(Number.NaN);
      for (let r = 0; r < rows; r++) laid.set(logits.subarray(r * count, (r + 1) * count), r * stride);
      const laidOut = (given: Numbers) => table(rows, stride, (r, c) => (c < count ? given[r * count + c] : 0));
      const logs = (given: Numbers) =>
        table(rows, count, (r, c) => {
          const most = Math.max(...Array.from({ length: count }, (_, i) => given[r * count + i]));
          return given[r * count + c] - most - Math.log(sum(count, (i) => Math.exp(given[r * count + i] - most)));
        });
      const entropy = (log: Numbers, r: number) =>
        -sum(count, (c) => Math.exp(log[r * count + c]) * log[r * count + c]);
      const [at, wanted, logProbs, entropies] = [padded(laid), k.takeInts(targets), blank(rows), blank(rows)];
      run.distribution(at, wanted, logProbs, entropies, rows, count, stride);
      const log = logs(logits);
      expectNear(read(at, rows * stride), laidOut(log.map(Math.exp)), 1e-6);
      expectNear(
        read(entropies, rows),
        table(rows, 1, (r) => entropy(log, r)),
        1e-5,
      );
      const given = read(logProbs, rows);
      for (let r = 0; r < rows; r++) {
        if (targets[r] >= 0) expectNear([given[r]], [log[r * count + targets[r]]], 1e-6);
      }
      run.distributionBackward(at, wanted, padded(a), padded(b), entropies, rows, count, stride);
      const loss = (z: Float64Array) => {
        const log = logs(z);
        return sum(rows, (r) => (targets[r] < 0 ? 0 : a[r] * log[r * count + targets[r]]) + b[r] * entropy(log, r));
      };
      expectNear(read(at, rows * stride), laidOut(slope(loss, logits)), 1e-4);
    });
  });

  it('know the exponential over its whole range', () => {
    const count = 20_000;
    k.scope(() => {
      const x = Float32Array.from({ length: count }, (_, i) => (-87.3 * i) / (count - 1));
      const logits = new Float32Array(8 * count).fill(-1e30);
      for (let i = 0; i < count; i++) logits.set([0, x[i]], 8 * i);
      const [at, targets] = [k.takeFloats(logits), k.takeInts(new Int32Array(count).fill(1))];
      const [logProbs, entropies] = [k.take(count), k.take(count)];
      run.distribution(at, targets, logProbs, entropies, count, 2, 8);
      const odds = k.floats(at, 8 * count);
      let worst = 0;
      for (let i = 0; i < count; i++) {
        worst = Math.max(worst, Math.abs(odds[8 * i + 1] / odds[8 * i] / Math.exp(x[i]) - 1));
      }
      // 2 units in the last place, 1.2e-7 each, and two roundings of half a unit for the share.
      expect(worst).toBeLessThan(3.6e-7);
    });
  });

  it('have answers at the extremes, and let NaN be seen', () => {
    const rows = [
      [0, -88],
      [0, -1000],
      [1e30, -1e30],
      [88, 89],
      [3e38, 3e38],
      [Number.NaN, 0],
    ];
    k.scope(() => {
      const logits = new Float32Array(8 * rows.length);
      for (const [r, row] of rows.entries()) logits.set(row, 8 * r);
      const [at, targets] = [k.takeFloats(logits), k.takeInts(rows.map(() => 1))];
      const [logProbs, entropies] = [k.take(rows.length), k.take(rows.length)];
      run.distribution(at, targets, logProbs, entropies, rows.length, 2, 8);
      const odds = k.floats(at, 8 * rows.length);
      const log = k.floats(logProbs, rows.length);
      const spread = k.floats(entropies, rows.length);
      expect([log[0], log[1]]).toEqual([-88, -1000]);
      expect(log[2]).toBe(Math.fround(-2e30));
      for (const r of [0, 1, 2]) {
        expect(odds[8 * r]).toBe(1);
        expect(odds[8 * r + 1]).toBeGreaterThan(0);
        expect(odds[8 * r + 1]).toBeLessThan(2e-38);
        expect(spread[r]).toBeCloseTo(0, 6);
      }
      expect(odds[25]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
      expect([odds[32], odds[33]]).toEqual([0.5, 0.5]);
      expect(spread[4]).toBeCloseTo(Math.LN2, 6);
      for (const value of [odds[40], odds[41], log[5], spread[5]]) expect(value).toBeNaN();
    });
  });
});

describe('the memory of kernels', () => {
  it('is given back as a whole, also when the work fails', () => {
    const k = new Kernels();
    const at = k.scope(() => k.take(100));
    expect(at % 64).toBe(0);
    expect(k.take(1)).toBe(at);
    const next = k.take(1);
    expect(next).toBe(at + 64);
    expect(() =>
      k.scope(() => {
        k.take(1000);
        throw new Error('enough');
      }),
    ).toThrow('enough');
    expect(k.take(1)).toBe(next + 64);
    expect(k.scope(() => k.scope(() => 7))).toBe(7);
  });

  it('does not grow with repeated work', () => {
    const k = new Kernels();
    const work = () =>
      k.scope(() => {
        for (let i = 0; i < 20; i++) k.scope(() => k.take(100_000));
        k.take(300_000);
      });
    work();
    const { bytes } = k;
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    for (let i = 0; i < 1000; i++) work();
    expect(grow).not.toHaveBeenCalled();
    grow.mockRestore();
    expect(k.bytes).toBe(bytes);
    expect(bytes).toBeLessThan(4 * 400_000 * 2);
  });

  it('keeps what is in it when it grows', () => {
    const k = new Kernels();
    const values = normals(1000);
    const [floats, ints] = [k.takeFloats(values), k.takeInts([1, -2, 3])];
    const before = k.bytes;
    const far = k.take(10_000_000);
    expect(k.bytes).toBeGreaterThan(before + 39_000_000);
    k.floats(far, 10_000_000)[9_999_999] = 5;
    expect(k.floats(floats, 1000)).toEqual(values);
    expect([...k.ints(ints, 3)]).toEqual([1, -2, 3]);
  });

  it('is cleared where zeros are asked for', () => {
    const k = new Kernels();
    k.scope(() => k.floats(k.take(500), 500).fill(7));
    expect(k.floats(k.takeZeros(500), 500)).toEqual(new Float32Array(500));
  });
});
