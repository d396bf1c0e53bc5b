import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { monteCarloLabels, stepLabel } from './step-labels.ts';

describe('monteCarloLabels', () => {
  const complete = (prefixes: readonly number[], n: number) =>
    prefixes.map((right) => Array.from({ length: n }, (_, i) => i < right));
  const isCorrect = (completion: boolean) => completion;

  it('counts right completions of each prefix', async () => {
    expect(await monteCarloLabels([0, 1, 4], { completions: 4, complete, isCorrect })).toEqual([
      { soft: 0, hard: 0, correct: 0, count: 4 },
      { soft: 0.25, hard: 1, correct: 1, count: 4 },
      { soft: 1, hard: 1, correct: 4, count: 4 },
    ]);
  });

  it('asks for batches, and checks each completion with its own prefix', async () => {
    const sizes: number[] = [];
    const labels = await monteCarloLabels([1, 2, 3, 4, 5], {
      completions: 3,
      batch: 2,
      complete: async (prefixes, n) => {
        sizes.push(prefixes.length);
        return prefixes.map((prefix) => Array.from({ length: n }, (_, i) => prefix + i));
      },
      isCorrect: (completion, prefix) => completion === prefix + 1,
    });
    expect(sizes).toEqual([2, 2, 1]);
    expect(labels.map(({ soft }) => soft)).toEqual([1, 1, 1, 1, 1].map((x) => x / 3));
    expect(await monteCarloLabels([], { completions: 3, complete, isCorrect })).toEqual([]);
  });

  it('has soft labels that are unbiased, and hard ones that are not', async () => {
    const rng = new Random(2, 'labels');
    const labels = await monteCarloLabels(
      Array.from({ length: 4000 }, () => 0.3),
      {
        completions: 4,
        complete: (prefixes, n) => prefixes.map((q) => Array.from({ length: n }, () => rng.bool(q))),
        isCorrect,
      },
    );
    const mean = (values: (number | null)[]) => values.reduce<number>((sum, v) => sum + (v ?? 0), 0) / values.length;
    expect(Math.abs(mean(labels.map(({ soft }) => soft)) - 0.3)).toBeLessThan(0.015); // four standard errors
    expect(Math.abs(mean(labels.map(({ hard }) => hard)) - (1 - 0.7 ** 4))).toBeLessThan(0.03);
  });

  it('takes what is missing for missing', async () => {
    const labels = await monteCarloLabels([1, 2], {
      completions: 3,
      complete: () => [[], [true, false]],
      isCorrect,
    });
    expect(labels).toEqual([
      { soft: null, hard: null, correct: 0, count: 0 },
      { soft: 0.5, hard: 1, correct: 1, count: 2 },
    ]);
  });

  it('names what does not fit', async () => {
    const options = { completions: 2, complete, isCorrect };
    await expect(monteCarloLabels([1], { ...options, complete: () => [] })).rejects.toThrow('answer 1 prefixes, got 0');
    await expect(monteCarloLabels([1], { ...options, complete: () => [[true, true, true]] })).rejects.toThrow(
      'at most 2 completions a prefix, got 3',
    );
    await expect(monteCarloLabels([1], { ...options, completions: 0 })).rejects.toThrow(
      'completions must be a positive',
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(monteCarloLabels([1], { ...options, signal })).rejects.toThrow('enough');
    expect(() => stepLabel(3, 2)).toThrow('correct must be a whole number from 0 to 2, got 3');
    expect(() => stepLabel(0, -1)).toThrow('count must be a whole number from 0, got -1');
  });
});
