import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { type CountdownData, countdown } from './countdown.ts';
import { type CountdownNumbers, reachable } from './countdown-search.ts';
import type { Problem } from './family.ts';
import { applyOperator, formatRational, type Rational, rational } from './rational.ts';

const family = countdown();

function pose(numbers: number[], target = 24): Problem<CountdownData> {
  const prompt = `${numbers.join(',')}=${target}?`;
  return {
    family: 'countdown',
    id: prompt,
    difficulty: numbers.length,
    prompt,
    answer: String(target),
    data: { numbers, target },
  };
}

/** All that can be made, the plain way: any two numbers, any operation, and on with what is left; fractions of big integers. */
function bruteForce(
  numbers: readonly (readonly [bigint, bigint])[],
  allowed: CountdownNumbers,
  found = new Set<string>(),
) {
  if (numbers.length === 1) {
    const [n, d] = numbers[0];
    found.add(d === 1n ? `${n}` : `${n}/${d}`);
    return found;
  }
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
  numbers.forEach(([a, b], i) => {
    numbers.forEach(([c, d], j) => {
      if (i === j) return;
      const rest = numbers.filter((_, at) => at !== i && at !== j);
      const results = [
        [a * d + c * b, b * d],
        [a * d - c * b, b * d],
        [a * c, b * d],
        [a * d, b * c],
      ];
      for (const [n, e] of results) {
        if (e === 0n) continue;
        const g = gcd(n, e) * (e < 0n ? -1n : 1n);
        const result = [n / g, e / g] as const;
        if (allowed === 'natural' && (result[1] !== 1n || result[0] < 0n)) continue;
        bruteForce([...rest, result], allowed, found);
      }
    });
  });
  return found;
}

