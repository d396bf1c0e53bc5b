import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { gridworld } from './gridworld.ts';
import { randomModel, sparseModel } from './random-model.ts';
import { dropUnreachable, reachableStates } from './reachable.ts';
import { expectedNext, expectedReward, tabularModel, tabulate, tabulateReward } from './tabular.ts';

const sizes = fc.record({
  nS: fc.integer({ min: 1, max: 9 }),
  nA: fc.integer({ min: 1, max: 4 }),
  gamma: fc.double({ min: 0, max: 0.99, noNaN: true }),
});

describe('tabularModel', () => {
  const good = { nS: 2, nA: 1, gamma: 0.5, T: Float64Array.of(1, 0, 0.5, 0.5), mu0: Float64Array.of(1, 0) };

  it('takes a model that is one', () => {
    expect(tabularModel(good)).toBe(good);
  });

  it.each([
    [{ gamma: 1 }, /gamma must lie in \[0, 1\), got 1/],
    [{ nS: 0 }, /nS must be a positive whole number, got 0/],
    [{ T: Float64Array.of(1, 0, 0.5) }, /T must hold nS \* nA \* nS = 4 numbers, got 3/],
    [{ T: Float64Array.of(1, 0, 0.5, 0.4) }, /T\(s=1, a=0\) must sum to 1, got 0.9/],
    [{ T: Float64Array.of(2, -1, 0.5, 0.5) }, /T\(s=0, a=0\)\[1\] must be a probability, got -1/],
    [{ mu0: Float64Array.of(Number.NaN, 1) }, /mu0\[0\] must be a probability, got NaN/],
  ])('refuses %o', (wrong, message) => {
    expect(() => tabularModel({ ...good, ...wrong })).toThrow(message);
  });
});

describe('random models', () => {
  it('are models, and the same for the same stream', () => {
    fc.assert(
      fc.property(sizes, fc.integer(), (size, seed) => {
        for (const make of [randomModel, sparseModel]) {
          expect(make(size, new Random(seed)).T).toEqual(make(size, new Random(seed)).T);
        }
      }),
    );
  });

  it('leave about 16% of transitions possible when sparse', () => {
    const { T } = sparseModel({ nS: 32, nA: 4, gamma: 0.9 }, new Random(1));
    const share = T.filter((p) => p > 0).length / T.length;
    expect(share).toBeGreaterThan(0.14);
    expect(share).toBeLessThan(0.2);
  });
});

describe('expectedReward', () => {
  it('averages over successors, and gives back what is averaged already', () => {
    const model = randomModel({ nS: 3, nA: 2, gamma: 0.9 }, new Random(2));
    const reward = tabulateReward((s, a, next) => s + 10 * a + 100 * next, model);
    const r = expectedReward(model, reward);
    const byHand = 1 + 10 + 100 * (model.T[10] + 2 * model.T[11]); // s = 1, a = 1
    expect(r[3]).toBeCloseTo(byHand, 12);
    expect(expectedReward(model, r)).toBe(r);
    expect(expectedNext(model, Float64Array.of(0, 100, 200))[3]).toBeCloseTo(byHand - 11, 12);
  });

  it('refuses other sizes and numbers that are not finite', () => {
    const model = randomModel({ nS: 3, nA: 2, gamma: 0.9 }, new Random(2));
    expect(() => expectedReward(model, new Float64Array(7))).toThrow(
      /nS \* nA = 6 or nS \* nA \* nS = 18 numbers, got 7/,
    );
    expect(() => expectedReward(model, new Float64Array(6).fill(Number.NaN))).toThrow(
      /reward\[0\] must be finite, got NaN/,
    );
    expect(() => tabulateReward(() => Infinity, model)).toThrow(
      /must be finite, got Infinity for \(s, a, s'\) = \(0, 0, 0\)/,
    );
  });
});

describe('tabulate', () => {
  it('makes the grid one expects', () => {
    const model = tabulate(gridworld({ map: ['S.', '#G'], slip: 0.2, gamma: 0.9 }));
    expect(model.states).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
    ]);
    const chance = (from: number, move: 'up' | 'right' | 'down' | 'left', to: number) =>
      model.T[(from * 4 + model.actions.indexOf(move)) * 3 + to];
    expect(chance(0, 'right', 1)).toBeCloseTo(0.8, 12);
    expect(chance(0, 'right', 0)).toBeCloseTo(0.2, 12); // slips into the border and the wall
    expect(chance(1, 'right', 2)).toBeCloseTo(0.1, 12);
    expect(chance(2, 'up', 2)).toBe(1); // a goal is for ever
    expect([...model.mu0]).toEqual([1, 0, 0]);
    expect(model.indexOf({ x: 1, y: 1 })).toBe(2);
    expect(() => model.indexOf({ x: 0, y: 1 })).toThrow(/state must be reachable, got 0,1/);
  });

  it('gives rewards the states themselves', () => {
    const model = tabulate(gridworld({ size: 3 }));
    const reward = tabulateReward((_cell, _move, next) => next.x + 10 * next.y, model, { possibleOnly: true });
    const at = (model.indexOf({ x: 1, y: 1 }) * 4 + model.actions.indexOf('right')) * 9;
    expect(reward[at + model.indexOf({ x: 2, y: 1 })]).toBe(12);
    expect(reward[at + model.indexOf({ x: 0, y: 1 })]).toBe(0); // not possible, not asked
  });

  it('stops at the limit and refuses maps that are none', () => {
    expect(() => tabulate(gridworld({ size: 5 }), { limit: 24 })).toThrow(/at most limit = 24 reachable states/);
    expect(() => gridworld({ map: [] })).toThrow(/map must have at least one cell/);
    expect(() => gridworld({ map: ['..', '.'] })).toThrow(/rows of one length, 2/);
    expect(() => gridworld({ map: ['#G'] })).toThrow(/a floor cell to start from/);
    expect(() => gridworld({ size: 3, slip: 2 })).toThrow(/slip must lie in \[0, 1\], got 2/);
  });
});

describe('dropUnreachable', () => {
  it('keeps what the start reaches, in order', () => {
    // 0 -> 2 -> 0 while 1 leads to 2 but is never met.
    const model = tabularModel({
      nS: 3,
      nA: 1,
      gamma: 0.9,
      T: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 0, 0),
      mu0: Float64Array.of(1, 0, 0),
    });
    expect([...reachableStates(model)]).toEqual([0, 2]);
    const kept = dropUnreachable(model);
    expect(kept.states).toEqual([0, 2]);
    expect([...kept.T]).toEqual([0, 1, 1, 0]);
    expect([...tabulateReward((s, _a, next) => 10 * s + next, kept)]).toEqual([0, 2, 20, 22]);
    expect(kept.indexOf(2)).toBe(1);
    expect(() => kept.indexOf(1)).toThrow(/state must be reachable, got 1/);
  });
});
