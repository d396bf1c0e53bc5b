import type { Plain } from '../../paper/index.ts';
import { Random } from '../../stats/index.ts';
import type { Problem, TaskFamily } from './family.ts';

export type Split = 'train' | 'validation' | 'test';

/** Shares of the splits, of all problems there are. */
const shares: readonly (readonly [Split, number])[] = [
  ['train', 0.8],
  ['validation', 0.1],
  ['test', 0.1],
];

/**
 * The split that a problem belongs to, by a hash of its canonical content: 80 % train, 10 % validation, 10 % test. It
 * depends on nothing else, so no problem can be in two splits, whoever drew it, in whatever style and with what seed.
 *
 * @param id a problem's id, or any text that names what must not be shared (such as a goal)
 * @example
 * splitOf(problem.id); // 'train'
 */
export function splitOf(id: string): Split {
  let at = new Random(id, 'split').uniform();
  for (const [split, share] of shares) {
    at -= share;
    if (at < 0) return split;
  }
  return 'test';
}

/**
 * Draws a problem of one split, by drawing until one falls into it.
 *
 * @throws RangeError when 10,000 draws bring none: at this difficulty the family has too few problems
 * @example
 * const problem = sampleFrom(chainMod(), 'test', new Random(0, 'problems'), 4);
 */
export function sampleFrom<D extends Plain>(
  family: TaskFamily<D>,
  split: Split,
  rng: Random,
  difficulty: number,
): Problem<D> {
  return draw(family, split, rng, difficulty, new Set());
}

/**
 * Draws `count` problems of one split, no two of them the same.
 *
 * @param difficulty one difficulty, or several to take in turn
 * @throws RangeError for a negative or fractional count, no difficulty, or when there are too few problems
 * @example
 * const held = sampleDistinct(chainMod(), 'test', 400, new Random(0, 'held out'), [3, 5, 7]);
 */
export function sampleDistinct<D extends Plain>(
  family: TaskFamily<D>,
  split: Split,
  count: number,
  rng: Random,
  difficulty: number | readonly number[],
): Problem<D>[] {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number, got ${count}`);
  const levels = typeof difficulty === 'number' ? [difficulty] : difficulty;
  if (levels.length === 0) throw new RangeError('difficulty must name at least one');
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, i) => {
    const problem = draw(family, split, rng, levels[i % levels.length], taken);
    taken.add(problem.id);
    return problem;
  });
}

const TRIES = 10_000;

function draw<D extends Plain>(
  family: TaskFamily<D>,
  split: Split,
  rng: Random,
  difficulty: number,
  taken: ReadonlySet<string>,
): Problem<D> {
  for (let i = 0; i < TRIES; i++) {
    const problem = family.sample(rng, difficulty);
    if (splitOf(problem.id) === split && !taken.has(problem.id)) return problem;
  }
  const without = taken.size > 0 ? ` besides ${taken.size} taken` : '';
  throw new RangeError(
    `${family.name} has too few problems of difficulty ${difficulty} for ${split}${without}: ${TRIES} draws brought none`,
  );
}
