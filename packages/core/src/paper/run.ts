import { type Artifact, type ArtifactRef, artifactKey, type BuildContext, type Stored } from './artifact.ts';
import { type AnyExperiment, type Plan, planOf, type RunRequest, type Summary, type Trial } from './experiment.ts';
import type { Figure } from './figure.ts';
import { assertPlain, canonicalJson } from './plain.ts';

/** What happens during a run, in order. `trial` is the position in the plan's list. */
export type RunEvent =
  | { type: 'planned'; trials: { label: string; seed: number }[]; artifacts: string[] }
  | { type: 'artifact'; name: string; state: 'building' | 'built' | 'cached'; fraction?: number; note?: string }
  | { type: 'started'; trial: number }
  | { type: 'progress'; trial: number; fraction: number; note?: string }
  | { type: 'point'; trial: number; series: string; x: number; y: number }
  | { type: 'finished'; trial: number; cached: boolean; milliseconds: number }
  | { type: 'failed'; trial: number; error: string }
  | { type: 'summary'; report: RunReport }
  | { type: 'cancelled' }
  | { type: 'error'; error: string };

/** A run's outcome: the verdicts, the figures, and what failed on the way. */
export interface RunReport extends Summary {
  trials: number;
  /** Trials without a result; verdicts rest on the others. */
  failures: { trial: number; label: string; error: string }[];
  /** Figures of the artifacts used. */
  artifacts: { name: string; description: string; figures: Figure[] }[];
}

/** One unit of work for an executor: an artifact gives a `BuiltArtifact`, a trial its result, a summary a `RunReport`. */
export type Task =
  | { kind: 'artifact'; slug: string; ref: ArtifactRef; inputs: ArtifactValue[] }
  | { kind: 'trial'; slug: string; trial: Trial<unknown>; inputs: ArtifactValue[] }
  | { kind: 'summary'; slug: string; request: RunRequest; outcome: Outcome };

export interface BuiltArtifact {
  value: Stored;
  shown: RunReport['artifacts'][number];
}

/** What all trials of a run gave: `results[i]` belongs to the plan's trial i, undefined where it failed. */
export interface Outcome {
  results: readonly unknown[];
  failures: RunReport['failures'];
  artifacts: RunReport['artifacts'];
}

/** An artifact's value on its way to a worker. */
export interface ArtifactValue {
  key: string;
  value: Stored;
}

export type TaskHooks = Pick<BuildContext, 'progress' | 'point'>;

/** Where tasks run: in place, in a thread, in a browser's worker. Rejects with the task's own error. */
export interface Executor {
  /** How many tasks may run at once. */
  readonly concurrency: number;
  run(task: Task, hooks: TaskHooks, signal: AbortSignal): Promise<unknown>;
}

/** Runs one task of an experiment here and now: what every executor does at its far end. */
export async function runTask(
  experiment: AnyExperiment,
  task: Task,
  hooks: TaskHooks,
  signal: AbortSignal,
): Promise<unknown> {
  signal.throwIfAborted();
  if (task.kind === 'summary') return summariseRun(experiment, task.request, task.outcome);
  const values = new Map(task.inputs.map(({ key, value }) => [key, value]));
  const context: BuildContext = {
    signal,
    progress: (fraction, note) => hooks.progress(fraction, note),
    point: (series, x, y) => {
      if (Number.isFinite(x) && Number.isFinite(y)) hooks.point(series, x, y);
    },
    artifact: async <A extends Stored>(ref: ArtifactRef<A>) => {
      const value = values.get(artifactKey(ref));
      if (value === undefined) {
        throw new RangeError(`artifact ${artifactKey(ref)} was not named by the experiment's needs()`);
      }
      // The key is the content address of what `build` of this very artifact gave.
      return value as A;
    },
  };
  if (task.kind === 'artifact') {
    const artifact = artifactNamed(experiment, task.ref.name);
    const params = artifact.params.parse(task.ref.params);
    const value = await artifact.build(params, context);
    const figures = artifact.figures(value, params);
    return {
      value,
      shown: { name: artifact.name, description: artifact.description, figures },
    } satisfies BuiltArtifact;
  }
  const result = await experiment.runTrial(task.trial, context);
  assertPlain(result, `${experiment.paper.slug}: result of trial "${task.trial.label}"`);
  return result;
}

/** Finds an artifact an experiment declares. Throws RangeError naming those it has. */
export function artifactNamed(experiment: AnyExperiment, name: string): Artifact {
  const found = experiment.artifacts.find((artifact) => artifact.name === name);
  if (found) return found;
  const names = experiment.artifacts.map((artifact) => artifact.name).join(', ') || 'none';
  throw new RangeError(`${experiment.paper.slug} declares no artifact "${name}"; it declares: ${names}`);
}

/** What an artifact is built from. */
export function artifactInputs(experiment: AnyExperiment, ref: ArtifactRef): ArtifactRef[] {
  const artifact = artifactNamed(experiment, ref.name);
  return artifact.needs(artifact.params.parse(ref.params));
}

/**
 * The distinct artifacts that trials need, with all that those are built from, each after its inputs.
 * Throws RangeError for artifacts that need each other.
 */
export function artifactsOf(experiment: AnyExperiment, trials: readonly Trial<unknown>[]): ArtifactRef[] {
  const done = new Map<string, ArtifactRef>();
  const open = new Set<string>();
  const visit = (ref: ArtifactRef) => {
    const key = artifactKey(ref);
    if (done.has(key)) return;
    if (open.has(key)) throw new RangeError(`artifact ${key} needs itself`);
    open.add(key);
    artifactInputs(experiment, ref).forEach(visit);
    done.set(key, ref);
  };
  for (const trial of trials) experiment.needs(trial.config).forEach(visit);
  return [...done.values()];
}

