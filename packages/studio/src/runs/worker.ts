import { type RunEvent, runExperiment, runTask } from '@laurel/core/paper';
import { loadExperiment } from '@laurel/papers/experiments';
import { Batch } from './batch.ts';
import { type TaskWorker, WorkerPool } from './pool.ts';
import { type FromRun, type FromTask, messageOf, type StartRun, type StartTask, type TaskNews } from './protocol.ts';

/**
 * One file, two parts: the page starts it to coordinate a run (planning and summaries may take seconds, which the page
 * must not), and the coordinator starts it again, some times over, to run the tasks. Terminating the coordinator ends
 * them all, and that is how a run is cancelled.
 */

const FRAME = 16;
const never = new AbortController().signal;

self.addEventListener('message', ({ data }: MessageEvent<StartRun | StartTask>) => {
  if (data.kind === 'run') void coordinate(data);
  else void work(data);
});

async function coordinate({ slug, request, concurrency }: StartRun): Promise<void> {
  const events = new Batch<RunEvent>(FRAME, (batch) =>
    self.postMessage({ kind: 'events', events: batch } satisfies FromRun),
  );
  const ticker = setInterval(() => events.flush(), 4 * FRAME);
  const executor = new WorkerPool(concurrency, taskWorker);
  try {
    await runExperiment(await loadExperiment(slug), request, { executor, onEvent: (event) => events.add(event) });
  } catch (error) {
    events.add({ type: 'error', error: messageOf(error) });
  } finally {
    clearInterval(ticker);
    events.flush();
    executor.close();
  }
}

function taskWorker(): TaskWorker {
  const worker = new Worker(self.location.href, { type: 'module' });
  return {
    start(task, heard, broke) {
      worker.onmessage = ({ data }: MessageEvent<FromTask>) => heard(data);
      worker.onerror = (event) => {
        event.preventDefault();
        broke(event.message || 'the worker could not be started');
      };
      worker.postMessage({ kind: 'task', task } satisfies StartTask);
    },
    terminate: () => worker.terminate(),
  };
}

async function work({ task }: StartTask): Promise<void> {
  const send = (message: FromTask) => self.postMessage(message);
  const news = new Batch<TaskNews>(3 * FRAME, (batch) => send({ kind: 'news', news: batch }));
  try {
    const experiment = await loadExperiment(task.slug);
    const hooks = {
      progress: (fraction: number, note?: string) =>
        news.add({ kind: 'progress', fraction, ...(note === undefined ? {} : { note }) }),
      point: (series: string, x: number, y: number) => news.add({ kind: 'point', series, x, y }),
    };
    const result = await runTask(experiment, task, hooks, never);
    news.flush();
    send({ kind: 'done', result });
  } catch (error) {
    news.flush();
    send({ kind: 'failed', error: messageOf(error) });
  }
}
