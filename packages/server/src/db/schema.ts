import type { RunReport } from '@laurel/core/paper';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value),
});
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Papers as a daily page lists them: the reader's own copy of the page. */
export const listed = pgTable('listed', {
  /** The title with spelling and spacing folded away; one paper has one row, however often it is imported. */
  titleKey: text('title_key').primaryKey(),
  title: text('title').notNull(),
  abstract: text('abstract').notNull(),
  /** The page broke off inside this abstract. */
  cutShort: boolean('cut_short').notNull(),
  /** The day as the page prints it: "Aug 20". */
  pageDate: text('page_date').notNull(),
  position: integer('position').notNull(),
  /** The catalogue's entry, where there is one. */
  slug: text('slug'),
  importedAt: instant('imported_at').notNull().defaultNow(),
});

/** Sentence vectors of searchable texts, by content: a text is encoded once. */
export const vectors = pgTable(
  'vectors',
  {
    textHash: text('text_hash').notNull(),
    encoder: text('encoder').notNull(),
    /** Unit length, in bytes as papers/quantised.ts writes it. */
    vector: bytes('vector').notNull(),
  },
  (table) => [primaryKey({ columns: [table.textHash, table.encoder] })],
);

/** Runs of experiments. */
export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    slug: text('slug').notNull(),
    profile: text('profile', { enum: ['smoke', 'quick', 'full'] }).notNull(),
    seeds: integer('seeds').notNull(),
    params: json('params').$type<Record<string, unknown>>().notNull(),
    codeVersion: text('code_version').notNull(),
    status: text('status', { enum: ['running', 'done', 'failed', 'cancelled'] }).notNull(),
    trials: integer('trials').notNull().default(0),
    finished: integer('finished').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    error: text('error'),
    report: json('report'),
    /** The report's verdicts, for lists that have no use for its figures. */
    claims: json('claims').$type<RunReport['claims']>(),
    createdAt: instant('created_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    /** When the process that leads the run was last alive; another may take over once this is old. */
    leaderSeen: instant('leader_seen').notNull().defaultNow(),
  },
  (table) => [index('runs_by_slug').on(table.slug, table.createdAt)],
);

/** Results by content hash of paper, code version, configuration and seed. */
export const trials = pgTable('trials', {
  hash: text('hash').primaryKey(),
  slug: text('slug').notNull(),
  codeVersion: text('code_version').notNull(),
  config: json('config').notNull(),
  seed: bigint('seed', { mode: 'number' }).notNull(),
  status: text('status', { enum: ['done', 'failed'] }).notNull(),
  result: json('result'),
  error: text('error'),
  milliseconds: integer('milliseconds').notNull(),
  worker: text('worker').notNull(),
  finishedAt: instant('finished_at').notNull().defaultNow(),
});

/** Artifacts by content hash of name, code version and parameters. */
export const artifacts = pgTable('artifacts', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  codeVersion: text('code_version').notNull(),
  params: json('params').notNull(),
  /** The value's bytes; null when building failed. */
  value: bytes('value'),
  /** Name, description and figures, as a report shows them. */
  shown: json('shown'),
  error: text('error'),
  milliseconds: integer('milliseconds').notNull(),
  builtAt: instant('built_at').notNull().defaultNow(),
});
