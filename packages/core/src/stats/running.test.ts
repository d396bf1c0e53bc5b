import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningMoments } from './running.ts';

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('RunningMoments', () => {
  it('agrees with the whole sample however it is cut', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), (batches) => {
        const moments = new RunningMoments();
        for (const batch of batches) moments.push(batch);
        const all = batches.flat();
        const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
        const variance = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length;
        expect(moments.mean).toBeCloseTo(mean, 6);
        expect(moments.variance).toBeCloseTo(variance, 4);
      }),
    );
  });

  it('forgets when told to', () => {
    const moments = new RunningMoments({ memory: 0.5 });
    for (let i = 0; i < 40; i++) moments.push([100, 102]);
    for (let i = 0; i < 40; i++) moments.push([-1, 1]);
    expect(moments.mean).toBeCloseTo(0, 6);
    expect(moments.standardDeviation).toBeCloseTo(1, 6);
  });

  it('keeps its precision far from zero, and refuses what is no number', () => {
    const moments = new RunningMoments();
    for (const x of [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]) moments.push([x]);
    expect(moments.variance).toBe(22.5);
    expect(() => moments.push([Number.NaN])).toThrow(/finite/);
    expect(() => new RunningMoments({ memory: 0 })).toThrow(/memory must lie in \(0, 1\], got 0/);
  });
});
