import { catalogue } from '@laurel/papers';
import { describe, expect, it } from 'vitest';
import { samplePaper } from '../../test/sample-papers.ts';
import { catalogueMatcher } from './match.ts';

const papers = [
  samplePaper('first', 'Reward Modelling for Behaviour, Part I: Unsupervised Judging'),
  samplePaper('second', 'Reward Modelling for Behaviour, Part II: Unsupervised Judging', ['An Earlier Name of It']),
  samplePaper('third', 'Online Credit with Labels for R1 Agents'),
  samplePaper('twin', 'A Title That Two Papers Share'),
  samplePaper('other-twin', 'A Title That Two Papers Share!'),
];
const match = catalogueMatcher(papers);

describe('catalogueMatcher', () => {
  it.each([
    ['Reward Modelling for Behaviour, Part I: Unsupervised Judging', 'first'],
    ['REWARD MODELLING FOR BEHAVIOUR — PART I — UNSUPERVISED JUDGING', 'first'],
    ['RewardModelling forBehaviour Part II:Unsupervised Judging', 'second'],
    ['An earlier name of it', 'second'],
  ])('finds %j without a note', (title, slug) => {
    expect(match(title)).toEqual({ slug, note: null });
  });

  it.each([
    ['Reward Modeling for Behavior, Part I: Unsupervised Judging', 'first'],
    ['Reward Modellign for Behaviour, Part II: Unsupervized Judging', 'second'],
    ['Online Credits withLabels for R1 Agents', 'third'],
  ])('finds %j by its spelling, with a note', (title, slug) => {
    const { slug: found, note } = match(title);
    expect(found).toBe(slug);
    expect(note).toMatch(`"${title}" is taken for "`);
  });

  it.each([
    'Reward Modelling for Behaviour, Part III: Unsupervised Judging',
    'Reward Modelling for Behaviour, Part V: Unsupervised Judging',
    'Reward Modelling for Behaviour, Part I: Supervised Judging',
    'Offline Credit with Labels for R1 Agents',
    'Online Credit without Labels for R1 Agents',
    'Online Credit with Labels for R2 Agents',
    'Online Credit with Labels',
    'Something Else Altogether',
    '',
  ])('does not take %j for something else', (title) => {
    expect(match(title)).toEqual({ slug: null, note: null });
  });

  it('leaves a title that fits two entries alone', () => {
    for (const title of ['A title that two papers share', 'A title that two papres share']) {
      expect(match(title)).toEqual({
        slug: null,
        note: `"${title}" fits more than one entry (twin, other-twin), so it is matched to none`,
      });
    }
  });

  it('finds every title of the catalogue, capitalised, unspaced, or with two letters swapped, and never another', () => {
    const find = catalogueMatcher(catalogue);
    const swap = (title: string) =>
      title.replace(/\p{L}{6,}/u, (word) => word.slice(0, 3) + word[4] + word[3] + word.slice(5));
    for (const { slug, title } of catalogue) {
      for (const printed of [title, title.toUpperCase(), title.replaceAll(' ', ''), swap(title)]) {
        expect(find(printed).slug, printed).toBe(slug);
      }
    }
  });
});
