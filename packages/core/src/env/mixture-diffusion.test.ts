import { describe, expect, it } from 'vitest';
import { medianDistance, Random, squaredMmd } from '../stats/index.ts';
import { diffuseMixture, gaussianMixture, mixtureSample, mixtureScore, tiltMixture } from './gaussian-mixture.ts';
import { MixtureDiffusion } from './mixture-diffusion.ts';
import { cosineSchedule, stableDiffusionSchedule } from './noise-schedule.ts';

const mixture = gaussianMixture({
  dimension: 2,
  weights: [0.5, 0.3, 0.2],
  means: [-1, 0, 1, 1, 1, -1],
  variances: [0.05, 0.02, 0.1],
});
const n = 1500;
const reference = mixtureSample(mixture, n, new Random(1, 'reference'));
const bandwidth = medianDistance(reference.slice(0, 800), 2);

/** Squared MMD of the model's samples to the mixture's own; about 0.001 is noise for this many points. */
function distance(model: MixtureDiffusion): number {
  const rng = new Random(2, 'samples');
  const points = model.advance(model.init(n, rng), model.steps, 0, rng);
  return squaredMmd(Float64Array.from(points.flatMap((x) => [...x])), reference, { dimension: 2, bandwidth });
}

describe('MixtureDiffusion', () => {
  it('has the mixture for its samples: exactly from the first step on, or in the limit of many', () => {
    for (const steps of [1, 3, 50])
      expect(distance(new MixtureDiffusion(mixture, stableDiffusionSchedule(steps)))).toBeLessThan(0.002);
    const denoised = (steps: number) =>
      distance(new MixtureDiffusion(mixture, cosineSchedule(steps), { kernel: 'denoised' }));
    expect(denoised(3)).toBeGreaterThan(0.006);
    expect(denoised(200)).toBeLessThan(0.003);
  });

  it('denoises as Tweedie has it: (x + (1 - a) score) / sqrt(a)', () => {
    const model = new MixtureDiffusion(mixture, stableDiffusionSchedule(20));
    for (const t of [1, 5, 12, 20]) {
      const a = model.schedule[t];
      for (const x of [Float64Array.of(0.3, -0.2), Float64Array.of(-1.5, 2)]) {
        const score = mixtureScore(diffuseMixture(mixture, a), x);
        const [predicted] = model.predict([x], t);
        for (let d = 0; d < 2; d++) expect(predicted[d]).toBeCloseTo((x[d] + (1 - a) * score[d]) / Math.sqrt(a), 8);
      }
    }
  });

  it('completes with draws whose mean is the denoised mean', () => {
    const model = new MixtureDiffusion(mixture, stableDiffusionSchedule(20));
    const x = Float64Array.of(0.2, 0.1);
    const draws = model.complete([x, x], 10, 5000, new Random(3));
    expect(draws).toHaveLength(10_000);
    const [predicted] = model.predict([x], 10);
    for (let d = 0; d < 2; d++) {
      const mean = draws.reduce((sum, draw) => sum + draw[d], 0) / draws.length;
      expect(Math.abs(mean - predicted[d])).toBeLessThan(0.05);
    }
  });

  it('is moved by guidance, and says by how much: weights make up for it', () => {
    const centre = [1, -1];
    const lambda = 0.8;
    const z = Math.exp(tiltMixture(mixture, { centre, precision: lambda }).logNormaliser);
    const gradient = (x: Float64Array, out: Float64Array) => out.set(centre.map((c, d) => c - x[d]));
    for (const kernel of ['exact', 'denoised'] as const) {
      const model = new MixtureDiffusion(mixture, cosineSchedule(60), {
        kernel,
        guidance: { gradient, scale: lambda },
      });
      const rng = new Random(4, kernel);
      const logWeights = new Float64Array(4000);
      const points = model.advance(model.init(4000, rng), model.steps, 0, rng, logWeights);
      const square = (x: Float64Array) => (x[0] - 1) ** 2 + (x[1] + 1) ** 2;
      const mean = (value: (x: Float64Array, i: number) => number) =>
        points.reduce((sum, x, i) => sum + value(x, i), 0) / 4000;
      const plain = mixtureSample(mixture, 4000, rng);
      let before = 0;
      for (let i = 0; i < 4000; i++) before += square(plain.subarray(2 * i, 2 * i + 2)) / 4000;
      expect(mean(square)).toBeLessThan(0.7 * before);
      expect(mean((_, i) => Math.exp(logWeights[i]))).toBeCloseTo(1, 1);
      // Weighted by reward and proposal, the samples give the normaliser of the tilt.
      expect(Math.abs(mean((x, i) => Math.exp(logWeights[i] - (lambda / 2) * square(x))) / z - 1)).toBeLessThan(0.06);
      // Completions are the model's own.
      expect(model.complete([Float64Array.of(-1, 0)], 1, 1, new Random(0))[0][0]).toBeLessThan(0);
    }
  });

  it('has the gradient of the guided reward right', () => {
    // With a deterministic stream, the push of one step is read off against the same step without guidance.
    const schedule = stableDiffusionSchedule(10);
    const direction = [0.7, -0.4];
    const gradient = (_x: Float64Array, out: Float64Array) => out.set(direction);
    const plain = new MixtureDiffusion(mixture, schedule, { kernel: 'denoised' });
    const guided = new MixtureDiffusion(mixture, schedule, { kernel: 'denoised', guidance: { gradient, scale: 1 } });
    const [t, x] = [6, Float64Array.of(0.4, 0.1)];
    const linear = (point: Float64Array) => {
      const [p] = plain.predict([point], t);
      return p[0] * direction[0] + p[1] * direction[1];
    };
    const [before] = plain.advance([x], t, t - 1, new Random(5));
    const [after] = guided.advance([x], t, t - 1, new Random(5));
    const [a, b] = [schedule[t], schedule[t - 1]];
    const variance = ((1 - b) * (1 - a / b)) / (1 - a);
    for (let d = 0; d < 2; d++) {
      const up = x.slice();
      const down = x.slice();
      up[d] += 1e-5;
      down[d] -= 1e-5;
      expect((after[d] - before[d]) / variance).toBeCloseTo((linear(up) - linear(down)) / 2e-5, 5);
    }
  });

  it('names what does not fit', () => {
    const bad =
      (...schedule: number[]) =>
      () =>
        new MixtureDiffusion(mixture, Float64Array.from(schedule));
    expect(bad(1)).toThrow('schedule must have a step and start at 1');
    expect(bad(1, 0.5, 0.5)).toThrow('schedule[2] must lie above 0 and below 0.5, got 0.5');
    const model = new MixtureDiffusion(mixture, stableDiffusionSchedule(5));
    expect(() => model.advance([], 5, 5, new Random(0))).toThrow('from and to must satisfy 5 >= from > to >= 0');
  });
});
