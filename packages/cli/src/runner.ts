import type { RunEvent, RunRequest } from '@laurel/core/paper';
import { createClient, Engine, HomeInUse, openStore, type Settings, UsageError } from '@laurel/server';
import { answer } from './answer.ts';

/** Somebody who runs experiments: this process on its own database, or the server that has the database open. */
export interface Runner {
  /** Says in a word where the work is done. */
  readonly where: string;
  start(slug: string, request: RunRequest): Promise<{ id: string }>;
  /** The newest run of the paper that was cut off, going on; null when there is none. */
  resume(slug: string): Promise<{ id: string } | null>;
  events(id: string, signal: AbortSignal): AsyncIterable<RunEvent>;
  close(): Promise<void>;
}

/** This process when the database is free, else the server that holds it. Throws UsageError when neither can run. */
export async function openRunner(settings: Settings): Promise<Runner> {
  try {
    const store = await openStore(settings);
    const engine = await Engine.start(store, settings);
    return {
      where: store.kind === 'embedded' ? settings.home : 'PostgreSQL',
      start: (slug, request) => engine.run(slug, request),
      resume: (slug) => engine.resume(slug),
      events: (id, signal) => engine.watch(id, signal),
      async close() {
        await engine.close();
        await store.close();
      },
    };
  } catch (error) {
    if (error instanceof HomeInUse && error.holder.url !== null) return remoteRunner(error.holder.url, settings.token);
    throw error;
  }
}

function remoteRunner(url: string, token: string | null): Runner {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const { api } = createClient(url, headers);
  return {
    where: url,
    async start(slug, { profile, seeds, params }) {
      const json = { slug, profile, ...(seeds && { seeds }), ...(params && { params: { ...params } }) };
      return answer(await api.runs.$post({ json }));
    },
    async resume(slug) {
      const { runs } = await answer<{ runs: { id: string }[] }>(
        await api.runs.$get({ query: { slug, status: 'running' } }),
      );
      return runs[0] ?? null;
    },
    async *events(id, signal) {
      const response = await fetch(`${url}/api/runs/${id}/events`, { headers, signal });
      if (!response.ok || response.body === null)
        throw new UsageError(`${url}: ${response.status} ${response.statusText}`);
      let rest = '';
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = block.split('\n').find((line) => line.startsWith('data: '));
          if (data) yield JSON.parse(data.slice('data: '.length)) as RunEvent; // the server's own events
        }
      }
    },
    close: async () => {},
  };
}
