import type { RunEvent } from '@laurel/core/paper';
import { describe, expect, it } from 'vitest';
import { advance, countTrials, fractionOf, isOver, notStarted, POINT_LIMIT } from './progress.ts';

const planned: RunEvent = {
  type: 'planned',
  trials: [
    { label: 'a', seed: 0 },
    { label: 'b', seed: 1 },
  ],
  artifacts: ['base', 'base'],
};
const report = { claims: {}, figures: [], trials: 2, failures: [], artifacts: [] };

describe('advance', () => {
  it('follows a run from its plan to its summary', () => {
    let state = advance(notStarted, [planned]);
    expect(state).toMatchObject({ phase: 'running', trials: [{ state: 'waiting' }, { state: 'waiting' }] });
    state = advance(state, [
      { type: 'artifact', name: 'base', state: 'building', fraction: 0.5, note: 'half' },
      { type: 'artifact', name: 'base', state: 'built' },
      { type: 'artifact', name: 'base', state: 'cached' },
      { type: 'started', trial: 0 },
      { type: 'progress', trial: 0, fraction: 0.5, note: 'episode 5' },
      { type: 'failed', trial: 1, error: 'diverged' },
    ]);
    expect(state.artifacts.map((artifact) => artifact.state)).toEqual(['built', 'cached']);
    expect(state.trials[0]).toMatchObject({ state: 'running', fraction: 0.5, note: 'episode 5' });
    expect(countTrials(state)).toEqual({ waiting: 0, running: 1, finished: 0, failed: 1 });
    expect(fractionOf(state)).toBe((1 + 1 + 0.5 + 1) / 4);
    state = advance(state, [
      { type: 'finished', trial: 0, cached: true, milliseconds: 3 },
      { type: 'summary', report },
    ]);
    expect(state).toMatchObject({ phase: 'done', report, trials: [{ cached: true }, { error: 'diverged' }] });
    expect(isOver(state)).toBe(true);
    expect(fractionOf(state)).toBe(1);
  });

  it('leaves the state before it as it was', () => {
    const before = advance(notStarted, [planned]);
    advance(before, [{ type: 'started', trial: 0 }]);
    expect(before.trials[0].state).toBe('waiting');
  });

  it('starts afresh when a server tells the story again', () => {
    const once = advance(notStarted, [
      planned,
      { type: 'point', trial: 0, series: 's', x: 0, y: 1 },
      { type: 'finished', trial: 0, cached: false, milliseconds: 1 },
    ]);
    expect(advance(once, [planned])).toEqual(advance(notStarted, [planned]));
  });

  it('ignores trials and artifacts that no plan named', () => {
    const state = advance(notStarted, [
      { type: 'finished', trial: 7, cached: false, milliseconds: 1 },
      { type: 'artifact', name: 'other', state: 'built' },
    ]);
    expect(state.trials).toEqual([]);
    expect(state.artifacts).toEqual([]);
  });

  it('thins long curves and keeps their latest points', () => {
    const points: RunEvent[] = Array.from({ length: 3 * POINT_LIMIT }, (_, x) => ({
      type: 'point',
      trial: x % 2,
      series: 'reward',
      x,
      y: x,
    }));
    const { points: kept } = advance(notStarted, [planned, ...points]);
    expect(kept.length).toBeLessThanOrEqual(POINT_LIMIT);
    expect(kept.slice(-2).map(({ x }) => x)).toEqual([3 * POINT_LIMIT - 2, 3 * POINT_LIMIT - 1]);
  });

  it.each([
    [{ type: 'cancelled' }, 'cancelled'],
    [{ type: 'error', error: 'no such experiment' }, 'failed'],
  ] as const)('ends with %o', (event, phase) => {
    const state = advance(notStarted, [planned, { type: 'started', trial: 0 }, event]);
    expect(state.phase).toBe(phase);
    expect(countTrials(state).running).toBe(0);
  });
});
