import { Random } from '../stats/index.ts';
import { logMeanExp, type Potential, Potentials } from './potentials.ts';
import { effectiveSampleSize, gather, normaliseLogWeights, type Resampler, resample } from './resampling.ts';
import type { Awaitable, StochasticSampler } from './sampler.ts';

/** After how many transitions to look at the particles; the last transition is always looked at. */
export type Schedule = readonly number[] | { every: number; from?: number; to?: number };

/**
 * Where the score of an unfinished particle comes from: the reward of its `predict`ion; the log-mean-exp of the rewards
 * of several `complete`d draws, (1 / strength) log mean exp(strength r), with strength 1 as in the paper unless told
 * (lambda makes it consistent with the target); or a function of one's own.
 */
export type IntermediateScore<X> =
  | 'predict'
  | { samples: number; strength?: number }
  | ((particles: readonly X[], t: number) => Awaitable<ArrayLike<number>>);

export interface SteeringOptions<X> {
  /** k, how many trajectories run side by side. */
  particles: number;
  /** Strength of the tilt: the target is p(x_0) exp(lambda r(x_0)). At least 0. */
  lambda: number;
  /** `difference` unless told. */
  potential?: Potential;
  schedule: Schedule;
  /** `predict` unless told. */
  intermediate?: IntermediateScore<X>;
  /** Resample only when the effective sample size is below this fraction of k; always unless told. */
  resampleBelow?: number;
  /** `systematic` unless told. */
  resampler?: Resampler;
  seed: number | string;
  signal?: AbortSignal;
  onCheckpoint?: (checkpoint: Checkpoint<X>) => void;
}

/** What was seen at one look at the population, before it was resampled. */
export interface Checkpoint<X> {
  /** Transitions left: 0 at the end. */
  t: number;
  particles: readonly X[];
  /** Scores of the particles; rewards at the end. */
  scores: Float64Array;
  /** Effective sample size of the carried weights. */
  ess: number;
  /** Parent of each particle of the next population; each its own where nothing was resampled. */
  parents: Int32Array;
}

export interface Steered<X> {
  /** The finished particle with the highest reward (the first of equals), looked for before the last resampling. */
  best: X;
  bestReward: number;
  /** The final population and its rewards. With `logWeights` it represents the target. */
  particles: readonly X[];
  rewards: Float64Array;
  /** All zero after a final resampling. */
  logWeights: Float64Array;
  /** Estimate of log E[exp(lambda r(x_0))] under the sampler; its exponential is unbiased. 0 for `best-of-n`. */
  logNormaliser: number;
  checkpoints: readonly Checkpoint<X>[];
  /** Samples that were handed to the reward. */
  rewardCalls: number;
}

/**
 * Feynman-Kac steering (Singhal et al. 2025, arXiv 2501.06848): sequential Monte Carlo towards the sampler tilted by
 * exp(lambda r), with any black-box reward and without its gradients. Trajectories run side by side; at each checkpoint
 * a potential multiplies their weights, and they are redrawn in proportion to them. Weights are kept as logarithms and
 * carried over checkpoints that do not resample. Judge what comes out by something other than the reward.
 *
 * @param reward scores of a batch of finished samples, at once or as a promise; every score finite
 * @throws RangeError for options out of range, a score that is missing or not finite; TypeError when the sampler lacks
 *   what `intermediate` needs; the signal's reason when aborted
 * @example
 * const walk = stepwise({
 *   steps: 8, init: () => 0, step: (x, _t, rng) => x + (rng.bool() ? 1 : -1), predict: (x) => x,
 * });
 * const out = await fkSteer(walk, (xs) => xs, { particles: 8, lambda: 4, schedule: { every: 2 }, seed: 7 });
 * out.best; // 8, or close to it
 */
