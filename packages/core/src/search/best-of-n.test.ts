import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetExceeded, type LanguageModel, Meter, type Reply, simulatedModel } from '../lm/index.ts';
import { bestOfN } from './best-of-n.ts';
import type { Scorer } from './scorer.ts';

const words = ['one', 'one two', 'two', 'three four', 'five', 'six seven eight'];
const replies: Reply[] = words.map((text, i) => ({ text, weight: 1 + (i % 3) }));
const lm = simulatedModel({ reply: () => replies });
const length: Scorer = (items) => items.map(({ response }) => response.length);

describe('bestOfN', () => {
  it('takes the arg max over the very samples, the first of equals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        fc.array(fc.option(fc.integer({ min: -2, max: 2 })), { minLength: words.length, maxLength: words.length }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        async (n, seed, values, failures) => {
          const model = simulatedModel({ reply: () => replies, failures, seed });
          const prompts = ['a', 'b', 'c'];
          const value = (text: string) => values[words.indexOf(text)];
          const outcomes = await bestOfN(model, prompts, (items) => items.map(({ response }) => value(response)), {
            n,
            seed,
          });
          const drawn = await model.generate(prompts, { n, seed });
          expect(outcomes.map(({ samples }) => samples)).toEqual(drawn);
          for (const [i, { best, scores, failed, failure, abstained, usage }] of outcomes.entries()) {
            const expected = drawn[i].map((sample) => (sample.ok ? value(sample.text) : null));
            expect(scores).toEqual(expected);
            const good = expected.filter((score) => score !== null);
            expect(best === null).toBe(good.length === 0);
            if (best !== null) {
              expect(best.score).toBe(Math.max(...good));
              expect(best.at).toBe(expected.indexOf(best.score));
              expect(best.sample).toBe(outcomes[i].samples[best.at]);
            }
            const lost = drawn[i].filter((sample) => !sample.ok);
            expect(failed).toBe(lost.length);
            expect(failure).toEqual(lost[0] ?? null);
            expect(abstained).toBe(n - lost.length - good.length);
            expect(usage).toMatchObject({ samples: n, scored: n - lost.length });
          }
        },
      ),
    );
  });

  it('hands over what a scorer may want to know, in one call', async () => {
    let calls = 0;
    await bestOfN(
      lm,
      ['a', 'b'],
      (items) => {
        calls++;
        expect(items.map(({ prompt, index }) => [prompt, index])).toEqual([
          ['a', 0],
          ['a', 0],
          ['b', 1],
          ['b', 1],
        ]);
        for (const { response, steps, samples, complete } of items) {
          expect(steps).toEqual([response]);
          expect(samples[0].text).toBe(response);
          expect(complete).toBe(samples[0].finish === 'end');
        }
        return Promise.resolve(new Float32Array(items.length));
      },
      { n: 2, seed: 1, maxTokens: 1 },
    );
    expect(calls).toBe(1);
  });

  it('adds up tokens and cost, and says what it does not know', async () => {
    const [{ samples, usage }] = await bestOfN(lm, ['a b'], length, {
      n: 9,
      seed: 1,
      price: { prompt: 2, completion: 8 },
    });
    const completion = samples.reduce((sum, sample) => sum + (sample.ok ? sample.text.split(' ').length : 0), 0);
    expect(usage).toEqual({
      samples: 9,
      promptTokens: 18,
      completionTokens: completion,
      unknown: 0,
      scored: 9,
      cost: expect.closeTo((18 * 2 + completion * 8) / 1e6, 12),
    });
    const silent: LanguageModel = {
      ...lm,
      generate: async (...args) =>
        (await lm.generate(...args)).map((all) => all.map((one) => (one.ok ? { ...one, count: null } : one))),
    };
    const [other] = await bestOfN(silent, ['a b'], length, { n: 3, price: { prompt: 2, completion: 8 } });
    expect(other.usage).toMatchObject({ unknown: 3, completionTokens: 0, cost: null });
  });

  it('tells how far it is', async () => {
    const seen: unknown[] = [];
    await bestOfN(lm, ['a', 'b'], length, { n: 3, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { samples: 6, scored: 0, finished: 0, prompts: 2 },
      { samples: 6, scored: 6, finished: 0, prompts: 2 },
      { samples: 6, scored: 6, finished: 2, prompts: 2 },
    ]);
  });

  it('refuses scorers that give something else than scores', async () => {
    const give = (scores: unknown) => bestOfN(lm, ['a'], () => scores as number[], { n: 2 });
    await expect(give([1])).rejects.toThrow('scorer must give 2 scores, one an item, got 1');
    await expect(give([1, Number.NaN])).rejects.toThrow(
      'scorer must give finite numbers, or null for no score, got NaN for item 1',
    );
    await expect(give([1, undefined])).rejects.toThrow(/got undefined for item 1/);
    await expect(give(7)).rejects.toThrow(new TypeError('scorer must give a list of scores, got number'));
    await expect(bestOfN(lm, ['a'], length, { n: 0 })).rejects.toThrow('n must be a positive whole number, got 0');
  });

  it('ends when aborted, while it draws and while it scores', async () => {
    const stop = new AbortController();
    const waits: Scorer = async (items) => {
      stop.abort(new Error('enough'));
      return items.map(() => 1);
    };
    await expect(bestOfN(lm, ['a'], waits, { n: 2, signal: stop.signal })).rejects.toThrow('enough');
    await expect(bestOfN(lm, ['a'], length, { n: 2, signal: stop.signal })).rejects.toThrow('enough');
  });

  it('lets a spent budget be known', async () => {
    const meter = new Meter({ budget: { requests: 0 } });
    const broke: LanguageModel = {
      ...lm,
      generate: async () => {
        meter.check();
        return [];
      },
    };
    await expect(bestOfN(broke, ['a'], length, { n: 2 })).rejects.toThrow(BudgetExceeded);
  });
});
