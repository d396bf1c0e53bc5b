import * as Plot from '@observablehq/plot';
import { useDeferredValue, useMemo } from 'react';
import type { LivePoint } from '../runs/progress.ts';
import { defaults } from './defaults.ts';
import styles from './figures.module.css';
import { formatNumber } from './format.ts';
import { Legend } from './Legend.tsx';
import { livePanels } from './live.ts';
import { Drawing } from './PlotView.tsx';
import { useWidth } from './use-width.ts';

/** Curves while trials run: one line a trial, one colour a series. */
export default function LiveView({ points }: { points: readonly LivePoint[] }) {
  const [frame, width] = useWidth();
  const shown = useDeferredValue(points);
  const panels = useMemo(() => livePanels(shown), [shown]);
  const columns = panels.length > 1 && width >= 2 * defaults.panelMinWidth ? 2 : 1;
  const panelWidth = Math.floor((width - (columns - 1) * 16) / columns);
  return (
    <div ref={frame}>
      <div className={styles.panels} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {width > 0 &&
          panels.map(({ series, points: own }) => (
            <div key={series.join(' ')}>
              {series.length > 1 ? (
                <Legend colors={{ label: null, scheme: 'categorical', domain: series, legend: true }} />
              ) : (
                <p className={styles.panelTitle}>{series[0]}</p>
              )}
              <Drawing
                label={`Live curve: ${series.join(', ')}`}
                height={defaults.panelHeight}
                of={own}
                width={panelWidth}
                draw={() =>
                  Plot.plot({
                    width: panelWidth,
                    height: defaults.panelHeight,
                    marginTop: defaults.marginTop,
                    marginLeft: defaults.marginLeft,
                    marginRight: defaults.marginRight,
                    style: {
                      fontFamily: defaults.fontFamily,
                      fontSize: `${defaults.fontSize}px`,
                      background: 'none',
                      overflow: 'visible',
                    },
                    x: { label: null, ticks: 5, tickFormat: (value: number) => formatNumber(value) },
                    y: {
                      label: null,
                      ticks: 5,
                      nice: true,
                      grid: true,
                      tickFormat: (value: number) => formatNumber(value),
                    },
                    color: { domain: series, range: series.map((_, i) => defaults.series[i % defaults.series.length]) },
                    marks: [
                      Plot.line(own, {
                        x: 'x',
                        y: 'y',
                        z: (point: LivePoint) => `${point.trial} ${point.series}`,
                        stroke: 'series',
                        strokeOpacity: 0.75,
                        strokeWidth: 1.3,
                      }),
                    ],
                  })
                }
              />
            </div>
          ))}
      </div>
    </div>
  );
}
