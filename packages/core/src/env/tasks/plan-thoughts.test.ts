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
    for (let i = 0; i < 1500; i++) {
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
    expect(planTokenizer.size).toBe(113);
  });

  it('is a language with an outside', () => {
    for (const wrong of ['', 'b', 'a plus is b', 'a plus 3 is b ;', 'a plus 3 is b ; no', 'now a plus 3 is b']) {
      expect(readThought(wrong)).toBeNull();
    }
    expect(readThought('a less three , then we have b ; keep going')).toEqual({
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
    expect(faults(['a plus 3 is b', 'b=4+3=7'], ['b times 2 is c', 'c=7*2=4'])).toEqual([null, null]);
    expect(faults(['a times 3 is b', 'b=4*3=2'])).toEqual(['operation']);
    expect(faults(['a plus 2 is b', 'b=4+2=6'])).toEqual(['operands']);
    expect(faults(['b times 2 is c', 'c=1*2=2'])).toEqual(['too early']);
    expect(faults(['a plus 3 is a', 'a=4+3=7'])).toEqual(['quantity']);
    expect(faults(['a plus 3 is g', 'g=4+3=7'])).toEqual(['quantity']);
    expect(faults(['a plus is b', 'b=4+3=7'])).toEqual(['quantity']);
    expect(faults(['a plus 3 is b', 'b=5+3=8'])).toEqual(['misread']);
    expect(faults(['a plus 3 is b', 'b=4-3=1'])).toEqual(['misread']);
    expect(faults(['a plus 3 is b', 'nonsense'])).toEqual(['misread']);
    // The slip of the first step is not the second's.
    expect(faults(['a plus 3 is b', 'b=4+3=8'], ['b times 2 is c', 'c=8*2=6'])).toEqual(['arithmetic', null]);
    expect(faults(['a plus 3 is b', 'b=4+3=7'], ['a plus 3 is b', 'b=4+3=7'])).toEqual([null, 'quantity']);
  });
});
