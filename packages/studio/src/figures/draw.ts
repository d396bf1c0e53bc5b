import type { Mark, PlotFigure } from '@laurel/core/paper';
import * as Plot from '@observablehq/plot';
import { defaults } from './defaults.ts';
import { formatNumber, formatPercent } from './format.ts';
import { type Colors, isBase, type Layout, type Panel, type Scale } from './layout.ts';

/** One panel of a figure as Plot's options. */
export function panelOptions(figure: PlotFigure, layout: Layout, panel: Panel, width: number): Plot.PlotOptions {
  const { x, y, color, grouped } = layout;
  const tipped = panel.marks.findLastIndex((mark) => ['dot', 'line', 'bar', 'cell'].includes(mark.mark));
  const rotate = crowded(x, width, grouped === 'x' ? (x.domain?.length ?? 1) : 0);
  const marginLeft = Math.max(
    defaults.marginLeft,
    y.discrete ? Math.min(width * 0.4, longest(y) * defaults.characterWidth + 16) : 0,
  );
  const xScale = scaleOptions(x, width);
  const yScale = scaleOptions(y, width);
  const inner = { axis: null, domain: color?.domain ?? [], padding: 0.08 };
  return {
    width,
    height: heightOf(figure, layout),
    marginTop: defaults.marginTop,
    marginRight: defaults.marginRight,
    marginBottom: rotate ? Math.min(120, longest(x) * 4.6 + 40) : defaults.marginBottom,
    marginLeft,
    style: {
      fontFamily: defaults.fontFamily,
      fontSize: `${defaults.fontSize}px`,
      background: 'none',
      overflow: 'visible',
    },
    x: grouped === 'x' ? inner : { ...xScale, ...(rotate ? { tickRotate: -32 } : {}) },
    y: grouped === 'y' ? inner : { ...yScale, grid: !y.discrete },
    ...(grouped === 'x'
      ? { fx: { ...xScale, ...(rotate ? { tickRotate: -32 } : {}), axis: 'bottom', padding: 0.18 } }
      : {}),
    ...(grouped === 'y' ? { fy: { ...yScale, axis: 'left', padding: 0.18 } } : {}),
    ...(color ? { color: colorOptions(color) } : {}),
    marks: [
      ...(!x.discrete || y.discrete
        ? []
        : [
            Plot.ruleY(y.domain?.[0] === undefined || Number(y.domain[0]) > 0 ? [] : [0], {
              stroke: defaults.rule,
              strokeOpacity: 0.5,
            }),
          ]),
      ...panel.marks.flatMap((mark, i) => drawn(mark, layout, i === tipped)),
    ],
  };
}

export function heightOf(figure: PlotFigure, { panels, y }: Pick<Layout, 'panels' | 'y'>): number {
  if (figure.height) return figure.height;
  const rows = y.discrete ? (y.domain?.length ?? 0) * 26 + defaults.marginTop + defaults.marginBottom : 0;
  return Math.max(panels.length > 1 ? defaults.panelHeight : defaults.height, rows);
}

function drawn(mark: Mark, { grouped, color, x, y }: Layout, tip: boolean): Plot.Markish[] {
  if (mark.mark === 'rule') return ruled(mark);
  const data = [...mark.data];
  const shade = 'color' in mark && mark.color !== undefined ? mark.color : undefined;
  // In grouped bars the group is a facet and the colour the place within it; whiskers and dots follow their bars.
  const place =
    grouped === 'x' && shade !== undefined
      ? { fx: mark.x, x: shade }
      : grouped === 'x'
        ? { fx: mark.x }
        : { x: mark.x };
  const upright =
    'y' in mark ? (grouped === 'y' ? { fy: mark.y, ...(shade === undefined ? {} : { y: shade }) } : { y: mark.y }) : {};
  const tips = tip ? { tip: { fill: defaults.surface, stroke: 'var(--line-strong)', format: tipFormat(x, y) } } : {};
  switch (mark.mark) {
    case 'line':
      return [
        Plot.line(data, {
          ...place,
          ...upright,
          stroke: shade ?? defaults.single,
          strokeWidth: defaults.lineWidth,
          strokeLinejoin: 'round',
          ...(mark.dash ? { strokeDasharray: '5 4' } : {}),
          ...tips,
        }),
      ];
    case 'dot':
      return [
        Plot.dot(data, {
          ...place,
          ...upright,
          fill: shade ?? defaults.single,
          fillOpacity: data.length > 200 ? 0.55 : 0.9,
          r: mark.size ?? defaults.dotRadius,
          ...tips,
        }),
      ];
    case 'bar': {
      const options = { ...place, ...upright, fill: shade ?? defaults.single, ...tips };
      if (isBase(mark, 'y'))
        return [Plot.barX(data, { ...options, insetTop: defaults.barInset, insetBottom: defaults.barInset })];
      if (!x.discrete) {
        return [
          Plot.ruleX(data, { x: mark.x, y1: 0, y2: mark.y, stroke: shade ?? defaults.single, strokeWidth: 6, ...tips }),
        ];
      }
      return [Plot.barY(data, { ...options, insetLeft: defaults.barInset, insetRight: defaults.barInset })];
    }
    case 'band':
      return [
        Plot.areaY(data, {
          ...place,
          y1: mark.lo,
          y2: mark.hi,
          fill: shade ?? defaults.single,
          fillOpacity: defaults.bandOpacity,
        }),
      ];
    case 'interval':
      return [
        Plot.ruleX(data, {
          ...place,
          y1: mark.lo,
          y2: mark.hi,
          // On top of bars of the same colour a whisker needs the text's colour to be seen.
          stroke: shade !== undefined && grouped === null && !x.discrete ? shade : defaults.ink,
          strokeWidth: 1.5,
          strokeLinecap: 'round',
        }),
      ];
    case 'cell': {
      const cells = Plot.cell(data, { x: mark.x, y: mark.y, fill: mark.value, inset: 0.5, ...tips });
      if (data.length > defaults.printedCells || color?.scheme === 'categorical') return [cells];
      const value = mark.value;
      const printed = Plot.text(data, {
        x: mark.x,
        y: mark.y,
        text: (row: Record<string, string | number | null>) => {
          const held = row[value];
          return typeof held === 'number' ? formatNumber(held) : (held ?? '');
        },
        fill: { value: (row: Record<string, string | number | null>) => inkOn(color, row[value]), scale: null },
      });
      return [cells, printed];
    }
    case 'text':
      return [
        Plot.text(data, {
          ...place,
          ...upright,
          text: mark.text,
          fill: defaults.ink,
          stroke: defaults.surface,
          strokeWidth: 3,
          lineAnchor: 'bottom',
          dy: -6,
        }),
      ];
  }
}

