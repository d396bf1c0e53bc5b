import type { RunEvent } from '@laurel/core/paper';
import { type Options, Presets, SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5000;

/** How a run goes, on a terminal as a bar, elsewhere as a line now and then. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #slug: string;
  #bar: SingleBar | null = null;
  #total = 0;
  #ended = 0;
  #failed = 0;
  #cached = 0;
  readonly #under = new Map<number, number>();
  #note = '';
  #lastLine = 0;

  constructor(out: NodeJS.WriteStream, slug: string) {
    this.#out = out;
    this.#slug = slug;
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case 'planned':
        this.#total = event.trials.length;
        if (this.#out.isTTY) this.#start();
        else this.#line(`${this.#slug}: ${this.#total} trials`);
        break;
      case 'artifact':
        this.#note = `${event.name}: ${event.state}${event.note ? `, ${event.note}` : ''}`;
        break;
      case 'started':
        this.#under.set(event.trial, 0);
        break;
      case 'progress':
        this.#under.set(event.trial, event.fraction);
        this.#note = event.note ?? '';
        break;
      case 'finished':
      case 'failed':
        this.#under.delete(event.trial);
        this.#ended++;
        if (event.type === 'failed') this.#failed++;
        else if (event.cached) this.#cached++;
        break;
    }
    this.#draw();
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = null;
  }

  #start(): void {
    const options: Options = {
      stream: this.#out,
      format: '{slug} {bar} {percentage}% | {ended}/{total} trials{failed}{cached} | {eta_formatted} left {note}',
      hideCursor: true,
      etaBuffer: 50,
      barsize: 30,
    };
    this.#bar = new SingleBar(options, Presets.shades_classic);
    this.#bar.start(this.#total, 0, this.#payload());
  }

  #payload() {
    return {
      slug: this.#slug,
      ended: this.#ended,
      failed: this.#failed > 0 ? `, ${this.#failed} failed` : '',
      cached: this.#cached > 0 ? `, ${this.#cached} from before` : '',
      note: this.#note ? `| ${this.#note}` : '',
    };
  }

  #draw(): void {
    const part = [...this.#under.values()].reduce((sum, fraction) => sum + fraction, 0);
    if (this.#bar) this.#bar.update(Math.min(this.#total, this.#ended + part), this.#payload());
    else if (performance.now() - this.#lastLine >= LINE_EVERY_MS && this.#total > 0) {
      this.#line(`${this.#slug}: ${this.#ended}/${this.#total} trials${this.#payload().failed}`);
    }
  }

  #line(text: string): void {
    this.#lastLine = performance.now();
    this.#out.write(`${text}\n`);
  }
}