/** The trials of a plan, checked: plain data, at least one, none twice. Throws TypeError or RangeError. */
export function trialsOf(experiment: AnyExperiment, plan: Plan<Record<string, unknown>>): Trial<unknown>[] {
  const trials = experiment.trials(plan);
  if (trials.length === 0) throw new RangeError(`${experiment.paper.slug} has no trials for this plan`);
  const seen = new Set<string>();
  for (const trial of trials) {
    assertPlain(trial.config, `config of trial "${trial.label}"`);
    const key = canonicalJson({ config: trial.config, seed: trial.seed });
    if (seen.has(key)) throw new RangeError(`trial "${trial.label}" occurs twice in the plan`);
    seen.add(key);
  }
  return trials;
}

/** Verdicts and figures of the trials that have a result. */
function summariseRun(experiment: AnyExperiment, request: RunRequest, outcome: Outcome): RunReport {
  const { results, failures, artifacts } = outcome;
  const plan = planOf(experiment, request);
  const trials = trialsOf(experiment, plan);
  const finished = trials.flatMap((trial, i) => (results[i] === undefined ? [] : [{ ...trial, result: results[i] }]));
  const summary: Summary = finished.length > 0 ? experiment.summarise(finished, plan) : { claims: {}, figures: [] };
  const report: RunReport = { ...summary, trials: trials.length, failures, artifacts };
  assertPlain(report, `${experiment.paper.slug}: summary`);
  return report;
}

/** Runs `work` on items with at most `limit` at once, in order of the list; stops taking new ones when `signal` aborts. */
export async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      signal.throwIfAborted();
      const index = next++;
      await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}

/**
 * Runs a whole experiment with an executor: artifacts first, then trials, then the summary. A trial that throws is
 * reported and the others go on. Rejects with the signal's reason when cancelled.
 *
 * @example
 * const report = await runExperiment(experiment, { profile: 'quick' }, { executor: inlineExecutor(experiment) });
 */
export async function runExperiment(
  experiment: AnyExperiment,
  request: RunRequest,
  {
    executor,
    signal = new AbortController().signal,
    onEvent = () => {},
    now = () => performance.now(),
  }: {
    executor: Executor;
    signal?: AbortSignal;
    onEvent?: (event: RunEvent) => void;
    now?: () => number;
  },
): Promise<RunReport> {
  const { slug } = experiment.paper;
  const plan = planOf(experiment, request);
  const trials = trialsOf(experiment, plan);
  const refs = artifactsOf(experiment, trials);
  onEvent({
    type: 'planned',
    trials: trials.map(({ label, seed }) => ({ label, seed })),
    artifacts: refs.map((ref) => ref.name),
  });

  const values = new Map<string, Stored>();
  const inputsOf = (needed: ArtifactRef[]): ArtifactValue[] =>
    needed.map((ref) => ({ key: artifactKey(ref), value: values.get(artifactKey(ref)) ?? null }));
  const shown: RunReport['artifacts'] = new Array(refs.length);
  const built = new Map<string, Promise<void>>();
  // Each after its inputs, which come before it in the list, so that no lane waits for one that has no lane yet.
  await eachLimited(refs, executor.concurrency, signal, (ref, index) => {
    const { name } = ref;
    const build = async () => {
      const needed = artifactInputs(experiment, ref);
      await Promise.all(needed.map((input) => built.get(artifactKey(input))));
      signal.throwIfAborted();
      onEvent({ type: 'artifact', name, state: 'building', fraction: 0 });
      const hooks: TaskHooks = {
        progress: (fraction, note) =>
          onEvent({ type: 'artifact', name, state: 'building', fraction, ...(note === undefined ? {} : { note }) }),
        point: () => {},
      };
      const task: Task = { kind: 'artifact', slug, ref, inputs: inputsOf(needed) };
      const made = (await executor.run(task, hooks, signal)) as BuiltArtifact;
      values.set(artifactKey(ref), made.value);
      shown[index] = made.shown;
      onEvent({ type: 'artifact', name, state: 'built' });
    };
    const building = build();
    built.set(artifactKey(ref), building);
    return building;
  });

  const results: unknown[] = new Array(trials.length).fill(undefined);
  const failures: RunReport['failures'] = [];
  await eachLimited(trials, executor.concurrency, signal, async (trial, index) => {
    onEvent({ type: 'started', trial: index });
    const hooks: TaskHooks = {
      progress: (fraction, note) =>
        onEvent({ type: 'progress', trial: index, fraction, ...(note === undefined ? {} : { note }) }),
      point: (series, x, y) => onEvent({ type: 'point', trial: index, series, x, y }),
    };
    const inputs = inputsOf(experiment.needs(trial.config));
    const began = now();
    try {
      results[index] = await executor.run({ kind: 'trial', slug, trial, inputs }, hooks, signal);
      onEvent({ type: 'finished', trial: index, cached: false, milliseconds: now() - began });
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ trial: index, label: trial.label, error: message });
      onEvent({ type: 'failed', trial: index, error: message });
    }
  });
  signal.throwIfAborted();
  failures.sort((a, b) => a.trial - b.trial);
  const summary: Task = { kind: 'summary', slug, request, outcome: { results, failures, artifacts: shown } };
  const report = (await executor.run(summary, { progress: () => {}, point: () => {} }, signal)) as RunReport;
  onEvent({ type: 'summary', report });
  return report;
}

/** Runs tasks one after another where the caller stands: for tests and scripts. */
export function inlineExecutor(experiment: AnyExperiment): Executor {
  return { concurrency: 1, run: (task, hooks, signal) => runTask(experiment, task, hooks, signal) };
}
