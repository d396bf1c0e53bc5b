import { type DoorAction, type DoorGrid, type DoorState, doorGrid, type Tabulated, tabulate } from '@laurel/core/env';
import { sampleAction } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';

/** Side of a room, and steps an episode. */
const ROOM = 4;
export const STEPS = 40;

/** The signals of an episode, and whether more of one is better. */
export const DOOR_SIGNALS = ['success', 'distance', 'energy'] as const;
export const DOOR_SIGNS = [1, -1, -1] as const;

/** A door grid as a table. */
export interface Grid {
  world: DoorGrid;
  model: Tabulated<DoorState, DoorAction>;
  goal: number;
  /** Whether some shortest way to the goal never increases the city-block distance, so that the proxy does not mislead. */
  isAligned: boolean;
  /** Features of an episode: visits to each state, and moves. */
  width: number;
}

export interface Episode {
  features: Float64Array;
  /** Reached the goal (0 or 1), mean distance from it, share of steps that were moves. */
  signals: Float64Array;
}

/** A grid with start, door and goal in random rows; start and goal at the far ends of their rooms. */
export function randomGrid(seed: number, index: number): Grid {
  const rng = new Random(seed, 'heron door grid', index);
  const [start, door, goalRow] = [rng.int(ROOM), rng.int(ROOM), rng.int(ROOM)];
  const world = doorGrid({ size: ROOM, door, start: { x: 0, y: start }, goal: { x: ROOM - 1, y: goalRow } });
  const model = tabulate(world);
  return {
    world,
    model,
    goal: model.indexOf({ ...world.goal, open: true }),
    isAligned: door >= Math.min(start, goalRow) && door <= Math.max(start, goalRow),
    width: model.nS + 1,
  };
}

/** One episode; at the goal it stands still and costs nothing. */
export function playEpisode({ world, model, goal, width }: Grid, policy: Float64Array, rng: Random): Episode {
  const features = new Float64Array(width);
  let state = rng.categorical(model.mu0);
  let distance = 0;
  for (let t = 0; t < STEPS; t++) {
    const action = sampleAction(policy, model.nA, state, rng);
    if (isMove(model, goal, state, action)) features[width - 1]++;
    const row = (state * model.nA + action) * model.nS;
    state = rng.categorical(model.T.subarray(row, row + model.nS));
    features[state]++;
    distance += world.distance(model.states[state]);
  }
  const moves = features[width - 1];
  return { features, signals: Float64Array.of(Number(state === goal), distance / STEPS, moves / STEPS) };
}

/** Whether an action costs energy. */
export function isMove(model: Grid['model'], goal: number, state: number, action: number): boolean {
  return state !== goal && model.actions[action] !== 'use';
}

/** Chance to be at the goal after the last step, exactly; probabilities as [s][a]. */
export function successChance({ model, goal }: Grid, policy: Float64Array): number {
  const { nS, nA, T, mu0 } = model;
  let now = mu0;
  for (let t = 0; t < STEPS; t++) {
    const next = new Float64Array(nS);
    for (let pair = 0; pair < nS * nA; pair++) {
      const weight = now[Math.floor(pair / nA)] * policy[pair];
      if (weight === 0) continue;
      for (let to = 0; to < nS; to++) next[to] += weight * T[pair * nS + to];
    }
    now = next;
  }
  return now[goal];
}
