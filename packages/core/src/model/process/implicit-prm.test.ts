import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { plainDescent, shaken, slopesAlong } from './fixtures.ts';
import { type ImplicitLoss, implicitLoss } from './implicit-loss.ts';
import { ImplicitPrm } from './implicit-prm.ts';
import { OnlineImplicitPrm } from './online-implicit-prm.ts';
import { evenOut, pairAccuracy, pairUp } from './outcome-pairs.ts';
import { trainImplicitPrm } from './train-implicit-prm.ts';

const sequences = [
  { tokens: [1, 2, 3, 4], from: 2, outcome: 1 },
  { tokens: [1, 2, 5, 5, 0], from: 2, outcome: 0 },
  { tokens: [6, 3, 1, 2, 4, 0], from: 3, outcome: 0 },
  { tokens: [6, 3, 1, 1], from: 3, outcome: 1 },
];
const outcomes = sequences.map(({ outcome }) => outcome);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The losses as the paper writes them, of rewards in the order of `sequences`. */
const written: Record<ImplicitLoss, (r: ArrayLike<number>, z: number) => number> = {
  ce: (r) => sum(outcomes.map((l, i) => -l * Math.log(sigmoid(r[i])) - (1 - l) * Math.log(1 - sigmoid(r[i])))) / 4,
  kto: (r, z) => sum(outcomes.map((l, i) => 1 - sigmoid(l === 1 ? r[i] - z : z - r[i]))) / 4,
  dpo: (r) => -(Math.log(sigmoid(r[0] - r[1])) + Math.log(sigmoid(r[3] - r[2]))) / 2,
  nca: (r) =>
    sum(
      [
        [0, 1],
        [3, 2],
      ].map(([w, l]) => -Math.log(sigmoid(r[w])) - Math.log(sigmoid(-r[w])) / 2 - Math.log(sigmoid(-r[l])) / 2),
    ) / 2,
};

function expectSlopes(before: Gpt, after: Gpt, lossOf: (gpt: Gpt) => number) {
  for (const { ours, measured, size } of slopesAlong(before, after, lossOf)) {
    expect(size).toBeGreaterThan(0.01);
    expect(Math.abs(ours - measured)).toBeLessThan(0.01 * Math.abs(measured) + 1e-3 * size);
  }
}

describe('implicitLoss', () => {
  it.each(['ce', 'kto', 'dpo', 'nca'] as const)('has the slopes of differences: %s', (kind) => {
    const reward = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(reward, reward, fc.constantFrom(0, 1), reward, (first, second, outcome, anchor) => {
        const { slopes } = implicitLoss(kind, [first, second], outcome, anchor);
        slopes.forEach((slope, i) => {
          const at = (h: number) =>
            implicitLoss(kind, [first + (i === 0 ? h : 0), second + (i === 1 ? h : 0)], outcome, anchor).loss;
          expect(slope).toBeCloseTo((at(1e-4) - at(-1e-4)) / 2e-4, 6);
        });
      }),
    );
  });

  it('stays finite where a sigmoid has long been 0', () => {
    for (const kind of ['ce', 'kto', 'dpo', 'nca'] as const) {
      const { loss, slopes } = implicitLoss(kind, [-2000, 2000], 1, 0);
      expect([loss, ...slopes].every(Number.isFinite)).toBe(true);
    }
    expect(implicitLoss('ce', [-2000, 0], 1, 0).loss).toBe(2000);
  });
});

