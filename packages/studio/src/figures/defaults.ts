/** How every figure looks; a paper says only what it shows. Colours are CSS variables, so a change of theme redraws nothing. */
export const defaults = {
  height: 300,
  /** Panels of a faceted figure stand side by side while each keeps this width. */
  panelMinWidth: 260,
  panelHeight: 220,
  marginLeft: 52,
  marginRight: 18,
  marginTop: 22,
  marginBottom: 44,
  /** Below this width there are fewer ticks. */
  narrow: 460,
  lineWidth: 1.8,
  dotRadius: 3,
  bandOpacity: 0.16,
  barInset: 0.5,
  fontFamily: 'var(--sans)',
  fontSize: 12,
  characterWidth: 6.4,
  /** Heat maps with at most this many cells print their values. */
  printedCells: 140,
  ink: 'var(--ink)',
  faint: 'var(--line)',
  surface: 'var(--surface)',
  single: 'var(--series-1)',
  rule: 'var(--ink-3)',
  series: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `var(--series-${n})`),
  sequential: (t: number) => `color-mix(in oklab, var(--ramp-high) ${percent(t)}, var(--ramp-low))`,
  diverging: (t: number) =>
    t < 0.5
      ? `color-mix(in oklab, var(--zero) ${percent(2 * t)}, var(--below))`
      : `color-mix(in oklab, var(--above) ${percent(2 * t - 1)}, var(--zero))`,
};

function percent(t: number): string {
  return `${(100 * Math.min(1, Math.max(0, t))).toFixed(1)}%`;
}
