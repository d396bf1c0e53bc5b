import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import type { Engine } from '../run/engine.ts';
import type { RunRow } from '../run/runs.ts';
import { refuse } from './problem.ts';
import { problemSchema, type RunInfo, runRequestSchema, runSchema, runStatusSchema } from './schemas.ts';

const KEEP_ALIVE_MS = 15_000;
const problemContent = { 'application/problem+json': { schema: problemSchema } };
const idParam = z.object({ id: z.string().regex(/^[0-9a-f]{12}$/, 'a run id: 12 hex digits') });

/** A run as it crosses HTTP. */
export function runInfo(row: RunRow): RunInfo {
  const { id, slug, profile, seeds, params, status, createdAt, finishedAt, trials, finished, failed, error } = row;
  return {
    ...{ id, slug, profile, seeds, params, status, error },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    trials: { total: trials, finished, failed },
    report: (row.report ?? null) as RunInfo['report'],
  };
}

/** `/api/runs`: start, list, look at, follow and cancel runs. */
export function runRoutes(engine: Engine) {
  return new OpenAPIHono({ defaultHook: refuse })
    .openapi(
      createRoute({
        method: 'post',
        path: '/',
        summary: 'Start a run',
        request: { body: { required: true, content: { 'application/json': { schema: runRequestSchema } } } },
        responses: {
          202: { description: 'Started', content: { 'application/json': { schema: runSchema } } },
          422: { description: 'The request does not fit', content: problemContent },
        },
      }),
      async (c) => {
        const { slug, profile, seeds, params } = c.req.valid('json');
        const row = await engine.run(slug, { profile, ...(seeds && { seeds }), ...(params && { params }) });
        return c.json(runInfo(row), 202);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/',
        summary: 'Runs, newest first, without their reports',
        request: {
          query: z.object({
            slug: z.string().optional(),
            status: runStatusSchema.optional(),
            limit: z.coerce.number().int().min(1).max(500).default(50),
          }),
        },
        responses: {
          200: {
            description: 'Runs',
            content: { 'application/json': { schema: z.object({ runs: z.array(runSchema.omit({ report: true })) }) } },
          },
        },
      }),
      async (c) => {
        const { slug, status, limit } = c.req.valid('query');
        const rows = await engine.list({ limit, ...(slug && { slug }), ...(status && { status }) });
        return c.json({ runs: rows.map(withoutReport) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/{id}',
        summary: 'One run with its report',
        request: { params: idParam },
        responses: {
          200: { description: 'The run', content: { 'application/json': { schema: runSchema } } },
          404: { description: 'No such run', content: problemContent },
        },
      }),
      async (c) => {
        const row = await engine.find(c.req.valid('param').id);
        return row ? c.json(runInfo(row), 200) : noRun(c.req.valid('param').id);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/{id}/cancel',
        summary: 'Cancel a run; finished trials keep their results',
        request: { params: idParam },
        responses: {
          200: { description: 'The run as it is now', content: { 'application/json': { schema: runSchema } } },
          404: { description: 'No such run', content: problemContent },
        },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await engine.cancel(id);
        const row = await engine.find(id);
        return row ? c.json(runInfo(row), 200) : noRun(id);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/{id}/events',
        summary: 'What happens in a run, as server-sent events',
        description:
          'Each event is a RunEvent. Whoever comes late, or again, first gets what has happened so far in short. The stream ends with `summary`, `cancelled` or `error`.',
        request: { params: idParam },
        responses: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
          404: { description: 'No such run', content: problemContent },
        },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        if (!(await engine.find(id))) return noRun(id);
        const gone = new AbortController();
        return streamSSE(c, async (stream) => {
          stream.onAbort(() => gone.abort());
          const alive = setInterval(() => stream.write(': still here\n\n').catch(() => {}), KEEP_ALIVE_MS);
          try {
            let number = 0;
            for await (const event of engine.watch(id, gone.signal)) {
              await stream.writeSSE({ id: String(++number), data: JSON.stringify(event) });
            }
          } finally {
            clearInterval(alive);
          }
        });
      },
    );
}

export function withoutReport(row: RunRow): Omit<RunInfo, 'report'> {
  const { report: _, ...rest } = runInfo(row);
  return rest;
}

function noRun(id: string): never {
  throw new HTTPException(404, { message: `there is no run ${id}` });
}
