import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BudgetExceeded,
  failure,
  type Generated,
  type Generation,
  type LanguageModel,
  Meter,
  type Prompt,
  simulatedModel,
} from '../lm/index.ts';
import { Random } from '../stats/index.ts';
import type { Scorer } from './scorer.ts';
import { type StepBeamOptions, stepBeam } from './step-beam.ts';

/** Texts of up to three lines, none the beginning of another: the leaves of a random tree. */
function leavesOf(seed: number): string[][] {
  const rng = new Random(seed, 'tree');
  const grow = (path: string[]): string[][] => {
    if (path.length === 3 || (path.length > 0 && rng.bool(0.25))) return [path];
    return ['a', 'b', 'c'].slice(0, 2 + rng.int(2)).flatMap((letter) => grow([...path, letter]));
  };
  return grow([]);
}

/** A model that writes any of the texts, line by line, from wherever it is. */
function writer(leaves: readonly string[][]): LanguageModel {
  return simulatedModel({
    reply: (prompt) => {
      const said = String(prompt).slice('Q\n'.length);
      return leaves
        .map((leaf) => leaf.join('\n'))
        .filter((text) => text.startsWith(said))
        .map((text) => ({ text: text.slice(said.length), weight: 1 }));
    },
  });
}

const worth = (seed: number, steps: readonly string[]) => new Random(seed, 'value', ...steps).uniform();
const rated =
  (seed: number): Scorer =>
  (items) =>
    items.map(({ steps }) => worth(seed, steps));

/** Beam search where every next step is known, written as plainly as can be. */
function reference(leaves: readonly string[][], seed: number, width: number) {
  const isLeaf = (steps: readonly string[]) => leaves.some((leaf) => leaf.join() === steps.join());
  let beam: string[][] = [[]];
  for (let depth = 0; depth < 3; depth++) {
    const next = beam.flatMap((steps) => {
      if (isLeaf(steps)) return [steps];
      const following = new Set(
        leaves.filter((leaf) => steps.every((step, i) => leaf[i] === step)).map((leaf) => leaf[steps.length]),
      );
      return [...following].map((step) => [...steps, step]);
    });
    beam = next.sort((a, b) => worth(seed, b) - worth(seed, a)).slice(0, width);
  }
  return beam;
}

// So many samples that a step is missed once in 10^9.
const all: StepBeamOptions = { width: 1, expand: 60, maxSteps: 3, seed: 1 };

