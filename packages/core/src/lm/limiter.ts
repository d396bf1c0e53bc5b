import { positiveWhole } from './sampling.ts';

/**
 * Lets a limited number of asynchronous jobs run at once; the others wait in the order in which they came. A job that is
 * aborted while it waits gives its place up and never starts.
 *
 * @example
 * const limiter = new Limiter(8);
 * const pages = await Promise.all(urls.map((url) => limiter.run(() => fetch(url), signal)));
 */
export class Limiter {
  readonly limit: number;
  #running = 0;
  /** A set keeps the order of arrival and lets one that gives up leave at once. */
  readonly #waiting = new Set<() => void>();

  /** @param limit a positive whole number */
  constructor(limit: number) {
    positiveWhole('limit', limit);
    this.limit = limit;
  }

  /** How many jobs run now. */
  get running(): number {
    return this.#running;
  }

  /** How many jobs wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Gives what the job gives. Rejects with the signal's reason when aborted before the job has begun. */
  async run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running < this.limit) this.#running++;
    else await this.#turn(signal);
    try {
      return await job();
    } finally {
      // The place is handed on rather than freed, so that nobody who comes just now can overtake those who wait.
      const [next] = this.#waiting;
      if (next) next();
      else this.#running--;
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(start);
        signal?.removeEventListener('abort', giveUp);
      };
      const start = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(signal?.reason);
      };
      this.#waiting.add(start);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }
}
