import { describe, expect, it } from 'vitest';
import { chainMod, encodeResponse } from '../../env/index.ts';
import { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { answerReward, evaluatePolicy, greedyAccuracy, passAtK } from './evaluate.ts';
import type { LanguageRollout } from './rollout.ts';
import { sft } from './sft.ts';

describe('passAtK', () => {
  it('is the share of draws of k that hold a right one', () => {
    for (let n = 1; n <= 7; n++) {
      for (let correct = 0; correct <= n; correct++) {
        const hits = new Float64Array(n + 1);
        const draws = new Float64Array(n + 1);
        // The first `correct` members are right; a subset is a number's bits.
        for (let subset = 1; subset < 2 ** n; subset++) {
          const k = [...subset.toString(2)].filter((bit) => bit === '1').length;
          draws[k]++;
          if ((subset & (2 ** correct - 1)) !== 0) hits[k]++;
        }
        for (let k = 1; k <= n; k++) expect(passAtK(n, correct, k)).toBeCloseTo(hits[k] / draws[k], 12);
      }
    }
  });

  it('tells what is wrong', () => {
    expect(() => passAtK(4, 5, 1)).toThrow('correct must be a whole number from 0 to 4, got 5');
    expect(() => passAtK(4, 1, 5)).toThrow('k must be a whole number from 1 to 4, got 5');
    expect(() => passAtK(0, 0, 1)).toThrow('n must be');
  });
});

const family = chainMod({ modulus: 5, operands: [0, 4] });
const { tokenizer } = family;
const rng = new Random(0, 'problems');
const problems = Array.from({ length: 20 }, () => family.sample(rng, 1));

describe('answerReward', () => {
  it('pays for right answers that ended', () => {
    const problem = problems[0];
    const write = (lines: string[], ended = true): LanguageRollout<typeof problem> => {
      const response = encodeResponse(tokenizer, lines);
      const prompt = tokenizer.encode(problem.prompt);
      return { prompt, response, logProbs: new Float32Array(response.length), ended, problem };
    };
    const gold = family.solve(problem);
    const wrong = `A${(Number(problem.answer) + 1) % 5}`;
    expect(answerReward(family)([write(gold), write([wrong]), write(gold, false)])).toEqual([1, 0, 0]);
  });
});

describe('evaluatePolicy', () => {
  const gpt = new Gpt({ vocabulary: tokenizer.size, context: 16, width: 16, layers: 1, heads: 2 }, new Random(0));
  const examples = problems.map((problem) => ({
    prompt: tokenizer.encode(problem.prompt),
    response: encodeResponse(tokenizer, family.solve(problem)),
  }));
  for (const _ of sft(gpt, examples, { random: rng, steps: 45, batch: 20, optimiser: { learningRate: 1e-2 } }));

  it('agrees with its own responses', () => {
    const report = evaluatePolicy(gpt, family, problems, { n: 6, ks: [1, 3, 6], random: new Random(1) });
    const right = report.groups.map((group) => answerReward(family)(group).reduce((sum, r) => sum + r, 0));
    const share = right.reduce((sum, c) => sum + c, 0) / 120;
    expect(report.accuracy).toBeCloseTo(share, 12);
    expect(report.passAtK[0]).toBeCloseTo(share, 12);
    expect(report.passAtK[2]).toBeCloseTo(right.filter((c) => c > 0).length / 20, 12);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.95);
    expect(report.passAtK[1]).toBeGreaterThan(report.passAtK[0]);
    expect(report.passAtK[2]).toBeGreaterThan(report.passAtK[1]);
    expect(report.ended).toBeGreaterThan(0.5);
  });

  it('is greedy at temperature 0, whatever the stream', () => {
    const greedy = greedyAccuracy(gpt, family, problems);
    const cold = evaluatePolicy(gpt, family, problems, { n: 2, temperature: 0, random: new Random(7) });
    expect(cold.accuracy).toBe(greedy);
    expect(greedy).toBeGreaterThan(evaluatePolicy(gpt, family, problems, { random: new Random(1) }).accuracy);
  });

  it('tells what is wrong', () => {
    expect(() => evaluatePolicy(gpt, family, problems.slice(0, 0), { random: rng })).toThrow(
      'problems must not be empty',
    );
    expect(() => evaluatePolicy(gpt, family, problems, { n: 2, ks: [3], random: rng })).toThrow('k must be');
  });
});