describe('ImplicitPrm', () => {
  it('gives every token exactly 0 while the model is its reference', () => {
    const rng = new Random(0, 'texts');
    const texts = Array.from({ length: 300 }, () => {
      const tokens = Array.from({ length: 2 + rng.int(11) }, () => rng.int(7));
      return { tokens, from: 1 + rng.int(tokens.length - 1) };
    });
    const model = shaken(0);
    const prm = new ImplicitPrm({ model: model.clone(), reference: model });
    for (const rewards of prm.tokenRewards(texts)) expect(rewards.every((r) => r === 0)).toBe(true);
    expect(prm.rewards(texts)).toEqual(new Float64Array(300));
  });

  it('has prefix values that are soft expectations of the reward under the reference (Proposition 1)', () => {
    const beta = 0.3;
    const reference = shaken(2);
    const prm = new ImplicitPrm({ model: shaken(1), reference, beta });
    const all = Array.from({ length: 7 ** 3 }, (_, n) => ({
      tokens: [3, 1, Math.floor(n / 49), Math.floor(n / 7) % 7, n % 7],
      from: 2,
    }));
    const scores = prm.score(all);
    const references = reference.read(all).map(({ logProbs }) => logProbs);
    for (const prefix of [0, 8, 60, 200, 342]) {
      for (let t = 0; t <= 3; t++) {
        // All texts that share the first t tokens, as the reference goes on from there.
        const rest = [...all.keys()].filter((n) => Math.floor(n / 7 ** (3 - t)) === Math.floor(prefix / 7 ** (3 - t)));
        const expected = sum(rest.map((n) => Math.exp(sum(references[n].subarray(t)) + scores[n].total / beta)));
        const value = t === 0 ? 0 : scores[prefix].prefixValues[t - 1];
        expect(value).toBeCloseTo(beta * Math.log(expected), 5);
      }
    }
  });

  it('takes another reference by the token, or none', () => {
    const [model, reference] = [shaken(1), shaken(2)];
    const prm = new ImplicitPrm({ model, reference, beta: 1 });
    const given = reference
      .read(sequences)
      .map(({ logProbs }, i) => ({ ...sequences[i], referenceLogProbs: logProbs }));
    expect(new ImplicitPrm({ model, reference: null }).tokenRewards(given)).toEqual(prm.tokenRewards(sequences));
    // One of the batch given, the others read.
    expect(prm.tokenRewards([sequences[0], given[1], sequences[2]])).toEqual(prm.tokenRewards(sequences.slice(0, 3)));
    const bare = new ImplicitPrm({ model, reference: null, beta: 0.5 }).rewards(sequences);
    model.read(sequences).forEach(({ logProbs }, i) => {
      expect(bare[i]).toBeCloseTo(sum(logProbs) / 2, 9);
    });
  });

  it('names what does not fit', () => {
    const model = shaken(0);
    const prm = new ImplicitPrm({ model, reference: null });
    expect(() => new ImplicitPrm({ model, reference: null, beta: 0 })).toThrow(
      'beta must be positive and finite, got 0',
    );
    expect(() => prm.tokenRewards([{ tokens: [1, 2], from: 2 }])).toThrow('sequences[0] must have a response');
    expect(() => prm.tokenRewards([{ tokens: [1, 2], from: 1, referenceLogProbs: [] }])).toThrow(
      'sequences[0].referenceLogProbs must hold one number a token, 1, got 0',
    );
    expect(() => prm.score([{ tokens: [1, 2], from: 1, steps: [{ start: 0, end: 2 }] }])).toThrow('steps[0]');
  });
});

