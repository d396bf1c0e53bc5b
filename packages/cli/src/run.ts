import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Profile, planOf, profiles, type RunReport } from '@laurel/core/paper';
import { findPaper } from '@laurel/papers';
import { loadExperiment } from '@laurel/papers/experiments';
import { codeVersion, resultsFolder, type Settings, UsageError } from '@laurel/server';
import { assignment, oneOf, wholeNumber } from './arguments.ts';
import { claimTable } from './claims.ts';
import { interruptible } from './interrupt.ts';
import { Progress } from './progress.ts';
import { openRunner } from './runner.ts';

export interface RunOptions {
  profile: string;
  seeds?: string;
  set: string[];
  json: boolean;
  resume: boolean;
  record: boolean;
}

/** `laurel run SLUG`: runs a paper's experiment, shows how it goes, ends with the table of claims. Returns the exit status. */
export async function run(settings: Settings, slug: string, options: RunOptions): Promise<number> {
  const profile = oneOf('--profile', options.profile, profiles);
  const seeds = options.seeds === undefined ? undefined : wholeNumber('--seeds', options.seeds);
  const params = Object.fromEntries(options.set.map(assignment));
  if (options.record && profile !== 'full')
    throw new UsageError('--record is for --profile full: only that is reported');
  const runner = await openRunner(settings);
  const progress = new Progress(process.stderr, slug);
  const work = async (signal: AbortSignal) => {
    const resumed = options.resume ? await runner.resume(slug) : null;
    if (options.resume && !resumed) process.stderr.write(`${slug}: nothing to resume, starting anew\n`);
    const request = { profile, params, ...(seeds === undefined ? {} : { seeds }) };
    const began = performance.now();
    const { id } = resumed ?? (await runner.start(slug, request));
    let computing = 0;
    for await (const event of runner.events(id, signal)) {
      progress.show(event);
      if (event.type === 'finished') computing += event.milliseconds / 1000;
      if (event.type === 'error') throw new Error(event.error);
      if (event.type === 'cancelled') throw new Error('the run was cancelled');
      if (event.type !== 'summary') continue;
      progress.end();
      const seconds = (performance.now() - began) / 1000;
      // Trials kept from an earlier run took their time as well.
      if (options.record) await record(slug, request, event.report, Math.max(seconds, computing / settings.parallel));
      await show(slug, id, profile, event.report, seconds, options.json);
      return event.report.failures.length === event.report.trials ? 1 : 0;
    }
    throw new Error('interrupted');
  };
  try {
    return await interruptible(work, () => {
      progress.end();
      process.stderr.write(`Stopped. What is finished is kept: laurel run ${slug} --resume goes on from here.\n`);
    });
  } finally {
    progress.end();
    await runner.close();
  }
}

async function show(slug: string, id: string, profile: Profile, report: RunReport, seconds: number, json: boolean) {
  if (json) {
    process.stdout.write(`${JSON.stringify({ run: id, slug, profile, seconds, report }, null, 2)}\n`);
    return;
  }
  const paper = findPaper(slug);
  const { evidence } = await loadExperiment(slug);
  if (paper)
    process.stdout.write(`\n${paper.title}\n${claimTable(paper, report, evidence, process.stdout.columns ?? 110)}\n`);
  for (const { label, error } of report.failures.slice(0, 5)) process.stdout.write(`failed: ${label}: ${error}\n`);
  if (report.failures.length > 5) process.stdout.write(`… and ${report.failures.length - 5} more failed trials\n`);
  const trials = `${report.trials - report.failures.length} of ${report.trials} trials`;
  process.stdout.write(
    `${profile} profile, ${trials}, ${seconds.toFixed(1)} s. Figures: npm start, then /papers/${slug}\n`,
  );
}

/** Keeps the outcome with the code: what the catalogue reports. */
async function record(slug: string, request: Parameters<typeof planOf>[1], report: RunReport, seconds: number) {
  const plan = planOf(await loadExperiment(slug), request);
  const [cpu] = cpus();
  const result = {
    slug,
    profile: plan.profile,
    seeds: plan.seeds.length,
    params: plan.params,
    codeVersion: await codeVersion(slug),
    date: new Date().toISOString().slice(0, 10),
    seconds: Math.round(seconds),
    machine: `${cpus().length} × ${cpu.model.trim()}`,
    versions: { node: process.versions.node },
    report,
  };
  await mkdir(resultsFolder, { recursive: true });
  await writeFile(join(resultsFolder, `${slug}.json`), `${JSON.stringify(result)}\n`);
  process.stderr.write(`recorded in packages/papers/results/${slug}.json\n`);
}
