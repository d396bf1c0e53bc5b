import { describe, expect, it } from 'vitest';
import { exactly, judgeAbove, judgeAll, judgeBelow } from './verdict.ts';

const estimate = (lo: number | null, hi: number | null) => ({ value: 0, lo, hi, n: 5, level: 0.95 });

describe('verdicts', () => {
  it('go by the whole interval', () => {
    expect(judgeAbove(estimate(0.1, 0.3))).toBe('holds');
    expect(judgeAbove(estimate(-0.3, -0.1))).toBe('refuted');
    expect(judgeAbove(estimate(-0.1, 0.1))).toBe('inconclusive');
    expect(judgeAbove(estimate(0.1, 0.3), 0.2)).toBe('inconclusive');
    expect(judgeBelow(estimate(0.1, 0.3))).toBe('refuted');
    expect(judgeBelow(estimate(-0.3, -0.1))).toBe('holds');
    expect(judgeAbove(estimate(0, 0.3))).toBe('inconclusive');
  });

  it('never decide without an interval', () => {
    expect(judgeAbove(estimate(null, null))).toBe('inconclusive');
    expect(judgeBelow(estimate(null, null))).toBe('inconclusive');
  });

  it('combine', () => {
    expect(judgeAll(['holds', 'holds'])).toBe('holds');
    expect(judgeAll(['holds', 'refuted'])).toBe('mixed');
    expect(judgeAll(['holds', 'inconclusive'])).toBe('inconclusive');
    expect(judgeAll(['refuted', 'refuted'])).toBe('refuted');
    expect(judgeAll(['inconclusive', 'mixed'])).toBe('mixed');
    expect(() => judgeAll([])).toThrow(/must not be empty/);
  });

  it('take an exact figure as its own interval', () => {
    expect(judgeAbove(exactly(0.2))).toBe('holds');
    expect(() => exactly(Number.NaN)).toThrow(/value must be finite/);
  });
});
