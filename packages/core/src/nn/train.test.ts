import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import type { Stored } from '../paper/index.ts';
import { Random } from '../stats/index.ts';
import { adamW } from './adamw.ts';
import { type NdArray, ndarray } from './array.ts';
import { filled } from './initialise.ts';
import { linear } from './linear.ts';
import { mlp } from './mlp.ts';
import { network } from './network.ts';
import { add, constant, gradient, log, mean, mul, square, sub, sum, type Tensor } from './ops.ts';
import { linearSchedule } from './schedule.ts';
import { trainer } from './train.ts';
import { pack } from './tree.ts';

const rng = new Random(5, 'train.test');
const normals = (...shape: number[]) =>
  ndarray(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()),
    shape,
  );

const model = mlp({ sizes: [3, 16, 16, 1], activation: 'tanh' });
const squaredError = (params: Parameters<typeof model.apply>[0], { x, y }: { x: Tensor; y: Tensor }) =>
  mean(square(sub(model.apply(params, x), y)));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('gradients of a network', () => {
  it('agree with finite differences for every parameter', () => {
    const params = model.init(new Random(1));
    const batch = { x: normals(8, 3), y: normals(8, 1) };
    const net = network(params);
    const lossOf = net.compile(squaredError);
    const slopes = net.compile((p, b: { x: Tensor; y: Tensor }) => gradient((q) => squaredError(q, b), p));
    const analytic = pack(slopes(batch));
    const data = params.flatMap(({ bias, weight }) => [bias, weight].map(({ data }) => data)); // names in order
    let i = 0;
    for (const values of data) {
      for (let k = 0; k < values.length; k++, i++) {
        if (i % 7 !== 0) continue; // a sample of them
        const at = values[k];
        const [up, down] = [0.01, -0.01].map((step) => {
          values[k] = at + step;
          net.load(params);
          return lossOf(batch).data[0];
        });
        values[k] = at;
        expect(analytic[i]).toBeCloseTo((up - down) / 0.02, 2);
      }
    }
    expect(i).toBe(net.size);
    net.dispose();
  });
});

describe('trainer', () => {
  it('fits a function, and reports what the loss function gives', () => {
    const net = network(model.init(new Random(2)));
    const train = trainer(net, {
      optimiser: adamW({ learningRate: linearSchedule(1e-2, 400), maxGradientNorm: 1 }),
      loss: (params, batch: { x: Tensor; y: Tensor }) => {
        const loss = squaredError(params, batch);
        return { loss, twice: mul(loss, 2) };
      },
    });
    const x = normals(64, 3);
    const y = ndarray(
      Float32Array.from({ length: 64 }, (_, i) => Math.sin(x.data[3 * i]) - x.data[3 * i + 1]),
      [64, 1],
    );
    const first = train.step({ x, y });
    let last = first;
    for (let i = 1; i < 400; i++) last = train.step({ x, y });
    expect(first.twice).toBeCloseTo(2 * first.loss, 5);
    expect(last.loss).toBeLessThan(first.loss / 100);
    expect(train.steps).toBe(400);
    train.dispose();
    net.dispose();
  });

  it('does what AdamW says, in double precision by hand', () => {
    const start = { bias: ndarray(Float32Array.of(0.5, -1)), weight: ndarray(Float32Array.of(1, 2, -3, 0.1), [2, 2]) };
    const options = {
      learningRate: 0.1,
      beta1: 0.8,
      beta2: 0.9,
      epsilon: 1e-3,
      weightDecay: 0.2,
      maxGradientNorm: 1.5,
    };
    const net = network(start);
    const train = trainer(net, {
      optimiser: adamW(options),
      loss: (p) => ({ loss: add(sum(square(p.weight)), sum(mul(p.bias, 3))) }),
    });
    const p = Float64Array.of(0.5, -1, 1, 2, -3, 0.1);
    const [m, v] = [new Float64Array(6), new Float64Array(6)];
    for (let t = 1; t <= 5; t++) {
      const g = p.map((x, i) => (i < 2 ? 3 : 2 * x));
      const norm = Math.hypot(...g);
      const report = train.step([]);
      expect(report.gradientNorm).toBeCloseTo(norm, 4);
      for (let i = 0; i < 6; i++) {
        const clipped = g[i] * Math.min(1, 1.5 / norm);
        m[i] = 0.8 * m[i] + 0.2 * clipped;
        v[i] = 0.9 * v[i] + 0.1 * clipped ** 2;
        const direction = m[i] / (1 - 0.8 ** t) / (Math.sqrt(v[i] / (1 - 0.9 ** t)) + 1e-3);
        p[i] -= 0.1 * (direction + (i < 2 ? 0 : 0.2 * p[i]));
      }
    }
    pack(net.parameters()).forEach((value, i) => {
      expect(value).toBeCloseTo(p[i], 5);
    });
    train.dispose();
    net.dispose();
  });

  it('gives the same numbers every time', () => {
    const run = () => {
      const net = network(model.init(new Random(2)));
      const train = trainer(net, { optimiser: adamW({ learningRate: 1e-2 }), loss: lossOfBatch });
      const batch = { x: filled([4, 3], 0.3), y: filled([4, 1], 1) };
      for (let i = 0; i < 20; i++) train.step(batch);
      const result = net.parameters();
      train.dispose();
      net.dispose();
      return result;
    };
    expect(run()).toEqual(run());
  });

  it('refuses a loss that is no number, and keeps the parameters', () => {
    const params = { x: ndarray(Float32Array.of(1)) };
    const net = network(params);
    const train = trainer(net, {
      optimiser: adamW({ learningRate: 1 }),
      loss: (p, shift: Tensor) => ({ loss: sum(log(add(p.x, shift))) }),
    });
    expect(() => train.step(ndarray(-2))).toThrow(/loss must be finite, got NaN at step 0/);
    expect(net.parameters()).toEqual(params);
    train.dispose();
    net.dispose();
  });

  it('refuses a loss that is no scalar', () => {
    const net = network({ x: filled([3]) });
    const train = trainer(net, { optimiser: adamW({ learningRate: 1 }), loss: (p) => ({ loss: p.x }) });
    expect(() => train.step([])).toThrow(/loss must give scalars, but loss has shape \[3\]/);
    train.dispose();
    net.dispose();
  });

  it('holds as many arrays after 10,000 steps as after a few', () => {
    const net = network(model.init(new Random(2)));
    const train = trainer(net, { optimiser: adamW({ learningRate: 1e-3 }), loss: lossOfBatch });
    const predict = net.compile((params, x: Tensor) => model.apply(params, x));
    const batch = { x: normals(64, 3), y: normals(64, 1) };
    const steps = (n: number) => {
      for (let i = 0; i < n; i++) {
        train.step(batch);
        predict(batch.x);
      }
    };
    steps(50);
    // Every array is at least 64 bytes of WebAssembly memory: one lost a step would need ten more pages of 64 KiB.
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    steps(10_000);
    expect(grow).not.toHaveBeenCalled();
    train.dispose();
    net.dispose();
  });

  const lossOfBatch = (params: Parameters<typeof squaredError>[0], batch: { x: Tensor; y: Tensor }) => ({
    loss: squaredError(params, batch),
  });
});