describe('trainImplicitPrm', () => {
  it.each(['ce', 'kto', 'dpo', 'nca'] as const)('descends the loss as the paper writes it: %s', (loss) => {
    const [gpt, reference] = [shaken(3), shaken(4)];
    const beta = 0.5;
    const options = { ...plainDescent, gpt, reference, beta, loss, responses: sequences, epochs: 1, seed: 0 };
    const { prm, report } = trainImplicitPrm(options);
    // Every prompt with the next response to the other one, in the order of the minibatch; all four together.
    const rewardsOf = (model: Gpt) => new ImplicitPrm({ model, reference, beta }).rewards(sequences);
    const [own, other] = [
      [0, 1],
      [2, 3],
    ];
    const order = new Random(0, 'order of examples', 0).shuffle([0, 1, 2, 3]);
    const mixed = order.map((i, at) => {
      const others = own.includes(i) ? other : own;
      const next = [...order.slice(at + 1), ...order.slice(0, at)].find((j) => others.includes(j))!;
      const { tokens, from } = sequences[i];
      return { tokens: [...tokens.slice(0, from), ...sequences[next].tokens.slice(sequences[next].from)], from };
    });
    const z = Math.max(0, sum(new ImplicitPrm({ model: gpt, reference, beta }).rewards(mixed)) / 4);
    if (loss === 'kto') expect(z).toBeGreaterThan(0);
    const lossOf = (model: Gpt) => written[loss](rewardsOf(model), z);
    expect(report.epochs[0].loss).toBeCloseTo(lossOf(gpt), 5);
    expectSlopes(gpt, prm.model, lossOf);
  });

  it('begins at chance: log 2 for ce and dpo, 2 log 2 for nca, a half for kto', () => {
    const gpt = shaken(5);
    const firstOf = (loss: ImplicitLoss) => {
      const options = { gpt, loss, responses: sequences, validation: sequences, learningRate: 0, epochs: 1, seed: 0 };
      return trainImplicitPrm(options).report.epochs[0];
    };
    const starts = { ce: Math.log(2), dpo: Math.log(2), nca: 2 * Math.log(2), kto: 0.5 };
    for (const [loss, start] of Object.entries(starts)) {
      const { loss: train, validation } = firstOf(loss as ImplicitLoss);
      expect(train).toBeCloseTo(start, 12);
      expect(validation?.loss).toBeCloseTo(start, 12);
      expect(validation?.accuracy).toBe(0.5);
    }
  });

  it('leaves the model it is given alone, and learns what it is shown', () => {
    const gpt = shaken(6);
    const parameters = gpt.parameters.slice();
    for (const loss of ['ce', 'kto', 'dpo', 'nca'] as const) {
      const options = { gpt, beta: 0.5, loss, responses: sequences, validation: sequences, seed: 0 };
      const { report, prm } = trainImplicitPrm({ ...options, learningRate: 3e-3, epochs: 15 });
      expect(report.epochs.at(-1)?.validation?.accuracy).toBe(1);
      expect(prm.reference?.parameters).toEqual(parameters);
    }
    expect(gpt.parameters).toEqual(parameters);
  });

  it('names what does not fit', () => {
    const train = (change: object) =>
      trainImplicitPrm({
        gpt: shaken(0),
        loss: 'ce',
        responses: sequences,
        learningRate: 1e-3,
        epochs: 1,
        seed: 0,
        ...change,
      });
    const soft = [{ ...sequences[0], outcome: 0.5 }];
    expect(() => train({ responses: soft })).not.toThrow();
    expect(() => train({ responses: soft, loss: 'kto' })).toThrow('responses[0].outcome must be 0 or 1, got 0.5');
    expect(() => train({ responses: soft, balance: 'prompt' })).toThrow('must be 0 or 1');
    expect(() => train({ responses: [{ ...sequences[0], outcome: 2 }] })).toThrow('must lie in [0, 1], got 2');
    expect(() => train({ responses: [sequences[0]], loss: 'dpo' })).toThrow(
      'responses must leave a prompt with right and wrong responses to learn from, got none',
    );
    expect(() => train({ responses: [sequences[0]], balance: 'dataset' })).toThrow('must leave a response');
  });
});

