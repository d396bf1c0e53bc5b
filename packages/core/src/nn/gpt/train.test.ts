import { describe, expect, it, vi } from 'vitest';
import { Random } from '../../stats/index.ts';
import { adamW } from '../adamw.ts';
import { type NdArray, ndarray } from '../array.ts';
import { kernels } from '../kernels/kernels.ts';
import { network } from '../network.ts';
import { add, mul, sum, type Tensor } from '../ops.ts';
import { linearSchedule } from '../schedule.ts';
import { trainer } from '../train.ts';
import { Gpt, type GptReading } from './gpt.ts';
import { type GptShape, parametersOf } from './shape.ts';
import { GptTrainer } from './train.ts';

const shape: GptShape = { vocabulary: 7, context: 8, width: 8, layers: 1, heads: 2, outputs: ['value'] };
const fresh = (of = shape) => new Gpt(of, new Random(0, 'weights'));

function batchOf(step: number, { vocabulary, context } = shape) {
  const rng = new Random(step, 'batch');
  return Array.from({ length: 5 }, () => {
    const tokens = Int32Array.from({ length: 2 + rng.int(context - 1) }, () => rng.int(vocabulary));
    return { tokens, from: 1 };
  });
}

/** Cross-entropy, summed, and half the squares of the outputs. */
const slopes = (readings: readonly GptReading[]) =>
  readings.map(({ logProbs, outputs }) => ({ logProbs: logProbs.map(() => -1), outputs }));

/** The arrays of a vector of parameters, by name. */
function arraysOf(vector: Float32Array): Record<string, NdArray> {
  return Object.fromEntries(
    parametersOf(shape).map(({ name, offset, rows, columns }) => {
      const data = vector.slice(offset, offset + Math.max(rows, 1) * columns);
      return [name, ndarray(data, rows === 0 ? [columns] : [rows, columns])];
    }),
  );
}

