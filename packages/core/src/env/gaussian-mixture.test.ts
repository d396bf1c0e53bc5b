import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import {
  diffuseMixture,
  type GaussianMixture,
  gaussianMixture,
  mixtureLogDensity,
  mixtureSample,
  mixtureScore,
  tiltMixture,
} from './gaussian-mixture.ts';

const component = fc.record({
  weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
  mean: fc.double({ min: -2, max: 2, noNaN: true }),
  variance: fc.double({ min: 0.05, max: 1, noNaN: true }),
});
const mixtures = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) =>
  gaussianMixture({
    dimension: 1,
    weights: parts.map(({ weight }) => weight),
    means: parts.map(({ mean }) => mean),
    variances: parts.map(({ variance }) => variance),
  }),
);

/** An integral over the line; all mixtures here live within [-12, 12]. */
function integrate(f: (x: number) => number): number {
  const h = 0.01;
  let sum = 0;
  for (let x = -12; x <= 12; x += h) sum += f(x) * h;
  return sum;
}
const density = (mixture: GaussianMixture) => (x: number) => Math.exp(mixtureLogDensity(mixture, [x]));

describe('a Gaussian mixture', () => {
  it('has a density that integrates to one, and the moments of its samples', () => {
    fc.assert(
      fc.property(mixtures, (mixture) => {
        expect(integrate(density(mixture))).toBeCloseTo(1, 6);
      }),
      { numRuns: 20 },
    );
    const two = gaussianMixture({ dimension: 2, weights: [1, 3], means: [-1, 0, 1, 2], variances: [0.1, 0.2] });
    const points = mixtureSample(two, 20_000, new Random(1));
    const mean = (d: number) => points.filter((_, i) => i % 2 === d).reduce((sum, x) => sum + x, 0) / 20_000;
    expect(Math.abs(mean(0) - 0.5)).toBeLessThan(0.04);
    expect(Math.abs(mean(1) - 1.5)).toBeLessThan(0.04);
  });

  it('has the score that differences of its log-density give', () => {
    fc.assert(
      fc.property(mixtures, fc.double({ min: -3, max: 3, noNaN: true }), (mixture, x) => {
        const numeric = (mixtureLogDensity(mixture, [x + 1e-5]) - mixtureLogDensity(mixture, [x - 1e-5])) / 2e-5;
        expect(mixtureScore(mixture, [x])[0]).toBeCloseTo(numeric, 4);
      }),
    );
  });

  it('tilted by a quadratic is what the integral says, and its normaliser too', () => {
    fc.assert(
      fc.property(
        mixtures,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (mixture, centre, precision) => {
          const tilt = (x: number) => Math.exp((-precision * (x - centre) ** 2) / 2);
          const { mixture: tilted, logNormaliser } = tiltMixture(mixture, { centre: [centre], precision });
          const z = integrate((x) => density(mixture)(x) * tilt(x));
          expect(Math.exp(logNormaliser)).toBeCloseTo(z, 6);
          for (const x of [-1.5, 0, 0.7])
            expect(density(tilted)(x)).toBeCloseTo((density(mixture)(x) * tilt(x)) / z, 6);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('tilts each coordinate on its own', () => {
    const mixture = gaussianMixture({ dimension: 2, weights: [1, 1], means: [0, 0, 1, 0], variances: 0.5 });
    const { mixture: tilted } = tiltMixture(mixture, { centre: [1, 3], precision: 2 });
    expect([...tilted.means]).toEqual([0.5, 1.5, 1, 1.5]);
    expect([...tilted.variances]).toEqual([0.25, 0.25]);
    expect(tilted.weights[1] / tilted.weights[0]).toBeCloseTo(Math.exp(0.5), 9);
  });

  it('diffused is the convolution', () => {
    const mixture = gaussianMixture({ dimension: 1, weights: [1], means: [2], variances: [0.3] });
    const half = diffuseMixture(mixture, 0.25);
    expect(half.means[0]).toBe(1);
    expect(half.variances[0]).toBeCloseTo(0.825, 12);
    expect(diffuseMixture(mixture, 1)).toEqual(mixture);
  });

  it('names what does not fit', () => {
    const part = { dimension: 1, weights: [1], means: [0], variances: 1 };
    expect(() => gaussianMixture({ ...part, dimension: 2 })).toThrow('means must hold 1 x 2 numbers, got 1');
    expect(() => gaussianMixture({ ...part, weights: [-1] })).toThrow('weights[0] must be at least 0, got -1');
    expect(() => gaussianMixture({ ...part, weights: [0] })).toThrow('weights must have a positive finite sum, got 0');
    expect(() => gaussianMixture({ ...part, variances: 0 })).toThrow('variances[0] must be positive, got 0');
    expect(() => mixtureLogDensity(gaussianMixture(part), [0, 1])).toThrow('the point must have 1 coordinates, got 2');
    expect(() => tiltMixture(gaussianMixture(part), { centre: [0], precision: -1 })).toThrow(
      'precision must be at least 0',
    );
  });
});
