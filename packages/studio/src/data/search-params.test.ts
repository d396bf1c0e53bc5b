import { describe, expect, it } from 'vitest';
import { feedSearch, isFiltered, paperSearchOf, resultsSearch } from './search-params.ts';

describe('feedSearch', () => {
  it('keeps what fits and drops the rest', () => {
    const raw = {
      q: 'hacking',
      tag: 'rlhf',
      room: '',
      verdict: 'holds',
      from: '2023',
      to: 'soon',
      runs: true,
      mode: 'x',
    };
    expect(feedSearch(raw)).toEqual({ q: 'hacking', tag: 'rlhf', verdict: 'holds', from: 2023, runs: true });
    expect(feedSearch({ verdict: 'splendid', runs: 'yes', q: 42 })).toEqual({ q: '42' });
  });

  it('takes a field away when it is set to undefined', () => {
    expect(Object.keys(feedSearch({ q: 'a', tag: undefined }))).toEqual(['q']);
  });
});

it('paperSearchOf says it as the API does', () => {
  expect(paperSearchOf({ q: ' stars ', from: 2023, to: 2024, runs: true })).toEqual({
    q: 'stars',
    from: '2023',
    to: '2024',
    status: 'runs',
  });
  expect(paperSearchOf({ q: '  ' })).toEqual({});
});

it('isFiltered does not count the way of searching', () => {
  expect([isFiltered({}), isFiltered({ mode: 'lexical' }), isFiltered({ tag: 'rlhf' })]).toEqual([false, false, true]);
});

it('resultsSearch keeps what fits', () => {
  expect(resultsSearch({ q: '', verdict: 'refuted', evidence: 'exact', page: 2 })).toEqual({
    verdict: 'refuted',
    evidence: 'exact',
  });
});
