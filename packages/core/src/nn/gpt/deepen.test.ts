import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { deepened } from './deepen.ts';
import { Gpt } from './gpt.ts';
import { GptTrainer } from './train.ts';

const shape = { vocabulary: 7, context: 9, width: 16, layers: 1, heads: 2, outputs: ['step'] };
const sequences = [
  { tokens: [1, 4, 2, 6, 3, 0], from: 1 },
  { tokens: [5, 5], from: 1 },
];

describe('deepened', () => {
  it('computes the same, outputs included, and leaves the original alone', () => {
    const gpt = new Gpt(shape, new Random(0, 'weights'));
    // The output is no constant.
    gpt.parameters.forEach((_, i) => {
      if (i >= gpt.parameters.length - 17) gpt.parameters[i] = Math.sin(i);
    });
    const before = gpt.parameters.slice();
    const deeper = deepened(gpt, 3, new Random(0, 'deeper'));
    expect(deeper.shape).toEqual({ ...shape, layers: 3 });
    const [ours, theirs] = [deeper.read(sequences), gpt.read(sequences)];
    ours.forEach(({ logProbs, outputs }, i) => {
      logProbs.forEach((logProb, t) => {
        expect(logProb).toBeCloseTo(theirs[i].logProbs[t], 5);
      });
      outputs[0].forEach((value, t) => {
        expect(value).toBeCloseTo(theirs[i].outputs[0][t], 5);
      });
    });
    expect(gpt.parameters).toEqual(before);
  });

  it('learns with its new layers', () => {
    const deeper = deepened(new Gpt(shape, new Random(0, 'weights')), 2, new Random(0, 'deeper'));
    const before = deeper.parameters.slice();
    const trainer = new GptTrainer(deeper, { learningRate: 1e-2 });
    const towards = () =>
      trainer.step(sequences, (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => -1) })));
    towards();
    towards();
    const old = new Gpt({ ...shape, layers: 1 }, new Random(0, 'weights')).parameters.length;
    const moved = deeper.parameters.filter((value, i) => value !== before[i]).length;
    expect(moved).toBeGreaterThan(old);
  });

  it('as many layers as there are is a copy; fewer cannot be', () => {
    const gpt = new Gpt(shape, new Random(0, 'weights'));
    expect(deepened(gpt, 1, new Random(0)).parameters).toEqual(gpt.parameters);
    for (const layers of [0, 1.5, Number.NaN]) {
      expect(() => deepened(gpt, layers, new Random(0))).toThrow(/layers must be a whole number from 1/);
    }
  });
});
