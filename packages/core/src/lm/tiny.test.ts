import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../env/index.ts';
import { Gpt, sampleGpt } from '../nn/index.ts';
import { Random } from '../stats/index.ts';
import type { Failure, Generated, GenerateOptions, HiddenStates, Likelihood, TokenLogProb } from './language-model.ts';
import { cutAtStop, sampleSeed } from './sampling.ts';
import { tinyModel } from './tiny.ts';

function ok<T extends Generated | Likelihood | HiddenStates>(item: T | Failure): T {
  if (!item.ok) throw new Error(item.reason);
  return item;
}

const characters = createTokenizer([...'012+=? ', 'chk', 'no']);
const words = createTokenizer(['go', 'take', 'mug', 'box', '.'], 'word');
const context = 24;

/** A model whose next token depends on what came before, and that ends now and then. */
function modelOf(tokenizer: typeof characters, outputs: string[] = []) {
  const shape = { vocabulary: tokenizer.size, context, width: 16, layers: 2, heads: 2, outputs };
  const gpt = new Gpt(shape, new Random(3, 'weights'));
  for (let i = 0; i < gpt.parameters.length; i++) gpt.parameters[i] *= 2;
  return { tokenizer, gpt, lm: tinyModel({ gpt, tokenizer }) };
}

const byCharacter = modelOf(characters);
const byWord = modelOf(words);
const judging = modelOf(characters, ['value']);

const levels: [string, ReturnType<typeof modelOf>, string[]][] = [
  ['character', byCharacter, ['1+2=?', '0', 'chk no\n', '1 ']],
  ['character, with outputs', judging, ['1+2=?', '\n']],
  ['word', byWord, ['go', 'take mug ', 'go box\n', 'go  take\n .']],
];

/** The text of tokens, without the space that the prompt ends in already. */
function shown(prompt: string, tokens: readonly TokenLogProb[]): string[] {
  return tokens.map(({ token }, t) => (t === 0 && prompt.endsWith(' ') ? token.replace(/^ (?=.)/, '') : token));
}