export async function fkSteer<X>(
  sampler: StochasticSampler<X>,
  reward: (samples: readonly X[]) => Awaitable<ArrayLike<number>>,
  options: SteeringOptions<X>,
): Promise<Steered<X>> {
  const { particles: k, lambda, potential = 'difference', resampleBelow, resampler = 'systematic', signal } = options;
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`particles must be a positive whole number, got ${k}`);
  if (!(lambda >= 0 && lambda < Infinity)) throw new RangeError(`lambda must be at least 0 and finite, got ${lambda}`);
  if (resampleBelow !== undefined && !(resampleBelow >= 0 && resampleBelow <= 1)) {
    throw new RangeError(`resampleBelow must lie in [0, 1], got ${resampleBelow}`);
  }
  const stops = stopsOf(options.schedule, sampler.steps);
  const moves = new Random(options.seed, 'moves');
  const draws = new Random(options.seed, 'resampling');
  let rewardCalls = 0;
  const rewardsOf = async (samples: readonly X[]): Promise<Float64Array> => {
    rewardCalls += samples.length;
    return checkScores('reward', await reward(samples), samples.length);
  };
  const scoreOf = intermediateScore(sampler, options.intermediate ?? 'predict', rewardsOf, moves);

  const logWeights = new Float64Array(k);
  const potentials = new Potentials(potential, lambda, k);
  const own = new Int32Array(k).map((_, i) => i);
  const checkpoints: Checkpoint<X>[] = [];
  let particles = await sampler.init(k, moves);
  let logNormaliser = 0;
  let best = 0;
  for (let stop = 0, t = sampler.steps; stop < stops.length; stop++) {
    signal?.throwIfAborted();
    const to = stops[stop];
    // Plain samplers give the population at once; awaiting it would only cost.
    const moved = sampler.advance(particles, t, to, moves, logWeights);
    particles = moved instanceof Promise ? await moved : moved;
    t = to;
    if (t > 0 && !potentials.looksAhead) continue;
    const scores = t === 0 ? await rewardsOf(particles) : await scoreOf(particles, t);
    if (t === 0) {
      best = argmax(scores);
      potentials.finish(scores, logWeights);
    } else {
      potentials.weigh(scores, logWeights);
    }
    const { weights, logMean } = normaliseLogWeights(logWeights);
    const ess = effectiveSampleSize(weights);
    const redraw = potential !== 'best-of-n' && (resampleBelow === undefined || ess < resampleBelow * k);
    const parents = redraw ? resample(weights, resampler, draws) : own;
    const checkpoint: Checkpoint<X> = { t, particles, scores, ess, parents };
    checkpoints.push(checkpoint);
    options.onCheckpoint?.(checkpoint);
    if (redraw) {
      const next: X[] = [];
      for (const parent of parents) next.push(particles[parent]);
      particles = next;
      potentials.inherit(parents);
      logWeights.fill(0);
      logNormaliser += logMean;
    } else if (t === 0) {
      logNormaliser += logMean;
    }
  }
  const last = checkpoints[checkpoints.length - 1];
  return {
    best: last.particles[best],
    bestReward: last.scores[best],
    particles,
    rewards: gather(last.scores, last.parents),
    logWeights,
    logNormaliser,
    checkpoints,
    rewardCalls,
  };
}

/**
 * How many particles of the first population have descendants after each checkpoint.
 *
 * @example
 * survivingAncestors(out.checkpoints); // [5, 3, 2, 2]
 */
export function survivingAncestors<X>(checkpoints: readonly Checkpoint<X>[]): number[] {
  let lineage: Int32Array | null = null;
  return checkpoints.map(({ parents }) => {
    const above: Int32Array | null = lineage;
    lineage = above === null ? parents : parents.map((parent) => above[parent]);
    return new Set(lineage).size;
  });
}

/** The values of t to stop at, in the order of sampling, ending with 0. */
function stopsOf(schedule: Schedule, steps: number): number[] {
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(`steps must be a positive whole number, got ${steps}`);
  const done = new Set<number>([steps]);
  if (!('length' in schedule)) {
    const { every, from = every, to = steps } = schedule;
    if (!Number.isInteger(every) || every < 1) {
      throw new RangeError(`schedule.every must be a positive whole number, got ${every}`);
    }
    for (let at = from; at <= Math.min(to, steps); at += every) done.add(at);
  } else {
    for (const at of schedule) done.add(at);
  }
  for (const at of done) {
    if (!Number.isInteger(at) || at < 1 || at > steps) {
      throw new RangeError(`schedule must name whole numbers of transitions from 1 to ${steps}, got ${at}`);
    }
  }
  return [...done].sort((a, b) => a - b).map((at) => steps - at);
}

function intermediateScore<X>(
  sampler: StochasticSampler<X>,
  intermediate: IntermediateScore<X>,
  rewardsOf: (samples: readonly X[]) => Promise<Float64Array>,
  rng: Random,
): (particles: readonly X[], t: number) => Promise<Float64Array> {
  if (typeof intermediate === 'function') {
    return async (particles, t) => checkScores('intermediate', await intermediate(particles, t), particles.length);
  }
  if (intermediate === 'predict') {
    if (!sampler.predict) throw new TypeError("sampler must have a predict method for intermediate 'predict'");
    const predict = sampler.predict.bind(sampler);
    return async (particles, t) => rewardsOf(await predict(particles, t));
  }
  const { samples, strength = 1 } = intermediate;
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`intermediate.samples must be a positive whole number, got ${samples}`);
  }
  if (!(strength > 0 && strength < Infinity)) {
    throw new RangeError(`intermediate.strength must be positive and finite, got ${strength}`);
  }
  if (!sampler.complete) throw new TypeError('sampler must have a complete method for an intermediate with samples');
  const complete = sampler.complete.bind(sampler);
  return async (particles, t) => {
    const rewards = await rewardsOf(await complete(particles, t, samples, rng));
    return Float64Array.from(particles, (_, i) => {
      const ours = rewards.subarray(i * samples, (i + 1) * samples).map((r) => strength * r);
      return logMeanExp(ours) / strength;
    });
  };
}

function checkScores(name: string, scores: ArrayLike<number>, count: number): Float64Array {
  if (scores.length !== count) throw new RangeError(`${name} must give ${count} scores, got ${scores.length}`);
  const checked = new Float64Array(scores);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(checked[i]))
      throw new RangeError(`${name} must give finite scores, got ${checked[i]} for sample ${i}`);
  }
  return checked;
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
