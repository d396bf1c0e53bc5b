import { bar, interval, plot, rule, table, texts } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { csvOf, dataOf } from './data.ts';

const base = { id: 'scores', title: 'Scores', caption: '' };
const rows = [
  { arm: 'ours', mean: 1, lo: 0, hi: 2 },
  { arm: 'base', mean: 3, lo: 2, hi: 4 },
];

describe('dataOf', () => {
  it('gives rows once, however many marks draw them', () => {
    const copied = structuredClone(rows);
    const figure = plot({
      ...base,
      marks: [bar(rows, { x: 'arm', y: 'mean' }), interval(copied, { x: 'arm', lo: 'lo', hi: 'hi' }), rule({ y: 0 })],
    });
    const tables = dataOf(figure);
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({ name: 'scores', rows });
    expect(tables[0].columns.map(({ key }) => key)).toEqual(['arm', 'mean', 'lo', 'hi']);
  });

  it('numbers several sets of rows', () => {
    const figure = plot({
      ...base,
      marks: [bar(rows, { x: 'arm', y: 'mean' }), bar([rows[0]], { x: 'arm', y: 'mean' })],
    });
    expect(dataOf(figure).map(({ name }) => name)).toEqual(['scores-1', 'scores-2']);
  });

  it('takes tables and texts as they are', () => {
    expect(dataOf(table({ ...base, columns: [{ key: 'arm', label: 'Arm' }], rows }))[0].columns[0].label).toBe('Arm');
    expect(dataOf(texts({ ...base, items: [{ label: 'one', text: 'two' }] }))[0].rows).toEqual([
      { label: 'one', text: 'two' },
    ]);
  });
});

describe('csvOf', () => {
  it('quotes what needs it and leaves what is missing empty', () => {
    const columns = ['a', 'b', 'c'].map((key) => ({ key, label: key }));
    expect(csvOf({ name: 't', columns, rows: [{ a: 'x, "y"\nz', b: null, c: -0.5 }] })).toBe(
      'a,b,c\r\n"x, ""y""\nz",,-0.5\r\n',
    );
  });
});
