import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { timeout } from 'hono/timeout';
import type { Logger } from 'pino';
import type { Encoding } from '../papers/encoding.ts';
import type { Library } from '../papers/library.ts';
import type { PaperSearch } from '../papers/search.ts';
import type { Engine } from '../run/engine.ts';
import { requireToken, sameSite } from './guard.ts';
import { healthRoutes } from './health.ts';
import { paperRoutes, resultRoutes } from './papers.ts';
import { problem, problemOf } from './problem.ts';
import { runRoutes } from './runs.ts';
import { studioFiles } from './studio.ts';

const MOST_BYTES = 2 ** 20;
const MOST_PAGE_BYTES = 16 * 2 ** 20;
const LONGEST_MS = 30_000;

export interface AppParts {
  engine: Engine;
  library: Library;
  search: PaperSearch;
  encoding: Pick<Encoding, 'again'>;
  log: Logger;
  /** The address it will be served on. */
  host: string;
  token: string | null;
  /** The built studio; null for the API alone. */
  studio: string | null;
}

/** The HTTP API and the studio's files, ready for any server that speaks fetch. */
export function createApp(parts: AppParts) {
  const { engine, library, search, encoding, log, host, token, studio } = parts;
  const app = new OpenAPIHono();
  app.onError((error, c) =>
    problemOf(error, c, (cause) => log.error({ err: cause, path: c.req.path }, 'request failed')),
  );
  app.notFound((c) => problem(c, 404, 'Not found', `there is nothing at ${c.req.path}`));
  app.use(secureHeaders({ contentSecurityPolicy: policy }));
  app.use(sameSite(host));
  if (token !== null) app.use(requireToken(token));
  app.use('/api/*', async (c, next) => {
    const began = performance.now();
    await next();
    log.debug(
      { method: c.req.method, path: c.req.path, status: c.res.status, ms: performance.now() - began },
      'request',
    );
  });
  const limit = timeout(LONGEST_MS);
  // A stream of events lasts as long as its run.
  app.use('/api/*', (c, next) => (c.req.path.endsWith('/events') ? next() : limit(c, next)));
  const atMost = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (c) => problem(c, 413, 'Too large', `a request may have ${maxSize} bytes here`) });
  const [small, page] = [atMost(MOST_BYTES), atMost(MOST_PAGE_BYTES)];
  app.use('/api/*', (c, next) => (c.req.path === '/api/papers/import' ? page(c, next) : small(c, next)));
  const routed = app
    .route('/api/papers', paperRoutes(engine.store.db, library, search, encoding))
    .route('/api/results', resultRoutes(library))
    .route('/api/runs', runRoutes(engine))
    .route('/api/health', healthRoutes(engine));
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Laurel',
      version: '0.1.0',
      description: 'Papers about rewards, their claims, and runs that re-measure them.',
    },
  });
  app.all('/api/*', (c) => problem(c, 404, 'Not found', `there is nothing at ${c.req.path}; see /api/openapi.json`));
  if (studio !== null) app.get('*', studioFiles(studio));
  return routed;
}

/** What a client knows of the API. */
export type Api = ReturnType<typeof createApp>;

// Figures and formulas set inline styles; everything else comes from this very server.
const policy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'self'"],
};
