import type { Random } from '../stats/index.ts';

/** One level of a hierarchy: a signal, which way is better, and how large a difference has to be to count. */
export interface Signal<T> {
  name: string;
  value: (item: T) => number;
  /** `max` unless told: more is better. */
  direction?: 'max' | 'min';
  /**
   * A difference counts when it is larger than this: a multiple of the signal's standard deviation over the buffer that
   * the comparator was fitted to, or a number in the signal's own unit. 0 unless told: any difference counts.
   */
  margin?: { std: number } | { abs: number };
}

/** `winner` is 1 where the first item is better, -1 where the second is, 0 where no level can tell. */
export interface Comparison {
  winner: 1 | -1 | 0;
  /** The level that decided, counted from 0; -1 where none did. */
  level: number;
}

/** Compares items by signals in order of importance. */
export interface HierarchicalComparator<T> {
  readonly names: readonly string[];
  /** Margins in the signals' own units. Infinite for a multiple of a deviation that was not measured yet. */
  readonly margins: readonly number[];
  /** Measures the deviations that margins are multiples of. Throws RangeError for an empty buffer. */
  fit(buffer: readonly T[]): void;
  /** Throws RangeError when a margin needs a deviation that was not measured, or a signal is not a number. */
  compare(a: T, b: T): Comparison;
  /** All pairs of a list at once, each signal evaluated once an item. */
  comparePairs(items: readonly T[]): Preferences;
}

/** The outcome of comparing every two items of a list. */
export interface Preferences {
  /** Number of items. */
  n: number;
  /** n x n: 1 at (i, j) where item i beats item j, else 0. */
  wins: Float32Array;
  /** How many of the n (n - 1) / 2 pairs each level decided; the last entry counts those that none did. */
  decidedBy: Float64Array;
}

/**
 * HERON's comparator (Bukharin et al., arXiv 2309.02632): the first signal whose difference exceeds its margin decides,
 * the others are not looked at. With margins in units of a signal's own spread, its scale does not matter. With margins
 * of 0 this orders items lexicographically; with larger ones it can run in circles (three items, each a little worse on
 * the first signal and a little better on the second than the one before), which no scalar reward reproduces.
 *
 * @param signals most important first
 * @throws RangeError for no signals, two of one name, or a margin that is negative or no number
 * @example
 * const comparator = hierarchicalComparator<{ passed: number; seconds: number }>([
 *   { name: 'tests', value: (run) => run.passed },
 *   { name: 'time', value: (run) => run.seconds, direction: 'min', margin: { std: 0.5 } },
 * ]);
 * comparator.fit([{ passed: 3, seconds: 1 }, { passed: 3, seconds: 9 }]);
 * comparator.compare({ passed: 3, seconds: 2 }, { passed: 3, seconds: 8 }); // { winner: 1, level: 1 }
 */
export function hierarchicalComparator<T>(signals: readonly Signal<T>[]): HierarchicalComparator<T> {
  if (signals.length === 0) throw new RangeError('signals must not be empty');
  const names = signals.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new RangeError(`signals must have different names, got ${names.join(', ')}`);
  const levels = signals.length;
  const signs = signals.map(({ direction }) => (direction === 'min' ? -1 : 1));
  const margins = signals.map(({ name, margin = { abs: 0 } }) => {
    const size = 'abs' in margin ? margin.abs : margin.std;
    if (!(size >= 0 && size < Infinity)) throw new RangeError(`margin of ${name} must be at least 0, got ${size}`);
    return 'abs' in margin || size === 0 ? size : Infinity;
  });

  /** Signals of all items with their signs, item by item. */
  const valuesOf = (items: readonly T[]): Float64Array => {
    const z = new Float64Array(items.length * levels);
    items.forEach((item, i) => {
      signals.forEach(({ name, value }, l) => {
        const x = value(item);
        if (Number.isNaN(x)) throw new RangeError(`signal ${name} must be a number, got NaN`);
        z[i * levels + l] = signs[l] * x;
      });
    });
    return z;
  };
  const assertFitted = () => {
    const missing = margins.indexOf(Infinity);
    if (missing >= 0) throw new RangeError(`fit the comparator first: the spread of ${names[missing]} is not known`);
  };
  /** Plus or minus (level + 1), the sign telling the winner; 0 where undecided. */
  const decide = (z: Float64Array, i: number, j: number): number => {
    for (let l = 0; l < levels; l++) {
      const difference = z[i * levels + l] - z[j * levels + l];
      if (difference > margins[l]) return l + 1;
      if (difference < -margins[l]) return -(l + 1);
    }
    return 0;
  };
  return {
    names,
    margins,
    fit(buffer) {
      if (buffer.length === 0) throw new RangeError('buffer must not be empty');
      const z = valuesOf(buffer);
      signals.forEach(({ margin }, l) => {
        if (margin && 'std' in margin) margins[l] = margin.std * deviation(z, l, levels);
      });
    },
    compare(a, b) {
      assertFitted();
      const outcome = decide(valuesOf([a, b]), 0, 1);
      if (outcome === 0) return { winner: 0, level: -1 };
      return { winner: outcome > 0 ? 1 : -1, level: Math.abs(outcome) - 1 };
    },
    comparePairs(items) {
      assertFitted();
      const z = valuesOf(items);
      const n = items.length;
      const wins = new Float32Array(n * n);
      const decidedBy = new Float64Array(levels + 1);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const outcome = decide(z, i, j);
          if (outcome > 0) wins[i * n + j] = 1;
          else if (outcome < 0) wins[j * n + i] = 1;
          decidedBy[outcome === 0 ? levels : Math.abs(outcome) - 1]++;
        }
      }
      return { n, wins, decidedBy };
    },
  };
}

/** Standard deviation (over n) of one column of a matrix. */
function deviation(z: Float64Array, column: number, columns: number): number {
  const n = z.length / columns;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += z[i * columns + column] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (z[i * columns + column] - mean) ** 2;
  return Math.sqrt(squares / n);
}

/**
 * Share of random triples that run in a circle (a beats b beats c beats a), among the triples in which every pair is
 * decided; null where there are none. A scalar reward must get at least one pair of each circle wrong.
 */
export function intransitivity<T>(
  comparator: HierarchicalComparator<T>,
  items: readonly T[],
  triples: number,
  rng: Random,
): number | null {
  if (items.length < 3) throw new RangeError(`items must hold at least 3, got ${items.length}`);
  const { n, wins } = comparator.comparePairs(items);
  let decided = 0;
  let circular = 0;
  for (let t = 0; t < triples; t++) {
    const [a, b, c] = distinct(n, rng);
    const beats = (i: number, j: number) => wins[i * n + j];
    const outcomes = [beats(a, b) - beats(b, a), beats(b, c) - beats(c, b), beats(c, a) - beats(a, c)];
    if (outcomes.includes(0)) continue;
    decided++;
    if (outcomes[0] === outcomes[1] && outcomes[1] === outcomes[2]) circular++;
  }
  return decided === 0 ? null : circular / decided;
}

function distinct(n: number, rng: Random): [number, number, number] {
  const a = rng.int(n);
  const b = (a + 1 + rng.int(n - 1)) % n;
  for (;;) {
    const c = rng.int(n);
    if (c !== a && c !== b) return [a, b, c];
  }
}