describe('tinyModel', () => {
  it.each(levels)('goes on where the prompt ends, at %s level', async (_, { gpt, tokenizer, lm }, prompts) => {
    const groups = await lm.generate(prompts, { n: 300, maxTokens: 12, seed: 5, logProbs: 0 });
    const drawn = sampleGpt(
      gpt,
      prompts.map((prompt) => tokenizer.encode(prompt)),
      { n: 300, maxTokens: 12, stop: [tokenizer.eos], random: (i, j) => new Random(sampleSeed(5, i, j), 'tokens') },
    );
    const finishes = new Set<string>();
    groups.forEach((group, i) => {
      const prompt = [...tokenizer.encode(prompts[i])];
      group.map(ok).forEach(({ text, finish, tokens, count }, j) => {
        const { tokens: all, logProbs, ended } = drawn[i][j];
        const written = [...(ended ? all.subarray(0, -1) : all)];
        expect([...tokenizer.encode(prompts[i] + text)]).toEqual([...prompt, ...written]);
        expect(shown(prompts[i], tokens!).join('')).toBe(text);
        expect(tokens?.map(({ logProb }) => logProb)).toEqual([...logProbs.subarray(0, written.length)]);
        expect(finish).toBe(ended ? 'end' : 'length');
        expect(count).toEqual({ prompt: prompt.length, completion: all.length });
        finishes.add(finish);
      });
    });
    expect(finishes).toEqual(new Set(['end', 'length']));
  });

  it.each(levels)('stops at strings wherever tokens begin, at %s level', async (_, { lm }, prompts) => {
    const free = await lm.generate(prompts, { n: 40, maxTokens: 12, seed: 7, logProbs: 0 });
    const alphabet = [...new Set(free.flat().flatMap((sample) => [...ok(sample).text]))];
    const some = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 3 });
    let stops = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 3 }), async (stop) => {
        const stopped = await lm.generate(prompts, { n: 40, maxTokens: 12, seed: 7, logProbs: 0, stop });
        stopped.forEach((group, i) => {
          group.map(ok).forEach((sample, j) => {
            const whole = ok(free[i][j]);
            const expected = cutAtStop(whole.text, stop);
            expect({ text: sample.text, stopString: sample.stopString }).toEqual(expected);
            if (sample.stopString === null) {
              expect(sample).toEqual(whole);
              return;
            }
            stops++;
            expect(sample.finish).toBe('stop');
            const pieces = shown(prompts[i], sample.tokens!);
            expect(pieces).toEqual(shown(prompts[i], whole.tokens!).slice(0, pieces.length));
            expect(sample.count!.completion).toBe(pieces.length);
            // It took no token more than it had to.
            expect(cutAtStop(pieces.slice(0, -1).join(''), stop).stopString).toBe(null);
          });
        });
      }),
      { numRuns: 30 },
    );
    expect(stops).toBeGreaterThan(100);
  });

  it('is a function of prompt and seed, and sample j does not depend on how many are asked for', async () => {
    const { lm } = byCharacter;
    const options: GenerateOptions = { n: 3, maxTokens: 8, seed: 1 };
    const prompts = Array.from({ length: 150 }, (_, i) => (i % 2 === 0 ? '1+1=?' : `${i % 3}`));
    const first = await lm.generate(prompts, options);
    expect(await lm.generate(prompts, options)).toEqual(first);
    const more = await lm.generate(prompts, { ...options, n: 60 });
    expect(more.map((group) => group.slice(0, 3))).toEqual(first);
    expect(more[0]).not.toEqual(more[2]);
    expect(await lm.generate(prompts, { ...options, seed: 2 })).not.toEqual(first);
    expect(await lm.generate(['0'], { n: 9 })).toEqual(await lm.generate(['0'], { n: 9, seed: 0 }));
    const other = tinyModel({ ...byCharacter, seed: 4 });
    expect(await other.generate(['0'], { n: 9 })).toEqual(await lm.generate(['0'], { n: 9, seed: 4 }));
  });

  it.each([byCharacter, judging])('fills the context and no more', async ({ lm, tokenizer }) => {
    const prompts = ['1', '1+1=?1+1=?1+1=?', '0'.repeat(context)];
    const groups = await lm.generate(prompts, { n: 200, seed: 2, logProbs: 1 });
    groups.forEach((group, i) => {
      const room = context + 1 - prompts[i].length;
      const longest = Math.max(...group.map((sample) => ok(sample).count!.completion));
      expect(longest).toBe(room);
      for (const sample of group.map(ok)) expect(sample.finish === 'length').toBe(sample.tokens!.length === room);
    });
    const over = await lm.generate(['0', '0'.repeat(context + 1)], { n: 2 });
    expect(over[0].every(({ ok }) => ok)).toBe(true);
    const refused = {
      ok: false,
      kind: 'refused',
      reason: 'the prompt must have at most 24 tokens to fit the context, got 25',
    };
    expect(over[1]).toEqual([refused, refused]);
    expect(tokenizer.encode(prompts[1])).toHaveLength(15);
  });

  it('takes the likeliest token at temperature 0, and tells what else there was', async () => {
    for (const { lm, tokenizer } of [byCharacter, byWord]) {
      const prompt = tokenizer === words ? 'take mug ' : '1+2=?';
      const samples = await lm.generate([prompt], { n: 20, maxTokens: 6, seed: 1, logProbs: tokenizer.size });
      for (const { tokens } of samples[0].map(ok)) {
        for (const { token, logProb, top } of tokens!) {
          expect(top).toHaveLength(tokenizer.size);
          expect(top.reduce((sum, each) => sum + Math.exp(each.logProb), 0)).toBeCloseTo(1, 5);
          expect(top.map((each) => each.logProb)).toEqual(top.map((each) => each.logProb).sort((a, b) => b - a));
          expect(top.find((each) => each.token === token)?.logProb).toBeCloseTo(logProb, 4);
        }
      }
      const [[greedy]] = await lm.generate([prompt], { maxTokens: 6, temperature: 0, logProbs: 2 });
      expect(ok(greedy).tokens!.length).toBeGreaterThan(0);
      for (const { token, top } of ok(greedy).tokens!) {
        expect(top).toHaveLength(2);
        expect(top[0].token).toBe(token);
      }
    }
  });

  it.each(levels)('scores what it generates as it reports it, at %s level', async (_, { lm }, prompts) => {
    const groups = await lm.generate(prompts, { n: 100, maxTokens: 9, seed: 5, logProbs: 0 });
    const samples = groups.flatMap((group, i) => group.map((sample) => ({ ...ok(sample), prompt: prompts[i] })));
    const written = samples.filter(({ text }) => text !== '');
    const scored = await lm.score(written.map(({ prompt, text }) => ({ prompt, continuation: text })));
    scored.map(ok).forEach(({ tokens, logProb }, i) => {
      expect(tokens.map(({ token }) => token)).toEqual(written[i].tokens!.map(({ token }) => token));
      tokens.forEach((token, t) => {
        expect(token.logProb).toBeCloseTo(written[i].tokens![t].logProb, 4);
      });
      expect(logProb).toBeCloseTo(
        tokens.reduce((sum, token) => sum + token.logProb, 0),
        9,
      );
    });
  });

  it('gives all continuations together the probability 1', async () => {
    const { lm, tokenizer } = byCharacter;
    const next = [...tokenizer.tokens];
    const pairs = next.flatMap((a) => next.map((b) => ({ prompt: '1+2=?', continuation: a + b })));
    const scored = await lm.score(pairs);
    expect(scored.reduce((sum, each) => sum + Math.exp(ok(each).logProb), 0)).toBeCloseTo(1, 5);
  });

  it('scores up to the end of the context, and the end of the sequence too', async () => {
    const { lm, gpt, tokenizer } = byCharacter;
    const [full, over, ended] = await lm.score([
      { prompt: '0'.repeat(context), continuation: '1' },
      { prompt: '0'.repeat(context), continuation: '12' },
      { prompt: '1+2=?', continuation: '0<eos>' },
    ]);
    expect(ok(full).tokens).toHaveLength(1);
    expect(over).toMatchObject({ ok: false, kind: 'refused', reason: expect.stringContaining('at most 25 tokens') });
    const tokens = [...tokenizer.encode('1+2=?0'), tokenizer.eos];
    expect(ok(ended).tokens.map(({ logProb }) => logProb)).toEqual([...gpt.read([{ tokens, from: 5 }])[0].logProbs]);
  });

  it('has no probability for a continuation that shares a token with the prompt', async () => {
    const kinds = async (lm: typeof byWord.lm, ...pairs: [string, string][]) =>
      (await lm.score(pairs.map(([prompt, continuation]) => ({ prompt, continuation })))).map((each) =>
        each.ok ? each.tokens.map(({ token }) => token) : each.kind,
      );
    expect(
      await kinds(byCharacter.lm, ['1c', 'hk'], ['1', 'chk2'], ['', '1'], ['1', 'x'], ['1n', 'o1'], ['1', ' 2']),
    ).toEqual(['boundary', ['chk', '2'], 'unsupported', 'refused', 'boundary', [' ', '2']]);
    expect(
      await kinds(
        byWord.lm,
        ['ta', 'ke'],
        ['go', 'take'],
        ['go ', 'take'],
        ['go', ' take\n mug'],
        ['go', '  '],
        ['go', '\n'],
        [' ', 'go'],
      ),
    ).toEqual(['boundary', 'refused', [' take'], [' take', '\n', 'mug'], 'refused', ['\n'], 'unsupported']);
  });

  it('gives the activations of the model', async () => {
    const { lm, gpt, tokenizer } = byWord;
    const [one, unknown, two] = await lm.hiddenStates(['go', 'cup', 'take mug\ngo']);
    expect(ok(one).tokens).toEqual(['go']);
    expect(unknown).toMatchObject({ ok: false, kind: 'refused', reason: expect.stringContaining('"cup" at 0') });
    expect(ok(two).tokens).toEqual(['take', ' mug', '\n', 'go']);
    expect(ok(two).width).toBe(16);
    expect(ok(two).values).toEqual(gpt.hidden([tokenizer.encode('take mug\ngo')])[0]);
    expect(await lm.hiddenStates(['go '.repeat(25), ''])).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
    await expect(lm.hiddenStates([3 as unknown as string])).rejects.toThrow('texts[0] must be a text, got number');
  });

  it('speaks as it has learned so far', async () => {
    const { gpt, lm } = modelOf(characters, ['value']);
    const before = await lm.score([{ prompt: '1', continuation: '2' }]);
    gpt.parameters[gpt.parameters.length - 1] += 1; // the value's bias
    expect(await lm.score([{ prompt: '1', continuation: '2' }])).toEqual(before);
    gpt.parameters.fill(0);
    const [after] = await lm.score([{ prompt: '1', continuation: '2' }]);
    expect(ok(after).logProb).toBeCloseTo(-Math.log(characters.size), 5);
    const [[sample]] = await lm.generate(['1'], { n: 1, maxTokens: 1, logProbs: 1 });
    expect(ok(sample).tokens![0].logProb).toBeCloseTo(-Math.log(characters.size), 5);
  });

  it('puts a failure in the place of what it cannot take, and the rest stands', async () => {
    const { lm } = byCharacter;
    const [good, unknown, empty, talk] = await lm.generate(['1', '1+x', '', [{ role: 'user', content: '1' }]], {
      n: 2,
    });
    expect(good.every((sample) => sample.ok)).toBe(true);
    expect(unknown).toHaveLength(2);
    expect(unknown[1]).toMatchObject({ kind: 'refused', reason: expect.stringContaining('unknown token "x" at 2') });
    expect(empty[0]).toMatchObject({ kind: 'refused', reason: expect.stringContaining('at least one') });
    expect(talk[0]).toMatchObject({ kind: 'unsupported', reason: expect.stringContaining('write the conversation') });
    expect(await lm.score([{ prompt: [{ role: 'user', content: '1' }], continuation: '1' }])).toMatchObject([
      { kind: 'unsupported' },
    ]);
    await expect(lm.generate(['1'], { logProbs: 14 })).rejects.toThrow('logProbs must be at most 13 for this model');
    expect(() => tinyModel({ gpt: byWord.gpt, tokenizer: characters })).toThrow('must have the 9 tokens of the model');
    expect(() => tinyModel({ ...byCharacter, seed: 0.5 })).toThrow('seed must be a whole number, got 0.5');
  });

  it('can be aborted between batches', async () => {
    const { lm } = byCharacter;
    const soon = () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('enough')));
      return controller.signal;
    };
    const texts = Array.from({ length: 20_000 }, () => '1+1=?');
    const pairs = texts.map((prompt) => ({ prompt, continuation: '2' }));
    await expect(lm.generate(texts, {}, soon())).rejects.toThrow('enough');
    await expect(lm.score(pairs, soon())).rejects.toThrow('enough');
    await expect(lm.hiddenStates(texts, soon())).rejects.toThrow('enough');
    await expect(lm.generate(['1'], {}, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
