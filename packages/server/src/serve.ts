import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve as listen, type ServerType } from '@hono/node-server';
import { type Logger, pino } from 'pino';
import { openStore } from './db/open.ts';
import { createApp } from './http/app.ts';
import { checkAddress } from './http/guard.ts';
import { embeddedEncoder } from './papers/encoder.ts';
import { backgroundEncoding, type Encoding } from './papers/encoding.ts';
import { Library } from './papers/library.ts';
import { readRecorded } from './papers/recorded.ts';
import { PaperSearch } from './papers/search.ts';
import { Engine, type EngineOptions } from './run/engine.ts';
import { type Settings, UsageError } from './settings.ts';

const builtStudio = fileURLToPath(new URL('../../studio/dist', import.meta.url));

export interface Served {
  url: string;
  /** Stops taking requests, ends streams, gives work back, closes the database. */
  close(): Promise<void>;
}

/**
 * Serves the API and the studio until it is closed.
 * Throws UsageError for an address that is not allowed or taken, or a database that cannot be opened.
 */
export async function serve(
  settings: Settings,
  { studio = builtStudio, engineOptions = {}, log = pino({ level: settings.log }) }: ServeOptions = {},
): Promise<Served> {
  checkAddress(settings.host, settings.token);
  const built = studio !== null && (await stat(join(studio, 'index.html')).catch(() => null)) !== null;
  const recorded = await readRecorded();
  const store = await openStore(settings);
  let engine: Engine | null = null;
  let encoding: Encoding | null = null;
  try {
    engine = await Engine.start(store, settings, { adopt: true, ...engineOptions });
    const encoder = embeddedEncoder();
    const search = new PaperSearch(store.db, { encoder });
    const vectors = backgroundEncoding(store.db, encoder, (error) =>
      log.warn({ err: error }, 'search goes by words only'),
    );
    encoding = vectors;
    const app = createApp({
      engine,
      library: new Library(store.db, engine.source, recorded),
      search,
      encoding: vectors,
      log,
      host: settings.host,
      token: settings.token,
      studio: built ? studio : null,
    });
    const server = await listening(app.fetch, settings);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : settings.port;
    const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
    await store.announce(url);
    log.info({ url, database: store.kind }, 'serving');
    const running = engine;
    return {
      url,
      async close() {
        await closeServer(server);
        await vectors.close();
        await running.close();
        await store.close();
      },
    };
  } catch (error) {
    await encoding?.close();
    await engine?.close();
    await store.close();
    throw error;
  }
}

export interface ServeOptions {
  /** Folder of the built studio; null for the API alone. */
  studio?: string | null;
  engineOptions?: EngineOptions;
  log?: Logger;
}

function listening(fetch: Parameters<typeof listen>[0]['fetch'], { host, port }: Settings): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, hostname: host, port }, () => resolve(server));
    server.on('error', (error: Error & { code?: string }) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new UsageError(
          taken
            ? `LAUREL_PORT: port ${port} is in use; choose another, or 0 for any`
            : `cannot listen on ${host}:${port}: ${error.message}`,
        ),
      );
    });
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Streams and idle connections would keep it open for ever; requests under way get a moment.
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 1000).unref();
  });
}
