import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { ablationTable, viewAblation } from './view-ablation.ts';

describe('ablationTable', () => {
  const options = { reference: 'full', margin: 0.05 } as const;

  it('tells equal, worse, better and unclear apart', () => {
    const full = [0.6, 0.62, 0.58, 0.61];
    const rows = ablationTable(
      {
        full,
        same: full.map((x, i) => x + (i % 2 === 0 ? 0.01 : -0.01)),
        worse: full.map((x, i) => x - 0.2 - i / 100),
        better: full.map((x) => x + 0.1),
        noisy: full.map((x, i) => x + (i % 2 === 0 ? 0.2 : -0.2)),
      },
      options,
    );
    expect(rows.map(({ verdict }) => verdict)).toEqual(['equivalent', 'equivalent', 'worse', 'better', 'unclear']);
    expect(rows[0].difference).toMatchObject({ value: 0, lo: 0, hi: 0 });
    expect(rows[3].difference.value).toBeCloseTo(0.1, 12);
    // Not significant, and yet no equivalence.
    expect(rows[4].difference.value).toBeCloseTo(0, 12);
  });

  it('decides nothing by one seed, and names what cannot be', () => {
    const rows = ablationTable({ full: [0.5], other: [0.1] }, options);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['unclear', 'unclear']);
    expect(() => ablationTable({ full: [1, 2], other: [1] }, options)).toThrow('paired');
    expect(() => ablationTable({ other: [1] }, { reference: 'full' as 'other', margin: 1 })).toThrow(
      'reference must be one of the views (other), got full',
    );
    expect(() => ablationTable({ full: [1] }, { ...options, margin: 0 })).toThrow('margin must be positive');
  });
});

describe('viewAblation', () => {
  it('finds the field that matters, and is silent about one that does not', async () => {
    // A label that is the sign of `a`; `b` is noise. The scorer is the mean of what it sees, weighted by what it learned.
    type Item = { a: number; b: number };
    const draw = (seed: number, what: string) => {
      const rng = new Random(seed, what);
      return Array.from({ length: 300 }, (): Item => ({ a: rng.normal(), b: rng.normal() }));
    };
    const views = {
      both: ({ a, b }: Item) => [a, b],
      withoutNoise: ({ a }: Item) => [a, 0],
      withoutSignal: ({ b }: Item) => [0, b],
    };
    const rows = await viewAblation({
      views,
      reference: 'both',
      margin: 0.05,
      seeds: 4,
      train: (view, seed) => {
        const weights = [0, 0];
        for (const item of draw(seed, 'train')) {
          view(item).forEach((x, i) => {
            weights[i] += Math.sign(item.a) * x;
          });
        }
        return weights;
      },
      evaluate: (weights, view, seed) => {
        const items = draw(seed, 'test');
        const score = (item: Item) => view(item).reduce((sum, x, i) => sum + weights[i] * x, 0);
        return items.filter((item) => score(item) > 0 === item.a > 0).length / items.length;
      },
    });
    expect(rows.map(({ view, verdict }) => `${view} ${verdict}`)).toEqual([
      'both equivalent',
      'withoutNoise equivalent',
      'withoutSignal worse',
    ]);
  });

  it('checks before it trains', async () => {
    let trained = 0;
    const options = {
      views: { full: 0, half: 1 },
      reference: 'full' as const,
      margin: 0.1,
      seeds: 2,
      train: () => ++trained,
      evaluate: () => 1,
    };
    await expect(viewAblation({ ...options, reference: 'none' as 'full' })).rejects.toThrow('reference must be');
    await expect(viewAblation({ ...options, seeds: 0 })).rejects.toThrow('seeds must be');
    await expect(viewAblation({ ...options, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(trained).toBe(0);
    await expect(viewAblation({ ...options, evaluate: () => Number.NaN })).rejects.toThrow('for full, seed 0');
  });
});