describe('GptTrainer', () => {
  it.each([
    ['plain', { learningRate: 1e-2 }],
    [
      'every option',
      { learningRate: linearSchedule(2e-2, 15), beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.3 },
    ],
    ['clipped', { learningRate: 1e-2, beta2: 0.9, weightDecay: 0.1, maxGradientNorm: 12 }],
  ])('moves as AdamW on jax-js does: %s', (_, options) => {
    const gpt = fresh();
    const ours = new GptTrainer(gpt, options);
    const net = network(arraysOf(gpt.parameters));
    const theirs = trainer(net, {
      optimiser: adamW(options),
      // Its gradient is whatever is given.
      loss: (params, slope: Record<string, Tensor>) => ({
        loss: Object.keys(slope)
          .map((name) => sum(mul(params[name], slope[name])))
          .reduce(add),
      }),
    });
    const norms: number[] = [];
    for (let step = 0; step < 20; step++) {
      const gradient = new Float32Array(gpt.parameters.length);
      gpt.addGradient(batchOf(step), slopes, gradient);
      const { gradientNorm } = ours.step(batchOf(step), slopes);
      expect(gradientNorm).toBeCloseTo(Math.hypot(...gradient), 6);
      theirs.step(arraysOf(gradient));
      norms.push(gradientNorm);
      const expected = net.parameters();
      for (const [name, { data }] of Object.entries(arraysOf(gpt.parameters))) {
        for (let i = 0; i < data.length; i++)
          expect(Math.abs(data[i] - expected[name].data[i]), name).toBeLessThan(1e-5);
      }
    }
    expect(ours.steps).toBe(20);
    // Both sides of the bound were met.
    expect(Math.min(...norms)).toBeLessThan(12);
    expect(Math.max(...norms)).toBeGreaterThan(12);
    theirs.dispose();
    net.dispose();
  });

  it('decays matrices, and nothing else', () => {
    const gpt = fresh();
    const before = gpt.parameters.slice();
    const trainer = new GptTrainer(gpt, { learningRate: 0.1, weightDecay: 0.5 });
    for (let step = 0; step < 3; step++) trainer.step(batchOf(0), (readings) => readings.map(() => ({})));
    for (const { name, offset, rows, columns } of parametersOf(shape)) {
      for (let i = offset; i < offset + Math.max(rows, 1) * columns; i++) {
        expect(gpt.parameters[i], name).toBeCloseTo(before[i] * (rows > 0 ? 0.95 ** 3 : 1), 6);
      }
    }
  });

  it('leaves everything as it was after a gradient or a rate that is none', () => {
    const [gpt, twin] = [fresh(), fresh()];
    let learningRate = 1e-2;
    const options = { learningRate: () => learningRate, maxGradientNorm: 1 };
    const [ours, undisturbed] = [new GptTrainer(gpt, options), new GptTrainer(twin, options)];
    const step = (trainer: GptTrainer, at: number) => trainer.step(batchOf(at), slopes);
    step(ours, 0);
    step(undisturbed, 0);
    for (const wrong of [Number.NaN, Infinity]) {
      expect(() =>
        ours.step(batchOf(1), (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => wrong) }))),
      ).toThrow(/gradientNorm must be finite, got .* at step 1/);
    }
    learningRate = Number.NaN;
    expect(() => step(ours, 1)).toThrow('learningRate must be at least 0, got NaN at step 1');
    learningRate = 1e-2;
    expect(ours.steps).toBe(1);
    expect(gpt.parameters).toEqual(twin.parameters);
    for (let at = 1; at < 4; at++) {
      step(ours, at);
      step(undisturbed, at);
    }
    expect(gpt.parameters).toEqual(twin.parameters);
  });

  it('refuses options that are none', () => {
    const wrong = (options: object) => () => new GptTrainer(fresh(), { learningRate: 1, ...options });
    expect(wrong({ beta1: 1 })).toThrow('beta1 must lie in [0, 1), got 1');
    expect(wrong({ beta2: -0.1 })).toThrow('beta2 must lie in [0, 1), got -0.1');
    expect(wrong({ epsilon: 0 })).toThrow('epsilon must be positive, got 0');
    expect(wrong({ weightDecay: -1 })).toThrow('weightDecay must be at least 0, got -1');
    expect(wrong({ maxGradientNorm: 0 })).toThrow('maxGradientNorm must be positive, got 0');
  });

  it('learns to say a text backwards', () => {
    const of = { vocabulary: 8, context: 8, width: 32, layers: 2, heads: 4 };
    const gpt = fresh(of);
    const trainer = new GptTrainer(gpt, { learningRate: linearSchedule(1e-2, 300), maxGradientNorm: 1 });
    const rng = new Random(1, 'texts');
    const batch = () =>
      Array.from({ length: 32 }, () => {
        const text = Array.from({ length: 3 }, () => 1 + rng.int(7));
        return { tokens: [...text, 0, ...text.toReversed()], from: 4 };
      });
    const lossOf = (readings: readonly GptReading[]) =>
      readings.reduce((total, { logProbs }) => total - logProbs.reduce((sum, x) => sum + x, 0), 0) / (3 * 32);
    const before = lossOf(gpt.read(batch()));
    expect(before).toBeGreaterThan(1.8); // log 8 is 2.08
    for (let step = 0; step < 300; step++) {
      trainer.step(batch(), (readings) =>
        readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => -1 / (3 * 32)) })),
      );
    }
    expect(lossOf(gpt.read(batch()))).toBeLessThan(0.05);
  });

  it('holds no more memory after 10,000 steps than after a few', () => {
    const { process } = globalThis as unknown as {
      process: { memoryUsage(): Record<'heapUsed' | 'arrayBuffers', number> };
    };
    const gpt = fresh();
    const trainer = new GptTrainer(gpt, { learningRate: 1e-4 });
    const batch = batchOf(0);
    /** The least that was held in the course of these steps: what collections of garbage do not take. */
    const steps = (count: number) => {
      let least = Infinity;
      for (let i = 0; i < count; i++) {
        trainer.step(batch, slopes);
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        least = Math.min(least, heapUsed + arrayBuffers);
      }
      return least;
    };
    steps(500);
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    const { bytes } = kernels();
    const early = steps(3000);
    steps(4000);
    const late = steps(3000);
    expect(grow).not.toHaveBeenCalled();
    grow.mockRestore();
    expect(kernels().bytes).toBe(bytes);
    // A kilobyte lost at each step would be 7 MB.
    expect(late - early).toBeLessThan(3_000_000);
    expect(gpt.parameters.every(Number.isFinite)).toBe(true);
  });
});
