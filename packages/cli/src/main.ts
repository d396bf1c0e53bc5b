#!/usr/bin/env node
import { settingsFrom, UsageError } from '@laurel/server';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { type CreditOptions, credit, methodsHelp } from './credit.ts';
import { importCommand, listCommand, searchCommand, showCommand } from './papers.ts';
import { type RunOptions, run } from './run.ts';
import { addSearch } from './search.ts';
import { studio, work } from './serve.ts';

const settings = () => settingsFrom(process.env);
const collect = (value: string, all: string[]) => [...all, value];

const program = new Command('laurel')
  .description('Rewards you can trust before you train on them')
  .version('0.1.0')
  .showHelpAfterError('(laurel --help says what there is)')
  .exitOverride();

program
  .command('studio')
  .description('serve the studio and the API (LAUREL_HOST, LAUREL_PORT, LAUREL_HOME, DATABASE_URL, LAUREL_TOKEN)')
  .option('--port <port>', 'listen on this port instead of LAUREL_PORT')
  .action(async ({ port }: { port?: string }) =>
    studio(settingsFrom({ ...process.env, ...(port && { LAUREL_PORT: port }) })),
  );

program
  .command('run <paper>')
  .description("run a paper's experiment and judge its claims")
  .option('--profile <profile>', 'smoke (seconds), quick (at most a minute), full (at most 15 minutes)', 'quick')
  .option('--seeds <n>', "seeds 0 … n-1 instead of the profile's")
  .option('--set <key=value>', 'a parameter; may be given again', collect, [])
  .option('--json', 'print the report as JSON', false)
  .option('--resume', 'go on with the newest run of this paper that was cut off', false)
  .option('--record', 'keep the outcome of --profile full in packages/papers/results', false)
  .action(async (paper: string, options: RunOptions) => {
    process.exitCode = await run(settings(), paper, options);
  });

program
  .command('worker')
  .description('work on the trials of other processes that share DATABASE_URL')
  .action(() => work(settings()));

const papers = program.command('papers').description('the papers: import a page, list, search, show');
papers
  .command('import <file>')
  .description('read a daily-papers page (its text) into the database')
  .option('--json', 'print the counts as JSON', false)
  .action((file: string, options: { json: boolean }) => importCommand(settings(), file, options));
papers
  .command('list')
  .description('all papers, newest first')
  .option('--json', 'print JSON', false)
  .action((options: { json: boolean }) => listCommand(settings(), options));
papers
  .command('search <words...>')
  .description('find papers by words and by meaning')
  .option('--tag <tag>')
  .option('--room <room>')
  .option('--verdict <verdict>')
  .option('--from <date>', 'first published on this date or later')
  .option('--to <date>', 'first published on this date or earlier')
  .option('--mode <mode>', 'hybrid, lexical or semantic', 'hybrid')
  .option('--limit <n>', 'how many', '10')
  .option('--json', 'print JSON', false)
  .action((words: string[], options: Record<string, string | boolean>) =>
    searchCommand(settings(), words.join(' '), options),
  );
papers
  .command('show <paper>')
  .description('what a paper claims and what was measured')
  .option('--json', 'print JSON', false)
  .action((paper: string, options: { json: boolean }) => showCommand(settings(), paper, options));

addSearch(program);

program
  .command('credit')
  .description('returns and advantages of the steps of recorded responses')
  .option('--method <method>', 'how to credit; the methods are below', 'returns')
  .option('--in <file>', 'JSONL, one response a line; - reads standard input')
  .option('--out <file>', 'write JSONL to this file, which appears only when it is whole')
  .option('--set <key=value>', 'an option of the method; may be given again', collect, [])
  .option('--batch <prompts>', 'prompts at once, for methods that look across them', '64')
  .option('--skip-bad', 'skip lines that cannot be used instead of stopping at the first', false)
  .option('--json', 'print JSONL on a terminal too', false)
  .option('--table', 'print the first records as a table', false)
  .addHelpText('after', () => methodsHelp())
  .action(async (options: CreditOptions) => {
    process.exitCode = await credit(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof RangeError) {
    process.stderr.write(`laurel: ${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof z.ZodError) {
    const lines = error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    process.stderr.write(`laurel: ${lines.join('; ')}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`laurel: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