describe('reachable', () => {
  it.each<CountdownNumbers>(['rational', 'natural'])('is what brute force finds, with %s results', (allowed) => {
    const numbers = fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(numbers, (given) => {
        const ours = reachable(
          given.map((n): Rational => [n, 1]),
          allowed,
        );
        expect([...ours].sort()).toEqual(
          [
            ...bruteForce(
              given.map((n) => [BigInt(n), 1n]),
              allowed,
            ),
          ].sort(),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('knows that 566 of the 715 hands from 1 to 10 make 24', () => {
    let hands = 0;
    let solvable = 0;
    for (let a = 1; a <= 10; a++) {
      for (let b = a; b <= 10; b++) {
        for (let c = b; c <= 10; c++) {
          for (let d = c; d <= 10; d++) {
            hands++;
            const hand: Rational[] = [
              [a, 1],
              [b, 1],
              [c, 1],
              [d, 1],
            ];
            if (reachable(hand, 'rational').has('24')) solvable++;
          }
        }
      }
    }
    expect([hands, solvable]).toEqual([715, 566]);
  });

  it('takes one to six numbers', () => {
    expect(() => reachable([], 'rational')).toThrow('numbers must hold 1 to 6 numbers, got 0');
    expect([...reachable([[7, 1]], 'rational')]).toEqual(['7']);
  });
});

describe('rational', () => {
  it('is exact', () => {
    expect(rational(6, -4)).toEqual([-3, 2]);
    expect(rational(0, -4)).toEqual([0, 1]);
    expect(rational(1, 0)).toBeNull();
    expect(applyOperator([8, 1], ':', [1, 3])).toEqual([24, 1]);
    expect(applyOperator([8, 1], ':', [0, 1])).toBeNull();
    expect(applyOperator([Number.MAX_SAFE_INTEGER, 1], '*', [3, 2])).toBeNull();
    expect(formatRational([-8, 3])).toBe('-8/3');
  });
});

describe('countdown', () => {
  it('needs fractions for 3, 3, 8, 8', () => {
    const hand = pose([3, 8, 3, 8]);
    expect(family.solve(hand)).toEqual(['8:3=8/3', '3-8/3=1/3', '8:1/3=24']);
    expect(family.solutions(hand)).toEqual(['(8:(3-(8:3)))']);
    expect(family.checkAnswer(hand, family.solve(hand).join('\n')).correct).toBe(true);
    const natural = countdown({ results: 'natural' });
    expect(() => natural.solve(hand)).toThrow('problem must have a solution, got 3,8,3,8 for 24');
    expect(natural.checkLines(hand, ['8:3=8/3'])[0]).toMatchObject({
      verdict: 'wrong',
      reason: 'leaves the whole numbers',
    });
    expect(natural.checkLines(pose([2, 5, 8]), ['2-5=-3'])[0].verdict).toBe('wrong');
  });

  it('judges lines, and whether the target is still within reach', () => {
    const hand = pose([8, 1, 3, 12]);
    const verdicts = (lines: string[]) =>
      family.checkLines(hand, lines).map(({ verdict, onTrack }) => [verdict, onTrack]);
    expect(verdicts(['12:3=4', '4+1=5', '8*5=40'])).toEqual([
      ['right', true],
      ['right', false],
      ['right', false],
    ]);
    const good = ['12:3=4', '4-1=3', '8*3=24'];
    expect(verdicts(good)).toEqual(good.map(() => ['right', true]));
    // A slip is followed, as stated; but no answer can be right after it.
    expect(verdicts(['12:3=5', '5-1=4'])).toEqual([
      ['wrong', false],
      ['right', false],
    ]);
    const reasons = family.checkLines(hand, ['8+8=16', '12:3=8/2', '8-8=', '1-1=0', '8:3=8/3', '12-8/3=28/3']);
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'uses 8, which is not left',
      'should end in 4',
      'is not a line of the language',
      'uses 1, which is not left',
      'follows',
      'follows',
    ]);
    expect(family.checkLines(pose([1, 1, 2]), ['1-1=0', '2:0=0']).at(-1)?.reason).toBe('has no result');
  });

  it('verifies the derivation, not the target that the prompt gives away', () => {
    const hand = pose([8, 1, 3, 12]);
    const check = (...lines: string[]) => family.checkAnswer(hand, lines.join('\n'));
    expect(check('24')).toMatchObject({ correct: false, answer: null });
    expect(check('8*3=24')).toMatchObject({ correct: false, answer: '24', reason: '3 numbers are left' });
    expect(check('12+12=24').correct).toBe(false);
    expect(check('12:3=4', '4-1=3', '8*3=25')).toMatchObject({ correct: false, answer: '25' });
    expect(check('12:3=4', '4+1=5', '8*5=40')).toMatchObject({ correct: false, reason: 'makes 40, not 24' });
    expect(check('12:3=4', '4-1=3', '8*3=24', '24').correct).toBe(false);
    expect(check('12:3=4', '4-1=3', '8*3=24')).toMatchObject({ correct: true, answer: '24' });
  });

  it('tells solutions apart by what they do, not by their order', () => {
    const hand = pose([2, 3, 4, 5], 26);
    const one = family.canonical(hand, '4*5=20\n2*3=6\n20+6=26');
    expect(one).toBe('((5*4)+(3*2))');
    expect(family.canonical(hand, '3*2=6\n5*4=20\n6+20=26')).toBe(one);
    expect(family.canonical(hand, '3*2=6\n5*4=20\n6+20=27')).toBeNull();
    expect(family.solutions(hand)).toContain(one);
  });

  it('finds every solution there is: those of all derivations, in canonical form', () => {
    const hands = fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }), fc.nat(30));
    fc.assert(
      fc.property(hands, ([numbers, target]) => {
        const hand = pose(numbers, target + 1);
        const found = new Set<string>();
        const follow = (pool: readonly Rational[], lines: readonly string[]) => {
          if (pool.length === 1) {
            const form = family.canonical(hand, lines.join('\n'));
            if (form !== null) found.add(form);
          }
          pool.forEach((a, i) => {
            pool.forEach((b, j) => {
              if (i === j) return;
              for (const operator of ['+', '-', '*', ':'] as const) {
                const result = applyOperator(a, operator, b);
                if (result === null) continue;
                const rest = pool.filter((_, at) => at !== i && at !== j);
                const line = `${formatRational(a)}${operator}${formatRational(b)}=${formatRational(result)}`;
                follow([...rest, result], [...lines, line]);
              }
            });
          });
        };
        follow(
          numbers.map((n): Rational => [n, 1]),
          [],
        );
        // Where a result equals a number given, a derivation does not tell which of the two it used.
        for (const form of found) expect(family.solutions(hand)).toContain(form);
        if (found.size === 0) expect(family.solutions(hand)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('can ask for several solutions and several targets', () => {
    const rich = countdown({ results: 'natural', range: [1, 12], targets: [10, 24], minSolutions: 2 });
    const rng = new Random(0, 'rich');
    const hands = Array.from({ length: 20 }, () => rich.sample(rng, 3));
    for (const hand of hands) expect(rich.solutions(hand).length).toBeGreaterThanOrEqual(2);
    expect(new Set(hands.map(({ answer }) => answer))).toEqual(new Set(['10', '24']));
    const drawn = hands[0];
    const forms = Array.from({ length: 40 }, () => rich.canonical(drawn, rich.solve(drawn, rng).join('\n')));
    expect(new Set(forms).size).toBe(rich.solutions(drawn).length);
  });

  it('has one id for every order of the numbers', () => {
    const rng = new Random(0, 'ids');
    const { id, data } = family.sample(rng, 4);
    expect(id).toBe(`${[...data.numbers].sort((a, b) => a - b).join(',')}=24`);
  });

  it('names what does not fit', () => {
    expect(() => countdown({ range: [0, 5] })).toThrow('range must hold whole numbers from 1 to 99, got [0, 5]');
    expect(() => countdown({ range: [5, 1] })).toThrow('range must go upwards, got [5, 1]');
    expect(() => countdown({ targets: [] })).toThrow('targets must hold whole numbers');
    expect(() => countdown({ minSolutions: 0 })).toThrow('minSolutions must be a positive whole number, got 0');
    expect(() => countdown({ range: [1, 2], targets: [99] }).sample(new Random(0), 2)).toThrow(
      'targets must be reachable from 2 numbers of 1 to 2, got 99',
    );
  });
});
