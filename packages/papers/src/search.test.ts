import { describe, expect, it } from 'vitest';
import { catalogue } from './index.ts';
import { documentsOf, indexTerm, lexicalIndex, type PaperDocument } from './search.ts';

const document = (id: string, fields: Partial<PaperDocument>): PaperDocument => ({
  ...{ id, title: '', name: '', tags: '', summary: '', claims: '', method: '', pitfalls: '', abstract: '' },
  ...fields,
});
const index = lexicalIndex([
  document('a', { title: 'Hacking Rewards', name: 'HACK', summary: 'A policy exploits its reward model.' }),
  document('b', { title: 'Exploration in Mazes', summary: 'Novelty bonuses and naïve counting.' }),
  document('c', { title: 'Verifiers', claims: 'A verifier is hacked once.', abstract: 'Curriculum learning.' }),
]);
const ids = (query: string) => index.search(query).map(({ id }) => id);

describe('indexTerm', () => {
  it.each([
    ['Rewards', 'reward'],
    ['hacked', 'hack'],
    ['hacking', 'hack'],
    ['stopping', 'stop'],
    ['policies', 'policy'],
    ['bias', 'bia'],
    ['loss', 'loss'],
    ['Naïve', 'naiv'],
    ['need', 'need'],
    ['string', 'string'],
    ['bayes', 'bay'],
    ['the', null],
  ])('%s: %s', (word, term) => {
    expect(indexTerm(word)).toBe(term);
  });
});

describe('lexicalIndex', () => {
  it('finds words in any form, in any field, joined by or', () => {
    expect(ids('hacks')[0]).toBe('a');
    expect(ids('hack').sort()).toEqual(['a', 'c']);
    expect(ids('naive count')).toEqual(['b']);
    expect(ids('maze verifier').sort()).toEqual(['b', 'c']);
  });

  it('forgives an unfinished word and a slip of the keys', () => {
    expect(ids('curric')).toEqual(['c']);
    expect(ids('curiculum')).toEqual(['c']);
  });

  it('gives nothing for nothing', () => {
    for (const query of ['', '  ', 'what is the', '?!', 'zebra']) expect(ids(query)).toEqual([]);
  });

  it('asks the filter before it ranks', () => {
    expect(index.search('hacked', (id) => id !== 'a').map(({ id }) => id)).toEqual(['c']);
  });

  it('follows documents that are put, replaced and removed', () => {
    const changing = lexicalIndex([document('a', { title: 'Cats' })]);
    changing.put(document('a', { title: 'Dogs' }));
    changing.put(document('b', { title: 'Dogs and birds' }));
    expect(changing.search('cat')).toEqual([]);
    expect(changing.search('dog').map(({ id }) => id)).toEqual(['a', 'b']);
    changing.remove('a');
    changing.remove('never there');
    expect(changing.search('dog').map(({ id }) => id)).toEqual(['b']);
    expect(changing.size).toBe(1);
  });

  it('finds every paper of the catalogue by its name', () => {
    const papers = lexicalIndex(documentsOf(catalogue));
    for (const { slug, name } of catalogue) {
      const first = papers.search(name).slice(0, 2);
      expect(
        first.map(({ id }) => id),
        name,
      ).toContain(slug);
    }
  });

  it('searches an imported abstract', () => {
    const [{ slug }] = catalogue;
    const papers = lexicalIndex(documentsOf(catalogue, new Map([[slug, 'Something about wombats.']])));
    expect(papers.search('wombat').map(({ id }) => id)).toEqual([slug]);
  });
});
