import { describe, expect, it } from 'vitest';
import { judgeEquivalent } from './equivalence.ts';

const estimate = (lo: number | null, hi: number | null) => ({ value: 0, lo, hi, n: 5, level: 0.9 });

describe('judgeEquivalent', () => {
  it('wants the whole interval within the margin', () => {
    expect(judgeEquivalent(estimate(-0.01, 0.015), 0.02)).toBe('holds');
    expect(judgeEquivalent(estimate(-0.01, 0.02), 0.02)).toBe('inconclusive');
    // Not significant, and still no evidence of equality.
    expect(judgeEquivalent(estimate(-0.3, 0.3), 0.02)).toBe('inconclusive');
    // Significant, and still too small to matter.
    expect(judgeEquivalent(estimate(0.005, 0.01), 0.02)).toBe('holds');
    expect(judgeEquivalent(estimate(0.021, 0.3), 0.02)).toBe('refuted');
    expect(judgeEquivalent(estimate(-0.3, -0.021), 0.02)).toBe('refuted');
    expect(judgeEquivalent(estimate(0.9, 1.1), 0.2, 1)).toBe('holds');
    expect(judgeEquivalent(estimate(0.9, 1.1), 0.2)).toBe('refuted');
  });

  it('decides nothing without an interval, and refuses a margin that is none', () => {
    expect(judgeEquivalent(estimate(null, null), 1)).toBe('inconclusive');
    expect(() => judgeEquivalent(estimate(0, 0), 0)).toThrow('margin must be positive and finite, got 0');
    expect(() => judgeEquivalent(estimate(0, 0), 1, Number.NaN)).toThrow('centre must be finite, got NaN');
  });
});
