import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import type { Problem } from './family.ts';
import { type LinearData, linearEquations } from './linear-equations.ts';

const family = linearEquations();
const problem: Problem<LinearData> = {
  family: 'linear-equations',
  id: '5(x+2)-6=2x+19',
  difficulty: 4,
  prompt: '5(x+2)-6=2x+19?',
  answer: '5',
  data: { a: 5, b: 2, c: -6, d: 2, e: 19 },
};

function marks(lines: string[]): string {
  const verdicts = family.checkLines(problem, lines);
  return verdicts.map(({ verdict: [letter], onTrack }) => (onTrack ? letter.toUpperCase() : letter)).join('');
}

describe('linearEquations', () => {
  it('solves step by step', () => {
    expect(family.solve(problem)).toEqual(['5x+4=2x+19', '3x+4=19', '3x=15', 'x=5']);
    const ways = new Set(Array.from({ length: 20 }, (_, i) => family.solve(problem, new Random(i)).join(' ')));
    expect(ways).toEqual(new Set(['5x+4=2x+19 3x+4=19 3x=15 x=5', '5x+4=2x+19 5x=2x+15 3x=15 x=5']));
  });

  it('takes every equation that has the same solution as the one before', () => {
    expect(marks(['5x+4=2x+19', '4+5x=19+2x', '3x=15', '15=3x', '-x=-5', 'x=5'])).toBe('RRRRRR');
    expect(marks(['5(x+2)=2x+25', '2x-2(x-1)+x=7', 'x=5'])).toBe('RRR');
    expect(marks(['x=5'])).toBe('R');
    // A slip; what follows from it is right; a way back is a second slip.
    expect(marks(['5x+4=2x+19', '3x+4=20', '3x=16', '3x=15', 'x=5'])).toBe('RwrWR');
    expect(marks(['5x+4=2x+19', '5x+4=2x+19'])).toBe('RN');
    expect(marks(['5x=', '5x', 'x=5=5', '3xx=15', '3*5=15', 'x=1000', ''])).toBe('WWWWWWW');
    // Nothing follows from what has no unknown, or any.
    expect(marks(['5=5', 'x=5'])).toBe('wW');
    expect(marks(['2x=2x', 'x=5'])).toBe('wW');
    expect(marks(['x=5', 'x=5'])).toBe('Rw');
  });

  it('reads the answer off the last line only', () => {
    expect(family.checkAnswer(problem, '3x=15\nx=5').correct).toBe(true);
    expect(family.checkAnswer(problem, 'x=4\nx=5').correct).toBe(false);
    expect(family.checkAnswer(problem, '3x=15')).toMatchObject({ correct: false, answer: null });
    for (const line of ['x=05', 'x=-0', '5=x', 'x=+5']) expect(family.checkAnswer(problem, line).answer).toBeNull();
  });

  it('agrees with putting the solution in', () => {
    const small = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(1, 2, 3, 4), small, small, small, small, (seed, level, p, q, r, s) => {
        const drawn = family.sample(new Random(seed), level);
        const { a, b, c, d, e } = drawn.data;
        const x = Number(drawn.answer);
        expect(a * (x + b) + c).toBe(d * x + e);
        const signed = (n: number) => (n < 0 ? `${n}` : `+${n}`);
        const line = `${p}x${signed(q)}=${r}x${signed(s)}`;
        const [{ verdict }] = family.checkLines(drawn, [line]);
        expect(verdict).toBe(p !== r && p * x + q === r * x + s ? 'right' : 'wrong');
      }),
    );
  });

  it('has as many lines as its difficulty says, and small numbers', () => {
    for (let seed = 0; seed < 200; seed++) {
      const level = 1 + (seed % 4);
      const drawn = family.sample(new Random(seed, 'levels'), level);
      const lines = family.solve(drawn, new Random(seed));
      expect(lines).toHaveLength(level);
      expect(Math.abs(Number(drawn.answer))).toBeLessThanOrEqual(9);
      expect(lines.join()).not.toMatch(/\d{4}/);
    }
  });

  it('names what does not fit', () => {
    expect(() => linearEquations({ solutions: [2, 1] })).toThrow('solutions must be a range of whole numbers');
    expect(() => linearEquations({ solutions: [0, 21] })).toThrow('within -20 to 20, got [0, 21]');
  });
});
