import { type CreditMethod, creditMethods } from '@laurel/core/credit';
import { UsageError } from '@laurel/server';
import { z } from 'zod';
import { assignment, wholeNumber } from './arguments.ts';
import { BadLines, Groups } from './credit-groups.ts';
import { JsonSink, TableSink } from './credit-sinks.ts';
import { interruptible } from './interrupt.ts';
import { objection, openInput, readJsonl } from './jsonl.ts';
import { linesTo, linesToFile } from './lines-out.ts';
import { Ticker } from './ticker.ts';

export interface CreditOptions {
  method: string;
  in?: string;
  out?: string;
  set: string[];
  batch: string;
  skipBad: boolean;
  json: boolean;
  table: boolean;
}

/** `laurel credit`: returns and advantages of the steps of recorded responses. Returns the exit status. */
export async function credit(options: CreditOptions): Promise<number> {
  const { in: file } = options;
  const method = methodOf(options.method);
  if (file === undefined) throw new UsageError('--in must name a JSONL file of responses, or - for standard input');
  const given = method.options.safeParse(Object.fromEntries(options.set.map(assignment)));
  if (!given.success) throw new UsageError(`--set for ${options.method}: ${objection(given.error)}`);
  const asTable = options.table || (process.stdout.isTTY && !options.json && options.out === undefined);
  if (options.table && (options.json || options.out !== undefined)) {
    throw new UsageError('--table is for reading: leave out --json and --out, or leave out --table');
  }
  const prompts = method.batch ? wholeNumber('--batch', options.batch) : 1;
  const where = file === '-' ? 'standard input' : file;
  return interruptible(
    async (signal) => {
      const out = options.out === undefined ? linesTo(process.stdout) : await linesToFile(options.out);
      const sink = asTable ? new TableSink(out) : new JsonSink(out);
      const bad = new BadLines(where, options.skipBad);
      const groups = new Groups({ where, method, options: given.data, prompts }, bad);
      const ticker = new Ticker(process.stderr);
      try {
        let open = true;
        for await (const lines of readJsonl(await openInput(file, signal))) {
          for (const line of lines) groups.add(line);
          open = await sink.write(groups.take());
          if (!open) break;
          ticker.show(() => `${groups.records} records, line ${lines[lines.length - 1].line}`);
        }
        if (open) {
          groups.end();
          await sink.write(groups.take());
          await sink.end();
        }
        ticker.clear();
        await out.commit();
      } catch (error) {
        ticker.clear();
        // The groups before a bad line are whole, wherever a chunk of the input happens to end.
        if (error instanceof UsageError && !asTable) await sink.write(groups.take());
        await out.abandon();
        throw error;
      }
      const skipped = bad.count > 0 ? `, ${bad.count} bad ${bad.count === 1 ? 'line' : 'lines'} skipped` : '';
      const compared = method.group ? ` in ${groups.groups} groups` : '';
      process.stderr.write(`${groups.records} records${compared}${skipped}\n`);
      return groups.records === 0 && bad.count > 0 ? 1 : 0;
    },
    () => process.stderr.write('Stopped.\n'),
  );
}

/** What `laurel credit --help` says of the methods and their options. */
export function methodsHelp(): string {
  const names = Object.keys(creditMethods);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = Object.entries(creditMethods).flatMap(([name, { summary, needs, options }]) => {
    const fields = needs.map((one) => one.join(' or ')).join(', ');
    const settings = Object.entries(z.toJSONSchema(options, { io: 'input' }).properties ?? {}).map(([key, schema]) => {
      const { default: usual, description } = Object(schema);
      return `${' '.repeat(width + 4)}--set ${key}=${JSON.stringify(usual)}  ${description ?? ''}`;
    });
    return [`  ${name.padEnd(width)}${summary}${fields && ` [${fields}]`}`, ...settings];
  });
  return `
Methods [and the fields they need], with what can be set:
${lines.join('\n')}

A line of the input is a response: {"prompt": "…", "steps": ["…"], "rewards": [0.9, -0.2], "correct": true}. Lines one
after another with the same prompt form a group. A line of the output names the input's line (and its "id") and gives one
return and one advantage a step.
`;
}

function methodOf(name: string): CreditMethod {
  if (Object.hasOwn(creditMethods, name)) return creditMethods[name];
  throw new UsageError(`--method must be one of ${Object.keys(creditMethods).join(', ')}, got "${name}"`);
}
