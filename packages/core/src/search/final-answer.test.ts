import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAnswer, finalAnswer, markedAnswer } from './final-answer.ts';

describe('finalAnswer', () => {
  it.each([
    ['Hence \\boxed{\\frac{1}{2}} and so on 7', '\\frac{1}{2}'],
    ['\\boxed{1} no, \\boxed{2}', '2'],
    ['\\boxed{1} and then \\boxed{2', '1'],
    ['5 * 3 = 15\n#### 1,015', '1,015'],
    ['The answer is: **42**\nI hope this helps with 3 others.', '42'],
    ['Final Answer: x + 1', 'x + 1'],
    ['So 3 + 4 = 7. The answer is 7.', '7'],
    ['The answer is **3.5**.', '3.5'],
    ['we get 3, then -4.5', '-4.5'],
    ['it costs $1,234.50 in all', '1,234.50'],
    ['no idea', null],
    ['the answer is', null],
    ['', null],
  ])('%j', (text, answer) => {
    expect(finalAnswer(text)).toBe(answer);
  });

  it('takes a bare number for a mark only as a last resort', () => {
    expect(markedAnswer('3 apples and 4 pears')).toBeNull();
    expect(markedAnswer('#### 4')).toBe('4');
  });

  it('does not hang on what never closes', () => {
    expect(finalAnswer('\\boxed{'.repeat(2000))).toBeNull();
  });
});

describe('canonicalAnswer', () => {
  it.each([
    ['$1,234.50$.', '1234.5'],
    ['+007', '7'],
    ['-0.0', '0'],
    ['-.50', '-0.5'],
    ['12345678901234567890', '12345678901234567890'],
    ['\\text{Yes}.', 'yes'],
    ['\\left( 1, 2 \\right)', '( 1, 2 )'],
    ['1,23', '1,23'],
    ['.', '.'],
    ['\\dfrac{1}{2}', '\\frac{1}{2}'],
  ])('%j', (text, canonical) => {
    expect(canonicalAnswer(text)).toBe(canonical);
  });

  it('changes nothing the second time, and agrees on numbers however they are written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(canonicalAnswer(canonicalAnswer(text))).toBe(canonicalAnswer(text));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 3 }), (n, zeros) => {
        const expected = String(n);
        expect(canonicalAnswer(n.toLocaleString('en-US'))).toBe(expected);
        expect(canonicalAnswer(`${n}.${'0'.repeat(zeros)}`)).toBe(expected);
      }),
    );
  });
});
