import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

describe('inOrder', () => {
  it('gives results in order, and works on no more than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (delays, atOnce) => {
          let running = 0;
          let most = 0;
          const results: number[] = [];
          const all = inOrder(delays, atOnce, async (delay, index) => {
            most = Math.max(most, ++running);
            await wait(delay);
            running--;
            return index;
          });
          for await (const result of all) results.push(result);
          expect(results).toEqual([...delays.keys()]);
          expect(most).toBe(Math.min(atOnce, delays.length));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('throws in the place of what failed, when the others have ended', async () => {
    let running = 0;
    const seen: number[] = [];
    const all = inOrder([0, 1, 2, 3], 3, async (item) => {
      running++;
      await wait(item === 1 ? 1 : 20);
      running--;
      if (item === 1) throw new Error('no');
      return item;
    });
    await expect(
      (async () => {
        for await (const item of all) seen.push(item);
      })(),
    ).rejects.toThrow('no');
    expect(seen).toEqual([0]);
    expect(running).toBe(0);
  });
});
