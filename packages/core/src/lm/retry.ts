import type { Random } from '../stats/index.ts';
import { positiveWhole } from './sampling.ts';

export interface RetryPolicy {
  /** How often to try, the first time included; 5 unless told. */
  attempts: number;
  /** Wait before the second attempt, in milliseconds, doubled before each further one; 500 unless told. */
  firstDelayMs: number;
  /** The wait does not grow beyond this; 30,000 unless told. */
  longestDelayMs: number;
  /** A server that asks for more patience than this is given up at once; 120,000 unless told. */
  longestRetryAfterMs: number;
}

const usual: RetryPolicy = {
  attempts: 5,
  firstDelayMs: 500,
  longestDelayMs: 30_000,
  longestRetryAfterMs: 120_000,
};

/** What to do about an error: give up, or try again, not before `afterMs` where somebody asked for that. */
export type Again = { retry: false } | { retry: true; afterMs: number | null };

/** Waits. Rejects with the signal's reason when aborted, and leaves no timer behind. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** A policy, complete and checked. Throws RangeError naming the field. */
export function retryPolicy(given: Partial<RetryPolicy> = {}): RetryPolicy {
  const policy = { ...usual, ...given };
  positiveWhole('retry.attempts', policy.attempts);
  for (const field of ['firstDelayMs', 'longestDelayMs', 'longestRetryAfterMs'] as const) {
    if (!(policy[field] >= 0 && policy[field] < Infinity)) {
      throw new RangeError(`retry.${field} must be at least 0 and finite, got ${policy[field]}`);
    }
  }
  return policy;
}

/**
 * The wait after failed attempt `attempt` (0, 1, …): exponential, and uniform in its upper half, so that clients that
 * failed together do not come back together (Brooker, "Exponential backoff and jitter", AWS 2015: "equal jitter").
 */
export function backoffMs(attempt: number, policy: RetryPolicy, random: Random): number {
  const longest = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** attempt);
  return random.between(longest / 2, longest);
}

/**
 * Works until it succeeds, is not worth another attempt, or the attempts are used up; then rejects with the last error.
 * A wait the server asked for is kept, with a jittered first delay on top. Rejects with the signal's reason when aborted.
 *
 * @param options.again which errors are worth another attempt
 * @param options.pause how to wait; `sleep` unless told
 * @example
 * const answer = await retry(() => ask(), {
 *   again: (error) => (error instanceof TypeError ? { retry: true, afterMs: null } : { retry: false }),
 *   random: new Random(1, 'jitter'),
 * });
 */
export async function retry<T>(
  work: () => Promise<T>,
  options: {
    again: (error: unknown) => Again;
    random: Random;
    policy?: RetryPolicy;
    signal?: AbortSignal | undefined;
    pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
  },
): Promise<T> {
  const { again, random, policy = usual, signal, pause = sleep } = options;
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const decision = again(error);
      if (!decision.retry || attempt + 1 >= policy.attempts) throw error;
      const { afterMs } = decision;
      if (afterMs !== null && afterMs > policy.longestRetryAfterMs) throw error;
      await pause(
        afterMs === null ? backoffMs(attempt, policy, random) : afterMs + backoffMs(0, policy, random),
        signal,
      );
    }
  }
}
