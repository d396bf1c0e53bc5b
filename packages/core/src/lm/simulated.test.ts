import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Generated, Generation, Likelihood, Scored } from './language-model.ts';
import { type Reply, ReplyTree, wordTokens } from './reply-tree.ts';
import { simulatedModel } from './simulated.ts';

function ok<T extends Generation | Scored>(item: T): Extract<T, Generated | Likelihood> {
  if (!item.ok) throw new Error(item.reason);
  return item as Extract<T, Generated | Likelihood>;
}

const replies: Reply[] = [
  { text: 'yes', weight: 5 },
  { text: 'yes indeed', weight: 1 },
  { text: 'no', weight: 2 },
];
const model = simulatedModel({ reply: () => replies });

describe('ReplyTree', () => {
  it('agrees with brute force over all replies', () => {
    const reply = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 6 }),
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(reply, { minLength: 1, maxLength: 8 }), (list) => {
        const tree = new ReplyTree(list);
        const total = list.reduce((sum, { weight }) => sum + weight, 0);
        for (const { text } of list) {
          const tokens = wordTokens(text);
          expect(tokens.join('')).toBe(text);
          const logProb = tree.logProbs(tokens)?.reduce((sum, x) => sum + x, 0) ?? Number.NaN;
          const starts = list.filter((other) => tokens.every((token, i) => wordTokens(other.text)[i] === token));
          const expected = starts.reduce((sum, { weight }) => sum + weight, 0) / total;
          expect(Math.exp(logProb)).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  it('refuses what is no distribution', () => {
    expect(() => new ReplyTree([])).toThrow(/at least one reply/);
    expect(() => new ReplyTree([{ text: 'a', weight: 0 }])).toThrow(
      /weight must be positive and finite, got 0 for "a"/,
    );
  });
});

describe('simulatedModel', () => {
  it('samples in proportion to the weights', async () => {
    const [samples] = await model.generate(['?'], { n: 8000, seed: 3 });
    const share = (text: string) => samples.filter((sample) => ok(sample).text === text).length / samples.length;
    expect(share('yes')).toBeCloseTo(5 / 8, 1);
    expect(share('yes indeed')).toBeCloseTo(1 / 8, 1);
    expect(share('no')).toBeCloseTo(2 / 8, 1);
  });

  it('applies temperature and top-p to each token', async () => {
    const draws = async (temperature: number, topP: number) => {
      const [samples] = await model.generate(['?'], { n: 4000, seed: 3, temperature, topP });
      return samples.filter((sample) => ok(sample).text.startsWith('yes')).length / samples.length;
    };
    // p(yes) = 3/4: squared odds at temperature 1/2.
    expect(await draws(0.5, 1)).toBeCloseTo(0.9, 1);
    expect(await draws(1, 0.7)).toBe(1);
    expect(await draws(0, 1)).toBe(1);
    expect(await draws(1e-4, 1)).toBe(1);
  });

  it('is a function of prompt and seed, and sample j does not depend on how many are asked for', async () => {
    const options = { n: 5, seed: 11 };
    const prompts = ['one', 'two', 'two'];
    const first = await model.generate(prompts, options);
    expect(await model.generate(prompts, options)).toEqual(first);
    const more = await model.generate(prompts, { ...options, n: 40 });
    expect(more.map((samples) => samples.slice(0, 5))).toEqual(first);
    expect(more[1]).not.toEqual(more[2]);
    expect(await model.generate(prompts, { ...options, seed: 12 })).not.toEqual(first);
  });

  it('scores what it generates as it reports it', async () => {
    const [samples] = await model.generate(['?'], { n: 20, seed: 5, logProbs: 2 });
    for (const sample of samples.map(ok)) {
      const [scored] = await model.score([{ prompt: '?', continuation: sample.text }]);
      const reported = (sample.tokens ?? []).map(({ logProb }) => logProb);
      expect(ok(scored).tokens.map(({ logProb }) => logProb)).toEqual(reported);
      expect(sample.tokens?.[0].top).toEqual([
        { token: 'yes', logProb: Math.log(0.75) },
        { token: 'no', logProb: Math.log(0.25) },
      ]);
    }
    expect(await model.score([{ prompt: '?', continuation: 'maybe' }])).toMatchObject([
      { ok: false, kind: 'unsupported', reason: expect.stringContaining('never says "maybe"') },
    ]);
  });

  it('ends where it is told to', async () => {
    const lm = simulatedModel({ reply: () => 'one two\nthree four' });
    const finish = async (options: object) => {
      const [[sample]] = await lm.generate(['?'], options);
      const { text, finish, stopString } = ok(sample);
      return { text, finish, stopString };
    };
    expect(await finish({})).toEqual({ text: 'one two\nthree four', finish: 'end', stopString: null });
    expect(await finish({ stop: ['\n'] })).toEqual({ text: 'one two', finish: 'stop', stopString: '\n' });
    expect(await finish({ maxTokens: 3 })).toEqual({ text: 'one two\nthree', finish: 'length', stopString: null });
  });

  it('errs in the same way each time it is asked, as often as its noise says', async () => {
    const noisy = simulatedModel({
      reply: () => [
        { text: 'A', weight: Math.E },
        { text: 'B', weight: 1 },
      ],
      noise: 1,
      seed: 4,
    });
    const prompts = Array.from({ length: 2000 }, (_, i) => `pair ${i}`);
    const verdicts = (await noisy.generate(prompts, { temperature: 0 })).map(([sample]) => ok(sample).text);
    expect((await noisy.generate(prompts, { temperature: 0 })).map(([sample]) => ok(sample).text)).toEqual(verdicts);
    // P(1 + e_A - e_B > 0) with e_A - e_B ~ N(0, 2) is the normal distribution function at 1 / sqrt 2.
    expect(verdicts.filter((text) => text === 'A').length / prompts.length).toBeCloseTo(0.76, 1);
  });

  it('fails now and then when told to, with a reason', async () => {
    const lm = simulatedModel({ reply: () => 'fine', failures: 0.25, seed: 1 });
    const samples = (await lm.generate(['?'], { n: 2000 })).flat();
    const failed = samples.filter((sample) => !sample.ok);
    expect(failed.length / samples.length).toBeCloseTo(0.25, 1);
    expect(failed[0]).toMatchObject({ kind: 'unavailable' });
    await expect(lm.generate(['?'], {}, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
