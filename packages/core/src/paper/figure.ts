/** One row of a figure's data. Booleans and dates go in as text or numbers. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface Axis {
  label?: string;
  type?: 'linear' | 'log' | 'band' | 'point';
  /** Two ends of a continuous axis, or all values of a discrete one in order. */
  domain?: readonly (string | number)[];
  /** Show values in [0, 1] as percent. */
  percent?: boolean;
}

/** Colours follow the series' names; `domain` fixes their order. */
export interface ColorScale {
  label?: string;
  /** `categorical` for names, `sequential` from little to much, `diverging` around zero. */
  scheme?: 'categorical' | 'sequential' | 'diverging';
  domain?: readonly (string | number)[];
}

/** What is drawn. `x`, `y`, … name columns of `data`; `color` names one too, and gives the legend its entries. */
export type Mark =
  | { mark: 'line'; data: readonly Row[]; x: string; y: string; color?: string; dash?: boolean; facet?: string }
  | { mark: 'dot'; data: readonly Row[]; x: string; y: string; color?: string; size?: number; facet?: string }
  | { mark: 'bar'; data: readonly Row[]; x: string; y: string; color?: string; facet?: string }
  | { mark: 'band'; data: readonly Row[]; x: string; lo: string; hi: string; color?: string; facet?: string }
  | { mark: 'interval'; data: readonly Row[]; x: string; lo: string; hi: string; color?: string; facet?: string }
  | { mark: 'cell'; data: readonly Row[]; x: string; y: string; value: string; facet?: string }
  | { mark: 'text'; data: readonly Row[]; x: string; y: string; text: string; facet?: string }
  | { mark: 'rule'; x?: number; y?: number; label?: string };

export interface PlotFigure {
  kind: 'plot';
  id: string;
  title: string;
  /** What to look for, in a sentence or two. */
  caption: string;
  x?: Axis;
  y?: Axis;
  color?: ColorScale;
  /** Height in pixels at full width; 300 unless told. */
  height?: number;
  marks: readonly Mark[];
}

export interface TableFigure {
  kind: 'table';
  id: string;
  title: string;
  caption: string;
  columns: readonly { key: string; label: string; digits?: number }[];
  rows: readonly Row[];
}

/** Texts worth reading as they are: rollouts, traces, prompts. */
export interface TextFigure {
  kind: 'text';
  id: string;
  title: string;
  caption: string;
  items: readonly { label: string; text: string }[];
}

/** A figure is data and marks (after Observable Plot); whoever shows it decides sizes, fonts and colours. */
export type Figure = PlotFigure | TableFigure | TextFigure;

type MarkOf<K extends Mark['mark']> = Extract<Mark, { mark: K }>;
type Channels<M, R> = {
  [K in keyof Omit<M, 'mark' | 'data'>]: M[K] extends string | undefined
    ? (keyof R & string) | Extract<M[K], undefined>
    : M[K];
};

/** Declares a figure of marks. @example plot({ id: 'curve', title: 'Accuracy', caption: '…', marks: [line(rows, { x: 'step', y: 'accuracy' })] }) */
export function plot(figure: Omit<PlotFigure, 'kind'>): PlotFigure {
  return { kind: 'plot', ...figure };
}

export function table(figure: Omit<TableFigure, 'kind'>): TableFigure {
  return { kind: 'table', ...figure };
}

export function texts(figure: Omit<TextFigure, 'kind'>): TextFigure {
  return { kind: 'text', ...figure };
}

function markOf<K extends 'line' | 'dot' | 'bar' | 'band' | 'interval' | 'cell' | 'text'>(mark: K) {
  return <R extends Row>(data: readonly R[], channels: Channels<MarkOf<K>, R>): MarkOf<K> =>
    // The channels are those of this mark by type; spreading them loses the link between `mark` and the rest.
    ({ mark, data, ...channels }) as unknown as MarkOf<K>;
}

/** Lines through (x, y), one per colour. Columns are checked against the rows' type. */
export const line = markOf('line');
/** Points; `size` in pixels. */
export const dot = markOf('dot');
/** Bars from zero. */
export const bar = markOf('bar');
/** A shaded band from `lo` to `hi` along x. */
export const band = markOf('band');
/** Upright whiskers from `lo` to `hi` at x. */
export const interval = markOf('interval');
/** A heat map. */
export const cell = markOf('cell');
/** Words at (x, y). */
export const text = markOf('text');
/** A straight line across the plot at a constant x or y. */
export function rule(at: Omit<MarkOf<'rule'>, 'mark'>): MarkOf<'rule'> {
  return { mark: 'rule', ...at };
}
