import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { catalogue } from '@laurel/papers';
import { sql } from 'drizzle-orm';
import type { Engine } from '../run/engine.ts';

const healthSchema = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    papers: z.number().int(),
    runnable: z.number().int(),
    database: z.enum(['embedded', 'postgres']),
  })
  .openapi('Health');

/** `/api/health`: answers when the database does. */
export function healthRoutes(engine: Engine) {
  return new OpenAPIHono().openapi(
    createRoute({
      method: 'get',
      path: '/',
      summary: 'Whether the server and its database answer',
      responses: { 200: { description: 'They do', content: { 'application/json': { schema: healthSchema } } } },
    }),
    async (c) => {
      await engine.store.db.execute(sql`select 1`);
      const counts = { papers: catalogue.length, runnable: engine.source.slugs.length };
      return c.json({ status: 'ok' as const, version: '0.1.0', ...counts, database: engine.store.kind }, 200);
    },
  );
}
