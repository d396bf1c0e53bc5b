import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { rooms } from '@laurel/core/paper';
import { HTTPException } from 'hono/http-exception';
import type { Db } from '../db/open.ts';
import type { Encoding } from '../papers/encoding.ts';
import { importPage } from '../papers/import.ts';
import type { Library } from '../papers/library.ts';
import type { PaperSearch } from '../papers/search.ts';
import { refuse } from './problem.ts';
import { withoutReport } from './runs.ts';
import {
  importReportSchema,
  type PaperCard,
  paperDetailSchema,
  paperListSchema,
  problemSchema,
  resultRowSchema,
  verdictSchema,
} from './schemas.ts';

const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date: YYYY, YYYY-MM or YYYY-MM-DD');

/** What a list of papers can be narrowed by. */
export const paperFilterSchema = z.object({
  q: z.string().max(500).optional(),
  mode: z.enum(['hybrid', 'lexical', 'semantic']).default('hybrid'),
  tag: z.string().optional(),
  room: z.enum(rooms).optional(),
  verdict: verdictSchema.optional(),
  status: z.enum(['runs', 'planned']).optional(),
  from: day.optional(),
  to: day.optional(),
});

export type PaperFilter = z.output<typeof paperFilterSchema>;

/** Papers that pass the filter: best first for a search, else newest first. */
export async function findPapers(library: Library, search: PaperSearch, filter: PaperFilter) {
  const cards = await library.cards();
  const passing = cards.filter((card) => passes(card, filter));
  const counts = new Map<string, number>();
  for (const { tags } of passing) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const tags = [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
  const q = filter.q?.trim();
  if (!q) return { papers: passing, total: passing.length, mode: 'all' as const, tags };
  const bySlug = new Map(passing.map((card) => [card.slug, card]));
  const { mode, results } = await search.find({
    text: q,
    mode: filter.mode,
    limit: 1000,
    accepts: (slug) => bySlug.has(slug),
  });
  const papers = results.flatMap(({ slug, score }) => {
    const card = slug === null ? undefined : bySlug.get(slug);
    return card ? [{ ...card, score }] : [];
  });
  return { papers, total: papers.length, mode, tags };
}

function passes(card: PaperCard, { tag, room, verdict, status, from, to }: PaperFilter): boolean {
  if (tag !== undefined && !card.tags.includes(tag)) return false;
  if (room !== undefined && !card.rooms.includes(room)) return false;
  if (verdict !== undefined && !card.verdicts.some((each) => each.verdict === verdict)) return false;
  if (status !== undefined && card.status !== status) return false;
  // Dates may be months; a paper is in a range when its month or day may be.
  if (from !== undefined && card.date < from.slice(0, card.date.length)) return false;
  if (to !== undefined && card.date.slice(0, to.length) > to) return false;
  return true;
}

/** `/api/papers`: the feed, search, one paper, and the import of a page. */
export function paperRoutes(db: Db, library: Library, search: PaperSearch, encoding: Pick<Encoding, 'again'>) {
  return new OpenAPIHono({ defaultHook: refuse })
    .openapi(
      createRoute({
        method: 'post',
        path: '/import',
        summary: 'Import the text of a daily page',
        request: { body: { required: true, content: { 'text/plain': { schema: z.string() } } } },
        responses: {
          200: { description: 'What was imported', content: { 'application/json': { schema: importReportSchema } } },
          422: { description: 'Not a daily page', content: { 'application/problem+json': { schema: problemSchema } } },
        },
      }),
      async (c) => {
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        const report = await importPage(db, { name: 'the page', bytes });
        encoding.again();
        return c.json(report, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/',
        summary: 'Papers: all, filtered, or found',
        request: { query: paperFilterSchema },
        responses: { 200: { description: 'Papers', content: { 'application/json': { schema: paperListSchema } } } },
      }),
      async (c) => c.json(await findPapers(library, search, c.req.valid('query')), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/{slug}',
        summary: 'One paper: what it claims, what was measured, how to run it',
        request: { params: z.object({ slug: z.string() }) },
        responses: {
          200: { description: 'The paper', content: { 'application/json': { schema: paperDetailSchema } } },
          404: { description: 'No such paper', content: { 'application/problem+json': { schema: problemSchema } } },
        },
      }),
      async (c) => {
        const { slug } = c.req.valid('param');
        const detail = await library.detail(slug);
        if (!detail) throw new HTTPException(404, { message: `there is no paper "${slug}"` });
        return c.json({ ...detail, runs: detail.runs.map(withoutReport) }, 200);
      },
    );
}

/** `/api/results`: every claim of every paper. */
export function resultRoutes(library: Library) {
  return new OpenAPIHono().openapi(
    createRoute({
      method: 'get',
      path: '/',
      summary: 'Every claim of every paper with its verdict',
      responses: {
        200: {
          description: 'Claims',
          content: { 'application/json': { schema: z.object({ rows: z.array(resultRowSchema) }) } },
        },
      },
    }),
    async (c) => c.json({ rows: await library.results() }, 200),
  );
}
