import { bootstrap, type Estimate } from '../stats/index.ts';
import { band, dot, interval, line, type PlotFigure, plot, rule } from './figure.ts';

/** One run's values along an axis: a learning curve. */
export interface CurveRun {
  /** The line that it belongs to. */
  readonly series: string;
  /** Small multiple; one plot unless told. */
  readonly facet?: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

type Frame = Omit<PlotFigure, 'kind' | 'marks'>;

/**
 * Learning curves: for each series the mean over runs at each place, with a 95% bootstrap band where there are two runs or
 * more. Places that only some runs have are averaged over those.
 *
 * @param frame the figure without its marks; `rules` are straight lines across it
 * @example
 * curves({ id: 'accuracy', title: 'Accuracy', caption: '…', x: { label: 'iteration' } }, runs, { rules: [{ y: 0.5, label: 'base' }] });
 */
export function curves(
  frame: Frame,
  runs: readonly CurveRun[],
  { rules = [] }: { rules?: readonly { x?: number; y?: number; label?: string }[] } = {},
): PlotFigure {
  const groups = Map.groupBy(runs, ({ series, facet = '' }) => JSON.stringify([facet, series]));
  const rows = [...groups.values()].flatMap((group) => {
    const { series, facet = '' } = group[0];
    const places = Map.groupBy(
      group.flatMap(({ points }) => points),
      ({ x }) => x,
    );
    return [...places]
      .sort(([a], [b]) => a - b)
      .map(([x, points]) => {
        const { value, lo, hi } = bootstrap(
          points.map(({ y }) => y),
          { resamples: 400 },
        );
        return { x, value, lo, hi, series, facet };
      });
  });
  const facet = runs.some((run) => run.facet !== undefined) ? ({ facet: 'facet' } as const) : {};
  const order = [...new Set(runs.map(({ series }) => series))];
  return plot({
    ...frame,
    color: { domain: order, ...frame.color },
    marks: [
      band(
        rows.filter(({ lo }) => lo !== null),
        { x: 'x', lo: 'lo', hi: 'hi', color: 'series', ...facet },
      ),
      line(rows, { x: 'x', y: 'value', color: 'series', ...facet }),
      ...rules.map(rule),
    ],
  });
}

/** A named figure with its interval. */
export interface Measured {
  /** Its place on the axis. */
  readonly name: string;
  readonly estimate: Estimate;
  /** Its colour, for figures of several kinds side by side. */
  readonly series?: string;
  readonly facet?: string;
}

/**
 * Estimates side by side, each a dot with its interval.
 *
 * @example
 * estimates({ id: 'gain', title: 'Gain', caption: '…', y: { label: 'difference' } }, [{ name: 'min - sum', estimate }], { at: 0 });
 */
export function estimates(frame: Frame, measured: readonly Measured[], { at }: { at?: number } = {}): PlotFigure {
  const rows = measured.map(({ name, estimate: { value, lo, hi }, series = '', facet = '' }) => ({
    name,
    value,
    lo,
    hi,
    series,
    facet,
  }));
  const channels = {
    ...(measured.some(({ series }) => series !== undefined) ? ({ color: 'series' } as const) : {}),
    ...(measured.some(({ facet }) => facet !== undefined) ? ({ facet: 'facet' } as const) : {}),
  };
  return plot({
    ...frame,
    x: { type: 'point', domain: [...new Set(measured.map(({ name }) => name))], ...frame.x },
    marks: [
      interval(
        rows.filter(({ lo }) => lo !== null),
        { x: 'name', lo: 'lo', hi: 'hi', ...channels },
      ),
      dot(rows, { x: 'name', y: 'value', ...channels }),
      ...(at === undefined ? [] : [rule({ y: at })]),
    ],
  });
}
