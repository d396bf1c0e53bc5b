import type { VectorEnvironment } from '../env/index.ts';
import type { Random } from '../stats/index.ts';
import type { ActorCritic } from './actor-critic.ts';

/** Transitions of several environments side by side: row t, column i at `t * envs + i`, oldest row first. */
export interface Rollout {
  /** Transitions in all: rows times environments. */
  size: number;
  envs: number;
  /** What the policy saw [size x observationSize], what it did [size x actionSize], and where that led. */
  observations: Float32Array;
  actions: Float32Array;
  nextObservations: Float32Array;
  /** Feedback signals of each transition [size x signals]. */
  signals: Float64Array;
  /** The world's own reward. */
  rewards: Float64Array;
  terminated: Uint8Array;
  ended: Uint8Array;
  /** log π(a|s) and V(s) when acting. */
  logProbs: Float32Array;
  values: Float32Array;
}

/** Acts for `rows` steps in every environment, from where they are. */
export function collectRollout(world: VectorEnvironment, agent: ActorCritic, rows: number, rng: Random): Rollout {
  const { envs, observationSize, actionSize, signals } = world;
  const n = envs.length;
  const size = rows * n;
  const signalCount = signals.length / n;
  const rollout: Rollout = {
    size,
    envs: n,
    observations: new Float32Array(size * observationSize),
    actions: new Float32Array(size * actionSize),
    nextObservations: new Float32Array(size * observationSize),
    signals: new Float64Array(size * signalCount),
    rewards: new Float64Array(size),
    terminated: new Uint8Array(size),
    ended: new Uint8Array(size),
    logProbs: new Float32Array(size),
    values: new Float32Array(size),
  };
  for (let t = 0; t < rows; t++) {
    const at = t * n;
    const { actions, logProbs, values } = agent.sample(world.observations, rng);
    rollout.observations.set(world.observations, at * observationSize);
    rollout.actions.set(actions, at * actionSize);
    rollout.logProbs.set(logProbs, at);
    rollout.values.set(values, at);
    world.step(actions);
    rollout.nextObservations.set(world.nextObservations, at * observationSize);
    rollout.signals.set(world.signals, at * signalCount);
    rollout.rewards.set(world.rewards, at);
    rollout.terminated.set(world.terminated, at);
    rollout.ended.set(world.ended, at);
  }
  return rollout;
}
