import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reply, simulatedModel } from '../lm/index.ts';
import { bestOfN } from './best-of-n.ts';
import { agreement, exactMatch, meanLogProb } from './scorers.ts';
import { tallyVotes, vote } from './voting.ts';

const replies: Reply[] = [
  { text: 'so it is 4', weight: 4 },
  { text: 'The answer is 4.0.', weight: 1 },
  { text: 'so it is 5', weight: 3 },
  { text: 'hm', weight: 1 },
];
const lm = simulatedModel({ reply: () => replies, failures: 0.1 });

describe('tallyVotes', () => {
  it('agrees with counting', () => {
    const voter = fc.tuple(fc.option(fc.constantFrom('a', 'b', 'c', 'd')), fc.option(fc.integer({ min: -3, max: 3 })));
    fc.assert(
      fc.property(fc.array(voter, { maxLength: 20 }), (voters) => {
        const answers = voters.map(([answer]) => answer);
        const weights = voters.map(([, weight]) => weight);
        const tally = tallyVotes(answers, weights);
        const cast = voters.filter(([answer, weight]) => answer !== null && weight !== null);
        expect(new Set(tally.map(({ answer }) => answer))).toEqual(new Set(cast.map(([answer]) => answer)));
        for (const { answer, weight, votes } of tally) {
          expect(votes).toEqual([...voters.keys()].filter((i) => answers[i] === answer && weights[i] !== null));
          expect(weight).toBe(votes.reduce((sum, i) => sum + (weights[i] ?? Number.NaN), 0));
        }
        for (let i = 1; i < tally.length; i++) {
          const [a, b] = [tally[i - 1], tally[i]];
          expect(a.weight > b.weight || (a.weight === b.weight && a.votes[0] < b.votes[0])).toBe(true);
        }
      }),
    );
  });

  it('refuses what is no weight', () => {
    expect(() => tallyVotes(['a'], [])).toThrow('weights must hold one number an answer, 1, got 0');
    expect(() => tallyVotes(['a'], [Number.NaN])).toThrow('weights[0] must be finite, got NaN');
  });
});

describe('vote', () => {
  it('takes the majority of the very samples', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const [election] = await vote(lm, ['2 + 2?'], { n: 7, seed });
      const [drawn] = await lm.generate(['2 + 2?'], { n: 7, seed });
      const texts = drawn.map((sample) => (sample.ok ? sample.text : null));
      const votes = (digit: string) => texts.filter((text) => text?.includes(digit)).length;
      const first = texts.find((text) => text?.match(/[45]/))?.includes('4') ? '4' : '5';
      const expected = votes('4') === votes('5') ? first : votes('4') > votes('5') ? '4' : '5';
      expect(election.answer).toBe(votes('4') + votes('5') > 0 ? expected : null);
      expect(election.unanswered).toBe(votes('hm'));
      expect(election.failed).toBe(drawn.filter(({ ok }) => !ok).length);
    }
  });

  it('weighs votes by the logistic function of the score, or as told', async () => {
    const scorer = agreement();
    const plain = await vote(lm, ['?'], { n: 40, seed: 1, scorer });
    const [{ tally, scores }] = plain;
    expect(tally.length).toBe(2);
    for (const { weight, votes } of tally) {
      const sum = votes.reduce((total, i) => total + 1 / (1 + Math.exp(-(scores[i] ?? Number.NaN))), 0);
      expect(weight).toBeCloseTo(sum, 12);
    }
    const [own] = await vote(lm, ['?'], { n: 40, seed: 1, scorer, weight: (score) => -score });
    expect(own.answer).toBe(tally[1].answer);
    expect(own.abstained).toBe(own.unanswered);
  });

  it('has no answer where nobody votes', async () => {
    const [{ answer, tally, unanswered }] = await vote(simulatedModel({ reply: () => 'well' }), ['?'], { n: 3 });
    expect({ answer, tally, unanswered }).toEqual({ answer: null, tally: [], unanswered: 3 });
  });
});

describe('scorers', () => {
  it('make a majority vote of best-of-n', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const [{ answer }] = await vote(lm, ['?'], { n: 8, seed });
      const [{ best, samples }] = await bestOfN(lm, ['?'], agreement(), { n: 8, seed });
      expect(best?.sample.text).toContain(answer);
      const voters = samples.filter((sample) => sample.ok && sample.text !== 'hm').length;
      expect(best?.score).toBeCloseTo(
        samples.filter((sample) => sample.ok && sample.text.includes(answer ?? '')).length / voters,
        12,
      );
    }
  });

  it('count each prompt by itself', async () => {
    const [a, b] = await bestOfN(
      simulatedModel({ reply: (prompt) => (prompt === 'a' ? '1' : '2') }),
      ['a', 'b'],
      agreement(),
      { n: 2 },
    );
    expect([a.scores, b.scores]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('compare with a reference, bare or marked', async () => {
    const outcomes = await bestOfN(lm, ['?', '?', '?'], exactMatch(['2 + 2 = 4\n#### 4', '$5$', null]), {
      n: 6,
      seed: 1,
    });
    for (const [i, right] of ['4', '5', null].entries()) {
      const { samples, scores } = outcomes[i];
      expect(scores).toEqual(
        samples.map((sample) => (sample.ok && right !== null ? Number(sample.text.includes(right)) : null)),
      );
    }
  });

  it('give the mean log-probability of the tokens', async () => {
    const { samples, scores } = (await bestOfN(lm, ['?'], meanLogProb, { n: 8, seed: 1, logProbs: 0 }))[0];
    const total = 9;
    const expected: Record<string, number> = {
      'so it is 4': (Math.log(7 / total) + Math.log(4 / 7)) / 4,
      'The answer is 4.0.': Math.log(1 / total) / 4,
      'so it is 5': (Math.log(7 / total) + Math.log(3 / 7)) / 4,
      hm: Math.log(1 / total),
    };
    for (const [i, sample] of samples.entries()) {
      if (sample.ok) expect(scores[i]).toBeCloseTo(expected[sample.text], 12);
      else expect(scores[i]).toBeNull();
    }
    const [without] = await bestOfN(lm, ['?'], meanLogProb, { n: 3 });
    expect(without.best).toBeNull();
    expect(without.abstained + without.failed).toBe(3);
  });
});
