import type { Axis, ColorScale, Mark, PlotFigure } from '@laurel/core/paper';

/** What has to be known of a figure before it is drawn: its panels, the scales they share, its legend. */
export interface Layout {
  panels: Panel[];
  x: Scale;
  y: Scale;
  color: Colors | null;
  /** Bars of several colours at one place stand beside each other: the axis that holds the groups. */
  grouped: 'x' | 'y' | null;
}

export interface Panel {
  title: string | null;
  marks: Mark[];
}

export interface Scale extends Axis {
  discrete: boolean;
  /** Undefined where there is nothing to show. */
  domain?: readonly (string | number)[];
}

export interface Colors {
  label: string | null;
  scheme: NonNullable<ColorScale['scheme']>;
  domain: (string | number)[];
  /** Whether a legend tells more than the axes do. */
  legend: boolean;
}

type Value = string | number | null;

export function layoutOf(figure: PlotFigure): Layout {
  const facets = unique(figure.marks.flatMap((mark) => valuesOf(mark, 'facet')));
  const panels =
    facets.length === 0
      ? [{ title: null, marks: [...figure.marks] }]
      : facets.map((facet) => ({ title: String(facet), marks: figure.marks.map((mark) => ofFacet(mark, facet)) }));
  return {
    panels,
    x: scaleOf(figure, 'x'),
    y: scaleOf(figure, 'y'),
    color: colorsOf(figure),
    grouped: groupedAxis(figure),
  };
}

/** The column of a mark's channel, or undefined where it has none. */
export function columnOf(mark: Mark, channel: string): string | undefined {
  const column = Object.entries(mark).find(([key]) => key === channel)?.[1];
  return typeof column === 'string' ? column : undefined;
}

function valuesOf(mark: Mark, channel: string): (string | number)[] {
  if (mark.mark === 'rule') return [];
  const column = columnOf(mark, channel);
  return column === undefined
    ? []
    : mark.data.map((row): Value => row[column] ?? null).filter((value) => value !== null);
}

function ofFacet(mark: Mark, facet: string | number): Mark {
  if (mark.mark === 'rule' || mark.facet === undefined) return mark;
  const column = mark.facet;
  return { ...mark, data: mark.data.filter((row) => row[column] === facet) };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function scaleOf(figure: PlotFigure, axis: 'x' | 'y'): Scale {
  const given = figure[axis] ?? {};
  const values = figure.marks.flatMap((mark) => positions(mark, axis));
  const bars = figure.marks.some((mark) => mark.mark === 'bar' && isBase(mark, axis));
  const discrete =
    given.type === undefined
      ? bars || figure.marks.some((mark) => mark.mark === 'cell') || values.some((value) => typeof value === 'string')
      : given.type === 'band' || given.type === 'point';
  if (given.domain) return { ...given, discrete };
  if (values.length === 0) return { ...given, discrete };
  if (discrete) return { ...given, discrete, domain: inOrder(unique(values)) };
  const numbers = values.filter((value) => typeof value === 'number');
  const low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (given.type === 'log') {
    const positive = numbers.filter((value) => value > 0).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    return Number.isFinite(positive)
      ? { ...given, discrete, domain: [positive, high] }
      : { ...given, type: 'linear', discrete };
  }
  // One value alone would make a scale without extent.
  return { ...given, discrete, domain: low === high ? [low - 0.5, high + 0.5] : [low, high] };
}

/** All positions of a mark along an axis, with the zero that bars start from. */
function positions(mark: Mark, axis: 'x' | 'y'): (string | number)[] {
  if (mark.mark === 'rule') return mark[axis] === undefined ? [] : [mark[axis]];
  if (mark.mark === 'band' || mark.mark === 'interval') {
    return axis === 'x' ? valuesOf(mark, 'x') : [...valuesOf(mark, 'lo'), ...valuesOf(mark, 'hi')];
  }
  const values = valuesOf(mark, axis);
  return mark.mark === 'bar' && !isBase(mark, axis) ? [0, ...values] : values;
}

/** Bars grow from this axis: x, unless y alone holds names. */
export function isBase(mark: Mark, axis: 'x' | 'y'): boolean {
  if (mark.mark !== 'bar') return false;
  const named = (channel: 'x' | 'y') => valuesOf(mark, channel).some((value) => typeof value === 'string');
  const horizontal = named('y') && !named('x');
  return (axis === 'y') === horizontal;
}

/** Names stay in the order in which they come; numbers are sorted. */
function inOrder(values: (string | number)[]): (string | number)[] {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? numbers.sort((a, b) => a - b) : values;
}

function colorsOf(figure: PlotFigure): Colors | null {
  const cells = figure.marks.some((mark) => mark.mark === 'cell');
  const values = figure.marks.flatMap((mark) => valuesOf(mark, mark.mark === 'cell' ? 'value' : 'color'));
  if (values.length === 0) return null;
  const numeric = values.every((value) => typeof value === 'number');
  const scheme = figure.color?.scheme ?? (cells && numeric ? 'sequential' : 'categorical');
  const label = figure.color?.label ?? null;
  if (scheme === 'categorical') {
    const domain = [...(figure.color?.domain ?? inOrder(unique(values)))];
    const onAxis = figure.marks.every(
      (mark) =>
        mark.mark === 'rule' ||
        !columnOf(mark, 'color') ||
        ['x', 'y'].some((a) => columnOf(mark, a) === columnOf(mark, 'color')),
    );
    return { label, scheme, domain, legend: domain.length > 1 && !onAxis };
  }
  const numbers = values.filter((value) => typeof value === 'number');
  let domain = [...(figure.color?.domain ?? [Math.min(...numbers), Math.max(...numbers)])];
  if (scheme === 'diverging' && !figure.color?.domain) {
    const reach = Math.max(...numbers.map(Math.abs)) || 1;
    domain = [-reach, reach];
  }
  return { label, scheme, domain, legend: true };
}

function groupedAxis(figure: PlotFigure): 'x' | 'y' | null {
  for (const mark of figure.marks) {
    if (mark.mark !== 'bar' || mark.color === undefined) continue;
    const axis = isBase(mark, 'x') ? 'x' : 'y';
    const base = mark[axis];
    if (mark.color === base) continue;
    const { facet } = mark;
    const places = mark.data.map((row) => `${facet === undefined ? '' : row[facet]} ${row[base]}`);
    if (new Set(places).size < places.length) return axis;
  }
  return null;
}
