import type { Cell } from './gridworld.ts';
import type { FiniteWorld } from './tabular.ts';

/** Where the walker is, and whether the door stands open. */
export interface DoorState extends Cell {
  readonly open: boolean;
}

/** A step to a neighbour, or using what is beside one: the door, if there is one; otherwise it is a rest. */
export type DoorAction = 'up' | 'right' | 'down' | 'left' | 'use';

const STEPS: Readonly<Record<Exclude<DoorAction, 'use'>, Cell>> = {
  up: { x: 0, y: -1 },
  right: { x: 1, y: 0 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
};

/** A door grid knows its places. */
export interface DoorGrid extends FiniteWorld<DoorState, DoorAction> {
  readonly door: Cell;
  readonly goal: Cell;
  readonly start: readonly (readonly [DoorState, number])[];
  /** City-block distance to the goal: the wall does not count, so it is a proxy. */
  distance(state: Cell): number;
}

/**
 * Two rooms of `size` x `size` cells, side by side, with a wall between them and a closed door in it. The walker starts
 * in the left room, has to open the door from the cell beside it, walk through, and reach the goal in the right room,
 * where everything ends. Success is sparse: a random walk rarely does all of it in time.
 *
 * @param options.size side of a room, 4 unless told
 * @param options.door row of the door; `start` and `goal` are cells, the goal counted from the right room's corner
 * @param options.slip chance that a move goes nowhere, 0 unless told
 * @param options.gamma discount, 0.95 unless told
 * @throws RangeError for a place outside its room, or a slip outside [0, 1)
 * @example
 * const model = tabulate(doorGrid({ door: 3, goal: { x: 2, y: 0 } }));
 */
export function doorGrid({
  size = 4,
  door: doorRow,
  start = { x: 0, y: 0 },
  goal: goalInRoom,
  slip = 0,
  gamma = 0.95,
}: {
  size?: number;
  door: number;
  start?: Cell;
  goal: Cell;
  slip?: number;
  gamma?: number;
}): DoorGrid {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`size must be a positive whole number, got ${size}`);
  if (!(slip >= 0 && slip < 1)) throw new RangeError(`slip must lie in [0, 1), got ${slip}`);
  const inside = (at: number) => Number.isInteger(at) && at >= 0 && at < size;
  for (const [name, { x, y }] of Object.entries({ start, goal: goalInRoom, door: { x: 0, y: doorRow } })) {
    if (!inside(x) || !inside(y))
      throw new RangeError(`${name} must lie in a room of ${size} x ${size}, got ${x}, ${y}`);
  }
  const door = { x: size, y: doorRow };
  const goal = { x: size + 1 + goalInRoom.x, y: goalInRoom.y };
  const isAt = (a: Cell, b: Cell) => a.x === b.x && a.y === b.y;
  const isFloor = ({ x, y }: Cell, open: boolean) =>
    inside(y) && (inside(x) || inside(x - size - 1) || (open && isAt({ x, y }, door)));
  const isBeside = (a: Cell, b: Cell) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y) === 1;

  return {
    door,
    goal,
    gamma,
    actions: ['up', 'right', 'down', 'left', 'use'],
    start: [[{ ...start, open: false }, 1]],
    successors: (state, action) => {
      if (isAt(state, goal)) return [[state, 1]];
      if (action === 'use') return [[isBeside(state, door) ? { ...state, open: true } : state, 1]];
      const to = { x: state.x + STEPS[action].x, y: state.y + STEPS[action].y, open: state.open };
      if (!isFloor(to, state.open)) return [[state, 1]];
      return [
        [to, 1 - slip],
        [state, slip],
      ];
    },
    key: ({ x, y, open }) => `${x},${y},${open}`,
    distance: ({ x, y }) => Math.abs(x - goal.x) + Math.abs(y - goal.y),
  };
}
