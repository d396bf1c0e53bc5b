import { band, bar, cell, dot, interval, line, plot, rule, text } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { defaults } from './defaults.ts';
import { panelOptions } from './draw.ts';
import { layoutOf } from './layout.ts';

const rows = [
  { x: 1, y: 0.1, lo: 0, hi: 0.2, name: 'a very long name of a method', arm: 'ours' },
  { x: 1000, y: 0.9, lo: 0.8, hi: 1, name: 'another long name of a method', arm: 'base' },
];
const options = (figure: Parameters<typeof plot>[0], width = 600) => {
  const declared = plot(figure);
  const layout = layoutOf(declared);
  return panelOptions(declared, layout, layout.panels[0], width);
};
const base = { id: 'f', title: 'F', caption: '' };

describe('panelOptions', () => {
  it('draws every kind of mark', () => {
    const { marks } = options({
      ...base,
      marks: [
        band(rows, { x: 'x', lo: 'lo', hi: 'hi' }),
        line(rows, { x: 'x', y: 'y', dash: true }),
        dot(rows, { x: 'x', y: 'y', color: 'arm' }),
        interval(rows, { x: 'x', lo: 'lo', hi: 'hi' }),
        text(rows, { x: 'x', y: 'y', text: 'name' }),
        rule({ y: 0.5, label: 'chance' }),
      ],
    });
    expect(marks?.flat(2).filter(Boolean).length).toBeGreaterThanOrEqual(7);
  });

  it('puts ticks of a logarithmic axis at powers of ten', () => {
    const { x } = options({ ...base, x: { type: 'log' }, marks: [line(rows, { x: 'x', y: 'y' })] });
    expect(x?.ticks).toEqual([1, 10, 100, 1000]);
  });

  it('shows shares as percent', () => {
    const { y } = options({ ...base, y: { percent: true }, marks: [line(rows, { x: 'x', y: 'y' })] });
    const format = y?.tickFormat;
    expect(typeof format === 'function' && format(0.25, 0)).toBe('25%');
  });

  it('turns names that would run into each other', () => {
    const named = { ...base, marks: [bar(rows, { x: 'name', y: 'y' })] };
    expect(options(named, 1200).x?.tickRotate).toBeUndefined();
    expect(options(named, 300).x?.tickRotate).toBe(-32);
    expect(options(named, 300).marginBottom).toBeGreaterThan(defaults.marginBottom);
  });

  it('leaves names on the left their room, within reason', () => {
    const cells = { ...base, marks: [cell(rows, { x: 'arm', y: 'name', value: 'y' })] };
    expect(options(cells, 600).marginLeft).toBeGreaterThan(150);
    expect(options(cells, 320).marginLeft).toBeLessThanOrEqual(128);
  });

  it('stands grouped bars side by side', () => {
    const grouped = [
      { task: 'a', arm: 'ours', y: 1 },
      { task: 'a', arm: 'base', y: 2 },
    ];
    const { fx, x } = options({ ...base, marks: [bar(grouped, { x: 'task', y: 'y', color: 'arm' })] });
    expect(fx?.domain).toEqual(['a']);
    expect(x?.domain).toEqual(['ours', 'base']);
  });
});
