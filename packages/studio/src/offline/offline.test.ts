import { definePaper } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { filterCards, tagCounts } from './search.ts';
import { cardOf, claimStates, type RecordedVerdicts } from './states.ts';

const claim = { statement: 'The mean is positive', reported: '0.3', setting: 'toy', baseline: null, judged: 'by rule' };
const paper = definePaper({
  slug: 'sample',
  title: 'Measuring Distances between Rewards',
  name: 'Sample',
  arxiv: null,
  date: '2023-09',
  authors: ['Ada Example'],
  venue: 'ICLR 2024',
  code: null,
  tags: ['reward hacking', 'distance'],
  rooms: ['assess'],
  summary: 'Canonicalisation removes what shaping adds before two rewards are compared. '.repeat(4),
  method: [{ text: 'Canonicalise both.' }, { text: 'Take the norm.' }],
  pitfalls: ['Norms differ in scale.'],
  claims: {
    measured: { ...claim, test: 'experiment' },
    open: { ...claim, test: 'experiment' },
    large: { ...claim, test: 'model' },
    noted: { ...claim, test: 'record' },
  },
});
const recorded: RecordedVerdicts = {
  slug: 'sample',
  profile: 'full',
  seeds: 16,
  date: '2026-01-01',
  claims: {
    measured: {
      verdict: 'refuted',
      ours: { value: -1, lo: -2, hi: -0.5, n: 16, level: 0.95 },
      measure: 'mean',
      because: 'It is negative.',
    },
  },
};
const card = cardOf(paper, { runs: true, evidence: 'exact', recorded });
const other = {
  ...card,
  slug: 'other',
  name: 'Other',
  title: 'Something else',
  summary: 'Nothing.',
  tags: ['rlhf'],
  authors: ['Bo'],
  date: '2024-02-03',
};

describe('claimStates', () => {
  it('takes recorded verdicts, and says of the others why there is none', () => {
    const states = claimStates(paper, recorded);
    expect(states.map(({ verdict }) => verdict)).toEqual(['refuted', 'planned', 'needs a model', 'not judged']);
    expect(states[0]).toMatchObject({ ours: { value: -1 }, source: { kind: 'recorded', profile: 'full' } });
    expect(states[1].source).toBe(null);
  });
});

describe('filterCards', () => {
  const slugs = (search: Parameters<typeof filterCards>[1]) =>
    filterCards([card, other], search).map(({ slug }) => slug);

  it('narrows by tag, room, verdict, status and date', () => {
    expect(slugs({ tag: 'rlhf' })).toEqual(['other']);
    expect(slugs({ room: 'assess' })).toEqual(['sample', 'other']);
    expect(slugs({ verdict: 'holds' })).toEqual([]);
    expect(slugs({ status: 'planned' })).toEqual([]);
    expect(slugs({ from: '2023-09-15', to: '2023' })).toEqual(['sample']);
    expect(slugs({ from: '2024' })).toEqual(['other']);
  });
});

it('tagCounts puts the most frequent first', () => {
  expect(tagCounts([card, { ...other, tags: ['distance'] }])).toEqual([
    { tag: 'distance', count: 2 },
    { tag: 'reward hacking', count: 1 },
  ]);
});
