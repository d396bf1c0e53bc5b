import { z } from '@hono/zod-openapi';
import { claimSchema, paperSchema, profiles, rooms } from '@laurel/core/paper';

/** Every shape that crosses HTTP. The studio, the command line's `--json` and the OpenAPI document all follow from here. */

export const verdictSchema = z
  .enum(['holds', 'refuted', 'mixed', 'inconclusive', 'needs a model', 'planned', 'not judged'])
  .openapi('Verdict', { description: '`not judged`: kept for the record, no experiment is meant to judge it' });

const evidenceSchema = z.enum(['exact', 'trained', 'simulated', 'live']);
const profileSchema = z.enum(profiles as ['smoke', 'quick', 'full']);
const planParamsSchema = z.record(z.string(), z.unknown());

const estimateSchema = z.object({
  value: z.number(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  n: z.number().int(),
  level: z.number(),
});

/** Where a verdict comes from: the results recorded with the code, or a run on this server. */
const sourceSchema = z.object({
  kind: z.enum(['recorded', 'run']),
  profile: profileSchema,
  seeds: z.number().int(),
  date: z.string(),
  runId: z.string().nullable(),
  /** The code has changed since. */
  stale: z.boolean(),
});

export const claimStateSchema = claimSchema
  .extend({
    id: z.string(),
    verdict: verdictSchema,
    ours: estimateSchema.nullable(),
    measure: z.string().nullable(),
    because: z.string().nullable(),
    source: sourceSchema.nullable(),
  })
  .openapi('ClaimState');

export const paperCardSchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    name: z.string(),
    arxiv: z.string().nullable(),
    date: z.string(),
    authors: z.array(z.string()),
    venue: z.string(),
    tags: z.array(z.string()),
    rooms: z.array(z.enum(rooms)),
    summary: z.string(),
    cautions: z.array(z.string()),
    /** `runs` when there is an experiment, else `planned`. */
    status: z.enum(['runs', 'planned']),
    evidence: evidenceSchema.nullable(),
    /** Verdict of each claim, in the paper's order. */
    verdicts: z.array(z.object({ claim: z.string(), verdict: verdictSchema })),
    /** The day the paper stood on the imported page; null when no page was imported or it is not on it. */
    listed: z.string().nullable(),
    /** The page broke off inside this paper's abstract. */
    cutShort: z.boolean(),
    /** Relevance, only for a search; higher is better. */
    score: z.number().nullable(),
  })
  .openapi('PaperCard');

export const paperListSchema = z
  .object({
    papers: z.array(paperCardSchema),
    total: z.number().int(),
    /** `semantic` needs the text encoder; until papers are encoded, a hybrid search is lexical and says so here. */
    mode: z.enum(['all', 'lexical', 'semantic', 'hybrid']),
    tags: z.array(z.object({ tag: z.string(), count: z.number().int() })),
  })
  .openapi('PaperList');

export const importReportSchema = z
  .object({
    date: z.string(),
    total: z.number().int(),
    added: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    matched: z.number().int(),
    unmatched: z.number().int(),
    cutShort: z.array(z.string()),
    notes: z.array(z.object({ line: z.number().int(), message: z.string() })),
    encoded: z.number().int(),
  })
  .openapi('ImportReport');

export const experimentInfoSchema = z
  .object({
    evidence: evidenceSchema,
    description: z.string(),
    departures: z.array(z.string()),
    profiles: z.record(profileSchema, z.object({ seeds: z.number().int(), params: planParamsSchema })),
    /** JSON Schema of the parameters, with defaults and descriptions: the form follows from it. */
    params: z.record(z.string(), z.unknown()),
  })
  .openapi('ExperimentInfo');

/** A report as `@laurel/core/paper` defines it (`RunReport`): claims, figures, failures, artifacts. */
const reportSchema = z.object({
  claims: z.record(
    z.string(),
    z.object({
      verdict: z.enum(['holds', 'refuted', 'mixed', 'inconclusive']),
      ours: estimateSchema,
      measure: z.string(),
      because: z.string(),
    }),
  ),
  figures: z.array(z.looseObject({ kind: z.enum(['plot', 'table', 'text']), id: z.string() })),
  trials: z.number().int(),
  failures: z.array(z.object({ trial: z.number().int(), label: z.string(), error: z.string() })),
  artifacts: z.array(z.looseObject({ name: z.string(), description: z.string() })),
});

export const recordedSchema = z
  .object({
    slug: z.string(),
    profile: profileSchema,
    seeds: z.number().int(),
    params: planParamsSchema,
    codeVersion: z.string(),
    date: z.string(),
    seconds: z.number(),
    machine: z.string(),
    versions: z.record(z.string(), z.string()),
    report: reportSchema,
  })
  .openapi('RecordedResult');

export const runStatusSchema = z.enum(['running', 'done', 'failed', 'cancelled']);

export const runSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    profile: profileSchema,
    seeds: z.number().int(),
    params: planParamsSchema,
    status: runStatusSchema,
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    trials: z.object({
      total: z.number().int(),
      finished: z.number().int(),
      failed: z.number().int(),
    }),
    error: z.string().nullable(),
    report: reportSchema.nullable(),
  })
  .openapi('Run');

export const runRequestSchema = z
  .strictObject({
    slug: z.string(),
    profile: profileSchema.default('quick'),
    seeds: z.number().int().min(1).max(1000).optional(),
    params: planParamsSchema.optional(),
  })
  .openapi('RunRequest');

export const paperDetailSchema = z
  .object({
    /** `study` for one of our own, which is no part of the catalogue. */
    kind: z.enum(['paper', 'study']),
    card: paperCardSchema,
    paper: paperSchema,
    claims: z.array(claimStateSchema),
    /** The abstract as the imported page gives it; null when no page was imported. */
    abstract: z.string().nullable(),
    experiment: experimentInfoSchema.nullable(),
    recorded: recordedSchema.nullable(),
    runs: z.array(runSchema.omit({ report: true })),
  })
  .openapi('PaperDetail');

export const resultRowSchema = claimStateSchema
  .extend({ slug: z.string(), name: z.string(), title: z.string(), evidence: evidenceSchema.nullable() })
  .openapi('ResultRow');

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

export type PaperCard = z.output<typeof paperCardSchema>;
export type PaperList = z.output<typeof paperListSchema>;
export type PaperDetail = z.output<typeof paperDetailSchema>;
export type ClaimState = z.output<typeof claimStateSchema>;
export type RunInfo = z.output<typeof runSchema>;
export type RecordedResult = z.output<typeof recordedSchema>;
