/**
 * Gathers items and hands them on together: at once when `interval` milliseconds have passed since the last time, else
 * with a later item or `flush`. It uses no timer, so that it works inside a computation that never yields.
 */
export class Batch<T> {
  #items: T[] = [];
  #handed = 0;
  readonly #interval: number;
  readonly #hand: (items: T[]) => void;

  constructor(interval: number, hand: (items: T[]) => void) {
    this.#interval = interval;
    this.#hand = hand;
  }

  add(item: T): void {
    this.#items.push(item);
    if (performance.now() - this.#handed >= this.#interval) this.flush();
  }

  flush(): void {
    if (this.#items.length === 0) return;
    this.#handed = performance.now();
    this.#hand(this.#items.splice(0));
  }
}
