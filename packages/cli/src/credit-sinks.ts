import Table from 'cli-table3';
import type { Credited } from './credit-groups.ts';
import type { LinesOut } from './lines-out.ts';

const TABLE_RECORDS = 20;

/** Each record as a line of JSON. */
export class JsonSink {
  readonly #out: LinesOut;

  constructor(out: LinesOut) {
    this.#out = out;
  }

  async write(rows: readonly Credited[]): Promise<boolean> {
    if (rows.length === 0) return true;
    const lines = rows.map(({ line, id, returns, advantages }) => {
      const named = { line, ...(id !== undefined && { id }) };
      return `${JSON.stringify({ ...named, returns: [...returns], advantages: [...advantages] })}\n`;
    });
    return this.#out.write(lines.join(''));
  }

  async end(): Promise<void> {}
}

/** The first records as a table; then it has seen enough. */
export class TableSink {
  readonly #out: LinesOut;
  readonly #rows: Credited[] = [];

  constructor(out: LinesOut) {
    this.#out = out;
  }

  async write(rows: readonly Credited[]): Promise<boolean> {
    this.#rows.push(...rows);
    if (this.#rows.length <= TABLE_RECORDS) return true;
    await this.end();
    return false;
  }

  async end(): Promise<void> {
    const table = new Table({
      head: ['line', 'step', 'reward', 'return', 'advantage', 'text'],
      colAligns: ['right', 'right', 'right', 'right', 'right', 'left'],
      style: { head: [], border: [], compact: true },
    });
    const shown = this.#rows.slice(0, TABLE_RECORDS);
    for (const { line, record, returns, advantages } of shown) {
      const { prompt, steps, rewards } = record;
      table.push([line, { colSpan: 4, content: '' }, short(prompt)]);
      for (let k = 0; k < returns.length; k++) {
        const step = steps?.[k];
        const text = typeof step === 'string' ? short(step) : step ? `tokens ${step.start} to ${step.end}` : '';
        table.push(['', k + 1, figure(rewards?.[k]), figure(returns[k]), figure(advantages[k]), text]);
      }
    }
    const more = this.#rows.length > shown.length ? `The first ${shown.length} records; --json gives all.\n` : '';
    await this.#out.write(`${table.toString()}\n${more}`);
  }
}

function figure(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(4)));
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
