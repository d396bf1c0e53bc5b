import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { dpo, dpoPairs, pairLoss } from './dpo.ts';
import { type LanguageRollout, sampleRollouts, sequenceOf } from './rollout.ts';

describe('pairLoss', () => {
  it('has the slope of finite differences', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        number(-30, 30),
        number(0.01, 2),
        number(0, 0.49),
        fc.constantFrom('dpo', 'ipo'),
        (m, beta, e, loss) => {
          const options = { beta, loss, labelSmoothing: e };
          const measured = (pairLoss(m + 1e-4, options).value - pairLoss(m - 1e-4, options).value) / 2e-4;
          expect(pairLoss(m, options).slope).toBeCloseTo(measured, 5);
        },
      ),
    );
  });

  it('has its known values', () => {
    const at = (m: number, labelSmoothing = 0) => pairLoss(m, { beta: 0.5, loss: 'dpo', labelSmoothing }).value;
    expect(at(0)).toBeCloseTo(Math.log(2), 12);
    expect(at(2)).toBeCloseTo(Math.log(1 + Math.exp(-1)), 12);
    expect(at(2, 0.1)).toBeCloseTo(0.9 * Math.log(1 + Math.exp(-1)) + 0.1 * Math.log(1 + Math.exp(1)), 12);
    expect(at(-4000)).toBeCloseTo(2000, 8);
    // IPO is content at 1 / (2 β), smoothed DPO where the chance of the chosen is 1 - ε.
    expect(pairLoss(1, { beta: 0.5, loss: 'ipo', labelSmoothing: 0 })).toEqual({ value: 0, slope: 0 });
    const content = pairLoss(Math.log(9) / 0.5, { beta: 0.5, loss: 'dpo', labelSmoothing: 0.1 });
    expect(content.slope).toBeCloseTo(0, 12);
  });
});

const shape = { vocabulary: 9, context: 20, width: 16, layers: 1, heads: 2 };
const base = new Gpt(shape, new Random(0, 'gpt'));
const prompts = Array.from({ length: 30 }, (_, i) => ({ tokens: [1 + (i % 6), 1 + (i % 5)], problem: null }));
const groups = sampleRollouts(base, prompts, { n: 4, maxTokens: 8, stop: [0] }, new Random(1));
/** How many fives a response has. */
const fives = ({ response }: LanguageRollout) => response.reduce((sum, token) => sum + Number(token === 5), 0);
const pairs = dpoPairs(
  groups,
  groups.map((group) => group.map(fives)),
);

describe('dpoPairs', () => {
  it('takes the best and the worst where they differ', () => {
    const rollout = (token: number): LanguageRollout => ({
      prompt: Int32Array.of(1),
      response: Int32Array.of(token),
      logProbs: new Float32Array(1),
      ended: false,
      problem: null,
    });
    const given = [
      [rollout(1), rollout(2), rollout(3)],
      [rollout(4), rollout(5), rollout(6)],
    ];
    expect(
      dpoPairs(given, [
        [1, 1, 1],
        [0, 2, -1],
      ]),
    ).toEqual([{ prompt: Int32Array.of(1), chosen: Int32Array.of(5), rejected: Int32Array.of(6) }]);
    expect(() => dpoPairs(given, [[1, 1, 1]])).toThrow('rewards must hold one list a group, 2, got 1');
    expect(() => dpoPairs(given, [[1], [1]])).toThrow('rewards[0] must hold one number a rollout, 3, got 1');
  });
});

describe('dpo', () => {
  const options = { random: new Random(0), steps: 60, optimiser: { learningRate: 2e-3, maxGradientNorm: 1 } };

  it.each(['dpo', 'ipo'] as const)('raises the margin, and what was preferred: %s', (loss) => {
    const gpt = base.clone();
    const curve = [...dpo(gpt, pairs, { ...options, loss, beta: 0.2 })];
    expect(curve[0]).toMatchObject({ margin: 0, accuracy: 0.5, chosenLogRatio: 0 });
    expect(curve[0].loss).toBeCloseTo(loss === 'dpo' ? Math.log(2) : 6.25, 5);
    const last = curve.at(-1)!;
    expect(last.margin).toBeGreaterThan(0.2);
    expect(last.accuracy).toBeGreaterThan(0.7);
    expect(last.loss).toBeLessThan(curve[0].loss);
    expect(last.margin).toBeCloseTo(0.2 * (last.chosenLogRatio - last.rejectedLogRatio), 4);
    const sampled = sampleRollouts(gpt, prompts, { n: 4, maxTokens: 8, stop: [0] }, new Random(2)).flat();
    const count = (all: LanguageRollout[]) => all.reduce((sum, rollout) => sum + fives(rollout), 0) / all.length;
    expect(count(sampled)).toBeGreaterThan(1.3 * count(groups.flat()));
  });

  it('reports margins against the reference it is given', () => {
    const gpt = base.clone();
    const reference = new Gpt(shape, new Random(3));
    const [first] = dpo(gpt, pairs.slice(0, 5), { ...options, batch: 5, reference, beta: 0.3, steps: 1 });
    const logProb = (model: Gpt, prompt: ArrayLike<number>, response: ArrayLike<number>) =>
      model.read([sequenceOf({ prompt, response })])[0].logProbs.reduce((sum, x) => sum + x, 0);
    const margins = pairs.slice(0, 5).map(({ prompt, chosen, rejected }) => {
      const ratio = (response: ArrayLike<number>) =>
        logProb(base, prompt, response) - logProb(reference, prompt, response);
      return 0.3 * (ratio(chosen) - ratio(rejected));
    });
    expect(first.margin).toBeCloseTo(margins.reduce((sum, m) => sum + m, 0) / 5, 4);
    expect(first.accuracy).toBe(margins.filter((m) => m > 0).length / 5);
    expect(gpt.parameters).not.toEqual(base.parameters);
  });

  it('tells what is wrong', () => {
    const first = (some: object, given = pairs) => dpo(base.clone(), given, { ...options, ...some }).next();
    expect(() => first({ beta: 0 })).toThrow('beta must be positive and finite, got 0');
    expect(() => first({ labelSmoothing: 0.5 })).toThrow('labelSmoothing must lie in [0, 0.5), got 0.5');
    expect(() => first({ steps: 0 })).toThrow('steps must be a positive whole number, got 0');
    expect(() => first({}, [])).toThrow('must not be empty');
  });
});
