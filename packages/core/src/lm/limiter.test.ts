import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';

/** A promise that is settled from outside. */
function gate() {
  return Promise.withResolvers<void>();
}

describe('Limiter', () => {
  it('never runs more than the limit, starts in order of arrival, and ends empty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 12 }),
        async (limit, jobs) => {
          const limiter = new Limiter(limit);
          const started: number[] = [];
          let most = 0;
          const results = await Promise.allSettled(
            jobs.map(([ticks, breaks], i) =>
              limiter.run(async () => {
                started.push(i);
                most = Math.max(most, limiter.running);
                for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
                if (breaks) throw new Error(String(i));
                return i;
              }),
            ),
          );
          expect(started).toEqual(jobs.map((_, i) => i));
          expect(most).toBeLessThanOrEqual(limit);
          expect([limiter.running, limiter.waiting]).toEqual([0, 0]);
          expect(results.map(({ status }) => status === 'rejected')).toEqual(jobs.map(([, breaks]) => breaks));
        },
      ),
    );
  });

  it('lets a waiting job give up, and those behind it move on', async () => {
    const limiter = new Limiter(1);
    const first = gate();
    const controller = new AbortController();
    const running = limiter.run(() => first.promise);
    const aborted = limiter.run(async () => expect.unreachable('must not start'), controller.signal);
    const last = limiter.run(async () => 'last');
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect(limiter.waiting).toBe(1);
    first.resolve();
    await running;
    expect(await last).toBe('last');
    await expect(limiter.run(async () => 1, controller.signal)).rejects.toThrow('enough');
  });

  it('refuses a limit that is none', () => {
    expect(() => new Limiter(0)).toThrow(/limit must be a positive whole number, got 0/);
  });
});
