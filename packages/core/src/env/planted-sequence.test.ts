import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { plantedPolicy, plantedSequence, plantedValues } from './planted-sequence.ts';

describe('plantedSequence', () => {
  it('knows after each token how much of the planted sequence stands at the end', () => {
    const small = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        fc.array(small, { minLength: 1, maxLength: 5 }),
        fc.array(small, { maxLength: 12 }),
        (planted, written) => {
          const world = plantedSequence({ planted, vocabulary: 4, horizon: 12 });
          let state = 0;
          for (let t = 1; t <= written.length; t++) {
            state = world.next(state, written[t - 1]);
            const text = written.slice(0, t).join('');
            if (text.includes(planted.join(''))) {
              expect(state).toBe(planted.length);
            } else {
              const matches = planted.map((_, k) => k).filter((k) => text.endsWith(planted.slice(0, k).join('')));
              expect(state).toBe(Math.max(...matches));
            }
          }
          expect(world.succeeds(written)).toBe(written.join('').includes(planted.join('')));
        },
      ),
    );
  });

  it('ends for good', () => {
    const world = plantedSequence({ planted: [1, 1], vocabulary: 3, horizon: 6 });
    expect(world.succeeds([1, 2, 1, 1])).toBe(false);
    expect(world.succeeds([1, 1, 2])).toBe(true);
    expect(world.succeeds([0, 1, 1, 0])).toBe(true);
  });

  it('refuses what cannot be planted', () => {
    expect(() => plantedSequence({ planted: [] })).toThrow('planted must hold 1 to 10 tokens, got 0');
    expect(() => plantedSequence({ planted: [1, 14] })).toThrow(
      'planted[1] must be a whole number from 0 to 13, got 14',
    );
    expect(() => plantedSequence({ horizon: 0 })).toThrow('horizon must be a positive whole number, got 0');
    expect(() => plantedValues(plantedSequence(), -1)).toThrow('strength must be at least 0 and finite, got -1');
  });
});

describe('plantedValues', () => {
  it('gives the solve rates of the paper’s setting', () => {
    const world = plantedSequence();
    const rate = (strength: number) => plantedValues(world, strength)[world.horizon * world.states];
    const rates = { 2: 0.0001, 5: 0.0054, 8: 0.0245, 10: 0.0455, 15: 0.1181, 30: 0.3626, 100: 0.8151, 1000: 0.9926 };
    for (const [strength, expected] of Object.entries(rates)) {
      expect(Math.abs(rate(Number(strength)) - expected)).toBeLessThan(6e-5);
    }
  });

  it('agrees with every sequence that can be written', () => {
    const world = plantedSequence({ planted: [0, 1, 0], vocabulary: 3, horizon: 6 });
    const values = plantedValues(world, 3);
    const byHand = (state: number, left: number): number => {
      if (left === 0) return Number(state === 3);
      const policy = plantedPolicy(world, 3, state);
      return [0, 1, 2].reduce((sum, token) => sum + policy[token] * byHand(world.next(state, token), left - 1), 0);
    };
    for (let left = 0; left <= 6; left++) {
      for (let state = 0; state < world.states; state++) {
        expect(values[left * world.states + state]).toBeCloseTo(byHand(state, left), 12);
      }
    }
  });

  it('agrees with what the policy writes', () => {
    const world = plantedSequence();
    const rng = new Random(0, 'planted');
    let hits = 0;
    for (let i = 0; i < 4000; i++) {
      let state = 0;
      for (let t = 0; t < world.horizon; t++)
        state = world.next(state, rng.categorical(plantedPolicy(world, 30, state)));
      hits += Number(state === world.planted.length);
    }
    expect(Math.abs(hits / 4000 - 0.3626)).toBeLessThan(0.025);
  });
});
