import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ArtifactValue, BuiltArtifact } from '@laurel/core/paper';
import type { BusMessage } from '../db/bus.ts';
import type { Store } from '../db/open.ts';
import { decodeStored, encodeStored } from './codec.ts';
import { HEARTBEAT_SECONDS, type Job, jobSchema } from './jobs.ts';
import { type Processes, TaskError } from './processes.ts';
import { artifactBytes, saveArtifact, saveTrials, type TrialRecord } from './records.ts';

const LONGEST_ERROR = 2000;
const SHORT_TRIAL_MS = 50;

/** Takes jobs from a queue and does them in processes, until it is closed. Any number of workers may share a queue. */
export class JobWorker {
  readonly name = `${hostname()}:${process.pid}:${randomUUID().slice(0, 4)}`;
  readonly #store: Store;
  readonly #processes: Processes;
  readonly #queue: string;
  /** Jobs taken and not yet settled, with what ends them. */
  readonly #held = new Map<string, { job: Job; abort: AbortController }>();
  readonly #cancelled = new Set<string>();
  readonly #artifacts = new Map<string, ArtifactValue['value']>();
  #outbox: { id: string; record: TrialRecord | null; message: BusMessage }[] = [];
  #flushing: Promise<void> | null = null;
  #wake: () => void = () => {};
  #closed = false;
  #loop: Promise<void> | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  #unsubscribe: (() => void) | null = null;
  /** Running mean of trial times, to take short trials in handfuls. */
  #typicalMs = 1000;

  constructor(store: Store, processes: Processes, queue: string) {
    this.#store = store;
    this.#processes = processes;
    this.#queue = queue;
  }

