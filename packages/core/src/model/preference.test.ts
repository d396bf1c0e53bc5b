import { describe, expect, it } from 'vitest';
import { ndarray } from '../nn/index.ts';
import { Random, spearman } from '../stats/index.ts';
import { preferenceRewardModel } from './preference.ts';

/** Items of random steps; item i beats item j when its true return is higher. */
function draw(rng: Random, n: number, steps: number) {
  const features = Float32Array.from({ length: n * steps * 3 }, () => rng.normal());
  const truth = Float64Array.from({ length: n * steps }, (_, at) => {
    const [x, y, z] = features.subarray(3 * at, 3 * at + 3);
    return 2 * x - y + 0.5 * x * z;
  });
  const returns = Float64Array.from({ length: n }, (_, i) =>
    truth.subarray(i * steps, (i + 1) * steps).reduce((a, b) => a + b, 0),
  );
  const wins = new Float32Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) wins[i * n + j] = Number(returns[i] > returns[j]);
  return { items: ndarray(features, [n, steps, 3]), wins, truth };
}

describe('preferenceRewardModel', () => {
  it('recovers the order of steps from comparisons of their sums', () => {
    const rng = new Random(1, 'preference.test');
    const model = preferenceRewardModel({ features: 3, seed: 0, hidden: [32, 32], learningRate: 3e-3 });
    for (let step = 0; step < 300; step++) {
      const { items, wins } = draw(rng, 32, 4);
      model.update(items, wins);
    }
    const { items, wins, truth } = draw(rng, 64, 4);
    const held = model.evaluate(items, wins);
    expect(held?.accuracy).toBeGreaterThan(0.92);
    expect(held?.pairs).toBe((64 * 63) / 2);
    expect(spearman(model.reward(ndarray(items.data, [256, 3])), truth)).toBeGreaterThan(0.9);
    model.dispose();
  });

  it('starts at chance, and its first loss is that of the formula', () => {
    const model = preferenceRewardModel({ features: 1, seed: 0, hidden: [4] });
    const items = ndarray(Float32Array.of(0.2, -0.4, 1), [3, 1, 1]);
    const r = model.reward(ndarray(items.data, [3, 1]));
    const wins = Float32Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0);
    const expected = (Math.log1p(Math.exp(r[1] - r[0])) + Math.log1p(Math.exp(r[2] - r[1]))) / 2;
    expect(model.evaluate(items, wins)?.loss).toBeCloseTo(expected, 4);
    expect(model.update(items, wins)?.loss).toBeCloseTo(expected, 4);
    model.dispose();
  });

  it('has nothing to learn from undecided pairs', () => {
    const model = preferenceRewardModel({ features: 1, seed: 0, hidden: [4] });
    const items = ndarray(Float32Array.of(1, 2), [2, 1, 1]);
    const before = model.reward(ndarray(items.data, [2, 1]));
    expect(model.update(items, new Float32Array(4))).toBeNull();
    expect(model.evaluate(items, new Float32Array(4))).toBeNull();
    expect(model.reward(ndarray(items.data, [2, 1]))).toEqual(before);
    model.dispose();
  });

  it('normalises by what it was calibrated on', () => {
    const model = preferenceRewardModel({ features: 1, seed: 3, normalize: true });
    const rows = ndarray(Float32Array.of(-2, -1, 0, 1, 2), [5, 1]);
    model.calibrate(rows);
    const rewards = model.reward(rows);
    const mean = rewards.reduce((a, b) => a + b, 0) / 5;
    expect(mean).toBeCloseTo(0, 5);
    expect(rewards.reduce((a, b) => a + (b - mean) ** 2, 0) / 5).toBeCloseTo(1, 4);
    model.dispose();
  });

  it('names what does not fit', () => {
    const model = preferenceRewardModel({ features: 2, seed: 0, hidden: [4] });
    expect(() => model.update(ndarray(new Float32Array(4), [2, 2]), new Float32Array(4))).toThrow(
      /items must have shape \[n, steps, 2\], got \[2, 2\]/,
    );
    expect(() => model.reward(ndarray(new Float32Array(3), [1, 3]))).toThrow(/rows must have shape \[rows, 2\]/);
    expect(() => model.update(ndarray(new Float32Array(4), [2, 1, 2]), new Float32Array(3))).toThrow(/shape \[2, 2\]/);
    model.dispose();
  });
});
