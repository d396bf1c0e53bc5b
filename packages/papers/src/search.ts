import type { Paper } from '@laurel/core/paper';
import MiniSearch from 'minisearch';

/** What there is to search of one paper. Texts may be empty. */
export interface PaperDocument {
  /** The slug, or another text that names the paper. */
  id: string;
  title: string;
  name: string;
  tags: string;
  summary: string;
  claims: string;
  method: string;
  pitfalls: string;
  abstract: string;
}

export interface Hit {
  id: string;
  /** Higher is better; comparable within one search only. */
  score: number;
}

export interface LexicalIndex {
  readonly size: number;
  /** Documents that share a word with `query`, best first; only those `accepts` lets through. */
  search(query: string, accepts?: (id: string) => boolean): Hit[];
  /** Adds a document, or replaces the one with its id. */
  put(document: PaperDocument): void;
  remove(id: string): void;
}

/** The catalogue's entries as documents; `abstracts` adds what an imported page says, by slug. */
export function documentsOf(
  catalogue: readonly Paper[],
  abstracts: ReadonlyMap<string, string> = new Map(),
): PaperDocument[] {
  return catalogue.map((paper) => ({
    id: paper.slug,
    title: [paper.title, ...paper.otherTitles].join(' / '),
    name: paper.name,
    tags: paper.tags.join(', '),
    summary: paper.summary,
    claims: Object.values(paper.claims)
      .map(({ statement }) => statement)
      .join('\n'),
    method: paper.method.map(({ text }) => text).join('\n'),
    pitfalls: paper.pitfalls.join('\n'),
    abstract: abstracts.get(paper.slug) ?? '',
  }));
}

// Words of questions and of grammar, with what is left of "don't" and "it's". No word of the field is among them:
// "reward" is in every paper, but the ranking finds that out by itself.
const stopWords = new Set(
  `a about all an and any are as at be been but by can cannot could d did do does doesn doing don done for from get gets
  getting got had has have how i if in into is isn it its just ll m me my no not of on one only or our out over own per re
  s same should so some t than that the their them then there these they this those to up us use uses using ve very was we
  were what when where which while who why will with without won would you your`.split(/\s+/),
);

/**
 * A word as the index keeps it: lower case, without accents and without the endings of plurals, `-ing` and `-ed`, so
 * that "hacked" and "hacking" find "hack". Lighter than Porter's stemmer, which would merge "policy" with "police" and
 * "generative" with "general". Null for a word that says nothing.
 */
export function indexTerm(word: string): string | null {
  let term = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (term === '' || stopWords.has(term)) return null;
  if (/[^aeiou]ies$/.test(term) && term.length > 4) term = `${term.slice(0, -3)}y`;
  else if (/[^su]s$/.test(term) && term.length > 3) term = term.slice(0, -1);
  const stem = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(term)?.[1];
  if (stem !== undefined && stem.length >= 3) term = stem.replace(/([^aeiouls])\1$/, '$1');
  return term.length > 3 ? term.replace(/e$/, '') : term;
}

// A paper's name finds the paper, and the summary is the best short account of it. Other weights, other lengths and
// stronger or no stemming moved nDCG@10 on the development queries (packages/server/src/papers/queries.ts) by less than
// its standard error.
const boost = { title: 1, name: 4, tags: 1, summary: 2, claims: 1, method: 0.5, pitfalls: 0.5, abstract: 0.5 };

/**
 * A word index with BM25+ ranking. Words are joined by "or"; a longer word also finds those it begins, and an unknown
 * one those that are one slip of the keys away, at a lower weight. Runs in browsers and in Node alike.
 *
 * @example
 * const index = lexicalIndex(documentsOf(catalogue));
 * index.search('potential shaping', (slug) => slug !== 'barfi');
 */
export function lexicalIndex(documents: readonly PaperDocument[]): LexicalIndex {
  const known = new Set<string>();
  const index = new MiniSearch<PaperDocument>({
    fields: Object.keys(boost),
    processTerm(word) {
      const term = indexTerm(word);
      if (term !== null) known.add(term);
      return term;
    },
    searchOptions: {
      boost,
      processTerm: indexTerm,
      prefix: (term) => term.length >= 4,
      // A word that occurs is not misspelt.
      fuzzy: (term) => (term.length >= 6 && !known.has(term) ? 1 : false),
      weights: { prefix: 0.3, fuzzy: 0.15 },
    },
  });
  index.addAll(documents);
  return {
    get size() {
      return index.documentCount;
    },
    search: (query, accepts) =>
      index.search(query, accepts ? { filter: ({ id }) => accepts(id) } : {}).map(({ id, score }) => ({ id, score })),
    put(document) {
      if (index.has(document.id)) index.discard(document.id);
      index.add(document);
    },
    remove(id) {
      if (index.has(id)) index.discard(id);
    },
  };
}
