import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Prompt } from './language-model.ts';
import { checkPairs, checkPrompts, cutAtStop, isPrefilled, sampleSeed, samplingOf } from './sampling.ts';

describe('samplingOf', () => {
  it('fills in the defaults', () => {
    expect(samplingOf()).toEqual({
      n: 1,
      maxTokens: 1024,
      temperature: 1,
      topP: 1,
      stop: [],
      seed: null,
      logProbs: null,
    });
  });

  it.each([
    [{ n: 0 }, /n must be a positive whole number, got 0/],
    [{ maxTokens: 1.5 }, /maxTokens must be a positive whole number, got 1.5/],
    [{ temperature: -1 }, /temperature must be at least 0 and finite, got -1/],
    [{ temperature: Number.NaN }, /temperature/],
    [{ topP: 0 }, /topP must lie in \(0, 1\], got 0/],
    [{ stop: ['a', ''] }, /stop must not hold an empty string/],
    [{ seed: 0.5 }, /seed must be a whole number, got 0.5/],
    [{ logProbs: -1 }, /logProbs must be a whole number of at least 0, got -1/],
  ])('refuses %j', (options, message) => {
    expect(() => samplingOf(options)).toThrow(message);
  });
});

describe('checks of prompts', () => {
  it('name the place', () => {
    const none: Prompt = [];
    expect(() => checkPrompts(['fine', none])).toThrow(/prompts\[1\] must hold at least one message/);
    const wrong: Prompt = JSON.parse('[{ "role": "tool", "content": "" }]');
    expect(() => checkPrompts([wrong])).toThrow(
      /prompts\[0\]\[0\].role must be one of system, user, assistant, got tool/,
    );
    expect(() => checkPairs([{ prompt: 'a', continuation: '' }])).toThrow(/pairs\[0\].continuation must not be empty/);
  });

  it('know a message that was begun', () => {
    expect(isPrefilled('text')).toBe(false);
    expect(isPrefilled([{ role: 'user', content: 'q' }])).toBe(false);
    expect(isPrefilled([{ role: 'assistant', content: 'The' }])).toBe(true);
  });
});

describe('sampleSeed', () => {
  it('gives each sample a seed of its own that servers take', () => {
    const seeds = new Set<number>();
    for (let prompt = 0; prompt < 50; prompt++) {
      for (let sample = 0; sample < 50; sample++) {
        const seed = sampleSeed(7, prompt, sample);
        expect(seed >= 0 && seed < 2 ** 31 && Number.isInteger(seed)).toBe(true);
        seeds.add(seed);
      }
    }
    expect(seeds.size).toBeGreaterThan(2490);
  });
});

describe('cutAtStop', () => {
  it('cuts before the first stop string, as a search from every position does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '\n') }),
        fc.array(word, { maxLength: 3 }),
        (text, stop) => {
          const { text: head, stopString } = cutAtStop(text, stop);
          let at = 0;
          while (at < text.length && !stop.some((s) => text.startsWith(s, at))) at++;
          expect(head).toBe(text.slice(0, at));
          const here = stop.filter((s) => text.startsWith(s, at)).sort((a, b) => b.length - a.length);
          expect(stopString).toBe(here[0] ?? null);
        },
      ),
    );
  });
});
