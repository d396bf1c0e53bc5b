import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consecutiveSteps, stepRewardsToTokens } from './step-tokens.ts';

describe('stepRewardsToTokens', () => {
  it('keeps every reward, in order, on the last token of its step', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 10 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 3 }), (sizes, rest) => {
        const steps = consecutiveSteps(sizes);
        const tokens = sizes.reduce((sum, n) => sum + n, 0) + rest;
        const laid = stepRewardsToTokens(
          sizes.map((_, i) => i + 1),
          steps,
          tokens,
        );
        expect([...laid].filter((r) => r !== 0)).toEqual(sizes.map((_, i) => i + 1));
        steps.forEach(({ end }, i) => {
          expect(laid[end - 1]).toBe(i + 1);
        });
      }),
    );
  });

  it('names what does not fit', () => {
    const overlapping = [
      { start: 0, end: 2 },
      { start: 1, end: 3 },
    ];
    expect(() => stepRewardsToTokens([1, 2], overlapping, 4)).toThrow(
      'steps[1] must be a span of tokens from 2 on, at most 4, got 1 to 3',
    );
    expect(() => stepRewardsToTokens([1], [{ start: 0, end: 5 }], 4)).toThrow('got 0 to 5');
    expect(() => stepRewardsToTokens([1], [{ start: 1, end: 1 }], 4)).toThrow('got 1 to 1');
    expect(() => stepRewardsToTokens([1, 2], [{ start: 0, end: 1 }], 4)).toThrow('got 2 for 1 steps');
  });
});
