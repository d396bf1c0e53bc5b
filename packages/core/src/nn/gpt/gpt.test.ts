import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { ndarray } from '../array.ts';
import { plainGpt } from '../gpt-plain.ts';
import { network } from '../network.ts';
import { gradient, mul, sum, type Tensor } from '../ops.ts';
import { Gpt, type GptCotangent, type GptReading } from './gpt.ts';
import { type GptShape, parametersOf, sizeOfGpt } from './shape.ts';

const shape: GptShape = { vocabulary: 11, context: 12, width: 24, layers: 2, heads: 2 };
const judging: GptShape = { ...shape, outputs: ['value', 'step'] };

/** A GPT whose gains are not 1 and whose biases and outputs are not 0. */
function shaken(of: GptShape, seed = 0): Gpt {
  const rng = new Random(seed, 'shaken');
  const gpt = new Gpt(of, rng);
  for (let i = 0; i < gpt.parameters.length; i++) gpt.parameters[i] += 0.1 * rng.normal();
  return gpt;
}

function sequencesOf({ vocabulary, context }: GptShape, count: number, seed = 0) {
  const rng = new Random(seed, 'sequences');
  return Array.from({ length: count }, () => {
    const length = 2 + rng.int(context - 1);
    return { tokens: Int32Array.from({ length }, () => rng.int(vocabulary)), from: 1 + rng.int(length) };
  });
}

/** What a loss that is linear in everything read asks for: its value, and the cotangents that are its coefficients. */
function linearLoss(seed: number) {
  const coefficients = (reading: GptReading, s: number): Required<GptCotangent> => {
    const rng = new Random(seed, 'loss', s);
    const like = (values: ArrayLike<number>) => Float32Array.from(values, () => rng.normal());
    return {
      logProbs: like(reading.logProbs),
      entropies: like(reading.entropies),
      outputs: reading.outputs.map(like),
    };
  };
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    let total = 0;
    for (let i = 0; i < a.length; i++) total += a[i] * b[i];
    return total;
  };
  return {
    cotangents: (readings: readonly GptReading[], first: number) => readings.map((r, i) => coefficients(r, first + i)),
    value: (readings: readonly GptReading[]) =>
      readings.reduce((total, reading, s) => {
        const c = coefficients(reading, s);
        const outputs = reading.outputs.reduce((sum, values, o) => sum + dot(values, c.outputs[o]), 0);
        return total + dot(reading.logProbs, c.logProbs) + dot(reading.entropies, c.entropies) + outputs;
      }, 0),
  };
}

