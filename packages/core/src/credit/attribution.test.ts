import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { redistribute, terminalRewards, uniformRewards, valueDifferences } from './attribution.ts';
import { discountedReturns } from './returns.ts';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const contributions = fc.array(number, { minLength: 1, maxLength: 12 });
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, x) => total + x, 0);

describe('redistribute', () => {
  it('with a total, sums to it whatever the contributions, and moves all of them alike', () => {
    fc.assert(
      fc.property(contributions, number, (c, total) => {
        const rewards = redistribute({ contributions: c, total });
        expect(sum(rewards)).toBeCloseTo(total, 9);
        for (let t = 1; t < c.length; t++) expect(rewards[t] - rewards[0]).toBeCloseTo(c[t] - c[0], 9);
      }),
    );
  });

  it('is not unique: contributions that differ by what sums to zero have the same sum', () => {
    fc.assert(
      fc.property(contributions, number, (c, d) => {
        const other = c.map((x, t) => x + (t === 0 ? d : 0) - (t === c.length - 1 ? d : 0));
        expect(sum(redistribute({ contributions: other }))).toBeCloseTo(sum(redistribute({ contributions: c })), 9);
      }),
    );
  });

  it('adds the bonus of each accepted action, which grows with the length of the episode', () => {
    expect([...redistribute({ contributions: [0.25, 0.5], executed: [true, false], alpha: 2, beta: 0.5 })]).toEqual([
      1, 1,
    ]);
    fc.assert(
      fc.property(contributions, number, (c, total) => {
        const executed = c.map(() => true);
        expect(sum(redistribute({ contributions: c, executed, total, beta: 0.5 }))).toBeCloseTo(
          total + c.length / 2,
          9,
        );
      }),
    );
  });

  it('conserved, leaves R less the past at each step, and the expected policy gradient that of the terminal reward', () => {
    // All episodes of three binary actions under a policy by history; contributions depend on the past and the action.
    const random = new Random(3, 'attribution');
    const histories = ['', '0', '1', '00', '01', '10', '11'];
    const up = new Map(histories.map((h) => [h, random.uniform()]));
    const contribution = new Map([...histories.flatMap((h) => [`${h}0`, `${h}1`])].map((h) => [h, random.normal()]));
    const reward = new Map(
      histories
        .slice(3)
        .flatMap((h) => [`${h}0`, `${h}1`])
        .map((y) => [y, random.normal()]),
    );
    const gradient = (rewards: (y: string) => Float64Array) =>
      histories.map((h) => {
        let total = 0;
        for (const y of reward.keys()) {
          if (!y.startsWith(h)) continue;
          let p = 1;
          for (let t = 0; t < 3; t++) p *= y[t] === '1' ? up.get(y.slice(0, t))! : 1 - up.get(y.slice(0, t))!;
          // Derivative of the logarithm of the action's probability by the logit of action 1.
          const score = Number(y[h.length]) - up.get(h)!;
          total += p * score * discountedReturns(rewards(y))[h.length];
        }
        return total;
      });
    // The last contribution is what is missing, so that every episode's sum to its reward without being moved.
    const parts = (y: string) => {
      const first = [contribution.get(y[0])!, contribution.get(y.slice(0, 2))!];
      return [...first, reward.get(y)! - sum(first)];
    };
    for (const y of reward.keys()) {
      discountedReturns(redistribute({ contributions: parts(y) })).forEach((g, t) => {
        expect(g).toBeCloseTo(reward.get(y)! - sum(parts(y).slice(0, t)), 12);
      });
    }
    const terminal = gradient((y) => terminalRewards(reward.get(y)!, 3));
    gradient((y) => redistribute({ contributions: parts(y) })).forEach((g, i) => {
      expect(g).toBeCloseTo(terminal[i], 12);
    });
    const misfit = gradient((y) => redistribute({ contributions: parts(y).map((c, t) => (t === 2 ? 0 : c)) }));
    expect(Math.max(...misfit.map((g, i) => Math.abs(g - terminal[i])))).toBeGreaterThan(0.01);
  });

  it('names what does not fit', () => {
    expect(() => redistribute({ contributions: [1, Number.NaN] })).toThrow('contributions[1] must be finite, got NaN');
    expect(() => redistribute({ contributions: [1], executed: [] })).toThrow('one flag a step, 1, got 0');
    expect(() => redistribute({ contributions: [1], beta: Infinity })).toThrow('beta must be finite, got Infinity');
  });
});

describe('other redistributions', () => {
  it('keep the sum: equal parts, all on the last step, differences of a value that ends at the reward', () => {
    fc.assert(
      fc.property(contributions, number, (v, total) => {
        expect(sum(uniformRewards(total, v.length))).toBeCloseTo(total, 9);
        expect(sum(terminalRewards(total, v.length))).toBe(total);
        const differences = valueDifferences([...v, total]);
        expect(sum(differences)).toBeCloseTo(total, 9);
        expect(differences[0]).toBe(v[0]);
      }),
    );
    expect([...terminalRewards(1, 3)]).toEqual([0, 0, 1]);
    expect([...valueDifferences([0.5, 0.25, 1])]).toEqual([0.5, -0.25, 0.75]);
  });

  it('name what does not fit', () => {
    expect(() => uniformRewards(1, 0)).toThrow('steps must be at least 1 and whole, got 0');
    expect(() => terminalRewards(Number.NaN, 1)).toThrow('total must be finite, got NaN');
    expect(() => valueDifferences([0, Infinity])).toThrow('values[1] must be finite, got Infinity');
  });
});
