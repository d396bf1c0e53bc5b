import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { retryAfterMs } from './http.ts';
import { type Again, backoffMs, retry, retryPolicy, sleep } from './retry.ts';

const policy = retryPolicy({ attempts: 4, firstDelayMs: 100, longestDelayMs: 300, longestRetryAfterMs: 1000 });

/** Runs work that fails with what `answers` says, and notes the waits. */
function rehearse(answers: readonly Again[], signal?: AbortSignal) {
  const waits: number[] = [];
  let calls = 0;
  const done = retry(
    async () => {
      const answer = answers[calls++];
      if (answer) throw Object.assign(new Error(`failure ${calls}`), { answer });
      return calls;
    },
    {
      again: (error) => (error instanceof Error && 'answer' in error ? answers[calls - 1] : { retry: false }),
      random: new Random(1),
      policy,
      signal,
      pause: async (ms) => {
        waits.push(ms);
      },
    },
  );
  return { done, waits };
}
const soon: Again = { retry: true, afterMs: null };

describe('retry', () => {
  it('tries until it succeeds, with growing waits', async () => {
    const { done, waits } = rehearse([soon, soon, soon]);
    expect(await done).toBe(4);
    expect(waits).toHaveLength(3);
    for (const [i, wait] of waits.entries()) {
      const longest = [100, 200, 300][i];
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
    }
  });

  it('gives up after the last attempt with the last error', async () => {
    const { done, waits } = rehearse([soon, soon, soon, soon]);
    await expect(done).rejects.toThrow('failure 4');
    expect(waits).toHaveLength(3);
  });

  it('gives up at once on what is not worth it, and on a wait that is too long', async () => {
    await expect(rehearse([{ retry: false }]).done).rejects.toThrow('failure 1');
    await expect(rehearse([{ retry: true, afterMs: 1001 }]).done).rejects.toThrow('failure 1');
  });

  it('waits at least as long as it is asked to', async () => {
    const { done, waits } = rehearse([{ retry: true, afterMs: 700 }]);
    await done;
    expect(waits[0]).toBeGreaterThanOrEqual(750);
  });

  it('stops when aborted, also while it waits', async () => {
    const controller = new AbortController();
    const waiting = retry(() => Promise.reject(new Error('no')), {
      again: () => ({ retry: true, afterMs: 60_000 }),
      random: new Random(1),
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('enough')), 5);
    await expect(waiting).rejects.toThrow('enough');
    await expect(sleep(60_000, controller.signal)).rejects.toThrow('enough');
  });

  it('keeps its jitter within bounds, and repeats it for equal seeds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(60), (seed, attempt) => {
        const wait = backoffMs(attempt, policy, new Random(seed));
        expect(wait).toBeGreaterThanOrEqual(Math.min(150, 50 * 2 ** attempt));
        expect(wait).toBeLessThanOrEqual(300);
        expect(backoffMs(attempt, policy, new Random(seed))).toBe(wait);
      }),
    );
  });

  it('refuses a policy that is none', () => {
    expect(() => retryPolicy({ attempts: 0 })).toThrow(/retry.attempts must be a positive whole number, got 0/);
    expect(() => retryPolicy({ firstDelayMs: -1 })).toThrow(/retry.firstDelayMs must be at least 0/);
  });
});

describe('retryAfterMs', () => {
  it.each([
    [{}, null],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after-ms': '15', 'retry-after': '9' }, 15],
  ])('reads %j as %s', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers))).toBe(expected);
  });
});