describe('Gpt', () => {
  it('reads as the plain GPT on jax-js does', () => {
    const gpt = shaken(shape);
    const { vocabulary, context, width, layers, heads } = shape;
    const plain = plainGpt({ vocab: vocabulary, context, width, layers, heads });
    const net = network({ all: ndarray(gpt.parameters) });
    const run = net.compile(({ all }, tokens: Tensor) => plain.apply(all, tokens));
    for (const { tokens, from } of sequencesOf(shape, 6)) {
      const { logits, hidden } = run(ndarray(tokens, [1, tokens.length]));
      const [{ logProbs, entropies }] = gpt.read([{ tokens, from }]);
      const expected: number[] = [];
      const spread: number[] = [];
      for (let t = from; t < tokens.length; t++) {
        const row = Array.from(logits.data.subarray((t - 1) * vocabulary, t * vocabulary));
        const log = Math.log(row.reduce((total, z) => total + Math.exp(z), 0));
        expected.push(row[tokens[t]] - log);
        spread.push(row.reduce((total, z) => total - Math.exp(z - log) * (z - log), 0));
      }
      expect(Array.from(logProbs)).toEqual(expected.map((x) => expect.closeTo(x, 4)));
      expect(Array.from(entropies)).toEqual(spread.map((x) => expect.closeTo(x, 4)));
      const [states] = gpt.hidden([tokens]);
      expect(states.length).toBe(hidden.data.length);
      for (let i = 0; i < states.length; i++) expect(states[i]).toBeCloseTo(hidden.data[i], 4);
    }
    net.dispose();
  });

  it('has the gradient of the plain GPT', () => {
    const gpt = shaken(shape);
    const { vocabulary, context, width, layers, heads } = shape;
    const plain = plainGpt({ vocab: vocabulary, context, width, layers, heads });
    const net = network({ all: ndarray(gpt.parameters) });
    const back = net.compile(({ all }, { tokens, slope }: { tokens: Tensor; slope: Tensor }) =>
      gradient((vector) => sum(mul(plain.apply(vector as Tensor, tokens).logits, slope)), all as Tensor),
    );
    const tokens = Int32Array.of(3, 1, 4, 1, 5, 9, 2);
    // The sum of log-probabilities, as a function of the logits, has the slope onehot - p.
    const gradientHere = new Float32Array(gpt.parameters.length);
    gpt.addGradient(
      [{ tokens, from: 1 }],
      (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => 1) })),
      gradientHere,
    );
    const run = net.compile(({ all }, given: Tensor) => plain.apply(all, given).logits);
    const inputs = tokens.subarray(0, -1);
    const logits = run(ndarray(inputs, [1, inputs.length])).data;
    const slope = new Float32Array(logits.length);
    for (let t = 0; t < inputs.length; t++) {
      const row = Array.from(logits.subarray(t * vocabulary, (t + 1) * vocabulary));
      const total = row.reduce((sum, z) => sum + Math.exp(z), 0);
      row.forEach((z, v) => {
        slope[t * vocabulary + v] = (v === tokens[t + 1] ? 1 : 0) - Math.exp(z) / total;
      });
    }
    const expected = back({
      tokens: ndarray(inputs, [1, inputs.length]),
      slope: ndarray(slope, [1, inputs.length, vocabulary]),
    }) as unknown as { data: Float32Array };
    for (let i = 0; i < gradientHere.length; i++) expect(gradientHere[i]).toBeCloseTo(expected.data[i], 3);
    net.dispose();
  });

  it.each([
    ['several chunks, with outputs', judging, 400],
    ['one sequence', judging, 1],
    ['without outputs', shape, 7],
    ['one layer, odd sizes', { vocabulary: 5, context: 9, width: 16, layers: 1, heads: 4, outputs: ['a'] }, 5],
  ] satisfies [string, GptShape, number][])('has the slope of finite differences: %s', (_, of, count) => {
    const gpt = shaken(of);
    const sequences = sequencesOf(of, count);
    const { cotangents, value } = linearLoss(1);
    const slope = new Float32Array(gpt.parameters.length);
    gpt.addGradient(sequences, cotangents, slope);
    // Along a random direction within each array of parameters: single ones drown in float rounding.
    for (const { name, offset, rows, columns } of parametersOf(of)) {
      const end = offset + Math.max(1, rows) * columns;
      const rng = new Random(2, name);
      const direction = Float64Array.from({ length: end - offset }, () => rng.normal());
      const step = 2e-3;
      const at = (sign: number) => {
        const moved = gpt.clone();
        direction.forEach((d, i) => {
          moved.parameters[offset + i] += sign * step * d;
        });
        return value(moved.read(sequences));
      };
      const measured = (at(1) - at(-1)) / (2 * step);
      const ours = direction.reduce((total, d, i) => total + d * slope[offset + i], 0);
      expect(ours, name).toBeCloseTo(measured, -Math.log10(0.02 * (Math.abs(measured) + Math.sqrt(count))));
    }
  });

  it('does not depend on what else is in the batch', () => {
    const gpt = shaken(judging);
    const sequences = sequencesOf(judging, 300);
    const together = gpt.read(sequences);
    sequences.forEach((sequence, s) => {
      expect(together[s]).toEqual(gpt.read([sequence])[0]);
    });
  });

  it('keeps its language when it gets other outputs', () => {
    const policy = shaken(shape);
    const scorer = policy.withOutputs(['step']);
    const [sequence] = sequencesOf(shape, 1);
    const [ours] = scorer.read([sequence]);
    expect(ours.logProbs).toEqual(policy.read([sequence])[0].logProbs);
    expect(ours.outputs).toEqual([new Float32Array(sequence.tokens.length)]);
    scorer.parameters.fill(0);
    expect(policy.parameters.some((x) => x !== 0)).toBe(true);
  });

  it('gives distributions whose entries are what it reads', () => {
    for (const of of [shape, judging]) {
      const gpt = shaken(of);
      const sequences = sequencesOf(of, 300);
      const distributions = gpt.distributions(sequences);
      const readings = gpt.read(sequences);
      sequences.forEach(({ tokens, from }, s) => {
        const { logProbs, entropies } = readings[s];
        expect(distributions[s]).toHaveLength(logProbs.length * of.vocabulary);
        for (let t = 0; t < logProbs.length; t++) {
          const row = Array.from(distributions[s].subarray(t * of.vocabulary, (t + 1) * of.vocabulary));
          expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
          expect(Math.log(row[tokens[from + t]])).toBeCloseTo(logProbs[t], 5);
          expect(row.reduce((sum, p) => sum - p * Math.log(p), 0)).toBeCloseTo(entropies[t], 4);
        }
      });
    }
  });

  it('shares its language, which reads one token more', () => {
    const gpt = shaken(judging);
    const language = gpt.language();
    const [sequence] = sequencesOf(judging, 1);
    const full = { tokens: Int32Array.from({ length: 13 }, (_, t) => t % 11), from: 1 };
    expect(language.read([sequence])[0].logProbs).toEqual(gpt.read([sequence])[0].logProbs);
    expect(language.read([full])[0].logProbs).toHaveLength(12);
    expect(() => gpt.read([full])).toThrow('sequences[0] must have 1 to 12 tokens, got 13');
    gpt.parameters[0] = 7;
    expect(language.parameters[0]).toBe(7);
  });

  it('has activations for one token, and for none beyond the context', () => {
    const gpt = shaken(shape);
    const [one, two] = gpt.hidden([[3], [3, 4]]);
    expect(one).toHaveLength(shape.width);
    expect(one).toEqual(two.slice(0, shape.width));
    expect(() => gpt.hidden([Array(13).fill(1)])).toThrow('sequences[0] must have 1 to 12 tokens, got 13');
  });

  it('tells what is wrong', () => {
    const gpt = shaken(shape);
    const read = (tokens: number[], from = 1) => gpt.read([{ tokens, from }]);
    expect(() => read([1])).toThrow('sequences[0] must have 2 to 13 tokens, got 1');
    expect(() => read(Array(14).fill(1))).toThrow('got 14');
    expect(() => read([1, 11])).toThrow('sequences[0].tokens[1] must be a whole number from 0 to 10, got 11');
    expect(() => read([1, 0.5])).toThrow('got 0.5');
    expect(() => read([1, 2], 0)).toThrow('sequences[0].from must be a whole number from 1 to 2, got 0');
    expect(() => new Gpt({ ...shape, width: 20 }, new Random(0))).toThrow('width must be a multiple of 8, got 20');
    expect(() => new Gpt({ ...shape, heads: 5 }, new Random(0))).toThrow('4 times heads');
    expect(() => new Gpt(shape, new Float32Array(3))).toThrow(`parameters must be ${sizeOfGpt(shape)} numbers`);
    const into = new Float32Array(gpt.parameters.length);
    expect(() => gpt.addGradient([{ tokens: [1, 2], from: 1 }], () => [{ logProbs: [1, 1] }], into)).toThrow(
      'logProbs of cotangent 0 must have length 1, got 2',
    );
    const two = [1, 2].map(() => ({ tokens: [1, 2], from: 1 }));
    expect(() => gpt.addGradient(two, () => [{}, {}], into)).toThrow('sequences 0 to 0, got 2');
    expect(() => gpt.addGradient(two, () => [{}], into, 2)).toThrow('sequences 0 to 1, got 1');
    expect(() => gpt.addGradient(two, () => [{}], into, -1)).toThrow(
      'together must be a positive whole number, got -1',
    );
  });
});
