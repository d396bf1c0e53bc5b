import { type Credit, type CreditMethod, type CreditRecord, creditRecord } from '@laurel/core/credit';
import { UsageError } from '@laurel/server';
import { type JsonLine, objection } from './jsonl.ts';

/** What is compared is held in memory; more than this is a file in which all prompts are the same by mistake. */
const MOST_HELD = 256 * 2 ** 20;
const BAD_LINES_SHOWN = 20;

/** Counts lines that cannot be used; the first is the end unless they are to be skipped. */
export class BadLines {
  count = 0;
  readonly #where: string;
  readonly #skip: boolean;

  constructor(where: string, skip: boolean) {
    this.#where = where;
    this.#skip = skip;
  }

  add(line: number, reason: string): void {
    const message = `${this.#where}:${line}: ${reason}`;
    if (!this.#skip) throw new UsageError(message);
    this.count++;
    if (this.count <= BAD_LINES_SHOWN) process.stderr.write(`${message}\n`);
    if (this.count === BAD_LINES_SHOWN) process.stderr.write('(further bad lines are only counted)\n');
  }
}

interface Row {
  line: number;
  id: string | number | undefined;
  record: CreditRecord;
}

/** A record with what the method gave it. */
export interface Credited extends Row, Credit {}

interface What {
  /** Where the lines come from, for messages. */
  where: string;
  method: CreditMethod;
  options: Record<string, unknown>;
  /** How many prompts the method is given at once. */
  prompts: number;
}

/** Collects lines into groups of one prompt, and credits them when they are whole. */
export class Groups {
  records = 0;
  groups = 0;
  readonly #what: What;
  readonly #bad: BadLines;
  #group: Row[] = [];
  /** Groups that wait for others: all but the last are whole. */
  #batch: Row[][] = [];
  #bytes = 0;
  #done: Credited[] = [];

  constructor(what: What, bad: BadLines) {
    this.#what = what;
    this.#bad = bad;
  }

  add(line: JsonLine): void {
    if (!line.ok) {
      this.#bad.add(line.line, line.reason);
      return;
    }
    const { where, method, options } = this.#what;
    const { data: record, error } = creditRecord.safeParse(line.value);
    const reason = error ? objection(error) : method.check(record, options);
    if (!record || reason !== null) {
      this.#bad.add(line.line, reason ?? 'is no record');
      return;
    }
    if (this.#group.length > 0 && (!method.group || record.prompt !== this.#group[0].record.prompt)) this.#close();
    const { id } = Object(line.value);
    this.#group.push({
      line: line.line,
      id: typeof id === 'string' || typeof id === 'number' ? id : undefined,
      record,
    });
    this.#bytes += line.bytes;
    if (this.#bytes > MOST_HELD) {
      const first = (this.#batch[0] ?? this.#group)[0].line;
      throw new UsageError(
        `${where}:${first}: more than ${MOST_HELD} bytes from here on are compared with each other; ` +
          `is it right that all have the same prompt${method.batch ? ', and --batch so large' : ''}?`,
      );
    }
  }

  /** There are no more lines. */
  end(): void {
    if (this.#group.length > 0) this.#close();
    this.#credit();
  }

  /** What was credited since the last time. */
  take(): Credited[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  /** The next line has another prompt, or there is none. */
  #close(): void {
    const group = this.#group;
    this.#group = [];
    if (this.#what.method.group && group.length < 2) {
      this.#bad.add(group[0].line, 'is the only response to its prompt, and the method compares at least two');
      return;
    }
    this.#batch.push(group);
    if (this.#batch.length === this.#what.prompts) this.#credit();
  }

  #credit(): void {
    const rows = this.#batch.flat();
    const groups = this.#batch.length;
    this.#batch = [];
    this.#bytes = 0;
    if (rows.length === 0) return;
    const { method, options } = this.#what;
    let credits: Credit[];
    try {
      credits = method.run(
        rows.map(({ record }) => record),
        options,
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // All are lost: without one of them the others' numbers would mean something else.
      for (const { line } of rows) this.#bad.add(line, `among ${rows.length} compared: ${error.message}`);
      return;
    }
    this.groups += groups;
    this.records += rows.length;
    for (const [i, row] of rows.entries()) this.#done.push({ ...row, ...credits[i] });
  }
}
