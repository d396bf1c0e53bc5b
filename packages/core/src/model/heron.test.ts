import { describe, expect, it } from 'vitest';
import { intersection, swingUp } from '../env/index.ts';
import type { Signal } from '../reward/index.ts';
import { type HeronOptions, heron, type Signals } from './heron.ts';

const tree = (factors: readonly number[]): Signal<Signals>[] =>
  ['queue', 'wait', 'switches'].map((name, l) => ({
    name,
    value: (z) => factors[l] * z[l],
    direction: 'min',
    margin: { std: 0.5 },
  }));
const options = { env: intersection, seed: 1, steps: 2048, envs: 16, horizon: 64, batches: 4, batch: 16 };

function run(more: Partial<HeronOptions>) {
  const result = heron({ ...options, hierarchy: tree([1, 1, 1]), ...more });
  const params = result.agent.network.parameters();
  result.dispose();
  return { ...result, params };
}

describe('heron', () => {
  it('reports how the comparisons went', () => {
    const { reports, comparator, signals } = run({});
    expect(reports).toHaveLength(2);
    for (const { levelUsage, heldOutAccuracy } of reports) {
      expect(levelUsage).toHaveLength(4);
      expect(levelUsage.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(heldOutAccuracy).toBeGreaterThanOrEqual(0);
      expect(heldOutAccuracy).toBeLessThanOrEqual(1);
    }
    expect(comparator.margins.every((margin) => margin > 0)).toBe(true);
    expect(signals).toHaveLength(2048);
  });

  it('does not change by a bit when signals are rescaled', () => {
    const rescaled = run({ hierarchy: tree([0.01, 100, 3]) });
    expect(rescaled.params).toEqual(run({}).params);
  });

  it('learns a reward that follows the top signal', () => {
    const { reports } = run({ steps: 6144, batches: 32, batch: 64 });
    expect(reports[reports.length - 1].heldOutAccuracy).toBeGreaterThan(0.75);
  });

  it('forgets what does not fit into the buffer, and takes continuous actions', () => {
    const { signals } = run({ env: swingUp, hierarchy: tree([1, 1, 1]), buffer: 1500 });
    expect(signals).toHaveLength(1500);
    expect(signals[0]).toHaveLength(3);
  });

  it('says what is wrong', () => {
    expect(() => run({ batch: 1 })).toThrow(/batch must be a whole number from 2, got 1/);
    expect(() => run({ hierarchy: [] })).toThrow(/signals must not be empty/);
  });
});
