import { addLogPolicyGradient, sampleAction, softmaxPolicy } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';

export const corridorActions = ['left', 'right', 'take', 'open'] as const;
const ACTIONS = corridorActions.length;

/**
 * A corridor with the key at its left end, a locked door before its right end, and the goal behind the door. The agent
 * begins in the middle, and earns 1 when it reaches the goal in time. A state is a cell, and whether the key is taken and
 * the door open: `cell + cells * stage`.
 */
export interface Corridor {
  readonly cells: number;
  readonly horizon: number;
  readonly states: number;
}

export interface CorridorEpisode {
  readonly states: number[];
  readonly actions: number[];
  readonly executed: boolean[];
  /** The state after the last action. */
  readonly last: number;
  readonly reward: number;
}

const END = -1;

/** A corridor in which uniform random actions reach the goal with a chance of at least `chance`, and not much above. */
export function corridorOf(cells: number, chance: number): Corridor {
  const states = 3 * cells;
  const policy = softmaxPolicy(new Float64Array(states * ACTIONS), ACTIONS);
  for (let horizon = 2 * cells; ; horizon += 2) {
    const corridor = { cells, horizon, states };
    if (successOf(corridor, policy) >= chance) return corridor;
  }
}

/** Where the agent begins. */
export function firstState({ cells }: Corridor): number {
  return Math.floor(cells / 2);
}

/** The state after an action (`-1` behind the goal) and whether the action could be done. */
export function corridorStep({ cells }: Corridor, state: number, action: number): { next: number; executed: boolean } {
  const cell = state % cells;
  const stage = Math.floor(state / cells);
  const door = cells - 2;
  const stays = { next: state, executed: false };
  switch (corridorActions[action]) {
    case 'left':
      return cell > 0 ? { next: state - 1, executed: true } : stays;
    case 'right':
      if (cell === door && stage < 2) return stays;
      return { next: cell === door ? END : state + 1, executed: true };
    case 'take':
      return cell === 0 && stage === 0 ? { next: state + cells, executed: true } : stays;
    default:
      return cell === door && stage === 1 ? { next: state + cells, executed: true } : stays;
  }
}

export function playCorridor(corridor: Corridor, policy: ArrayLike<number>, random: Random): CorridorEpisode {
  const [states, actions, executed]: [number[], number[], boolean[]] = [[], [], []];
  let state = firstState(corridor);
  while (state !== END && states.length < corridor.horizon) {
    const action = sampleAction(policy, ACTIONS, state, random);
    const step = corridorStep(corridor, state, action);
    states.push(state);
    actions.push(action);
    executed.push(step.executed);
    state = step.next;
  }
  return { states, actions, executed, last: state, reward: Number(state === END) };
}

/** The chance of reaching the goal in time, exactly. */
export function successOf(corridor: Corridor, policy: ArrayLike<number>): number {
  return valuesOf(corridor, policy)[0][firstState(corridor)];
}

/** The chance of reaching the goal after t steps from each state: `result[t][state]`. */
export function valuesOf(corridor: Corridor, policy: ArrayLike<number>): Float64Array[] {
  const { states, horizon } = corridor;
  const values = Array.from({ length: horizon + 1 }, () => new Float64Array(states));
  for (let t = horizon - 1; t >= 0; t--) {
    for (let s = 0; s < states; s++) {
      for (let a = 0; a < ACTIONS; a++)
        values[t][s] += policy[s * ACTIONS + a] * afterwards(corridor, values[t + 1], s, a);
    }
  }
  return values;
}

/** The gradient of that chance by the logits, exactly: occupancies forward, values backward. */
export function exactGradient(corridor: Corridor, policy: ArrayLike<number>): Float64Array {
  const { states, horizon } = corridor;
  const values = valuesOf(corridor, policy);
  const gradient = new Float64Array(states * ACTIONS);
  let here = new Float64Array(states);
  here[firstState(corridor)] = 1;
  for (let t = 0; t < horizon; t++) {
    const then = new Float64Array(states);
    for (let s = 0; s < states; s++) {
      if (here[s] === 0) continue;
      for (let a = 0; a < ACTIONS; a++) {
        const chance = here[s] * policy[s * ACTIONS + a];
        addLogPolicyGradient(gradient, policy, ACTIONS, s, a, chance * afterwards(corridor, values[t + 1], s, a));
        const { next } = corridorStep(corridor, s, a);
        if (next !== END) then[next] += chance;
      }
    }
    here = then;
  }
  return gradient;
}

function afterwards(corridor: Corridor, later: Float64Array, state: number, action: number): number {
  const { next } = corridorStep(corridor, state, action);
  return next === END ? 1 : later[next];
}
