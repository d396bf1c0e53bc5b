import type { AnyExperiment, Paper, RunReport } from '@laurel/core/paper';
import { profiles } from '@laurel/core/paper';
import { catalogue, findPaper, studies } from '@laurel/papers';
import { and, desc, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../db/open.ts';
import { listed, runs } from '../db/schema.ts';
import type { ClaimState, PaperCard, PaperDetail, RecordedResult } from '../http/schemas.ts';
import { listRuns, type RunRow } from '../run/runs.ts';
import type { ExperimentSource } from '../run/source.ts';

type Source = NonNullable<ClaimState['source']>;

/** A report with where it comes from: recorded with the code, or run on this machine. */
interface Judged {
  claims: RunReport['claims'];
  source: Source;
}

export type ListedRow = typeof listed.$inferSelect;

/** The papers as they stand: the catalogue, what the imported page says, and the best verdicts there are. */
export class Library {
  readonly #db: Db;
  readonly #source: ExperimentSource;
  readonly #recorded: Map<string, RecordedResult>;

  constructor(db: Db, source: ExperimentSource, recorded: Map<string, RecordedResult>) {
    this.#db = db;
    this.#source = source;
    this.#recorded = recorded;
  }

  /** Every paper as a card, newest first. */
  async cards(): Promise<PaperCard[]> {
    const [judged, rows] = await Promise.all([this.#judged(), this.listed()]);
    const bySlug = new Map(rows.flatMap((row) => (row.slug ? [[row.slug, row] as const] : [])));
    return Promise.all(catalogue.map((paper) => this.#card(paper, judged.get(paper.slug), bySlug.get(paper.slug))));
  }

  /** Every claim of every paper with its verdict. */
  async results(): Promise<(ClaimState & Pick<PaperCard, 'slug' | 'name' | 'title' | 'evidence'>)[]> {
    const judged = await this.#judged();
    const rows = await Promise.all(
      catalogue.map(async (paper) => {
        const { slug, name, title } = paper;
        const evidence = (await this.#experiment(slug))?.evidence ?? null;
        return claimStates(paper, judged.get(slug)).map((claim) => ({ ...claim, slug, name, title, evidence }));
      }),
    );
    return rows.flat();
  }

  /** All that is known of one paper or study; null for an unknown slug. */
  async detail(slug: string) {
    const paper = findPaper(slug);
    if (!paper) return null;
    const [judged, [row], paperRuns, experiment] = await Promise.all([
      this.#judged(slug),
      this.#db.select().from(listed).where(eq(listed.slug, slug)),
      listRuns(this.#db, { slug, limit: 20 }),
      this.#experiment(slug),
    ]);
    return {
      card: await this.#card(paper, judged.get(slug), row),
      kind: studies.includes(paper) ? ('study' as const) : ('paper' as const),
      paper,
      claims: claimStates(paper, judged.get(slug)),
      abstract: row?.abstract ?? null,
      experiment: experiment && experimentInfo(experiment),
      recorded: this.#recorded.get(slug) ?? null,
      runs: paperRuns,
    };
  }

  listed(): Promise<ListedRow[]> {
    return this.#db.select().from(listed).orderBy(listed.position);
  }

  async #experiment(slug: string): Promise<AnyExperiment | null> {
    return this.#source.slugs.includes(slug) ? this.#source.load(slug) : null;
  }

  async #card(paper: Paper, judged: Judged | undefined, row: ListedRow | undefined): Promise<PaperCard> {
    const { slug, title, name, arxiv, date, authors, venue, tags, rooms, summary } = paper;
    const experiment = await this.#experiment(slug);
    return {
      ...{ slug, title, name, arxiv, date, authors, venue, tags, rooms, summary },
      cautions: paper.cautions.map(({ kind }) => kind),
      status: experiment ? 'runs' : 'planned',
      evidence: experiment?.evidence ?? null,
      verdicts: claimStates(paper, judged).map(({ id, verdict }) => ({ claim: id, verdict })),
      listed: row?.pageDate ?? null,
      cutShort: row?.cutShort ?? false,
      score: null,
    };
  }

  /** The best judgement of each paper: full before quick, then the newer one. A smoke run judges nothing. */
  async #judged(only?: string): Promise<Map<string, Judged>> {
    const done: Pick<RunRow, 'id' | 'slug' | 'profile' | 'seeds' | 'codeVersion' | 'claims' | 'finishedAt'>[] =
      await this.#db
        .selectDistinctOn([runs.slug, runs.profile], {
          id: runs.id,
          slug: runs.slug,
          profile: runs.profile,
          seeds: runs.seeds,
          codeVersion: runs.codeVersion,
          claims: runs.claims,
          finishedAt: runs.finishedAt,
        })
        .from(runs)
        .where(
          and(eq(runs.status, 'done'), ne(runs.profile, 'smoke'), only === undefined ? undefined : eq(runs.slug, only)),
        )
        .orderBy(runs.slug, runs.profile, desc(runs.finishedAt));
    const all: (Judged & { slug: string })[] = [];
    for (const result of this.#recorded.values()) {
      if (only !== undefined && result.slug !== only) continue;
      const { profile, seeds, date } = result;
      const stale = await this.#stale(result.slug, result.codeVersion);
      all.push({
        slug: result.slug,
        claims: result.report.claims,
        source: { kind: 'recorded', profile, seeds, date, runId: null, stale },
      });
    }
    for (const { id, slug, profile, seeds, codeVersion, claims, finishedAt } of done) {
      const stale = await this.#stale(slug, codeVersion);
      const date = finishedAt?.toISOString() ?? '';
      const source: Source = { kind: 'run', profile, seeds, date, runId: id, stale };
      all.push({ slug, claims: claims ?? {}, source });
    }
    const weight = ({ source }: Judged) => profiles.indexOf(source.profile);
    all.sort((a, b) => weight(a) - weight(b) || (a.source.date < b.source.date ? -1 : 1));
    return new Map(all.map((judged) => [judged.slug, judged]));
  }

  async #stale(slug: string, version: string): Promise<boolean> {
    return !this.#source.slugs.includes(slug) || (await this.#source.version(slug)) !== version;
  }
}

function claimStates(paper: Paper, judged: Judged | undefined): ClaimState[] {
  return Object.entries(paper.claims).map(([id, claim]) => {
    const result = judged?.claims[id];
    if (judged && result) return { ...claim, id, ...result, source: judged.source };
    const verdict = claim.test === 'model' ? 'needs a model' : claim.test === 'record' ? 'not judged' : 'planned';
    return { ...claim, id, verdict, ours: null, measure: null, because: null, source: null };
  });
}

function experimentInfo(experiment: AnyExperiment): PaperDetail['experiment'] {
  const { evidence, description, departures, profiles: presets } = experiment;
  const preset = ({ seeds, params = {} }: (typeof presets)['full']) => ({ seeds, params: { ...params } });
  return {
    evidence,
    description,
    departures: [...departures],
    profiles: { smoke: preset(presets.smoke), quick: preset(presets.quick), full: preset(presets.full) },
    params: { ...z.toJSONSchema(experiment.params, { io: 'input' }) },
  };
}
