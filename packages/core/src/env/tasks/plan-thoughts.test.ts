import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { planMath } from './plan-math.ts';
import { planTokenizer, readThought, sayThought, spellMath, stepFaults } from './plan-thoughts.ts';

const family = planMath();
const operators = ['+', '-', '*'] as const;

describe('sayThought', () => {
  it('can be read back, in every wording, and spelt by the tokenizer', () => {
    const rng = new Random(0, 'thoughts');
    const seen = new Set<string>();
    for (let i = 0; i < 4000; i++) {
      const meaning = {
        name: rng.pick([...'bcdef']),
        left: rng.pick([...'abc', ...'0123456789']),
        operator: operators[i % 3],
        right: rng.pick([...'abc', ...'0123456789']),
      };
      const thought = sayThought(meaning, rng);
      expect(readThought(thought), thought).toEqual(meaning);
      expect(planTokenizer.decode(planTokenizer.encode(thought))).toBe(thought);
      seen.add(thought.replaceAll(/\b([a-f]|\d|zero|one|two|three|four|five|six|seven|eight|nine)\b/g, '_'));
    }
    expect(seen.size).toBeGreaterThan(300);
    expect(planTokenizer.size).toBe(120);
  });

  it('is a language with an outside', () => {
    for (const wrong of ['', 'b', 'b is a plus', 'b is a plus 3 ;', 'b is a plus 3 ; no', 'now now b is a plus 3']) {
      expect(readThought(wrong)).toBeNull();
    }
    expect(readThought('next , let us take three away from a for b ; keep going')).toEqual({
      name: 'b',
      left: 'a',
      operator: '-',
      right: '3',
    });
  });
});

describe('spellMath', () => {
  it('puts spaces between symbols', () => {
    expect(spellMath('b=4+3=7')).toBe('b = 4 + 3 = 7');
  });
});

describe('stepFaults', () => {
  const problem = {
    ...family.sample(new Random(0), 3),
    data: {
      given: { name: 'a', value: 4 },
      definitions: [
        { name: 'b', left: 'a', operator: '+', right: '3' },
        { name: 'c', left: 'b', operator: '*', right: '2' },
      ],
      order: ['a', 'b', 'c'],
      asked: 'c',
    } as const,
  };
  const faults = (...steps: [string, string][]) =>
    stepFaults(
      problem,
      steps.map(([thought, math]) => ({ thought, math })),
    );

  it('finds no fault in gold solutions', () => {
    const rng = new Random(3, 'gold');
    for (let i = 0; i < 50; i++) {
      const drawn = family.sample(rng, 3);
      const steps = family.solve(drawn, rng).map((math) => {
        const definition = drawn.data.definitions.find(({ name }) => name === math[0])!;
        return { thought: sayThought(definition, rng), math };
      });
      expect(stepFaults(drawn, steps)).toEqual([null, null, null]);
    }
  });

  it('names each kind, and blames a step for its own errors alone', () => {
    expect(faults(['b is a plus 3', 'b=4+3=7'], ['c is b times 2', 'c=7*2=4'])).toEqual([null, null]);
    expect(faults(['b is a times 3', 'b=4*3=2'])).toEqual(['operation']);
    expect(faults(['b is a plus 2', 'b=4+2=6'])).toEqual(['operands']);
    expect(faults(['c is b times 2', 'c=1*2=2'])).toEqual(['too early']);
    expect(faults(['a is a plus 3', 'a=4+3=7'])).toEqual(['quantity']);
    expect(faults(['g is a plus 3', 'g=4+3=7'])).toEqual(['quantity']);
    expect(faults(['b is a plus', 'b=4+3=7'])).toEqual(['quantity']);
    expect(faults(['b is a plus 3', 'b=5+3=8'])).toEqual(['misread']);
    expect(faults(['b is a plus 3', 'b=4-3=1'])).toEqual(['misread']);
    expect(faults(['b is a plus 3', 'nonsense'])).toEqual(['misread']);
    // The slip of the first step is not the second's.
    expect(faults(['b is a plus 3', 'b=4+3=8'], ['c is b times 2', 'c=8*2=6'])).toEqual(['arithmetic', null]);
    expect(faults(['b is a plus 3', 'b=4+3=7'], ['b is a plus 3', 'b=4+3=7'])).toEqual([null, 'quantity']);
  });
});
