import type { Random } from '../../stats/index.ts';
import {
  type HouseholdData,
  type HouseholdState,
  householdActions,
  householdHas,
  householdStart,
  householdStep,
  householdVerbs,
} from './household.ts';

/** Knows the shortest way from every state of a house to its goals. */
export interface HouseholdPlanner {
  /** Fewest actions to the goals; 0 where they hold. Drops by one with each step of progress. */
  distance(state: HouseholdState): number;
  /** Actions of a shortest way from a state (the start, unless told): always the same, or any of them, drawn with `rng`. */
  plan(rng?: Random, from?: HouseholdState): string[];
}

/**
 * Plans exactly. Of the objects only those with a goal matter, and for each only its place and whether it has the
 * property asked for; other objects at most occupy the hand. The distances of all states so reduced are found at once, by
 * breadth-first search from the goals, so asking for one is a look-up.
 *
 * @throws RangeError for two goals with one object, or goals that cannot be reached
 * @example
 * const planner = householdPlanner(house);
 * planner.distance(before) - planner.distance(after); // progress of an action: 1, 0 or -1
 */
export function householdPlanner(house: HouseholdData): HouseholdPlanner {
  if (new Set(house.goals.map(({ object }) => object)).size < house.goals.length) {
    throw new RangeError('goals must each have an object of their own');
  }
  const reduced = reduce(house);
  const distances = distancesToGoal(reduced);
  const distance = (state: HouseholdState) => distances[reduced.code(state)];
  // What can be reached from the start can be reached from everywhere: nothing done bars the way.
  if (distance(householdStart(house)) < 0) {
    throw new RangeError('goals must be within reach: each property needs a tool');
  }
  return {
    distance,
    plan: (rng, from = householdStart(house)) => {
      const actions: string[] = [];
      let state = from;
      for (let left = distance(state); left > 0; left--) {
        const nearer = householdActions(house, state).filter(
          (action) => distance(householdStep(house, state, action).state) < left,
        );
        const action = rng ? rng.pick(nearer) : nearer[0];
        actions.push(action);
        state = householdStep(house, state, action).state;
      }
      return actions;
    },
  };
}

/** A house as a graph over few numbered states. */
interface Reduced {
  readonly size: number;
  /** Most successors that a state has. */
  readonly branching: number;
  code(state: HouseholdState): number;
  isGoal(code: number): boolean;
  /** Writes the states one action away that can be of use to `out`, and returns how many. */
  successors(code: number, out: Int32Array): number;
}

/**
 * The mixed-radix code of a reduced state: room, then whether something without a goal is in hand, then for each closed
 * container whether it stands open, then for each goal its object's place (with `hand` for the hand) and whether it
 * has the property asked for.
 */
function reduce(house: HouseholdData): Reduced {
  const { rooms, containers, tools, goals } = house;
  const hand = containers.length;
  const locked = containers.flatMap(({ closed }, at) => (closed ? [at] : []));
  const lockOf = containers.map((_, at) => locked.indexOf(at));
  const radices = [
    rooms.length,
    2,
    ...locked.map(() => 2),
    ...goals.flatMap(({ property }) => [hand + 1, property === null ? 1 : 2]),
  ];
  const firstLock = 2;
  const firstGoal = firstLock + locked.length;
  const strides: number[] = [];
  let size = 1;
  for (const radix of radices) {
    strides.push(size);
    size *= radix;
  }
  const at = (code: number, digit: number) => Math.floor(code / strides[digit]) % radices[digit];
  const set = (code: number, digit: number, value: number) => code + (value - at(code, digit)) * strides[digit];
  const placeOf = (goal: number) => firstGoal + 2 * goal;
  const doneOf = (goal: number) => firstGoal + 2 * goal + 1;

  return {
    size,
    branching: rooms.length + containers.length * Math.max(1, goals.length) + tools.length,
    code: (state) => {
      const held = state.places.indexOf(null);
      const digits = [
        state.room,
        held >= 0 && goals.every(({ object }) => object !== held) ? 1 : 0,
        ...locked.map((container) => (state.open[container] ? 1 : 0)),
        ...goals.flatMap(({ object, property }) => [
          state.places[object] ?? hand,
          property !== null && householdHas(state, object, property) ? 1 : 0,
        ]),
      ];
      return digits.reduce((code, value, digit) => code + value * strides[digit], 0);
    },
    isGoal: (code) =>
      goals.every(
        ({ container, property }, goal) =>
          at(code, placeOf(goal)) === container && (property === null || at(code, doneOf(goal)) === 1),
      ),
    successors: (code, out) => {
      let count = 0;
      const room = at(code, 0);
      const occupied = at(code, 1) === 1;
      const held = goals.findIndex((_, goal) => at(code, placeOf(goal)) === hand);
      for (let to = 0; to < rooms.length; to++) if (to !== room) out[count++] = set(code, 0, to);
      for (let container = 0; container < hand; container++) {
        if (containers[container].room !== room) continue;
        const lock = lockOf[container];
        if (lock >= 0 && at(code, firstLock + lock) === 0) {
          out[count++] = set(code, firstLock + lock, 1);
          continue;
        }
        if (occupied) out[count++] = set(code, 1, 0);
        else if (held >= 0) out[count++] = set(code, placeOf(held), container);
        else {
          for (let goal = 0; goal < goals.length; goal++) {
            if (at(code, placeOf(goal)) === container) out[count++] = set(code, placeOf(goal), hand);
          }
        }
      }
      if (held >= 0) {
        for (const tool of tools) {
          const useful = householdVerbs[tool.verb] === goals[held].property && at(code, doneOf(held)) === 0;
          if (tool.room === room && useful) out[count++] = set(code, doneOf(held), 1);
        }
      }
      return count;
    },
  };
}

/** Distances to the nearest goal state, over all states; -1 where there is no way. */
function distancesToGoal({ size, branching, isGoal, successors }: Reduced): Int16Array {
  // The ways into a state, as linked lists: `origins[way]` leads there, `others[way]` is the next one.
  const ways = new Int32Array(size).fill(-1);
  const origins: number[] = [];
  const others: number[] = [];
  const distances = new Int16Array(size).fill(-1);
  const queue = new Int32Array(size);
  let queued = 0;
  const out = new Int32Array(branching);
  for (let code = 0; code < size; code++) {
    const count = successors(code, out);
    for (let i = 0; i < count; i++) {
      others.push(ways[out[i]]);
      ways[out[i]] = origins.push(code) - 1;
    }
    if (isGoal(code)) {
      distances[code] = 0;
      queue[queued++] = code;
    }
  }
  for (let next = 0; next < queued; next++) {
    const code = queue[next];
    for (let way = ways[code]; way >= 0; way = others[way]) {
      const origin = origins[way];
      if (distances[origin] >= 0) continue;
      distances[origin] = distances[code] + 1;
      queue[queued++] = origin;
    }
  }
  return distances;
}
