import { Random } from './random.ts';
import { mean, sortedQuantile } from './summary.ts';

/** A statistic with its interval. `lo` and `hi` are null where fewer than two units leave the interval undefined. */
export interface Estimate {
  value: number;
  lo: number | null;
  hi: number | null;
  /** Units that were resampled (seeds, environments, prompts), not observations inside them. */
  n: number;
  /** Coverage asked for, such as 0.95. */
  level: number;
}

export interface BootstrapOptions {
  /** Resamples; 2,000 unless told. */
  resamples?: number;
  /** Two-sided coverage; 0.95 unless told. */
  level?: number;
  /** Seed of the resampling, so that one sample always has one interval; 0 unless told. */
  seed?: number;
}

/**
 * Percentile bootstrap over units 0..n-1 (Efron 1979). `statistic` is given the drawn indices, so units may be
 * clusters: an environment, a seed, a prompt. Throws RangeError for n < 1 or a statistic that is not finite.
 *
 * @example
 * bootstrapUnits(envs.length, (drawn) => pearson(gather(distance, drawn), gather(regret, drawn)));
 */
export function bootstrapUnits(
  n: number,
  statistic: (units: Int32Array) => number,
  { resamples = 2000, level = 0.95, seed = 0 }: BootstrapOptions = {},
): Estimate {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a positive whole number, got ${n}`);
  const value = statistic(Int32Array.from({ length: n }, (_, i) => i));
  if (!Number.isFinite(value)) throw new RangeError(`statistic must be finite, got ${value}`);
  if (n < 2) return { value, lo: null, hi: null, n, level };
  const draws = resampled(n, statistic, resamples, seed);
  draws.sort();
  return {
    value,
    lo: sortedQuantile(draws, (1 - level) / 2),
    hi: sortedQuantile(draws, (1 + level) / 2),
    n,
    level,
  };
}

/**
 * Apart from the object literal of the estimate: V8 13.6 compiles a function while its long loop runs (on-stack
 * replacement), and estimates that such code makes can share the boxes of their numbers, so that the next overwrites
 * the last.
 */
function resampled(n: number, statistic: (units: Int32Array) => number, resamples: number, seed: number): Float64Array {
  const rng = new Random(seed, 'bootstrap');
  const draws = new Float64Array(resamples);
  const units = new Int32Array(n);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) units[i] = rng.int(n);
    draws[r] = statistic(units);
    if (Number.isNaN(draws[r])) throw new RangeError(`statistic must be a number for every resample, got ${draws[r]}`);
  }
  return draws;
}

/**
 * The mean (or another statistic) of a sample with its bootstrap interval.
 *
 * @example
 * bootstrap([0.61, 0.58, 0.66]); // { value: 0.617, lo: 0.58, hi: 0.66, n: 3, level: 0.95 }
 */
export function bootstrap(
  sample: ArrayLike<number>,
  { statistic = mean, ...options }: BootstrapOptions & { statistic?: (xs: ArrayLike<number>) => number } = {},
): Estimate {
  const drawn = new Float64Array(sample.length);
  return bootstrapUnits(
    sample.length,
    (units) => {
      for (let i = 0; i < units.length; i++) drawn[i] = sample[units[i]];
      return statistic(drawn);
    },
    options,
  );
}

/** Bootstrap of the mean of a[i] - b[i]: units (seeds) are paired. Throws RangeError when lengths differ. */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>, options: BootstrapOptions = {}): Estimate {
  if (a.length !== b.length) throw new RangeError(`a and b must be paired, got lengths ${a.length} and ${b.length}`);
  return bootstrap(
    Float64Array.from(a, (x, i) => x - b[i]),
    options,
  );
}