  start(): void {
    this.#unsubscribe = this.#store.bus.subscribe((message) => {
      if (message.about === 'jobs') this.#wake();
      if (message.about === 'cancel') {
        this.#cancelled.add(message.run);
        for (const { job, abort } of this.#held.values()) {
          if (job.run === message.run) abort.abort(new Error('cancelled'));
        }
      }
    });
    this.#heartbeat = setInterval(
      () => {
        if (this.#held.size > 0) this.#store.boss.touch(this.#queue, [...this.#held.keys()]).catch(() => {});
      },
      (HEARTBEAT_SECONDS * 1000) / 3,
    );
    this.#loop = this.#run();
  }

  /** Stops taking jobs and gives back those not finished. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#loop;
    const open = [...this.#held.keys()];
    for (const { abort } of this.#held.values()) abort.abort(new Error('the worker is closing'));
    await this.#flush();
    if (open.length > 0) await this.#store.boss.fail(this.#queue, open, { error: 'worker closed' }).catch(() => {});
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#unsubscribe?.();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const room = this.#room();
      let taken = 0;
      if (room > 0) {
        const jobs = await this.#store.boss.fetch<unknown>(this.#queue, { batchSize: room }).catch(() => []);
        taken = jobs.length;
        for (const { id, data } of jobs) void this.#do(id, jobSchema.parse(data));
      }
      // Woken by a job's end, by news of jobs, or, should a message be lost, by the clock.
      if (taken === 0 || this.#room() <= 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, room > 0 ? 1000 : 5000);
          this.#wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }

  /** How many more jobs to take: one a free process; trials of a few milliseconds in handfuls, long ones never ahead. */
  #room(): number {
    const ahead = this.#typicalMs < SHORT_TRIAL_MS ? Math.ceil(SHORT_TRIAL_MS / Math.max(1, this.#typicalMs)) : 1;
    return Math.min(64, this.#processes.size * ahead) - this.#held.size;
  }

  async #do(id: string, job: Job): Promise<void> {
    const abort = new AbortController();
    this.#held.set(id, { job, abort });
    const { bus } = this.#store;
    try {
      if (this.#cancelled.has(job.run)) throw new Error('cancelled');
      const inputs = await Promise.all(
        job.inputs.map(async ({ key, hash }) => ({ key, value: await this.#artifact(hash) })),
      );
      if (job.kind === 'trial') bus.publish({ about: 'trial', hash: job.hash, state: 'started' });
      const hooks = {
        progress: (fraction: number, note: string | undefined, points: [string, number, number][]) =>
          bus.publish({
            about: 'progress',
            hash: job.hash,
            fraction,
            points: points.slice(-100),
            ...(note === undefined ? {} : { note: note.slice(0, 200) }),
          }),
      };
      const task =
        job.kind === 'trial'
          ? ({ kind: 'trial', slug: job.slug, trial: job.trial, inputs } as const)
          : ({ kind: 'artifact', slug: job.slug, ref: job.ref, inputs } as const);
      const { result, milliseconds } = await this.#processes.run(task, hooks, abort.signal);
      if (job.kind === 'artifact') await this.#saveArtifact(job, result as BuiltArtifact, null, milliseconds);
      else this.#typicalMs += 0.2 * (milliseconds - this.#typicalMs);
      this.#settle(id, job, { result, error: null, milliseconds });
    } catch (error) {
      if (error instanceof TaskError) {
        const text = error.message.slice(0, LONGEST_ERROR);
        if (job.kind === 'artifact') await this.#saveArtifact(job, null, text, error.milliseconds);
        this.#settle(id, job, { result: null, error: text, milliseconds: error.milliseconds });
      } else {
        // Cancelled, closing, or the database is away: the job is not done, and says so.
        this.#held.delete(id);
        if (abort.signal.aborted || this.#cancelled.has(job.run)) {
          await this.#store.boss.deleteJob(this.#queue, id).catch(() => {});
        } else {
          const text = error instanceof Error ? error.message : String(error);
          await this.#store.boss.fail(this.#queue, id, { error: text }).catch(() => {});
        }
        this.#wake();
      }
    }
  }

  #settle(id: string, job: Job, outcome: { result: unknown; error: string | null; milliseconds: number }): void {
    const milliseconds = Math.round(outcome.milliseconds);
    const failed = outcome.error !== null;
    const record: TrialRecord | null =
      job.kind === 'artifact'
        ? null
        : {
            hash: job.hash,
            slug: job.slug,
            codeVersion: job.codeVersion,
            config: job.trial.config,
            seed: job.trial.seed,
            status: failed ? 'failed' : 'done',
            result: outcome.result,
            error: outcome.error,
            milliseconds,
            worker: this.name,
          };
    const message: BusMessage =
      job.kind === 'artifact'
        ? { about: 'artifact', hash: job.hash, state: failed ? 'failed' : 'built' }
        : {
            about: 'trial',
            hash: job.hash,
            state: failed ? 'failed' : 'done',
            milliseconds,
            ...(outcome.error === null ? {} : { error: outcome.error }),
          };
    this.#outbox.push({ id, record, message });
    this.#flushing ??= this.#flush();
  }

  /** Records outcomes, then completes their jobs, then tells; several at a time when they come thick and fast. */
  async #flush(): Promise<void> {
    while (this.#outbox.length > 0) {
      const batch = this.#outbox;
      this.#outbox = [];
      try {
        await saveTrials(
          this.#store.db,
          batch.flatMap(({ record }) => (record ? [record] : [])),
        );
        await this.#store.boss.complete(
          this.#queue,
          batch.map(({ id }) => id),
        );
        for (const { message } of batch) this.#store.bus.publish(message);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        await this.#store.boss
          .fail(
            this.#queue,
            batch.map(({ id }) => id),
            { error: text },
          )
          .catch(() => {});
      }
      for (const { id } of batch) this.#held.delete(id);
      this.#wake();
    }
    this.#flushing = null;
  }

  async #artifact(hash: string): Promise<ArtifactValue['value']> {
    const known = this.#artifacts.get(hash);
    if (known !== undefined) return known;
    const bytes = await artifactBytes(this.#store.db, hash);
    if (bytes === null) throw new Error(`artifact ${hash} is not built`);
    const value = decodeStored(bytes);
    if (this.#artifacts.size >= 16) this.#artifacts.delete([...this.#artifacts.keys()][0]);
    this.#artifacts.set(hash, value);
    return value;
  }

  #saveArtifact(
    job: Job & { kind: 'artifact' },
    built: BuiltArtifact | null,
    error: string | null,
    milliseconds: number,
  ): Promise<void> {
    return saveArtifact(this.#store.db, {
      hash: job.hash,
      name: job.ref.name,
      codeVersion: job.codeVersion,
      params: job.ref.params,
      value: built === null ? null : encodeStored(built.value),
      shown: built === null ? null : built.shown,
      error,
      milliseconds: Math.round(milliseconds),
    });
  }
}
