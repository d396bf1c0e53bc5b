import type { Random } from '../stats/index.ts';

/** One of `n` actions, as a whole number from 0; or `dimensions` numbers, each within ±1 (what lies outside is cut off). */
export type ActionSpace =
  | { readonly kind: 'discrete'; readonly n: number }
  | { readonly kind: 'continuous'; readonly dimensions: number };

/**
 * A world that is acted in step by step, for learners that see numbers. Its fields describe the latest step and are
 * overwritten by the next, so that stepping makes no garbage: copy what you keep.
 */
export interface Environment {
  readonly actions: ActionSpace;
  /** What the learner sees; its length is fixed, and its numbers are of order one. */
  readonly observation: Float32Array;
  /** Feedback signals of the latest step, in their own units, named by `signalNames`: what rewards are made from. */
  readonly signals: Float64Array;
  readonly signalNames: readonly string[];
  /** The world's own reward of the latest step: what a designer truly wants, and a learner may never see. */
  readonly reward: number;
  /** The latest step led to a state from which nothing more can be earned. */
  readonly terminated: boolean;
  /** The episode was cut after the latest step, by a time limit. */
  readonly truncated: boolean;
  /** Begins an episode; all its chance comes from `rng`. */
  reset(rng: Random): void;
  /** Throws RangeError for an action outside the action space, or once the episode has ended. */
  step(action: ArrayLike<number>): void;
}

/** How many numbers an action takes: 1 for a discrete one. */
export function actionSize(space: ActionSpace): number {
  return space.kind === 'discrete' ? 1 : space.dimensions;
}

/** An action drawn uniformly, written to `action`. */
export function randomAction(space: ActionSpace, rng: Random, action: Float32Array): void {
  for (let k = 0; k < action.length; k++) {
    action[k] = space.kind === 'discrete' ? rng.int(space.n) : rng.between(-1, 1);
  }
}

/** Throws RangeError unless the action is a whole number from 0 to n - 1. */
export function assertDiscrete(action: ArrayLike<number>, n: number): void {
  if (action.length !== 1 || !Number.isInteger(action[0]) || action[0] < 0 || action[0] >= n) {
    throw new RangeError(`action must be one whole number from 0 to ${n - 1}, got [${Array.from(action).join(', ')}]`);
  }
}
