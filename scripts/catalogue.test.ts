import { describe, expect, it } from 'vitest';
import { findMisfits, type PapersFolder } from './catalogue.ts';

const fitting: PapersFolder = {
  folders: [
    { name: 'par', hasPaper: true, hasExperiment: false },
    { name: 'starc', hasPaper: true, hasExperiment: true },
  ],
  slugs: ['par', 'starc'],
  runnable: ['starc'],
  experiments: "starc: () => import('./starc/experiment.ts'),",
  results: ['starc'],
};
const withFolder = (...folders: PapersFolder['folders']) => ({ ...fitting, folders: [...fitting.folders, ...folders] });

describe('findMisfits', () => {
  it('is content with a catalogue that fits', () => {
    expect(findMisfits(fitting)).toEqual([]);
  });

  it.each([
    ['no paper.ts', withFolder({ name: 'pav', hasPaper: false, hasExperiment: false }), 'src/pav has no paper.ts'],
    ['another slug', withFolder({ name: 'pav', hasPaper: true, hasExperiment: false }), 'its slug is not "pav"'],
    ['no folder', { ...fitting, slugs: ['par', 'starc', 'pav'] }, 'there is no src/pav'],
    ['a slug twice', { ...fitting, slugs: ['par', 'starc', 'par'] }, 'a slug twice'],
    ['an unknown result', { ...fitting, results: ['par'] }, 'results/par.json'],
    ['a crossed loader', { ...fitting, experiments: "starc: () => import('./par/experiment.ts')," }, 'load par'],
  ])('finds %s', (_, papers, expected) => {
    expect(findMisfits(papers)).toEqual([expect.stringContaining(expected)]);
  });

  it('finds an experiment that is not listed, and a listed one that is not there', () => {
    expect(findMisfits({ ...fitting, runnable: [], experiments: '', results: [] })).toEqual([
      'src/starc/experiment.ts is not in src/experiments.ts',
    ]);
    const loaders = "starc: () => import('./starc/experiment.ts'), par: () => import('./par/experiment.ts'),";
    expect(findMisfits({ ...fitting, runnable: ['starc', 'par'], experiments: loaders })).toEqual([
      'src/experiments.ts has "par", but there is no src/par/experiment.ts',
    ]);
  });
});
