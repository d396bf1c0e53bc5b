import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import type { Problem } from './family.ts';
import { type PlanMathData, planMath } from './plan-math.ts';

const family = planMath();
const prompt = 'b=a+3 d=c*b a=4 e=a-1 c=b*2 f=e+e ?d';
const problem: Problem<PlanMathData> = {
  family: 'plan-math',
  id: prompt,
  difficulty: 3,
  prompt,
  answer: '8',
  data: {
    given: { name: 'a', value: 4 },
    definitions: [
      { name: 'b', left: 'a', operator: '+', right: '3' },
      { name: 'c', left: 'b', operator: '*', right: '2' },
      { name: 'd', left: 'c', operator: '*', right: 'b' },
      { name: 'e', left: 'a', operator: '-', right: '1' },
      { name: 'f', left: 'e', operator: '+', right: 'e' },
    ],
    order: ['b', 'd', 'a', 'e', 'c', 'f'],
    asked: 'd',
  },
};

function marks(lines: string[]): string {
  const verdicts = family.checkLines(problem, lines);
  return verdicts.map(({ verdict: [letter], onTrack }) => (onTrack ? letter.toUpperCase() : letter)).join('');
}

describe('planMath', () => {
  it('computes what is needed, and nothing else', () => {
    expect(family.solve(problem)).toEqual(['b=4+3=7', 'c=7*2=4', 'd=4*7=8']);
    expect(family.checkAnswer(problem, 'd=4*7=8').correct).toBe(true);
    expect(family.checkAnswer(problem, 'b=4+3=7')).toMatchObject({ correct: false, answer: null });
  });

  it('tells planning errors from arithmetic', () => {
    expect(marks(['b=4+3=7', 'e=4-1=3', 'c=7*2=4', 'd=4*7=8'])).toBe('RRRR');
    const reasons = family.checkLines(problem, ['c=7*2=4', 'a=4+0=4', 'g=1+1=2', 'b=3+4=7', 'b=4+3=7', 'b=4+3=7', '']);
    expect(reasons.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
      'wrong: c is defined from what has no value yet',
      'wrong: a is given',
      'wrong: there is no g',
      'wrong: should be b=4+3=7',
      'neutral: computes b again',
      'neutral: computes b again',
      'wrong: is not a line of the language',
    ]);
    // A slip, what follows from it, its repair, and a slip beside the point.
    expect(marks(['b=4+3=8', 'c=8*2=6', 'b=4+3=7', 'c=7*2=4', 'd=4*7=8'])).toBe('wrrRR');
    expect(marks(['e=4-1=9', 'b=4+3=7'])).toBe('WR');
    expect(marks(['b=4+3=7', 'c=7*2=4', 'd=4*7=8', 'e=4-1=3'])).toBe('RRRw');
  });

  it('draws problems that need as much as they say', () => {
    const ids = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const difficulty = 1 + (seed % 6);
      const rng = new Random(seed, 'plans');
      const drawn = family.sample(rng, difficulty);
      expect(drawn.data.definitions).toHaveLength(difficulty + 2);
      expect(family.solve(drawn)).toHaveLength(difficulty);
      expect(family.solve(drawn, rng).toSorted()).toEqual(family.solve(drawn).toSorted());
      const told = drawn.prompt.split(' ');
      expect(drawn.id.split(' ').toSorted()).toEqual(told.toSorted());
      ids.add(drawn.id);
    }
    expect(ids.size).toBe(60);
    expect(planMath({ distractors: 0 }).sample(new Random(0), 2).data.definitions).toHaveLength(2);
    expect(() => planMath({ distractors: 9 })).toThrow('distractors must be a whole number from 0 to 8, got 9');
  });
});
