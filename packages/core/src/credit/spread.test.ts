import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadOverTokens } from './spread.ts';
import { consecutiveSteps } from './step-tokens.ts';

describe('spreadOverTokens', () => {
  it('gives every token of a step its weight and the rest none', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 10 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 3 }), (sizes, rest) => {
        const tokens = sizes.reduce((sum, n) => sum + n, 0) + rest;
        const spread = spreadOverTokens(
          sizes.map((_, i) => i + 1),
          consecutiveSteps(sizes),
          tokens,
        );
        expect([...spread]).toEqual([...sizes.flatMap((n, i) => new Array(n).fill(i + 1)), ...new Array(rest).fill(0)]);
      }),
    );
  });

  it('counts tokens between two steps with the later one', () => {
    const steps = [
      { start: 1, end: 2 },
      { start: 3, end: 4 },
    ];
    expect([...spreadOverTokens([0.5, -1], steps, 5)]).toEqual([0.5, 0.5, -1, -1, 0]);
    expect(() => spreadOverTokens([1], steps, 5)).toThrow('got 1 for 2 steps');
  });
});
