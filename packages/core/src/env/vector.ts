import type { Random } from '../stats/index.ts';
import { actionSize, type Environment } from './environment.ts';

/**
 * Environments side by side, so that a policy network is called once for all of them. An environment whose episode ended
 * starts a new one at once: `nextObservations` still holds the last state of the old episode, `observations` the first
 * of the new. Arrays are row by row, one row an environment, and overwritten by each step.
 */
export interface VectorEnvironment {
  readonly envs: readonly Environment[];
  readonly observationSize: number;
  readonly actionSize: number;
  readonly observations: Float32Array;
  readonly nextObservations: Float32Array;
  readonly signals: Float64Array;
  readonly rewards: Float64Array;
  /** 0 or 1 each, as `credit.gae` takes them. */
  readonly terminated: Uint8Array;
  readonly ended: Uint8Array;
  /** One step in every environment; `actions` holds a row for each. */
  step(actions: Float32Array): void;
}

/**
 * Puts `n` environments side by side and begins an episode in each. Episode k of environment i has the stream
 * `rng.split(i, k)`, whatever happens elsewhere.
 *
 * @throws RangeError unless n is a positive whole number
 * @example
 * const world = vectorEnvironment(swingUp, 16, new Random(0, 'world'));
 * world.step(new Float32Array(16));
 */
export function vectorEnvironment(make: () => Environment, n: number, rng: Random): VectorEnvironment {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`n must be a positive whole number, got ${n}`);
  const envs = Array.from({ length: n }, make);
  const episodes = new Int32Array(n);
  const width = envs[0].observation.length;
  const actionWidth = actionSize(envs[0].actions);
  const signalCount = envs[0].signals.length;
  const observations = new Float32Array(n * width);
  const nextObservations = new Float32Array(n * width);
  const signals = new Float64Array(n * signalCount);
  const rewards = new Float64Array(n);
  const terminated = new Uint8Array(n);
  const ended = new Uint8Array(n);
  const begin = (i: number) => {
    envs[i].reset(rng.split(i, episodes[i]++));
    observations.set(envs[i].observation, i * width);
  };
  for (let i = 0; i < n; i++) begin(i);
  return {
    envs,
    observationSize: width,
    actionSize: actionWidth,
    observations,
    nextObservations,
    signals,
    rewards,
    terminated,
    ended,
    step(actions) {
      if (actions.length !== n * actionWidth) {
        throw new RangeError(`actions must hold ${n} x ${actionWidth} numbers, got ${actions.length}`);
      }
      for (let i = 0; i < n; i++) {
        const env = envs[i];
        env.step(actions.subarray(i * actionWidth, (i + 1) * actionWidth));
        nextObservations.set(env.observation, i * width);
        signals.set(env.signals, i * signalCount);
        rewards[i] = env.reward;
        terminated[i] = Number(env.terminated);
        ended[i] = Number(env.terminated || env.truncated);
        if (ended[i]) begin(i);
        else observations.set(env.observation, i * width);
      }
    },
  };
}

/**
 * Sums of the worlds' own rewards over whole episodes, one a world, run side by side until each has ended.
 *
 * @param act actions for all rows of observations
 * @returns one return an episode
 * @example
 * const returns = episodeReturns(swingUp, 32, new Random(0, 'evaluation'), (observations) => policy.act(observations));
 */
export function episodeReturns(
  make: () => Environment,
  episodes: number,
  rng: Random,
  act: (observations: Float32Array) => Float32Array,
): Float64Array {
  const world = vectorEnvironment(make, episodes, rng);
  const returns = new Float64Array(episodes);
  const running = new Uint8Array(episodes).fill(1);
  for (let left = episodes; left > 0; ) {
    world.step(act(world.observations));
    for (let i = 0; i < episodes; i++) {
      if (!running[i]) continue;
      returns[i] += world.rewards[i];
      if (world.ended[i]) {
        running[i] = 0;
        left--;
      }
    }
  }
  return returns;
}
