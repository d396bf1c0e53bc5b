import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Profile, planOf, profiles, type RunReport } from '@laurel/core/paper';
import { findPaper } from '@laurel/papers';
import { loadExperiment } from '@laurel/papers/experiments';
import { codeVersion, resultsFolder, type Settings, UsageError } from '@laurel/server';
import { claimTable } from './claims.ts';
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
  const profile = profileOf(options.profile);
  const seeds = options.seeds === undefined ? undefined : wholeNumber('--seeds', options.seeds);
  const params = Object.fromEntries(options.set.map(assignment));
  if (options.record && profile !== 'full')
    throw new UsageError('--record is for --profile full: only that is reported');
  const runner = await openRunner(settings);
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('interrupted'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const progress = new Progress(process.stderr, slug);
  try {
    const resumed = options.resume ? await runner.resume(slug) : null;
    if (options.resume && !resumed) process.stderr.write(`${slug}: nothing to resume, starting anew\n`);
    const request = { profile, params, ...(seeds === undefined ? {} : { seeds }) };
    const began = performance.now();
    const { id } = resumed ?? (await runner.start(slug, request));
    let computing = 0;
    for await (const event of runner.events(id, stop.signal)) {
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
  } catch (error) {
    progress.end();
    if (!stop.signal.aborted) throw error;
    process.stderr.write(`Stopped. What is finished is kept: laurel run ${slug} --resume goes on from here.\n`);
    return 130;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
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

function profileOf(given: string): Profile {
  const found = profiles.find((profile) => profile === given);
  if (!found) throw new UsageError(`--profile must be one of ${profiles.join(', ')}, got "${given}"`);
  return found;
}

function wholeNumber(name: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`${name} must be a positive whole number, got "${given}"`);
  return value;
}

/** `key=value`; the value is JSON where it is JSON, else text. */
function assignment(given: string): [string, unknown] {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`--set takes key=value, got "${given}"`);
  const [key, text] = [given.slice(0, at), given.slice(at + 1)];
  try {
    return [key, JSON.parse(text)];
  } catch {
    return [key, text];
  }
}
