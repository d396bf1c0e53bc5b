import type { RunEvent, RunRequest } from '@laurel/core/paper';
import type { FromRun, StartRun } from './protocol.ts';

/** Starts a run in this browser. Returns what ends it: the coordinating worker and with it all others. */
export function runInBrowser(slug: string, request: RunRequest, onEvents: (events: RunEvent[]) => void): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: `laurel run ${slug}` });
  worker.onmessage = ({ data }: MessageEvent<FromRun>) => {
    onEvents(data.events);
    const last = data.events.at(-1)?.type;
    if (last === 'summary' || last === 'error') worker.terminate();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    onEvents([{ type: 'error', error: event.message || 'The worker could not be started.' }]);
  };
  const concurrency = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 2));
  worker.postMessage({ kind: 'run', slug, request, concurrency } satisfies StartRun);
  return () => worker.terminate();
}
