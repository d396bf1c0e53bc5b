import { Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { chainBase, modelOf } from './base.ts';
import { chainTask, demonstrations, familyOf, heldOutProblems, trainProblems } from './task.ts';

describe('the shared task', () => {
  it('keeps what is trained on and what is held out apart', () => {
    const task = chainTask.parse({ operations: 2 });
    const seen = new Set(trainProblems(task, 400, new Random(0, 'train')).map(({ id }) => id));
    for (const { id } of heldOutProblems(task, 'test', 50, new Random(0, 'test'))) expect(seen.has(id)).toBe(false);
  });

  it('demonstrates with the slips that it was asked for', () => {
    const task = chainTask.parse({ slip: 0.3, fix: 0.5 });
    const family = familyOf(task);
    const texts = demonstrations(task, 100, new Random(0, 'demonstrations')).map(({ response }) =>
      family.tokenizer.decode(Int32Array.from(response).subarray(0, -1)),
    );
    expect(texts.some((text) => text.includes('!'))).toBe(true);
    const plain = demonstrations(chainTask.parse({}), 20, new Random(0, 'demonstrations'));
    expect(plain.every(({ response }) => response.length === 27)).toBe(true);
  });
});

describe('chainBase', () => {
  it('stops near the accuracy it was asked for, the same every time', async () => {
    const params = chainBase.params.parse({ task: { operations: 2, room: 16 }, width: 16, accuracy: 0.3, seed: 3 });
    const seen: number[] = [];
    const context = {
      signal: new AbortController().signal,
      progress: (fraction: number) => seen.push(fraction),
      point: () => {},
      artifact: () => Promise.reject(new Error('needs nothing')),
    };
    const base = await chainBase.build(params, context);
    const again = await chainBase.build(params, context);
    expect(again).toEqual(base);
    const { accuracy } = base as { accuracy: number };
    expect(Math.abs(accuracy - 0.3)).toBeLessThanOrEqual(0.05);
    expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    const gpt = modelOf(base as Parameters<typeof modelOf>[0]);
    gpt.parameters.fill(0);
    expect((base as { parameters: Float32Array }).parameters.some((x) => x !== 0)).toBe(true);
    expect(chainBase.figures(base, params).map(({ id }) => id)).toEqual(['base', 'base-curve']);
  });
});
