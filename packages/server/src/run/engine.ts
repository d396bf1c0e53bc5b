import type { RunEvent, RunRequest } from '@laurel/core/paper';
import type { Store } from '../db/open.ts';
import { type Settings, UsageError } from '../settings.ts';
import { openQueue } from './jobs.ts';
import { lead } from './leader.ts';
import { makePlan, type RunPlan } from './plan.ts';
import { Processes } from './processes.ts';
import { RecentActivity } from './recent.ts';
import { claimOrphans, endRun, findRun, insertRun, listRuns, newRunId, type RunRow, type RunStatus } from './runs.ts';
import { type ExperimentSource, paperExperiments } from './source.ts';
import { watchRun } from './watch.ts';
import { JobWorker } from './worker.ts';

const ORPHAN_SECONDS = 20;

/** Runs experiments: takes requests, leads runs, works on trials, tells how they go. */
export class Engine {
  readonly store: Store;
  readonly source: ExperimentSource;
  readonly #processes: Processes;
  readonly #worker: JobWorker | null;
  readonly #queue: string;
  readonly #recent = new RecentActivity();
  readonly #leading = new Map<string, { done: Promise<void>; abort: AbortController }>();
  readonly #unsubscribe: () => void;
  #adopting: NodeJS.Timeout | null = null;

  private constructor(store: Store, source: ExperimentSource, processes: Processes, queue: string, work: boolean) {
    this.store = store;
    this.source = source;
    this.#processes = processes;
    this.#queue = queue;
    this.#worker = work ? new JobWorker(store, processes, queue) : null;
    this.#unsubscribe = store.bus.subscribe((message) => {
      this.#recent.hear(message);
      if (message.about === 'cancel') this.#leading.get(message.run)?.abort.abort(new Error('cancelled'));
    });
  }

  /**
   * Starts an engine on an open store.
   *
   * @param options.work false for an engine that only leads and watches
   * @param options.adopt true to lead on the runs whose process died
   */
  static async start(
    store: Store,
    settings: Pick<Settings, 'parallel' | 'trialSeconds' | 'trialMegabytes'>,
    { source = paperExperiments(), work = true, adopt = false }: EngineOptions = {},
  ): Promise<Engine> {
    const queue = await openQueue(store.boss, await source.versionOfAll());
    const limits = { seconds: settings.trialSeconds, megabytes: settings.trialMegabytes };
    const processes = new Processes(settings.parallel, limits, source.module);
    const engine = new Engine(store, source, processes, queue, work);
    // The embedded database has one process at a time, so jobs found in it belong to one that is gone.
    if (store.kind === 'embedded') await store.boss.deleteAllJobs(queue);
    engine.#worker?.start();
    if (adopt) await engine.#adoptOrphans();
    return engine;
  }

  /**
   * Starts a run and returns at once. Throws UsageError for a paper without an experiment or a request that does not fit.
   */
  async run(slug: string, request: RunRequest): Promise<RunRow> {
    if (!this.source.slugs.includes(slug)) {
      throw new UsageError(`paper "${slug}" has no experiment; these run: ${this.source.slugs.join(', ')}`);
    }
    const plan = await makePlan(this.source, slug, request);
    const row = await insertRun(this.store.db, {
      id: newRunId(),
      slug,
      profile: request.profile,
      seeds: plan.seeds,
      params: plan.params,
      codeVersion: plan.codeVersion,
      status: 'running',
      trials: plan.trials.length,
    });
    this.#lead(row.id, plan);
    return row;
  }

  /** The newest run of the paper that was cut off, led on; null when there is none. */
  async resume(slug: string): Promise<RunRow | null> {
    const [row] = await listRuns(this.store.db, { slug, status: 'running', limit: 1 });
    if (!row) return null;
    if (!this.#leading.has(row.id)) this.#lead(row.id, await this.#planOf(row));
    return row;
  }

  /** Ends a run; trials under way are stopped, finished ones keep their results. Says whether it was running. */
  async cancel(id: string): Promise<boolean> {
    const was = await endRun(this.store.db, id, { status: 'cancelled' });
    if (was) this.store.bus.publish({ about: 'cancel', run: id });
    if (was) this.store.bus.publish({ about: 'run', run: id });
    return was;
  }

  find(id: string): Promise<RunRow | null> {
    return findRun(this.store.db, id);
  }

  list(filter: { slug?: string; status?: RunStatus; limit?: number } = {}): Promise<RunRow[]> {
    return listRuns(this.store.db, filter);
  }

  /** Events of a run until its end. Throws UsageError for an unknown run. */
  async *watch(id: string, signal: AbortSignal = new AbortController().signal): AsyncGenerator<RunEvent> {
    const row = await this.find(id);
    if (!row) throw new UsageError(`there is no run ${id}`);
    yield* watchRun({ store: this.store, recent: this.#recent }, id, await this.#planOf(row), signal);
  }

  /** Stops working. Runs led here stay `running` in the database; whoever comes next can lead them on. */
  async close(): Promise<void> {
    if (this.#adopting) clearInterval(this.#adopting);
    for (const { abort } of this.#leading.values()) abort.abort(new Error('the engine is closing'));
    await Promise.all([...this.#leading.values()].map(({ done }) => done));
    await this.#worker?.close();
    await this.#processes.close();
    this.#unsubscribe();
  }

  #lead(id: string, plan: RunPlan): void {
    const abort = new AbortController();
    const done = lead({ store: this.store, processes: this.#processes, queue: this.#queue }, id, plan, abort.signal);
    this.#leading.set(id, { abort, done });
    done.finally(() => this.#leading.delete(id));
  }

  #planOf(row: RunRow): Promise<RunPlan> {
    return makePlan(this.source, row.slug, { profile: row.profile, seeds: row.seeds, params: row.params });
  }

  async #adoptOrphans(): Promise<void> {
    const silence = this.store.kind === 'embedded' ? 0 : ORPHAN_SECONDS;
    const adopt = async () => {
      for (const row of await claimOrphans(this.store.db, silence)) {
        if (this.#leading.has(row.id)) continue;
        try {
          this.#lead(row.id, await this.#planOf(row));
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          await endRun(this.store.db, row.id, { status: 'failed', error: `cannot be resumed: ${text}` });
        }
      }
    };
    await adopt();
    if (this.store.kind === 'postgres') {
      this.#adopting = setInterval(() => adopt().catch(() => {}), (ORPHAN_SECONDS * 1000) / 2);
    }
  }
}

export interface EngineOptions {
  source?: ExperimentSource;
  work?: boolean;
  adopt?: boolean;
}
