import { describe, expect, it } from 'vitest';
import { chainMod } from '../../env/index.ts';
import { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { ownLength, ownTokens, promptsOf, sampleRollouts, sequenceOf } from './rollout.ts';

const family = chainMod();
const { tokenizer } = family;
const problems = Array.from({ length: 3 }, (_, i) => family.sample(new Random(i, 'problems'), 1));
const gpt = new Gpt({ vocabulary: tokenizer.size, context: 24, width: 16, layers: 1, heads: 2 }, new Random(0, 'gpt'));

describe('sampleRollouts', () => {
  const options = { n: 4, maxTokens: 12, stop: [tokenizer.eos] };
  const groups = sampleRollouts(gpt, promptsOf(family, problems), options, new Random(3));

  it('gives each prompt its group, with what the policy says of every token', () => {
    expect(groups.map(({ length }) => length)).toEqual([4, 4, 4]);
    groups.forEach((group, i) => {
      for (const rollout of group) {
        expect(rollout.problem).toBe(problems[i]);
        expect(tokenizer.decode(rollout.prompt)).toBe(problems[i].prompt);
        expect(rollout.ended).toBe(rollout.response.at(-1) === tokenizer.eos);
        expect(rollout.ended || rollout.response.length === 12).toBe(true);
        const [{ logProbs }] = gpt.read([sequenceOf(rollout)]);
        rollout.logProbs.forEach((logProb, t) => {
          expect(logProb).toBeCloseTo(logProbs[t], 4);
        });
      }
    });
  });

  it('is the same for the same stream, whatever else is sampled', () => {
    const [first] = sampleRollouts(gpt, promptsOf(family, problems.slice(0, 1)), { ...options, n: 2 }, new Random(3));
    expect(first).toEqual(groups[0].slice(0, 2));
    const [other] = sampleRollouts(gpt, promptsOf(family, problems.slice(0, 1)), { ...options, n: 2 }, new Random(4));
    expect(other).not.toEqual(first);
  });
});

describe('own tokens', () => {
  const example = { prompt: [1, 2], response: [5, 6, 7] };

  it('are all of them unless told', () => {
    expect(ownTokens(example)).toEqual(Uint8Array.of(1, 1, 1));
    expect(ownTokens({ ...example, own: [1, 0, 1] })).toEqual(Uint8Array.of(1, 0, 1));
    expect([ownLength(example), ownLength({ ...example, own: [1, 0, 1] })]).toEqual([3, 2]);
  });

  it('tell what is wrong', () => {
    expect(() => ownTokens({ ...example, own: [1] })).toThrow('one number a response token, 3, got 1');
    expect(() => ownTokens({ ...example, own: [0, 0, 0] })).toThrow('at least one token');
  });
});

describe('sequenceOf', () => {
  it('asks for the response only', () => {
    expect(sequenceOf({ prompt: [1, 2], response: [5] })).toEqual({ tokens: Int32Array.of(1, 2, 5), from: 2 });
    expect(() => sequenceOf({ prompt: [], response: [5] })).toThrow('prompt must not be empty');
    expect(() => sequenceOf({ prompt: [1], response: [] })).toThrow('response must not be empty');
  });
});
