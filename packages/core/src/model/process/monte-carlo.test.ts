import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { shaken } from './fixtures.ts';
import { labelledSteps, labelSteps, type MonteCarloOptions, type SteppedResponse } from './monte-carlo.ts';

const gpt = shaken(0);
// 0 ends a response; it is right when its tokens have an even sum.
const isCorrect = (_: unknown, response: Int32Array) => response.reduce((sum, x) => sum + x, 0) % 2 === 0;
const options: MonteCarloOptions<unknown> = {
  completions: 4,
  maxTokens: 4,
  stop: [0],
  isCorrect,
  random: new Random(0, 'completions'),
};
const finished: SteppedResponse = {
  prompt: [1, 2],
  response: [3, 5, 4, 0],
  steps: [
    { start: 0, end: 1 },
    { start: 1, end: 3 },
    { start: 3, end: 4 },
  ],
  problem: null,
};
const cut: SteppedResponse = { ...finished, response: [3, 5, 4, 1] };

/** Chance that the policy goes on to a right response, by adding up all ways. */
function value(prompt: number[], response: number[]): number {
  const ended = response.at(-1) === 0 || response.length === options.maxTokens;
  if (ended) return isCorrect(null, Int32Array.from(response)) ? 1 : 0;
  let total = 0;
  for (let next = 0; next < 7; next++) {
    const tokens = [...prompt, ...response, next];
    const [{ logProbs }] = gpt.read([{ tokens, from: tokens.length - 1 }]);
    total += Math.exp(logProbs[0]) * value(prompt, [...response, next]);
  }
  return total;
}

describe('labelSteps', () => {
  it('estimates the values of prefixes', async () => {
    const completions = 4000;
    const { labels } = await labelSteps(gpt, [finished], { ...options, completions, start: true });
    const { steps, start } = labels[0];
    const exact = [[], [3], [3, 5, 4]].map((prefix) => value([1, 2], prefix));
    [start, steps[0], steps[1]].forEach((label, i) => {
      expect(label?.count).toBe(completions);
      // Five standard errors.
      expect(Math.abs((label?.soft ?? -1) - exact[i])).toBeLessThan(5 * Math.sqrt(0.25 / completions));
    });
  });

  it('lets a response that has ended, or is as long as one may be, speak for itself', async () => {
    const { labels } = await labelSteps(gpt, [finished, cut], options);
    expect(labels[0].steps[2]).toEqual({ soft: 1, hard: 1, correct: 1, count: 1 });
    expect(labels[1].steps[2]).toEqual({ soft: 0, hard: 0, correct: 0, count: 1 });
    expect(labels[0].start).toBeNull();
  });

  it('counts what it samples, keeps responses to their length, and gives labels that do not depend on others', async () => {
    const seen: Int32Array[] = [];
    const watching = {
      ...options,
      isCorrect: (problem: unknown, response: Int32Array) => {
        seen.push(response);
        return isCorrect(problem, response);
      },
    };
    const { labels, sampledTokens } = await labelSteps(gpt, [finished, cut], watching);
    expect(seen.every((response) => response.length <= 4)).toBe(true);
    expect(seen).toHaveLength(2 * (4 + 4 + 1));
    const given = 2 * (4 * 1 + 4 * 3 + 4);
    expect(sampledTokens).toBe(seen.reduce((sum, { length }) => sum + length, 0) - given);
    const single = await labelSteps(gpt, [finished], { ...options, batch: 1 });
    expect(single.labels[0]).toEqual(labels[0]);
  });

  it('becomes what a step scorer learns from', async () => {
    const { labels } = await labelSteps(gpt, [finished], { ...options, start: true });
    const [{ start, steps }] = labels;
    expect(labelledSteps(finished, labels[0], 'soft')).toEqual({
      tokens: Int32Array.of(1, 2, 3, 5, 4, 0),
      positions: [1, 2, 4, 5],
      targets: [start?.soft, ...steps.map(({ soft }) => soft)],
    });
    expect(labelledSteps(finished, { start: null, steps }, 'hard').targets).toEqual(steps.map(({ hard }) => hard));
  });

  it('names what does not fit', async () => {
    await expect(labelSteps(gpt, [finished], { ...options, maxTokens: 3 })).rejects.toThrow(
      'responses[0].response must have at most maxTokens, 3, got 4',
    );
    await expect(labelSteps(gpt, [finished], { ...options, completions: 0 })).rejects.toThrow('completions');
    const steps = [{ start: 0, end: 9 }];
    await expect(labelSteps(gpt, [{ ...finished, steps }], options)).rejects.toThrow('steps[0]');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(labelSteps(gpt, [finished], { ...options, signal })).rejects.toThrow('enough');
  });
});
