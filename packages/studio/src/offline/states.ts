import type { ClaimResult, Evidence, Paper } from '@laurel/core/paper';
import type { ClaimState, PaperCard, Profile, Verdict } from '../api.ts';

/** The verdicts of one file of `packages/papers/results/`. */
export interface RecordedVerdicts {
  slug: string;
  profile: Profile;
  seeds: number;
  date: string;
  claims: Readonly<Record<string, ClaimResult>>;
}

/** What can be said of a claim that no experiment has judged. */
const unjudged: Record<ClaimState['test'], Verdict> = {
  experiment: 'planned',
  model: 'needs a model',
  record: 'not judged',
};

/** A paper's claims, each with the recorded verdict where there is one. */
export function claimStates(paper: Paper, recorded?: RecordedVerdicts): ClaimState[] {
  return Object.entries(paper.claims).map(([id, claim]) => {
    const result = recorded?.claims[id];
    const source =
      recorded && result
        ? {
            kind: 'recorded' as const,
            profile: recorded.profile,
            seeds: recorded.seeds,
            date: recorded.date,
            runId: null,
            stale: false,
          }
        : null;
    return {
      ...claim,
      id,
      verdict: result?.verdict ?? unjudged[claim.test],
      ours: result?.ours ?? null,
      measure: result?.measure ?? null,
      because: result?.because ?? null,
      source,
    };
  });
}

export function cardOf(
  paper: Paper,
  { runs, evidence, recorded }: { runs: boolean; evidence: Evidence | null; recorded: RecordedVerdicts | undefined },
): PaperCard {
  return {
    slug: paper.slug,
    title: paper.title,
    name: paper.name,
    arxiv: paper.arxiv,
    date: paper.date,
    authors: paper.authors,
    venue: paper.venue,
    tags: paper.tags,
    rooms: paper.rooms,
    summary: paper.summary,
    cautions: paper.cautions.map(({ kind }) => kind),
    status: runs ? 'runs' : 'planned',
    evidence,
    verdicts: claimStates(paper, recorded).map(({ id, verdict }) => ({ claim: id, verdict })),
    listed: null,
    cutShort: false,
    score: null,
  };
}
