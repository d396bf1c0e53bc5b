import type { RunEvent } from '@laurel/core/paper';
import { api, type ServerRun } from '../api.ts';
import { reportFrom } from '../figures/report.ts';

const RETRY = 2000;

/**
 * Follows a run on the server until it ends, through lost connections. The browser reconnects by itself and says what it
 * had (`Last-Event-ID`); where it gives up, the run's record tells whether there is more to come.
 */
export function followOnServer(id: string, onEvents: (events: RunEvent[]) => void): () => void {
  let stopped = false;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    stopped = true;
    source?.close();
    clearTimeout(timer);
  };
  const listen = () => {
    source = api.runEvents(id);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event: RunEvent = JSON.parse(data);
      onEvents([event]);
      if (event.type === 'summary' || event.type === 'cancelled' || event.type === 'error') stop();
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) void look();
    };
  };
  const look = async () => {
    source?.close();
    try {
      const run = await api.run(id);
      if (stopped) return;
      const end = endOf(run);
      if (end) {
        stop();
        onEvents([end]);
        return;
      }
    } catch {
      // Out of reach: look again later.
    }
    if (!stopped) timer = setTimeout(listen, RETRY);
  };
  listen();
  return stop;
}

/** The event a run ended with; null while it runs. */
export function endOf(run: ServerRun): RunEvent | null {
  if (run.status === 'running') return null;
  if (run.status === 'cancelled') return { type: 'cancelled' };
  if (run.status === 'done' && run.report) return { type: 'summary', report: reportFrom(run.report) };
  return { type: 'error', error: run.error ?? 'The run failed.' };
}