function ruled({ x, y, label }: Extract<Mark, { mark: 'rule' }>): Plot.Markish[] {
  const style = { stroke: defaults.rule, strokeWidth: 1.2, strokeDasharray: '3 3' };
  const words = {
    text: label === undefined ? [] : [label],
    fill: defaults.rule,
    stroke: defaults.surface,
    strokeWidth: 3,
  };
  return [
    ...(x === undefined
      ? []
      : [Plot.ruleX([x], style), Plot.text([x], { ...words, x: [x], frameAnchor: 'top', textAnchor: 'start', dx: 5 })]),
    ...(y === undefined
      ? []
      : [
          Plot.ruleY([y], style),
          Plot.text([y], { ...words, y: [y], frameAnchor: 'right', textAnchor: 'end', lineAnchor: 'bottom', dy: -3 }),
        ]),
  ];
}

function scaleOptions({ label, type, domain, percent, discrete }: Scale, width: number): Plot.ScaleOptions {
  return {
    label: label ?? null,
    ...(domain ? { domain: [...domain] } : {}),
    ...(type ? { type } : discrete ? {} : { type: 'linear' }),
    ...(discrete ? {} : { nice: true, ticks: ticksOf(type, domain, width < defaults.narrow ? 5 : 7) }),
    ...(percent
      ? { tickFormat: (value: number) => formatPercent(value) }
      : discrete
        ? {}
        : { tickFormat: (value: number) => formatNumber(value) }),
  };
}

/** Ticks of a logarithmic axis stand at powers of ten, as soon as there are two. */
function ticksOf(type: Scale['type'], domain: Scale['domain'], count: number): number | number[] {
  if (type !== 'log' || !domain) return count;
  const low = Math.ceil(Math.log10(Number(domain[0])) - 1e-9);
  const high = Math.floor(Math.log10(Number(domain.at(-1))) + 1e-9);
  if (high <= low) return count;
  const step = Math.ceil((high - low + 1) / count);
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => 10 ** (low + i * step));
}

/** What can be read on a heat map's cell: the far ends of the colours are dark, in the dark theme bright. */
function inkOn(colors: Colors | null, value: string | number | null | undefined): string {
  if (!colors || typeof value !== 'number') return defaults.ink;
  const [low, high] = [Number(colors.domain[0]), Number(colors.domain.at(-1))];
  const t = high > low ? (value - low) / (high - low) : 0;
  const strength = colors.scheme === 'diverging' ? Math.abs(2 * t - 1) : t;
  return strength > 0.55 ? defaults.surface : defaults.ink;
}

function colorOptions({ scheme, domain }: Colors): Plot.ScaleOptions {
  if (scheme === 'categorical') {
    return { type: 'ordinal', domain, range: domain.map((_, i) => defaults.series[i % defaults.series.length]) };
  }
  return scheme === 'sequential'
    ? { type: 'linear', domain, interpolate: defaults.sequential, clamp: true }
    : { type: 'diverging', domain, pivot: 0, interpolate: defaults.diverging, clamp: true };
}

function tipFormat(x: Scale, y: Scale) {
  const show = (scale: Scale) =>
    scale.discrete ? true : scale.percent ? formatPercent : (value: number) => formatNumber(value);
  return { x: show(x), y: show(y), fx: true, fy: true };
}

function longest({ domain = [] }: Scale): number {
  return Math.max(0, ...domain.map((value) => String(value).length));
}

/** Whether the names under the axis would run into each other. */
function crowded(x: Scale, width: number, groups: number): boolean {
  if (!x.discrete || !x.domain) return false;
  const room = (width - defaults.marginLeft - defaults.marginRight) / Math.max(1, x.domain.length, groups);
  return longest(x) * defaults.characterWidth > room;
}
