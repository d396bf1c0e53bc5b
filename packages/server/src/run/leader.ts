import type { Outcome, RunReport, Task } from '@laurel/core/paper';
import type { BusMessage } from '../db/bus.ts';
import type { Store } from '../db/open.ts';
import { ATTEMPTS, enqueue, type Job, lostJobs } from './jobs.ts';
import { artifactJob, type RunPlan, trialJob } from './plan.ts';
import type { Processes } from './processes.ts';
import {
  artifactState,
  forgetArtifactFailure,
  forgetFailures,
  saveTrials,
  type TrialRecord,
  type TrialState,
  trialResults,
  trialStates,
} from './records.ts';
import { beat, endRun } from './runs.ts';

const LOOK_EVERY_MS = 2000;

/**
 * Leads one run to its end: artifacts, then trials, then the summary. Everything it needs to know stands in the
 * database, so that another process may lead on should this one die. Resolves when the run has ended; never rejects.
 */
export async function lead(
  { store, processes, queue }: { store: Store; processes: Processes; queue: string },
  run: string,
  plan: RunPlan,
  signal: AbortSignal,
): Promise<void> {
  const { db, bus } = store;
  try {
    const artifacts = await buildArtifacts(store, queue, run, plan, signal);
    const states = await runTrials(store, queue, run, plan, signal);
    const hashes = plan.trials.map(({ hash }) => hash);
    const results = await trialResults(db, hashes);
    const failures: Outcome['failures'] = plan.trials.flatMap(({ hash, trial }, index) => {
      const state = states.get(hash);
      return state?.status === 'failed' ? [{ trial: index, label: trial.label, error: state.error ?? 'failed' }] : [];
    });
    const task: Task = {
      kind: 'summary',
      slug: plan.slug,
      request: plan.request,
      outcome: { results: hashes.map((hash) => results.get(hash)), failures, artifacts },
    };
    const { result } = await processes.run(task, { progress: () => {} }, signal);
    const report = result as RunReport; // what a summary task gives
    const counts = { finished: results.size, failed: failures.length };
    const error = results.size === 0 ? `every trial failed; the first: ${failures[0].error}` : null;
    await endRun(db, run, { status: error ? 'failed' : 'done', report, ...counts, ...(error ? { error } : {}) });
  } catch (error) {
    if (!signal.aborted) {
      const text = error instanceof Error ? error.message : String(error);
      await endRun(db, run, { status: 'failed', error: text }).catch(() => {});
    }
  } finally {
    bus.publish({ about: 'run', run });
  }
}

async function buildArtifacts(
  store: Store,
  queue: string,
  run: string,
  plan: RunPlan,
  signal: AbortSignal,
): Promise<RunReport['artifacts']> {
  const ended = new Map<string, Promise<RunReport['artifacts'][number]>>();
  const build = async (index: number) => {
    const { ref, hash, inputs } = plan.artifacts[index];
    await Promise.all(inputs.map((input) => ended.get(input.hash)));
    await forgetArtifactFailure(store.db, hash);
    const jobs = [artifactJob(run, plan, index)];
    const state = await until(store, signal, isEnd(hash), async () => {
      const found = await artifactState(store.db, hash);
      if (found === null) await enqueueAndTell(store, queue, jobs);
      return found;
    });
    if (state.error !== null) throw new Error(`artifact ${ref.name}: ${state.error}`);
    return state.shown as RunReport['artifacts'][number];
  };
  // Inputs stand before what is built from them, so each finds its inputs' ends here.
  for (const [index, { hash }] of plan.artifacts.entries()) ended.set(hash, build(index));
  return Promise.all(ended.values());
}

async function runTrials(
  store: Store,
  queue: string,
  run: string,
  plan: RunPlan,
  signal: AbortSignal,
): Promise<Map<string, TrialState>> {
  const hashes = plan.trials.map(({ hash }) => hash);
  await forgetFailures(store.db, hashes);
  const states = new Map<string, TrialState>();
  const note = (found: TrialState[]) => {
    for (const state of found) states.set(state.hash, state);
  };
  const wanted = new Set(hashes);
  const complete = (message: BusMessage) => {
    if (message.about !== 'trial' || message.state === 'started' || !wanted.has(message.hash)) return false;
    const { hash, state, milliseconds = 0, error = null } = message;
    states.set(hash, { hash, status: state, milliseconds, error });
    return states.size === hashes.length;
  };
  // Messages tell of the ends. Now and then the tables are asked, and what nobody works on any more is enqueued again.
  let sent = false;
  await until(store, signal, complete, async () => {
    note(
      await trialStates(
        store.db,
        hashes.filter((hash) => !states.has(hash)),
      ),
    );
    const missing = plan.trials.flatMap(({ hash }, index) => (states.has(hash) ? [] : [trialJob(run, plan, index)]));
    if (sent) await recordLost(store, queue, missing);
    await enqueueAndTell(store, queue, missing);
    sent = true;
    const failed = [...states.values()].filter(({ status }) => status === 'failed').length;
    await beat(store.db, run, { finished: states.size - failed, failed });
    return states.size === hashes.length ? true : null;
  });
  return states;
}

function isEnd(artifact: string): (message: BusMessage) => boolean {
  return (message) => message.about === 'artifact' && message.hash === artifact;
}

/** A trial whose worker died under it at every attempt is recorded as failed instead of being tried for ever. */
async function recordLost(store: Store, queue: string, jobs: Job[]): Promise<void> {
  const lost = new Set(await lostJobs(store, queue));
  const records: TrialRecord[] = jobs.flatMap((job) =>
    job.kind === 'trial' && lost.has(job.hash)
      ? [
          {
            hash: job.hash,
            slug: job.slug,
            codeVersion: job.codeVersion,
            config: job.trial.config,
            seed: job.trial.seed,
            status: 'failed',
            result: null,
            error: `its worker died at each of ${ATTEMPTS} attempts`,
            milliseconds: 0,
            worker: 'none',
          },
        ]
      : [],
  );
  await saveTrials(store.db, records);
}

async function enqueueAndTell(store: Store, queue: string, jobs: Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await enqueue(store.boss, queue, jobs);
  store.bus.publish({ about: 'jobs' });
}

/** Asks until there is an answer: after every message that is `news`, and every two seconds. */
async function until<T>(
  store: Store,
  signal: AbortSignal,
  news: (message: BusMessage) => boolean,
  ask: () => Promise<T | null>,
): Promise<T> {
  let wake = () => {};
  const unsubscribe = store.bus.subscribe((message) => {
    if (news(message)) wake();
  });
  try {
    for (;;) {
      signal.throwIfAborted();
      const woken = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', wake, { once: true });
      });
      const answer = await ask();
      if (answer !== null) return answer;
      await woken;
    }
  } finally {
    wake();
    unsubscribe();
  }
}