describe('stepBeam', () => {
  it('agrees with beam search over the known tree, of any width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 5 }), async (seed, width) => {
        const leaves = leavesOf(seed);
        const [{ best, traces, failed, abstained }] = await stepBeam(writer(leaves), ['Q\n'], rated(seed), {
          ...all,
          width,
        });
        const expected = reference(leaves, seed, width);
        expect(traces.map(({ steps }) => steps)).toEqual(expected);
        for (const { steps, text, scores, score, complete } of traces) {
          expect(text).toBe(steps.join('\n'));
          expect(scores).toEqual(steps.map((_, i) => worth(seed, steps.slice(0, i + 1))));
          expect(score).toBe(scores.at(-1));
          expect(complete).toBe(true);
        }
        expect(best).toEqual(traces[0]);
        expect({ failed, abstained }).toEqual({ failed: 0, abstained: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('is exhaustive when the beam holds everything', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const leaves = leavesOf(seed);
      const [{ best, traces }] = await stepBeam(writer(leaves), ['Q\n'], rated(seed), { ...all, width: 100 });
      const ranked = leaves.toSorted((a, b) => worth(seed, b) - worth(seed, a));
      expect(traces.map(({ steps }) => steps)).toEqual(ranked);
      expect(best?.steps).toEqual(ranked[0]);
    }
  });

  it('goes through several prompts at once and keeps them apart', async () => {
    const leaves = leavesOf(3);
    const lm = writer(leaves);
    let calls = 0;
    const counting: LanguageModel = {
      ...lm,
      generate: (...args) => {
        calls++;
        return lm.generate(...args);
      },
    };
    const outcomes = await stepBeam(
      counting,
      ['Q\n', 'Q\n'],
      (items) => items.map(({ steps, index }) => worth(index, steps)),
      {
        ...all,
        width: 2,
      },
    );
    expect(outcomes.map(({ traces }) => traces.map(({ steps }) => steps))).toEqual([
      reference(leaves, 0, 2),
      reference(leaves, 1, 2),
    ]);
    expect(calls).toBe(3);
  });

  it('picks by the final scorer at the end', async () => {
    const leaves = leavesOf(5);
    const finalScorer: Scorer = (items) => items.map(({ steps }) => (steps[0] === 'b' ? null : -worth(5, steps)));
    const [{ best, traces, abstained }] = await stepBeam(writer(leaves), ['Q\n'], rated(5), {
      ...all,
      width: 100,
      finalScorer,
    });
    const left = leaves.filter(([first]) => first !== 'b').sort((a, b) => worth(5, a) - worth(5, b));
    expect(traces.map(({ steps }) => steps)).toEqual(left);
    expect(abstained).toBe(leaves.length - left.length);
    expect(best?.score).toBe(-worth(5, left[0]));
  });

  it('prefers what is complete to what was cut short, and keeps the latter when there is nothing else', async () => {
    const lm = writer([['a'], ['b', 'b', 'b', 'b']]);
    const scorer: Scorer = (items) => items.map(({ steps }) => steps.length);
    const [both] = await stepBeam(lm, ['Q\n'], scorer, { ...all, width: 2 });
    expect(both.traces.map(({ text, complete }) => [text, complete])).toEqual([
      ['a', true],
      ['b\nb\nb', false],
    ]);
    const [one] = await stepBeam(lm, ['Q\n'], scorer, { ...all, width: 2, maxSteps: 4 });
    expect(one.best).toMatchObject({ text: 'b\nb\nb\nb', complete: true });
    const [short] = await stepBeam(writer([['word word word']]), ['Q\n'], scorer, { ...all, maxTokens: 2 });
    expect(short.best).toMatchObject({ text: 'word word', complete: false });
  });

  it('counts failures and abstentions and goes on without them', async () => {
    const leaves = leavesOf(7);
    const lm = writer(leaves);
    const flaky: LanguageModel = {
      ...lm,
      generate: async (...args) =>
        (await lm.generate(...args)).map((samples) =>
          samples.map((sample, i): Generation => (i % 2 === 0 ? failure('timeout', `too slow ${i}`) : sample)),
        ),
    };
    const [first] = leaves;
    const scorer: Scorer = (items) =>
      items.map(({ steps }) => (steps.join() === first.join() ? null : worth(7, steps)));
    const [{ traces, failed, failure: reason, abstained, usage }] = await stepBeam(flaky, ['Q\n'], scorer, {
      ...all,
      width: 100,
      expand: 120,
    });
    expect(new Set(traces.map(({ text }) => text))).toEqual(new Set(leaves.slice(1).map((leaf) => leaf.join('\n'))));
    expect(failed).toBe(usage.samples / 2);
    expect(reason).toMatchObject({ kind: 'timeout', reason: 'too slow 0' });
    expect(abstained).toBe(1);
  });
});

/** A model whose every sample is written out. */
function scripted(
  capabilities: Partial<LanguageModel['capabilities']>,
  say: (prompt: Prompt, call: number) => Partial<Generated> | Generation,
): LanguageModel & { asked: Prompt[] } {
  const asked: Prompt[] = [];
  let calls = 0;
  const usual = { ok: true, text: '', finish: 'end', stopString: null, reasoning: null, tokens: null, count: null };
  return {
    ...simulatedModel({ reply: () => '' }),
    asked,
    capabilities: {
      texts: false,
      conversations: true,
      prefill: true,
      score: false,
      seeds: false,
      topLogProbs: null,
      ...capabilities,
    },
    generate: async (prompts, options) => {
      const call = calls++;
      asked.push(...prompts);
      return prompts.map((prompt) =>
        Array.from({ length: options?.n ?? 1 }, () => ({ ...usual, ...say(prompt, call) }) as Generation),
      );
    },
  };
}

const flat: Scorer = (items) => items.map(() => 0);

describe('stepBeam on a chat model', () => {
  const options: StepBeamOptions = { width: 2, expand: 2, maxSteps: 6, stop: ['\n\n', '!'] };
  const lines = ['one', 'two', 'three'];

  it('goes on with a begun message, keeps the stop string that ended a step, and counts equal texts once', async () => {
    const lm = scripted({}, (_, call) => {
      if (call === 1) return { text: lines[call], finish: 'stop', stopString: '!' };
      return { text: lines[call], ...(call < 2 && { finish: 'stop', stopString: '\n\n' }) };
    });
    const [{ best, traces }] = await stepBeam(
      lm,
      [
        [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'U' },
        ],
      ],
      flat,
      options,
    );
    expect(traces).toHaveLength(1);
    expect(best).toMatchObject({ text: 'one\n\ntwo!three', steps: lines, complete: true });
    expect(lm.asked.map((prompt) => typeof prompt !== 'string' && prompt.at(-1))).toEqual([
      { role: 'user', content: 'U' },
      { role: 'assistant', content: 'one\n\n' },
      { role: 'assistant', content: 'one\n\ntwo!' },
    ]);
    const begun = scripted({}, () => ({ text: 'end' }));
    await stepBeam(
      begun,
      [
        'U',
        [
          { role: 'user', content: 'U' },
          { role: 'assistant', content: 'Well, ' },
        ],
      ],
      flat,
      options,
    );
    expect(begun.asked[0]).toBe('U');
    expect(begun.asked).toHaveLength(2);
  });

  it('takes empty lines into the separator', async () => {
    const script = ['', 'one', '', 'two'];
    const lm = scripted({}, (_, call) => ({
      text: script[call],
      ...(call < 3 && { finish: 'stop', stopString: '\n\n' }),
    }));
    const [{ best, usage }] = await stepBeam(lm, ['U'], flat, options);
    expect(best).toMatchObject({ steps: ['one', 'two'], text: '\n\none\n\n\n\ntwo', scores: [0, 0] });
    expect(usage.scored).toBe(2);
  });

  it('finds the end where the server does not tell it from a stop string', async () => {
    const quiet = { finish: 'end-or-stop', stopString: null } as const;
    const lm = scripted({}, (_, call) => ({ ...quiet, text: lines[call] ?? '' }));
    const [{ best }] = await stepBeam(lm, ['U'], flat, options);
    expect(best).toMatchObject({ steps: lines, text: 'one\n\ntwo\n\nthree', complete: true });
    expect(lm.asked).toHaveLength(5);
    const told = scripted({}, (_, call) => ({ ...quiet, text: lines[call] ?? '' }));
    const isFinal = (steps: readonly string[]) => steps.at(-1) === 'two';
    const [early] = await stepBeam(told, ['U'], flat, { ...options, isFinal });
    expect(early.best).toMatchObject({ steps: ['one', 'two'], complete: true });
    expect(told.asked).toHaveLength(2);
    const [nothing] = await stepBeam(
      scripted({}, () => ({ ...quiet, text: '' })),
      ['U'],
      flat,
      options,
    );
    expect(nothing.best).toMatchObject({ steps: [''], complete: true });
  });

  it('says so when the model cannot go on, before it asks anything', async () => {
    const lm = scripted({ prefill: false }, () => ({ text: 'one' }));
    const [{ best, failed, failure: reason }] = await stepBeam(lm, ['U'], flat, options);
    expect(best).toBeNull();
    expect(failed).toBe(2);
    expect(reason).toMatchObject({ kind: 'unsupported', reason: expect.stringContaining('vllm') });
    expect(lm.asked).toEqual([]);
    const texts = scripted({ prefill: false, texts: true }, () => ({ text: 'one' }));
    expect((await stepBeam(texts, ['U'], flat, options))[0].best?.text).toBe('one');
  });

  it('keeps what it has when the budget runs out or every next step fails', async () => {
    const meter = new Meter({ budget: { requests: 2 } });
    const lm = scripted({}, (_, call) => {
      meter.request();
      return { text: lines[call], finish: 'stop', stopString: '\n\n' };
    });
    const [{ best, failure: reason, failed }] = await stepBeam(lm, ['U'], flat, { ...options, width: 1, expand: 1 });
    expect(best).toMatchObject({ steps: ['one', 'two'], complete: false });
    expect(reason).toMatchObject({ kind: 'budget', reason: expect.stringContaining('budget of 2 requests is spent') });
    expect(failed).toBe(1);
    const broke = scripted({}, () => {
      throw new BudgetExceeded('spent', meter.totals);
    });
    await expect(stepBeam(broke, ['U'], flat, options)).rejects.toThrow('spent');
  });

  it('checks its options and its scorers', async () => {
    const lm = scripted({}, () => ({ text: 'one' }));
    for (const name of ['width', 'expand', 'first', 'maxSteps']) {
      await expect(stepBeam(lm, ['U'], flat, { ...options, [name]: 0 })).rejects.toThrow(
        `${name} must be a positive whole number, got 0`,
      );
    }
    await expect(stepBeam(lm, ['U'], flat, { ...options, stop: [] })).rejects.toThrow('stop must hold');
    await expect(stepBeam(lm, ['U'], flat, { ...options, finalScorer: () => [] })).rejects.toThrow(
      'finalScorer must give 1 scores',
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(stepBeam(lm, ['U'], flat, { ...options, signal })).rejects.toThrow('enough');
    expect(lm.asked).toHaveLength(1);
  });
});
