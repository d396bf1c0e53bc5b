import type { LivePoint } from '../runs/progress.ts';

export interface LivePanel {
  series: string[];
  points: LivePoint[];
}

/** Series of a like size share a panel, so that arms can be compared; a loss and an accuracy get one each. */
export function livePanels(points: readonly LivePoint[]): LivePanel[] {
  const bySeries = Map.groupBy(points, ({ series }) => series);
  const panels: (LivePanel & { size: number })[] = [];
  for (const [series, own] of bySeries) {
    const size = own.reduce((most, { y }) => Math.max(most, Math.abs(y)), 0);
    const like = panels.find((panel) => alike(panel.size, size) && panel.series.length < 8);
    if (like) {
      like.series.push(series);
      like.points.push(...own);
      like.size = Math.max(like.size, size);
    } else {
      panels.push({ series: [series], points: [...own], size });
    }
  }
  return panels.slice(0, 6).map(({ series, points: own }) => ({ series, points: own }));
}

function alike(a: number, b: number): boolean {
  return Math.max(a, b) <= 8 * Math.min(a, b);
}
