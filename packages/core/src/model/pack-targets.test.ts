import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gpt } from '../nn/index.ts';
import { Random } from '../stats/index.ts';
import { packTargets } from './pack-targets.ts';
import { StepScorer, type StepTargets, trainStepScorer } from './process/index.ts';

const sequence = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 });
const example = fc
  .record({ tokens: sequence, target: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ tokens, target }): StepTargets => ({ tokens, positions: [tokens.length - 1], targets: [target] }));

/** What a causal model is asked: the tokens up to each position, its target and its weight. */
function asked(examples: readonly StepTargets[]): string[] {
  return examples
    .flatMap(({ tokens, positions, targets, weights }) =>
      Array.from(positions, (p, i) =>
        JSON.stringify([Array.from(tokens).slice(0, p + 1), targets[i], weights ? weights[i] : 1]),
      ),
    )
    .sort();
}

describe('packTargets', () => {
  it('asks the same questions', () => {
    fc.assert(
      fc.property(fc.array(example, { maxLength: 30 }), (examples) => {
        expect(asked(packTargets(examples))).toEqual(asked(examples));
      }),
    );
  });

  it('leaves no sequence that begins another', () => {
    fc.assert(
      fc.property(fc.array(example, { maxLength: 30 }), (examples) => {
        const texts = packTargets(examples).map(({ tokens }) => Array.from(tokens).join(''));
        for (const [i, text] of texts.entries()) {
          expect(texts.some((other, j) => i !== j && other.startsWith(text))).toBe(false);
        }
      }),
    );
  });

  it('keeps weights and several positions, and a label each where two examples disagree', () => {
    const packed = packTargets([
      { tokens: [5, 1], positions: [1, 0], targets: [1, 0.5], weights: [2, 3] },
      { tokens: [5, 1, 2], positions: [2], targets: [0] },
      { tokens: [5, 1, 2], positions: [2], targets: [1] },
      { tokens: [5, 2], positions: [1], targets: [1] },
    ]);
    expect(packed.map(({ tokens }) => tokens)).toEqual([
      [5, 1, 2],
      [5, 2],
    ]);
    expect(packed[0].positions).toEqual([2, 2, 1, 0]);
    expect(packed[0].weights).toEqual([1, 1, 2, 3]);
  });

  it('trains a scorer as the examples do, in fewer tokens', () => {
    const shape = { vocabulary: 6, context: 8, width: 16, layers: 1, heads: 2, outputs: ['step'] };
    const rng = new Random(0, 'weights');
    const gpt = new Gpt(shape, rng);
    gpt.parameters.forEach((x, i) => {
      gpt.parameters[i] = x + 0.1 * rng.normal();
    });
    const examples = [3, 4, 5, 6].map((length) => ({
      tokens: [1, 2, 3, 4, 5, 0].slice(0, length),
      positions: [length - 1],
      targets: [length % 2],
    }));
    const train = (of: readonly StepTargets[]) =>
      // Far from AdamW's signs: steps in proportion to the gradient.
      trainStepScorer({
        gpt,
        examples: of,
        loss: 'classification',
        learningRate: 10,
        epsilon: 1000,
        epochs: 3,
        seed: 0,
      });
    const plain = train(examples);
    const packed = train(packTargets(examples));
    expect(packed.report.tokens).toBe((plain.report.tokens * 6) / 18);
    expect(packed.scorer).toBeInstanceOf(StepScorer);
    plain.scorer.gpt.parameters.forEach((x, i) => {
      expect(packed.scorer.gpt.parameters[i]).toBeCloseTo(x, 6);
    });
  });
});
