import { describe, expect, it } from 'vitest';
import { constantSchedule, linearSchedule, warmupCosineSchedule } from './schedule.ts';

describe('schedules', () => {
  it('pass through the points that define them', () => {
    expect(constantSchedule(0.1)(1e6)).toBe(0.1);
    const line = linearSchedule(1, 100, 0.2);
    expect([line(0), line(50), line(100), line(500)]).toEqual([1, 0.6, 0.2, 0.2]);
    const cosine = warmupCosineSchedule({ peak: 1, warmup: 10, steps: 110, floor: 0.1 });
    expect([cosine(0), cosine(9), cosine(10)]).toEqual([0.1, 1, 1]);
    expect(cosine(60)).toBeCloseTo(0.55, 12);
    expect([cosine(110), cosine(1000)].map((x) => Number(x.toFixed(12)))).toEqual([0.1, 0.1]);
  });

  it('refuse lengths that make no sense', () => {
    expect(() => linearSchedule(1, 0)).toThrow(/steps must be a whole number from 1, got 0/);
    expect(() => warmupCosineSchedule({ peak: 1, warmup: 5, steps: 5 })).toThrow(/steps must be a whole number from 6/);
  });
});
