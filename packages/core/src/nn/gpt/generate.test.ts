import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { sampleGpt } from './generate.ts';
import { Gpt } from './gpt.ts';

const shape = { vocabulary: 9, context: 24, width: 16, layers: 2, heads: 2 };

function sharp(seed = 0): Gpt {
  const gpt = new Gpt(shape, new Random(seed, 'weights'));
  for (let i = 0; i < gpt.parameters.length; i++) gpt.parameters[i] *= 2;
  return gpt;
}

const random = (i: number, j: number) => new Random(5, i, j);

describe('sampleGpt', () => {
  it('gives the log-probabilities that reading gives', () => {
    const gpt = sharp();
    const prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 1, 2]];
    const samples = sampleGpt(gpt, prompts, { n: 100, maxTokens: 18, stop: [0], random });
    samples.forEach((group, i) => {
      expect(group).toHaveLength(100);
      for (const { tokens, logProbs, ended } of group) {
        const [reading] = gpt.read([{ tokens: [...prompts[i], ...tokens], from: prompts[i].length }]);
        expect(ended).toBe(tokens.at(-1) === 0);
        expect(tokens.subarray(0, -1)).not.toContain(0);
        expect(ended || tokens.length === 18).toBe(true);
        for (let t = 0; t < tokens.length; t++) expect(logProbs[t]).toBeCloseTo(reading.logProbs[t], 4);
      }
    });
  });

  it('samples from the distribution it names', () => {
    const gpt = sharp(1);
    const count = 20_000;
    const [samples] = sampleGpt(gpt, [[1, 2]], { n: count, maxTokens: 1, random });
    const seen = new Float64Array(9);
    for (const { tokens } of samples) seen[tokens[0]]++;
    for (let v = 0; v < 9; v++) {
      const p = Math.exp(gpt.read([{ tokens: [1, 2, v], from: 2 }])[0].logProbs[0]);
      // Five standard errors.
      expect(Math.abs(seen[v] / count - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / count) + 1e-6);
    }
  });

  it('gives a sample that depends on its own stream alone', () => {
    const gpt = sharp();
    const prompts = [[1, 2, 3], [4], [1, 2, 3]];
    const many = sampleGpt(gpt, prompts, { n: 200, maxTokens: 9, stop: [0], random });
    const few = sampleGpt(gpt, prompts, { n: 2, maxTokens: 9, stop: [0], random });
    few.forEach((group, i) => {
      expect(group).toEqual(many[i].slice(0, 2));
    });
    expect(sampleGpt(gpt, [[4]], { maxTokens: 9, stop: [0], random: () => random(1, 0) })[0]).toEqual([many[1][0]]);
  });

  it('takes the likeliest token at temperature 0, and none outside the nucleus', () => {
    const gpt = sharp(2);
    const probabilities = (tokens: number[]) =>
      Array.from({ length: 9 }, (_, v) =>
        Math.exp(gpt.read([{ tokens: [...tokens, v], from: tokens.length }])[0].logProbs[0]),
      );
    const [[greedy]] = sampleGpt(gpt, [[1, 2]], { maxTokens: 6, temperature: 0, random });
    const text = [1, 2];
    for (const token of greedy.tokens) {
      const p = probabilities(text);
      expect(token).toBe(p.indexOf(Math.max(...p)));
      text.push(token);
    }
    const p = probabilities([1, 2]);
    const order = [...p.keys()].sort((a, b) => p[b] - p[a]);
    const nucleus = new Set<number>();
    let mass = 0;
    for (const v of order) {
      if (mass >= 0.6) break;
      nucleus.add(v);
      mass += p[v];
    }
    const [samples] = sampleGpt(gpt, [[1, 2]], { n: 2000, maxTokens: 1, topP: 0.6, random });
    expect(new Set(samples.map(({ tokens }) => tokens[0]))).toEqual(nucleus);
    const [cold] = sampleGpt(gpt, [[1, 2]], { n: 5000, maxTokens: 1, temperature: 0.5, random });
    const total = p.reduce((sum, x) => sum + x * x, 0);
    const share = cold.filter(({ tokens }) => tokens[0] === order[0]).length / 5000;
    expect(share).toBeCloseTo(p[order[0]] ** 2 / total, 1);
  });

  it('keeps to limits of each prompt, and ends where it is enough', () => {
    const gpt = sharp();
    const prompts = [[1, 2, 3], [4], [5, 6]];
    const free = sampleGpt(gpt, prompts, { n: 50, maxTokens: 18, random });
    const limited = sampleGpt(gpt, prompts, { n: 50, maxTokens: [2, 24, 7], random });
    limited.forEach((group, i) => {
      group.forEach(({ tokens, ended }, j) => {
        expect(ended).toBe(false);
        expect(tokens).toHaveLength([2, 24, 7][i]);
        const both = Math.min(tokens.length, 18);
        expect(tokens.subarray(0, both)).toEqual(free[i][j].tokens.subarray(0, both));
      });
    });
    const enough = (prompt: number, sample: number, token: number) => token === (prompt + sample) % 9;
    const cut = sampleGpt(gpt, prompts, { n: 50, maxTokens: 18, random, enough });
    cut.forEach((group, i) => {
      group.forEach(({ tokens, ended }, j) => {
        const whole = free[i][j].tokens;
        const at = whole.indexOf((i + j) % 9);
        expect(tokens).toEqual(at < 0 ? whole : whole.subarray(0, at + 1));
        expect(ended).toBe(false);
      });
    });
  });

  it('tells what is wrong', () => {
    const gpt = sharp();
    expect(() => sampleGpt(gpt, [[]], { maxTokens: 2, random })).toThrow('prompts[0] must not be empty');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: 25, random })).toThrow('must fit the context of 24, got 1 and 25');
    expect(() => sampleGpt(gpt, [[9]], { maxTokens: 2, random })).toThrow('prompts[0][0] must be a whole number');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: 0, random })).toThrow('maxTokens');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: 2, topP: 0, random })).toThrow('topP');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: 2, temperature: -1, random })).toThrow('temperature');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: [2, 3], random })).toThrow('maxTokens must have length 1, got 2');
    expect(() => sampleGpt(gpt, [[1]], { maxTokens: [0.5], random })).toThrow('maxTokens must be a positive whole');
    gpt.parameters[0] = Number.NaN;
    for (const temperature of [0, 0.5, 1]) {
      expect(() => sampleGpt(gpt, [[0]], { maxTokens: 2, temperature, random })).toThrow('parameters must be finite');
    }
  });
});