describe('OnlineImplicitPrm', () => {
  it.each(['ce', 'dpo'] as const)('takes a step down the loss and gives the scores from before it: %s', (loss) => {
    const [gpt, reference] = [shaken(7), shaken(8)];
    const before = new ImplicitPrm({ model: gpt.clone(), reference, beta: 0.5 });
    const model = gpt.clone();
    const prm = new OnlineImplicitPrm({ ...plainDescent, model, reference, beta: 0.5, loss });
    const update = prm.update(sequences, outcomes);
    expect(update.tokenRewards).toEqual(before.tokenRewards(sequences));
    const lossOf = (at: Gpt) =>
      written[loss](new ImplicitPrm({ model: at, reference, beta: 0.5 }).rewards(sequences), 0);
    expect(update.loss).toBeCloseTo(lossOf(gpt), 6);
    expectSlopes(gpt, model, lossOf);
    const r = before.rewards(sequences);
    expect(update.pairAccuracy).toBe((Number(r[0] > r[1]) + Number(r[3] > r[2])) / 2);
  });

  it('works in minibatches, of which each sees what the ones before have learned', () => {
    const gpt = shaken(9);
    const make = (minibatch: number) =>
      new OnlineImplicitPrm({ model: gpt.clone(), reference: gpt, learningRate: 1e-2, minibatch });
    const update = make(2).update(sequences, outcomes);
    expect(update.tokenRewards.slice(0, 2).every((rewards) => rewards.every((r) => r === 0))).toBe(true);
    expect(update.tokenRewards[2].some((r) => r !== 0)).toBe(true);
    const byHand = make(4);
    byHand.update(sequences.slice(0, 2), outcomes.slice(0, 2));
    const second = byHand.update(sequences.slice(2), outcomes.slice(2));
    expect(second.tokenRewards).toEqual(update.tokenRewards.slice(2));
  });

  it('does not move on pairs that are none, and clips at 10', () => {
    const gpt = shaken(10);
    const dpo = new OnlineImplicitPrm({ model: gpt.clone(), reference: gpt, learningRate: 1, loss: 'dpo' });
    const same = [1, 1, 0, 0];
    expect(dpo.update(sequences, same)).toMatchObject({ loss: null, pairAccuracy: null, gradientNorm: 0 });
    expect(dpo.model.parameters).toEqual(gpt.parameters);
    const loud = new OnlineImplicitPrm({ ...plainDescent, model: gpt.clone(), reference: gpt, beta: 100 });
    const { gradientNorm } = loud.update(sequences, outcomes);
    expect(gradientNorm).toBeGreaterThan(20);
    const moved = Math.hypot(...loud.model.parameters.map((x, i) => x - gpt.parameters[i]));
    expect(moved).toBeCloseTo(10 * 0.01, 2);
    expect(() => loud.update(sequences, [1])).toThrow('outcomes must hold one number a response, 4, got 1');
    expect(() => loud.update([], [])).toThrow('sequences must not be empty');
  });
});

describe('outcomes of the same prompt', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ tokens: [i % 2, i], from: 1 }));
  const marks = many.map((_, i) => (i % 4 === 0 || i === 1 ? 1 : 0)); // prompt 0: 3 of 6, prompt 1: 1 of 6

  it('pair each right response with a wrong one, all wrong ones in turn', () => {
    const pairs = pairUp(many, marks, new Random(0));
    expect(pairs.map(([right]) => right).sort((a, b) => a - b)).toEqual([0, 1, 4, 8]);
    for (const [right, wrong] of pairs) {
      expect([marks[right], marks[wrong]]).toEqual([1, 0]);
      expect(right % 2).toBe(wrong % 2);
    }
    expect(new Set(pairs.map(([, wrong]) => wrong)).size).toBe(4);
  });

  it('even out over all or by prompt', () => {
    const all = evenOut([many.map((_, i) => i)], marks, new Random(0));
    expect(all).toHaveLength(8);
    expect(sum(all.map((i) => marks[i]))).toBe(4);
    const groups = [0, 1].map((p) => [...many.keys()].filter((i) => i % 2 === p));
    const each = evenOut(groups, marks, new Random(0));
    expect(each.filter((i) => i % 2 === 0)).toHaveLength(6);
    expect(each.filter((i) => i % 2 === 1)).toHaveLength(2);
  });

  it('are ordered by rewards to a share, weighed by their difference', () => {
    const groups = [[0, 1, 2], [3]];
    expect(pairAccuracy(groups, [3, 2, 1, 9], [1, 0.5, 0, 0])).toBe(1);
    // Of the differences 0.5, 1 and 0.5, the first is wrong and the last a tie.
    expect(pairAccuracy(groups, [2, 3, 2, 0], [1, 0.5, 0, 0])).toBe((0 + 0.5 + 0.5) / 2);
    expect(pairAccuracy([[0], [1]], [1, 2], [1, 0])).toBeNull();
  });
});
