import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/index.ts';
import { fillerActions, fillerChain, fillerEpisode, fillerState, fillerValue } from './filler-chain.ts';

const [plan, compute, answer] = fillerActions.keys();
const solve = (state: number) => (state >> 1 < 3 ? compute : answer);

/** A policy table that always does what `act` says. */
function certain(states: number, act: (state: number) => number): Float64Array {
  const table = new Float64Array(states * 3);
  for (let state = 0; state < states; state++) table[state * 3 + act(state)] = 1;
  return table;
}

describe('fillerEpisode', () => {
  it('scores the kinds of step', () => {
    const sure = fillerChain({ accuracy: 1 });
    const rng = new Random(0);
    const script = [plan, compute, compute, compute, compute, answer];
    let at = 0;
    const episode = fillerEpisode(sure, () => script[at++], rng);
    expect(episode.scores).toEqual([0.8, 0.6, 0.6, 0.6, -0.3, 0.9]);
    expect(episode.states).toEqual([1, 1, 3, 5, 7, 7]);
    expect(episode).toMatchObject({ answered: true, correct: true });

    const spoiled = fillerEpisode(fillerChain({ accuracy: 0 }), solve, rng);
    expect(spoiled.scores).toEqual([-0.7, -0.7, -0.7, -0.8]);
    expect(spoiled).toMatchObject({ answered: true, correct: false });
    expect(fillerEpisode(sure, () => answer, rng)).toMatchObject({ scores: [-0.8], correct: false });
  });

  it('cuts off at the horizon, and scores that only when told to', () => {
    const rng = new Random(0);
    const filler = fillerEpisode(fillerChain({ horizon: 3 }), () => plan, rng);
    expect(filler).toMatchObject({ scores: [0.8, 0.8, 0.8], answered: false, correct: false });
    expect(fillerEpisode(fillerChain({ horizon: 3, noAnswer: -0.8 }), () => plan, rng).scores).toEqual([
      0.8, 0.8, -0.8,
    ]);
  });

  it('names what does not fit', () => {
    expect(() => fillerEpisode(fillerChain(), () => 3, new Random(0))).toThrow('action must be 0 (plan)');
    expect(() => fillerChain({ horizon: 0 })).toThrow('horizon must be a positive whole number, got 0');
    expect(() => fillerChain({ accuracy: 2 })).toThrow('accuracy must lie in [0, 1], got 2');
    expect(() => fillerChain({ scores: { plan: Number.NaN } })).toThrow('score of plan must be finite, got NaN');
  });
});

describe('fillerValue', () => {
  it('has the closed forms', () => {
    const chain = fillerChain();
    expect(fillerValue(chain, certain(8, solve))).toMatchObject({
      accuracy: 0.8 ** 3,
      steps: 4,
      plans: 0,
      unanswered: 0,
    });
    expect(
      fillerValue(
        chain,
        certain(8, () => plan),
      ),
    ).toEqual({ accuracy: 0, steps: 24, plans: 24, unanswered: 1 });
    // Half planning, half answering: steps are geometric, cut at the horizon.
    const half = new Float64Array(24).map((_, i) => (i % 3 === compute ? 0 : 0.5));
    expect(fillerValue(chain, half).steps).toBeCloseTo(2 - 2 ** -23, 9);
  });

  it('is what episodes average to', () => {
    const table = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 1000 }), (weights, seed) => {
        const policy = weights.map((w, i) => {
          const row = i - (i % 3);
          return w / (weights[row] + weights[row + 1] + weights[row + 2]);
        });
        const chain = fillerChain({ horizon: 12 });
        const rng = new Random(seed);
        const n = 4000;
        const mean = { accuracy: 0, steps: 0, plans: 0, unanswered: 0 };
        for (let i = 0; i < n; i++) {
          const act = (state: number) => rng.categorical(policy.slice(state * 3, state * 3 + 3));
          const episode = fillerEpisode(chain, act, rng);
          mean.accuracy += Number(episode.correct) / n;
          mean.steps += episode.actions.length / n;
          mean.plans += episode.actions.filter((a) => a === plan).length / n;
          mean.unanswered += Number(!episode.answered) / n;
        }
        const exact = fillerValue(chain, policy);
        // Five standard errors: 0.5 / sqrt(n) for a share, at most 12 / 2 for a count.
        expect(Math.abs(mean.accuracy - exact.accuracy)).toBeLessThan(2.5 / Math.sqrt(n));
        expect(Math.abs(mean.unanswered - exact.unanswered)).toBeLessThan(2.5 / Math.sqrt(n));
        expect(Math.abs(mean.steps - exact.steps)).toBeLessThan(30 / Math.sqrt(n));
        expect(Math.abs(mean.plans - exact.plans)).toBeLessThan(30 / Math.sqrt(n));
      }),
      { numRuns: 15 },
    );
  });

  it('refuses a table of the wrong size', () => {
    expect(() => fillerValue(fillerChain(), [1, 0, 0])).toThrow('policy must hold 8 x 3 probabilities, got 3');
    expect(fillerState(3, true)).toBe(7);
  });
});
