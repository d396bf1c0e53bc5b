import type { PlotFigure } from '@laurel/core/paper';
import * as Plot from '@observablehq/plot';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { defaults } from './defaults.ts';
import { heightOf, panelOptions } from './draw.ts';
import styles from './figures.module.css';
import { Legend } from './Legend.tsx';
import { layoutOf } from './layout.ts';
import { useWidth } from './use-width.ts';

/** Draws a figure with Observable Plot; its own chunk. */
export default function PlotView({ figure }: { figure: PlotFigure }) {
  const [frame, width] = useWidth();
  const layout = useMemo(() => layoutOf(figure), [figure]);
  const several = layout.panels.length > 1;
  const columns = several
    ? Math.max(1, Math.min(layout.panels.length, 3, Math.floor(width / defaults.panelMinWidth)))
    : 1;
  const panelWidth = Math.floor((width - (columns - 1) * 16) / columns);
  return (
    <div ref={frame}>
      {layout.color?.legend && <Legend colors={layout.color} />}
      <div className={styles.panels} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {width > 0 &&
          layout.panels.map((panel) => (
            <div key={panel.title ?? ''}>
              {several && <p className={styles.panelTitle}>{panel.title}</p>}
              <Drawing
                label={several ? `${figure.title}: ${panel.title}` : figure.title}
                height={heightOf(figure, layout)}
                draw={() => Plot.plot(panelOptions(figure, layout, panel, panelWidth))}
                of={figure}
                width={panelWidth}
              />
            </div>
          ))}
      </div>
    </div>
  );
}

/** A place for what Plot draws; drawn anew when the figure or the width changes. */
export function Drawing({
  label,
  height,
  draw,
  of,
  width,
}: {
  label: string;
  height: number;
  draw: () => Element;
  of: unknown;
  width: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` and `width` decide what `draw` draws
  useLayoutEffect(() => {
    const drawing = latest.current();
    // The place says what it is; Plot's own labels stand on groups that may have none.
    drawing.setAttribute('aria-hidden', 'true');
    place.current?.replaceChildren(drawing);
  }, [of, width]);
  return <div ref={place} className={styles.plot} role="img" aria-label={label} style={{ minHeight: height }} />;
}
