import { bar, cell, dot, interval, line, type PlotFigure, plot, rule } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { layoutOf } from './layout.ts';

const figure = (rest: Pick<PlotFigure, 'marks'> & Partial<PlotFigure>) =>
  plot({ id: 'f', title: 'F', caption: '', ...rest });
const curve = [
  { step: 1, loss: 0.5, arm: 'b' },
  { step: 10, loss: 0.25, arm: 'a' },
];

describe('layoutOf', () => {
  it('spans continuous axes over all marks, rules and whiskers among them', () => {
    const { x, y } = layoutOf(
      figure({
        marks: [
          line(curve, { x: 'step', y: 'loss' }),
          interval([{ step: 5, lo: -1, hi: 2 }], { x: 'step', lo: 'lo', hi: 'hi' }),
          rule({ x: 20 }),
        ],
      }),
    );
    expect(x).toEqual({ discrete: false, domain: [1, 20] });
    expect(y).toEqual({ discrete: false, domain: [-1, 2] });
  });

  it('keeps the order of names, sorts numbers, and starts bars from zero', () => {
    const rows = [
      { form: 'VAL', score: 3 },
      { form: 'EPIC', score: 2 },
    ];
    const { x, y } = layoutOf(figure({ marks: [bar(rows, { x: 'form', y: 'score' })] }));
    expect(x.domain).toEqual(['VAL', 'EPIC']);
    expect(y.domain).toEqual([0, 3]);
    const counts = [
      { n: 4, score: 3 },
      { n: 2, score: 2 },
    ];
    expect(layoutOf(figure({ marks: [bar(counts, { x: 'n', y: 'score' })] })).x).toEqual({
      discrete: true,
      domain: [2, 4],
    });
  });

  it('lays bars down when y alone holds names', () => {
    const { x, y } = layoutOf(figure({ marks: [bar([{ form: 'VAL', score: -3 }], { x: 'score', y: 'form' })] }));
    expect(y).toEqual({ discrete: true, domain: ['VAL'] });
    expect(x.domain).toEqual([-3, 0]);
  });

  it('shares colours and their order between marks, and needs no legend for what an axis says', () => {
    const coloured = figure({ marks: [line(curve, { x: 'step', y: 'loss', color: 'arm' })] });
    expect(layoutOf(coloured).color).toEqual({
      label: null,
      scheme: 'categorical',
      domain: ['b', 'a'],
      legend: true,
    });
    const onAxis = figure({ marks: [bar(curve, { x: 'arm', y: 'loss', color: 'arm' })] });
    expect(layoutOf(onAxis).color?.legend).toBe(false);
  });

  it('centres diverging colours on zero', () => {
    const cells = [
      { a: 'x', b: 'y', value: -1 },
      { a: 'z', b: 'y', value: 3 },
    ];
    const layout = layoutOf(
      figure({ color: { scheme: 'diverging' }, marks: [cell(cells, { x: 'a', y: 'b', value: 'value' })] }),
    );
    expect(layout.color?.domain).toEqual([-3, 3]);
    expect(layout.x.discrete && layout.y.discrete).toBe(true);
  });

  it('makes a panel for each facet, with rules in all of them', () => {
    const rows = [
      { x: 1, y: 1, world: 'grid' },
      { x: 2, y: 5, world: 'maze' },
    ];
    const { panels, y } = layoutOf(figure({ marks: [dot(rows, { x: 'x', y: 'y', facet: 'world' }), rule({ y: 0 })] }));
    expect(panels.map(({ title }) => title)).toEqual(['grid', 'maze']);
    expect(panels[0].marks).toEqual([
      { mark: 'dot', x: 'x', y: 'y', facet: 'world', data: [rows[0]] },
      { mark: 'rule', y: 0 },
    ]);
    expect(y.domain).toEqual([0, 5]);
  });

  it('groups bars of several colours at one place', () => {
    const rows = [
      { task: 'a', arm: 'ours', score: 1 },
      { task: 'a', arm: 'base', score: 2 },
    ];
    const grouped = figure({ marks: [bar(rows, { x: 'task', y: 'score', color: 'arm' })] });
    expect(layoutOf(grouped).grouped).toBe('x');
    expect(layoutOf(figure({ marks: [bar(rows, { x: 'arm', y: 'score', color: 'task' })] })).grouped).toBe(null);
  });

  it('gives a logarithmic axis a positive domain, and none when nothing is positive', () => {
    const rows = [
      { x: 0, y: 0 },
      { x: 1, y: 100 },
    ];
    const marks = [line(rows, { x: 'x', y: 'y' })];
    expect(layoutOf(figure({ y: { type: 'log' }, marks })).y.domain).toEqual([100, 100]);
    expect(layoutOf(figure({ y: { type: 'log' }, marks: [line([{ x: 0, y: 0 }], { x: 'x', y: 'y' })] })).y.type).toBe(
      'linear',
    );
  });

  it('bears rows without values and figures without rows', () => {
    const empty = layoutOf(figure({ marks: [line([{ x: null, y: null }], { x: 'x', y: 'y' })] }));
    expect(empty.x.domain).toBeUndefined();
    expect(layoutOf(figure({ marks: [] })).panels).toEqual([{ title: null, marks: [] }]);
  });
});
