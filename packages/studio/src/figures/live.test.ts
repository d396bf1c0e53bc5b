import { expect, it } from 'vitest';
import { livePanels } from './live.ts';

it('shares a panel between series of a like size only', () => {
  const points = [
    { trial: 0, series: 'ours', x: 0, y: 0.8 },
    { trial: 0, series: 'base', x: 0, y: 0.5 },
    { trial: 1, series: 'ours', x: 0, y: 0.9 },
    { trial: 0, series: 'loss', x: 0, y: 200 },
  ];
  expect(livePanels(points).map(({ series, points: own }) => [series, own.length])).toEqual([
    [['ours', 'base'], 3],
    [['loss'], 1],
  ]);
});
