import { describe, expect, it } from 'vitest';
import { curves, estimates } from './charts.ts';

const frame = { id: 'a', title: 'A', caption: 'What to see' };

describe('curves', () => {
  it('averages runs of a series place by place, with a band where there is more than one', () => {
    const run = (series: string, ys: number[]) => ({ series, points: ys.map((y, x) => ({ x, y })) });
    const figure = curves(frame, [run('min', [1, 3]), run('min', [3, 5]), run('sum', [7])], {
      rules: [{ y: 0.5, label: 'base' }],
    });
    const [shaded, lines, straight] = figure.marks;
    expect(lines).toMatchObject({ mark: 'line', color: 'series' });
    expect('data' in lines && lines.data.map(({ series, x, value }) => [series, x, value])).toEqual([
      ['min', 0, 2],
      ['min', 1, 4],
      ['sum', 0, 7],
    ]);
    expect('data' in shaded && shaded.data.map(({ series, lo, hi }) => [series, lo, hi])).toEqual([
      ['min', 1, 3],
      ['min', 3, 5],
    ]);
    expect(straight).toEqual({ mark: 'rule', y: 0.5, label: 'base' });
    expect(figure.color).toEqual({ domain: ['min', 'sum'] });
    expect('facet' in lines).toBe(false);
  });
});

describe('estimates', () => {
  it('draws dots for all and whiskers where there is an interval', () => {
    const estimate = { value: 1, lo: 0, hi: 2, n: 3, level: 0.95 };
    const figure = estimates(
      frame,
      [
        { name: 'one', estimate },
        { name: 'two', estimate: { ...estimate, lo: null, hi: null } },
      ],
      { at: 0 },
    );
    const [whiskers, dots, straight] = figure.marks;
    expect('data' in whiskers && whiskers.data).toHaveLength(1);
    expect('data' in dots && dots.data).toHaveLength(2);
    expect(straight).toEqual({ mark: 'rule', y: 0 });
    expect(figure.x).toEqual({ type: 'point', domain: ['one', 'two'] });
  });
});
