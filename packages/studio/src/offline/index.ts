import { recorded } from 'virtual:recorded-verdicts';
import type { AnyExperiment, Paper } from '@laurel/core/paper';
import { catalogue, findPaper, studies } from '@laurel/papers';
import { loadExperiment, runnable } from '@laurel/papers/experiments';
import { documentsOf, type LexicalIndex, lexicalIndex } from '@laurel/papers/search';
import { z } from 'zod';
import {
  ApiProblem,
  type ExperimentInfo,
  type PaperCard,
  type PaperDetail,
  type PaperList,
  type PaperSearch,
  type RecordedResult,
  type ResultRow,
} from '../api.ts';
import { filterCards, tagCounts } from './search.ts';
import { cardOf, claimStates } from './states.ts';

/** The API's answers from the catalogue that ships with the studio. Its own chunk: only loaded without a server. */

const verdictsOf = new Map(recorded.map((result) => [result.slug, result]));
const recordedFiles = import.meta.glob<RecordedResult>('../../../papers/results/*.json', { import: 'default' });
const offlineCard = (paper: Paper): PaperCard =>
  cardOf(paper, { runs: runnable.includes(paper.slug), evidence: null, recorded: verdictsOf.get(paper.slug) });
const cards = catalogue.map(offlineCard);

let index: LexicalIndex | undefined;

/** Papers found by their words, best first, as the server finds them. */
function searchCards(q: string): PaperCard[] {
  index ??= lexicalIndex(documentsOf(catalogue));
  const bySlug = new Map(cards.map((card) => [card.slug, card]));
  return index.search(q).flatMap(({ id, score }) => {
    const card = bySlug.get(id);
    return card ? [{ ...card, score }] : [];
  });
}

export function papers(search: PaperSearch): PaperList {
  const { q = '' } = search;
  const found = q.trim() === '' ? cards : searchCards(q);
  const kept = filterCards(found, search);
  return { papers: kept, total: kept.length, mode: q.trim() === '' ? 'all' : 'lexical', tags: tagCounts(cards) };
}

export async function paper(slug: string): Promise<PaperDetail> {
  const found = findPaper(slug);
  if (!found) {
    throw new ApiProblem({
      title: 'Not found',
      detail: `There is no paper "${slug}".`,
      status: 404,
      errors: undefined,
    });
  }
  const experiment = runnable.includes(slug) ? infoOf(await loadExperiment(slug)) : null;
  return {
    kind: studies.includes(found) ? 'study' : 'paper',
    card: { ...offlineCard(found), evidence: experiment?.evidence ?? null },
    paper: found,
    claims: claimStates(found, verdictsOf.get(slug)),
    abstract: null,
    experiment,
    recorded: (await recordedFiles[`../../../papers/results/${slug}.json`]?.()) ?? null,
    runs: [],
  };
}

export function results(): ResultRow[] {
  return catalogue.flatMap((paper) =>
    claimStates(paper, verdictsOf.get(paper.slug)).map((claim) => ({
      ...claim,
      slug: paper.slug,
      name: paper.name,
      title: paper.title,
      evidence: null,
    })),
  );
}

function infoOf(experiment: AnyExperiment): ExperimentInfo {
  const { evidence, description, departures, profiles, params } = experiment;
  const profile = (name: keyof typeof profiles) => ({
    seeds: profiles[name].seeds,
    params: params.parse(profiles[name].params ?? {}),
  });
  return {
    evidence,
    description,
    departures: [...departures],
    profiles: { smoke: profile('smoke'), quick: profile('quick'), full: profile('full') },
    params: { ...z.toJSONSchema(params) },
  };
}