describe('network', () => {
  it('computes what the layers say', () => {
    const params = model.init(new Random(4));
    const net = network(params);
    const x = normals(5, 3);
    const predicted = net.compile((p, input: Tensor) => model.apply(p, input))(x);
    expect(predicted.shape).toEqual([5, 1]);
    for (let row = 0; row < 5; row++) {
      let h = Array.from(x.data.subarray(3 * row, 3 * row + 3));
      params.forEach(({ weight, bias }, layer) => {
        h = Array.from(bias.data, (b, j) => {
          const y = h.reduce((total, v, i) => total + v * weight.data[i * bias.data.length + j], b);
          return layer === params.length - 1 ? y : Math.tanh(y);
        });
      });
      expect(predicted.data[row]).toBeCloseTo(h[0], 5);
    }
    net.dispose();
  });

  it('keeps parameters as plain data, there and back', () => {
    const params = { head: linear.init(new Random(0), 3, 2), scales: [filled([2], 0.5)] };
    const net = network(params);
    expectTypeOf(net.parameters()).toExtend<Stored>();
    expect(net.size).toBe(10);
    expect(net.parameters()).toEqual(params);
    net.load({ ...params, scales: [filled([2], 7)] });
    expect([...net.parameters().scales[0].data]).toEqual([7, 7]);
    expect(() => net.load({ ...params, scales: [filled([3])] })).toThrow(/names and shapes/);
    net.dispose();
  });

  it('says what is wrong with parameters and outputs', () => {
    const wrong: unknown[] = [{ a: { b: [1] } }, { a: Float32Array.of(1) }];
    expect(() => network(wrong[0] as { a: NdArray })).toThrow(/a\.b\.0 must be an array with a shape, .* got 1/);
    expect(() => network(wrong[1] as { a: NdArray })).toThrow(/got Float32Array/);
    expect(() => network({})).toThrow(/at least one number/);
  });

  it('takes constants into a compiled function', () => {
    const net = network({ x: filled([2], 3) });
    const masked = net.compile((p) => mul(p.x, constant(ndarray(Float32Array.of(0, 1)))));
    expect([...masked([]).data]).toEqual([0, 3]);
    masked.dispose();
    net.dispose();
  });
});
