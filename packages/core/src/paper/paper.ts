import { z } from 'zod';

/** The rooms of the library a paper's parts live in. */
export const rooms = [
  'stats',
  'reward',
  'env',
  'credit',
  'nn',
  'lm',
  'policy',
  'model',
  'judge',
  'search',
  'explore',
  'assess',
] as const;

/** One claim of a paper, as data. `reported` and `setting` quote figures, never sentences. */
export const claimSchema = z.strictObject({
  /** What is claimed, in one sentence of ours. */
  statement: z.string().min(10),
  /** The paper's own figure, with units; `qualitative` where the paper gives none. */
  reported: z.string().min(1),
  /** Where the paper measured it: model, data, size. */
  setting: z.string().min(1),
  /** What the paper compares with; null where nothing is compared. */
  baseline: z.string().min(1).nullable(),
  /** Who can judge the claim: our `experiment`, only a real `model`, or nobody here (`record`: kept for the record). */
  test: z.enum(['experiment', 'model', 'record']),
  /** How it is judged: the acceptance rule, or why it is not judged. */
  judged: z.string().min(1),
});

/** A warning that belongs beside the title: withdrawn, not reproduced, or corrected. */
export const cautionSchema = z.strictObject({
  kind: z.enum(['withdrawn', 'not reproduced', 'corrected', 'disputed']),
  text: z.string().min(10),
});

export const paperSchema = z.strictObject({
  /** Folder name, URL part and command-line name: lower case and hyphens. */
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case words joined by hyphens'),
  /** The title as the daily page prints it. */
  title: z.string().min(5),
  /** Other titles the same work has had. */
  otherTitles: z.array(z.string().min(5)).default([]),
  /** What practitioners call it: "STARC", "PURE". */
  name: z.string().min(2),
  arxiv: z
    .string()
    .regex(/^\d{4}\.\d{4,5}$/, 'an arXiv id without its version, such as 2309.15257')
    .nullable(),
  /** First public date; a month (`2023-09`) where the day is not known. */
  date: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'YYYY-MM-DD or YYYY-MM'),
  authors: z.array(z.string().min(2)).min(1),
  venue: z.string().min(2),
  /** The authors' code; null where none is public. */
  code: z.url().nullable(),
  links: z.array(z.strictObject({ label: z.string().min(1), url: z.url() })).default([]),
  tags: z.array(z.string().min(2)).min(2),
  rooms: z.array(z.enum(rooms)).min(1),
  /** Our own words; Markdown without headings, TeX between dollar signs. */
  summary: z.string().min(200).max(1600),
  /** The method in brief: a sentence or two, each with at most one displayed equation (TeX, no dollars). */
  method: z
    .array(z.strictObject({ text: z.string().min(10), tex: z.string().min(3).optional() }))
    .min(2)
    .max(8),
  /** What goes wrong in practice. */
  pitfalls: z.array(z.string().min(10)).min(1).max(8),
  cautions: z.array(cautionSchema).default([]),
  /** Claims by id; the id is what an experiment's verdicts are keyed by. */
  claims: z
    .record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), claimSchema)
    .refine((claims) => Object.keys(claims).length > 0, 'a paper has at least one claim'),
});

export type PaperInput = z.input<typeof paperSchema>;
export type Paper = z.output<typeof paperSchema>;
export type Claim = z.output<typeof claimSchema>;
/** A paper whose claim ids are known to the compiler. */
export type PaperOf<Id extends string> = Omit<Paper, 'claims'> & { claims: Record<Id, Claim> };

/**
 * Declares a paper. The claim ids become part of its type, so that an experiment can only judge claims that exist.
 *
 * Throws a `ZodError` whose paths name the fields that are wrong.
 *
 * @example
 * const paper = definePaper({ slug: 'starc', title: '...', claims: { 'beats-epic': { ... } }, ... });
 */
export function definePaper<const Id extends string>(
  input: Omit<PaperInput, 'claims'> & { claims: Record<Id, z.input<typeof claimSchema>> },
): PaperOf<Id> {
  // Parsing keeps the keys it was given, which the compiler cannot know of a record.
  return paperSchema.parse(input) as PaperOf<Id>;
}
