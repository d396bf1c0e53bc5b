const LINE_EVERY_MS = 5000;
const DRAW_EVERY_MS = 100;

/** One line that says how far something is: in place on a terminal, elsewhere a line now and then. */
export class Ticker {
  readonly #out: NodeJS.WriteStream;
  #last = performance.now();
  #drawn = false;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  show(text: () => string): void {
    const now = performance.now();
    if (now - this.#last < (this.#out.isTTY ? DRAW_EVERY_MS : LINE_EVERY_MS)) return;
    this.#last = now;
    this.#out.write(this.#out.isTTY ? `\r\u001b[K${text()}` : `${text()}\n`);
    this.#drawn = this.#out.isTTY;
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#out.write('\r\u001b[K');
    this.#drawn = false;
  }
}
