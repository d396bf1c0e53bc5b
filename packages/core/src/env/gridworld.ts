import type { FiniteWorld } from './tabular.ts';

/** A cell of a grid; x to the right, y down, both from 0. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** One step on a grid. */
export type Move = 'up' | 'right' | 'down' | 'left';

/** The four moves, clockwise: neighbours in this list are at right angles. */
export const moves: readonly Move[] = ['up', 'right', 'down', 'left'];

const STEPS: readonly Cell[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
];

/**
 * A grid to walk on. Walls and the border hold you where you are. Without a reward: that is what one brings along.
 *
 * @param options.map rows of text: `#` a wall, `S` a start (all starts alike), `G` a goal, which ends things by leading
 *   to itself for ever; anything else is floor. Without an `S` every floor cell is a start.
 * @param options.size in place of a map: an empty square with its start at (0, 0)
 * @param options.slip chance that a move goes off at a right angle, half to each side; 0 unless told
 * @param options.gamma discount, 0.95 unless told
 * @throws RangeError for an empty map, rows of different lengths, no floor, or a slip outside [0, 1]
 * @example
 * const model = tabulate(gridworld({ map: ['S..', '.#.', '..G'], slip: 0.1 }));
 */
export function gridworld({
  size,
  map = size === undefined ? [] : square(size),
  slip = 0,
  gamma = 0.95,
}: {
  size?: number;
  map?: readonly string[];
  slip?: number;
  gamma?: number;
}): FiniteWorld<Cell, Move> {
  const width = map[0]?.length ?? 0;
  if (width === 0) throw new RangeError('map must have at least one cell (or give a size)');
  if (map.some((row) => row.length !== width)) throw new RangeError(`map must have rows of one length, ${width}`);
  if (!(slip >= 0 && slip <= 1)) throw new RangeError(`slip must lie in [0, 1], got ${slip}`);

  const at = ({ x, y }: Cell) => map[y]?.[x] ?? '#';
  const cells = map.flatMap((row, y) => Array.from(row, (_, x): Cell => ({ x, y })));
  const marked = cells.filter((cell) => at(cell) === 'S');
  const starts = marked.length > 0 ? marked : cells.filter((cell) => at(cell) !== '#' && at(cell) !== 'G');
  if (starts.length === 0) throw new RangeError('map must have a floor cell to start from');

  const step = (from: Cell, direction: number): Cell => {
    const { x, y } = STEPS[direction % STEPS.length];
    const to = { x: from.x + x, y: from.y + y };
    return at(to) === '#' ? from : to;
  };
  return {
    actions: moves,
    gamma,
    start: starts.map((cell) => [cell, 1 / starts.length] as const),
    successors: (cell, move) => {
      if (at(cell) === 'G') return [[cell, 1]];
      const direction = moves.indexOf(move);
      return [
        [step(cell, direction), 1 - slip],
        [step(cell, direction + 1), slip / 2],
        [step(cell, direction + 3), slip / 2],
      ];
    },
    key: ({ x, y }) => `${x},${y}`,
  };
}

function square(size: number): string[] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`size must be a positive whole number, got ${size}`);
  return Array.from({ length: size }, (_, y) => (y === 0 ? 'S'.padEnd(size, '.') : '.'.repeat(size)));
}
