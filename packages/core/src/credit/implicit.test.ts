import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { aggregateSteps, implicitRewards } from './implicit.ts';

const symbols = 3;
const length = 6;

/** A tabular language model: log-probabilities of the next symbol after every string shorter than `length`. */
type Model = Map<string, number[]>;

function every(upTo: number): string[] {
  let layer = [''];
  const all = [''];
  for (let n = 0; n < upTo; n++) {
    layer = layer.flatMap((s) => Array.from({ length: symbols }, (_, a) => s + a));
    all.push(...layer);
  }
  return all;
}

const prefixes = every(length - 1);
const strings = every(length).filter((s) => s.length === length);

function randomModel(random: Random, scale: number): Model {
  return new Map(
    prefixes.map((prefix) => {
      const logits = Array.from({ length: symbols }, () => scale * random.normal());
      const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
      return [prefix, logits.map((x) => x - total)];
    }),
  );
}

const logProbs = (model: Model, y: string) => Array.from(y, (a, t) => model.get(y.slice(0, t))![Number(a)]);
const probability = (model: Model, y: string, from: number) =>
  Math.exp(
    logProbs(model, y)
      .slice(from)
      .reduce((sum, x) => sum + x, 0),
  );

/** β log E_ref[exp(r(y) / β) | prefix], and the mean and largest r, over all continuations. */
function softValue(reference: Model, reward: (y: string) => number, prefix: string, beta: number) {
  const all = strings.filter((y) => y.startsWith(prefix));
  const largest = Math.max(...all.map(reward));
  let expected = 0;
  let mean = 0;
  for (const y of all) {
    const p = probability(reference, y, prefix.length);
    expected += p * Math.exp((reward(y) - largest) / beta);
    mean += p * reward(y);
  }
  return { soft: largest + beta * Math.log(expected), mean, largest };
}

describe('implicitRewards', () => {
  it('Proposition 1: a prefix value is the soft value of the learned reward over all continuations', () => {
    for (let seed = 0; seed < 3; seed++) {
      const random = new Random(seed, 'implicit rewards');
      const model = randomModel(random, 1.5);
      const reference = randomModel(random, 1);
      const beta = [0.05, 0.5, 2][seed];
      const totals = new Map(
        strings.map((y) => [y, implicitRewards(logProbs(model, y), logProbs(reference, y), { beta }).total]),
      );
      const reward = (y: string) => totals.get(y)!;
      expect(softValue(reference, reward, '', beta).soft).toBeCloseTo(0, 9);
      for (const y of strings.filter((_, i) => i % 61 === 0)) {
        const { prefixValues } = implicitRewards(logProbs(model, y), logProbs(reference, y), { beta });
        prefixValues.forEach((q, t) => {
          expect(q).toBeCloseTo(softValue(reference, reward, y.slice(0, t + 1), beta).soft, 9);
        });
      }
    }
  });

  it('Proposition 2: for a given reward the prefix value lies between mean and maximum, and falls as β grows', () => {
    const random = new Random(7, 'implicit rewards');
    const reference = randomModel(random, 1);
    const given = new Map(strings.map((y) => [y, random.normal()]));
    const reward = (y: string) => given.get(y)!;
    const y = strings[100];
    let previous = Array.from({ length }, () => Infinity);
    for (const beta of [0.1, 0.5, 1, 10, 1000]) {
      // The model whose implicit reward is the given one up to a constant: the reference tilted by exp(r / β).
      const tilted: Model = new Map(
        prefixes.map((prefix) => {
          const before = softValue(reference, reward, prefix, beta).soft;
          const logs = reference.get(prefix)!.map((p, a) => {
            const next = prefix + a;
            const value = next.length === length ? reward(next) : softValue(reference, reward, next, beta).soft;
            return p + (value - before) / beta;
          });
          return [prefix, logs];
        }),
      );
      const { prefixValues } = implicitRewards(logProbs(tilted, y), logProbs(reference, y), { beta });
      const constant = softValue(reference, reward, '', beta).soft;
      previous = previous.map((above, t) => {
        const q = prefixValues[t] + constant;
        const { mean, largest } = softValue(reference, reward, y.slice(0, t + 1), beta);
        expect(q).toBeGreaterThanOrEqual(mean - 1e-9);
        expect(q).toBeLessThanOrEqual(largest + 1e-9);
        expect(q).toBeLessThanOrEqual(above + 1e-9);
        if (beta === 1000) expect(q).toBeCloseTo(mean, 2);
        return q;
      });
    }
  });

  it('steps add up to the prefix value at their end; tokens between them belong to the later one', () => {
    const steps = [
      { start: 0, end: 1 },
      { start: 2, end: 3 },
    ];
    const scores = implicitRewards([-1, -1, -1, -1], [-2, -3, -1, -5], { beta: 1, steps });
    expect([...scores.perStep]).toEqual([1, 2]);
    expect([...scores.cumulative]).toEqual([1, 3]);
    expect(scores.total).toBe(7);
    expect([...implicitRewards([-1, -2], null, { beta: 2 }).perStep]).toEqual([-2, -4]);
  });

  it('is zero where the model is its reference, as at the start of training', () => {
    expect([...implicitRewards([-1, -0.5], [-1, -0.5]).perToken]).toEqual([0, 0]);
  });

  it('names what does not fit', () => {
    expect(() => implicitRewards([-1], [-1, -1])).toThrow('referenceLogProbs must hold one number a token, 1, got 2');
    expect(() => implicitRewards([0.5], [-1])).toThrow('logProbs[0] must be finite and at most 0, got 0.5');
    expect(() => implicitRewards([-1], [-Infinity])).toThrow('referenceLogProbs[0] must be finite');
    expect(() => implicitRewards([-1], [-1], { beta: 0 })).toThrow('beta must be positive and finite, got 0');
    expect(() => implicitRewards([-1], [-1], { steps: [{ start: 0, end: 2 }] })).toThrow('got 0 to 2');
  });
});

describe('aggregateSteps', () => {
  it('is what its name says', () => {
    const steps = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(steps, (r) => {
        const sums = r.map((_, k) => r.slice(0, k + 1).reduce((sum, x) => sum + x, 0));
        expect(aggregateSteps(r, 'min')).toBe(Math.min(...r));
        expect(aggregateSteps(r, 'sum')).toBeCloseTo(sums[r.length - 1], 9);
        expect(aggregateSteps(r, 'mean')).toBeCloseTo(sums[r.length - 1] / r.length, 9);
        expect(aggregateSteps(r, 'last')).toBe(r[r.length - 1]);
        expect(aggregateSteps(r, 'cumulativeMin')).toBeCloseTo(Math.min(...sums), 9);
      }),
    );
    expect(() => aggregateSteps([], 'min')).toThrow('at least one step, got 0');
    expect(() => aggregateSteps([Number.NaN], 'min')).toThrow('perStep[0] must be finite, got NaN');
  });
});
