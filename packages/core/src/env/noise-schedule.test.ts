import { describe, expect, it } from 'vitest';
import { cosineSchedule, stableDiffusionSchedule } from './noise-schedule.ts';

describe('noise schedules', () => {
  it('fall from one and stay above zero', () => {
    for (const schedule of [
      stableDiffusionSchedule(100),
      stableDiffusionSchedule(1000),
      stableDiffusionSchedule(7),
      cosineSchedule(100),
      cosineSchedule(1),
    ]) {
      expect(schedule[0]).toBe(1);
      for (let t = 1; t < schedule.length; t++) {
        expect(schedule[t]).toBeLessThan(schedule[t - 1]);
        expect(schedule[t]).toBeGreaterThan(0);
      }
    }
  });

  it('have the known values', () => {
    // alphas_cumprod of diffusers' DDPMScheduler(beta_schedule='scaled_linear', 0.00085, 0.012): first, middle, last.
    const full = stableDiffusionSchedule(1000);
    expect(full[1]).toBeCloseTo(0.99915, 8);
    expect(full[500]).toBeCloseTo(0.2779, 3);
    expect(full[1000]).toBeCloseTo(0.00466, 5);
    const hundred = stableDiffusionSchedule(100);
    expect(hundred[50]).toBe(full[500]);
    expect(hundred[100]).toBe(full[1000]);
    // Half-way through the cosine schedule about half of the variance is noise.
    expect(cosineSchedule(100)[50]).toBeCloseTo(0.4938, 3);
  });

  it('name what does not fit', () => {
    expect(() => stableDiffusionSchedule(1001)).toThrow('steps must be a whole number from 1 to 1000, got 1001');
    expect(() => cosineSchedule(0.5)).toThrow('got 0.5');
  });
});
