import { describe, expect, it } from 'vitest';
import { chainMod, encodeResponse } from '../../env/index.ts';
import { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { evaluatePolicy } from './evaluate.ts';
import { sequenceOf } from './rollout.ts';
import { sft } from './sft.ts';

const family = chainMod({ modulus: 5, operands: [0, 4] });
const { tokenizer } = family;
const rng = new Random(0, 'problems');
const problems = Array.from({ length: 300 }, () => family.sample(rng, 1));
const examples = problems.map((problem) => ({
  prompt: tokenizer.encode(problem.prompt),
  response: encodeResponse(tokenizer, family.solve(problem)),
}));
const fresh = () =>
  new Gpt({ vocabulary: tokenizer.size, context: 16, width: 16, layers: 1, heads: 2 }, new Random(0, 'gpt'));
const optimiser = { learningRate: 1e-2, maxGradientNorm: 1 };

describe('sft', () => {
  it('learns until it is told to stop', () => {
    const gpt = fresh();
    const accuracies: number[] = [];
    const until = (steps: number) => {
      expect(steps).toBe(50 * (accuracies.length + 1));
      accuracies.push(evaluatePolicy(gpt, family, problems.slice(0, 100), { random: new Random(1) }).accuracy);
      return accuracies.at(-1)! >= 0.9;
    };
    const curve = [...sft(gpt, examples, { random: new Random(0), steps: 1000, optimiser, until, every: 50 })];
    expect(accuracies.at(-1)).toBeGreaterThanOrEqual(0.9);
    expect(accuracies.slice(0, -1).every((accuracy) => accuracy < 0.9)).toBe(true);
    expect(curve).toHaveLength(50 * accuracies.length);
    expect(curve.map(({ iteration }) => iteration)).toEqual([...curve.keys()]);
    expect(curve[0].loss).toBeGreaterThan(2.5);
    expect(curve.at(-1)!.loss).toBeLessThan(0.2);
    expect(curve.at(-1)!.entropy).toBeLessThan(0.3);
  });

  it('reports the mean over response tokens before it moves', () => {
    const gpt = fresh();
    const readings = gpt.read(examples.map(sequenceOf));
    const all = readings.flatMap(({ logProbs }) => [...logProbs]);
    const [first] = sft(gpt, examples, { random: new Random(0), steps: 1, batch: 300, optimiser });
    expect(first.loss).toBeCloseTo(-all.reduce((sum, x) => sum + x, 0) / all.length, 5);
  });

  it('learns nothing from tokens that are not its own', () => {
    const trained = (response: number[]) => {
      const gpt = fresh();
      const options = { random: new Random(0), steps: 3, batch: 2, optimiser };
      const metrics = [...sft(gpt, [{ prompt: [4, 5], response, own: [1, 1, 0] }], options)];
      return { metrics, parameters: gpt.parameters };
    };
    // The last token is read by nothing and is no target: what it is cannot matter.
    expect(trained([6, 7, 8])).toEqual(trained([6, 7, 9]));
    expect(trained([6, 7, 8])).not.toEqual(trained([6, 9, 8]));
  });

  it('depends on its stream alone', () => {
    const run = (seed: number) => {
      const options = { random: new Random(seed), steps: 6, batch: 100, optimiser };
      return [...sft(fresh(), examples, options)].map(({ loss }) => loss);
    };
    expect(run(0)).toEqual(run(0));
    expect(run(0)).not.toEqual(run(1));
  });

  it('tells what is wrong', () => {
    const options = { random: new Random(0), steps: 1, optimiser };
    expect(() => sft(fresh(), [], options).next()).toThrow('examples must not be empty');
    expect(() => sft(fresh(), examples, { ...options, steps: 0 }).next()).toThrow('steps must be a positive');
    expect(() => sft(fresh(), examples, { ...options, batch: 1.5 }).next()).toThrow('batch must be a positive');
  });
});
