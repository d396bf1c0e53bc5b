import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { hierarchicalComparator, intransitivity, type Signal } from './hierarchical.ts';

type Item = readonly number[];
const levels = 3;
// Small whole numbers make ties likely; scaling them by powers of two is exact.
const item = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: levels, maxLength: levels });
const items = fc.array(item, { minLength: 3, maxLength: 12 });
const directions = fc.array(fc.constantFrom('max' as const, 'min' as const), { minLength: levels, maxLength: levels });
const kappas = fc.array(fc.constantFrom(0, 0.25, 0.5, 1, 2), { minLength: levels, maxLength: levels });

function signalsOf(
  ways: readonly ('max' | 'min')[],
  margins: readonly number[],
  transform: (x: number, level: number) => number = (x) => x,
): Signal<Item>[] {
  return ways.map((direction, l) => ({
    name: `z${l}`,
    value: (z) => transform(z[l], l),
    direction,
    margin: { std: margins[l] },
  }));
}

function labels(signals: Signal<Item>[], buffer: readonly Item[]): Float32Array {
  const comparator = hierarchicalComparator(signals);
  comparator.fit(buffer);
  return comparator.comparePairs(buffer).wins;
}

describe('hierarchicalComparator', () => {
  it('P1: ignores the scale of every signal', () => {
    const exponents = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: levels, maxLength: levels });
    fc.assert(
      fc.property(items, directions, kappas, exponents, (buffer, ways, margins, powers) => {
        const scaled = signalsOf(ways, margins, (x, l) => x * 2 ** powers[l]);
        expect(labels(scaled, buffer)).toEqual(labels(signalsOf(ways, margins), buffer));
      }),
    );
  });

  it('P2: with margins of 0 ignores every increasing transform', () => {
    const zeros = [0, 0, 0];
    const transforms = [(x: number) => Math.exp(x), (x: number) => x ** 3 - 7, (x: number) => Math.atan(x)];
    fc.assert(
      fc.property(items, directions, (buffer, ways) => {
        const bent = signalsOf(ways, zeros, (x, l) => transforms[l](x));
        expect(labels(bent, buffer)).toEqual(labels(signalsOf(ways, zeros), buffer));
      }),
    );
  });

  it('P3: with margins of 0 is a total preorder', () => {
    fc.assert(
      fc.property(items, directions, (buffer, ways) => {
        const n = buffer.length;
        const wins = labels(signalsOf(ways, [0, 0, 0]), buffer);
        const noWorse = (i: number, j: number) => wins[j * n + i] === 0;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            expect(noWorse(i, j) || noWorse(j, i)).toBe(true);
            for (let k = 0; k < n; k++) if (noWorse(i, j) && noWorse(j, k)) expect(noWorse(i, k)).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('P4: reaches a level as often as the levels above it are undecided', () => {
    fc.assert(
      fc.property(items, kappas, (buffer, margins) => {
        const ways = ['max', 'min', 'max'] as const;
        const whole = hierarchicalComparator(signalsOf(ways, margins));
        const top = hierarchicalComparator(signalsOf(ways, margins).slice(0, 1));
        whole.fit(buffer);
        top.fit(buffer);
        const { decidedBy, n } = whole.comparePairs(buffer);
        const undecidedAbove = top.comparePairs(buffer).decidedBy[1];
        expect(decidedBy.slice(1).reduce((a, b) => a + b, 0)).toBe(undecidedAbove);
        expect(decidedBy.reduce((a, b) => a + b, 0)).toBe((n * (n - 1)) / 2);
      }),
    );
  });

  it('is antisymmetric, and compares one pair as it compares all', () => {
    fc.assert(
      fc.property(items, directions, kappas, (buffer, ways, margins) => {
        const comparator = hierarchicalComparator(signalsOf(ways, margins));
        comparator.fit(buffer);
        const { wins, n } = comparator.comparePairs(buffer);
        const forth = comparator.compare(buffer[0], buffer[1]);
        const back = comparator.compare(buffer[1], buffer[0]);
        expect(back.winner + forth.winner).toBe(0);
        expect(back.level).toBe(forth.level);
        expect(wins[1] - wins[n]).toBe(forth.winner);
      }),
    );
  });

  it('does what the tree says', () => {
    const comparator = hierarchicalComparator<Item>([
      { name: 'queue', value: (z) => z[0], direction: 'min', margin: { abs: 2 } },
      { name: 'wait', value: (z) => z[1], direction: 'min', margin: { abs: 0.5 } },
    ]);
    expect(comparator.compare([5, 9], [8, 0])).toEqual({ winner: 1, level: 0 });
    expect(comparator.compare([5, 9], [7, 0])).toEqual({ winner: -1, level: 1 });
    expect(comparator.compare([5, 0.4], [7, 0])).toEqual({ winner: 0, level: -1 });
  });

  it('measures margins on the buffer, and asks to be fitted first', () => {
    const comparator = hierarchicalComparator<Item>([{ name: 'z', value: (z) => z[0], margin: { std: 0.5 } }]);
    expect(() => comparator.compare([1], [2])).toThrow(/fit the comparator first: the spread of z is not known/);
    comparator.fit([[1], [3]]);
    expect(comparator.margins).toEqual([0.5]);
    expect(() => comparator.fit([])).toThrow(/buffer must not be empty/);
  });

  it('names what is wrong', () => {
    const z = (margin: Signal<Item>['margin'] & object): Signal<Item> => ({ name: 'z', value: (v) => v[0], margin });
    expect(() => hierarchicalComparator([])).toThrow(/signals must not be empty/);
    expect(() => hierarchicalComparator([z({ std: 1 }), z({ std: 1 })])).toThrow(/different names, got z, z/);
    expect(() => hierarchicalComparator([z({ abs: -1 })])).toThrow(/margin of z must be at least 0, got -1/);
    expect(() => hierarchicalComparator([z({ abs: 0 })]).compare([Number.NaN], [1])).toThrow(
      /signal z must be a number/,
    );
  });
});

describe('intransitivity', () => {
  it('is 0 without margins, and finds circles that margins allow', () => {
    const circle: Item[] = [
      [0, 0],
      [1, 1],
      [2, 2],
    ];
    const within = (abs: number) =>
      hierarchicalComparator<Item>([
        { name: 'up', value: (z) => z[0], margin: { abs } },
        { name: 'down', value: (z) => z[1], direction: 'min' },
      ]);
    const rng = new Random(0, 'triples');
    expect(intransitivity(within(0), circle, 50, rng)).toBe(0);
    // 0 beats 1 and 1 beats 2 on `down`, but 2 beats 0 on `up`.
    expect(intransitivity(within(1.5), circle, 50, rng)).toBe(1);
  });
});
