import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gpt, type GptReading, GptTrainer } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { klEstimate } from './kl.ts';
import { type LanguageRollout, sampleRollouts, sequenceOf } from './rollout.ts';
import { policyUpdate, TokenSums, type TokenTargets, type TokenTerms, tokenLosses } from './update.ts';

const plain: TokenTerms = {
  clip: { low: 0.2, high: 0.3 },
  klForm: 'k3',
  klWeight: 0,
  entropyWeight: 0,
  valueWeight: 0.5,
  valueClip: Infinity,
};

/** The loss of one response as a number, and its gradient. */
function lossOf(reading: GptReading, targets: TokenTargets, terms: TokenTerms, weight = 0.7) {
  const sums = new TokenSums();
  const cotangent = tokenLosses(reading, targets, weight, terms, sums);
  const { policyLoss, klLoss, entropyLoss, valueLoss } = sums;
  const loss = policyLoss + terms.klWeight * klLoss + terms.entropyWeight * entropyLoss + terms.valueWeight * valueLoss;
  return { loss, cotangent, sums };
}

/** A response of 40 tokens to a prompt of 3 with everything in it, most ratios off 1 and some far. */
function everything(seed: number): { reading: GptReading; targets: TokenTargets } {
  const rng = new Random(seed, 'everything');
  const numbers = (scale: number, shift = 0, length = 40) =>
    Float32Array.from({ length }, () => shift + scale * rng.normal());
  const logProbs = numbers(0.5, -2);
  return {
    reading: { logProbs, entropies: numbers(0.1, 1), outputs: [numbers(1, 0, 43), numbers(1, 0, 43)] },
    targets: {
      own: Uint8Array.from({ length: 40 }, () => Number(rng.bool(0.8))),
      from: 2,
      oldLogProbs: logProbs.map((x) => x + 0.4 * rng.normal()),
      referenceLogProbs: logProbs.map((x) => x + rng.normal()),
      advantages: numbers(1),
      value: { output: 1, old: numbers(1), returns: numbers(1) },
    },
  };
}

describe('tokenLosses', () => {
  const cases: [string, Partial<TokenTerms>][] = [
    ['clipped', {}],
    ['without a clip range', { clip: null }],
    ['k3', { klWeight: 0.3 }],
    ['k2', { klWeight: 0.3, klForm: 'k2' }],
    ['entropy', { entropyWeight: 0.2 }],
    ['clipped values', { valueClip: 0.4, valueWeight: 0.8 }],
    ['all', { klWeight: 0.1, entropyWeight: 0.05, valueClip: 0.5 }],
  ];

  it.each(cases)('has the slope of finite differences: %s', (_, some) => {
    const { reading, targets } = everything(0);
    const terms = { ...plain, ...some };
    const { cotangent, sums } = lossOf(reading, targets, terms);
    if (terms.clip !== null) expect(sums.clipped).toBeGreaterThan(3);
    const step = 2 ** -10;
    const slopes = (values: Float32Array) =>
      Float64Array.from(values, (x, i) => {
        const at = (moved: number) => {
          values[i] = moved;
          return lossOf(reading, targets, terms).loss;
        };
        const slope = (at(x + step) - at(x - step)) / 2 / step;
        values[i] = x;
        return slope;
      });
    const check = (ours: ArrayLike<number>, theirs: Float64Array) => {
      expect(ours.length).toBe(theirs.length);
      theirs.forEach((slope, i) => {
        expect(Math.abs(ours[i] - slope)).toBeLessThan(1e-3 * (1 + Math.abs(slope)));
      });
    };
    check(cotangent.logProbs!, slopes(reading.logProbs));
    check(cotangent.entropies!, slopes(reading.entropies));
    reading.outputs.forEach((output, o) => {
      check(cotangent.outputs![o], slopes(output));
    });
  });

  it('reads nothing of tokens that are not its own', () => {
    const { reading, targets } = everything(1);
    const before = lossOf(reading, targets, { ...plain, klWeight: 1, entropyWeight: 1 });
    const spoilt = (values: ArrayLike<number>) =>
      Float32Array.from(values, (x, t) => (targets.own[t] === 0 ? Number.NaN : x));
    const after = lossOf(
      { ...reading, logProbs: spoilt(reading.logProbs), entropies: spoilt(reading.entropies) },
      { ...targets, advantages: spoilt(targets.advantages), referenceLogProbs: spoilt(targets.referenceLogProbs!) },
      { ...plain, klWeight: 1, entropyWeight: 1 },
    );
    expect(after).toEqual(before);
    const all = { ...targets, own: Uint8Array.from(targets.own, () => 1) };
    expect(lossOf(reading, all, { ...plain, klWeight: 1, entropyWeight: 1 }).loss).not.toBeCloseTo(before.loss, 3);
  });

  it('clips only on the side that the advantage pushes to', () => {
    const at = (A: number, ratio: number) => {
      const reading = { logProbs: Float32Array.of(Math.log(ratio)), entropies: Float32Array.of(0), outputs: [] };
      const targets = { own: [1], from: 0, oldLogProbs: [0], advantages: [A] };
      const { loss, cotangent } = lossOf(reading, targets, plain, 1);
      return [loss, cotangent.logProbs![0]].map((x) => Number(x.toFixed(4)) + 0);
    };
    expect(at(1, 1.2)).toEqual([-1.2, -1.2]);
    expect(at(1, 1.5)).toEqual([-1.3, 0]);
    expect(at(1, 0.5)).toEqual([-0.5, -0.5]);
    expect(at(-1, 0.9)).toEqual([0.9, 0.9]);
    expect(at(-1, 0.5)).toEqual([0.8, 0]);
    expect(at(-1, 1.5)).toEqual([1.5, 1.5]);
  });

  it('has, on average, the gradient of the divergence that each form is said to have', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(logit), fc.double(logit)), { minLength: 2, maxLength: 6 }), (logits) => {
        const p = softmax(logits.map(([z]) => z));
        const q = softmax(logits.map(([, z]) => z));
        for (const klForm of ['k2', 'k3'] as const) {
          // E_p[slope of a token * grad log p(token)], where grad log p(v) by logit j is [v = j] - p_j.
          const mean = new Float64Array(p.length);
          p.forEach((_, v) => {
            const reading = { logProbs: Float32Array.of(Math.log(p[v])), entropies: Float32Array.of(0), outputs: [] };
            const reference = Float32Array.of(Math.log(q[v]));
            const old = reading.logProbs;
            const targets = { own: [1], from: 0, oldLogProbs: old, advantages: [0], referenceLogProbs: reference };
            const slope = lossOf(reading, targets, { ...plain, klForm, klWeight: 1 }, 1).cotangent.logProbs![0];
            p.forEach((_, j) => {
              mean[j] += p[v] * slope * (Number(v === j) - p[j]);
            });
          });
          const reverse = p.reduce((sum, x, v) => sum + x * Math.log(x / q[v]), 0);
          p.forEach((_, j) => {
            const exact = klForm === 'k2' ? p[j] * (Math.log(p[j] / q[j]) - reverse) : p[j] - q[j];
            expect(mean[j]).toBeCloseTo(exact, 4);
          });
        }
      }),
    );
  });
});

const logit = { min: -2, max: 2, noNaN: true };

function softmax(z: number[]): number[] {
  const e = z.map(Math.exp);
  const total = e.reduce((sum, x) => sum + x, 0);
  return e.map((x) => x / total);
}

const shape = { vocabulary: 9, context: 20, width: 16, layers: 1, heads: 2 };

function sharp(seed = 0, outputs: string[] = []): Gpt {
  const gpt = new Gpt({ ...shape, outputs }, new Random(seed, 'weights'));
  for (let i = 0; i < gpt.parameters.length; i++) gpt.parameters[i] *= 2;
  return gpt;
}

function sampled(gpt: Gpt): LanguageRollout[] {
  const prompts = [[1, 2], [3]].map((tokens) => ({ tokens, problem: null }));
  return sampleRollouts(gpt, prompts, { n: 8, maxTokens: 10, stop: [0] }, new Random(0)).flat();
}

const constant = (rollouts: readonly LanguageRollout[], x: number) =>
  rollouts.map(({ response }) => new Float64Array(response.length).fill(x));

describe('policyUpdate', () => {
  const random = new Random(0, 'update');
  const options = { clip: 0.2, average: 'token' } as const;

  it('reports what a first update must show', () => {
    const gpt = sharp();
    const rollouts = sampled(gpt);
    const reference = sharp(1);
    const terms = { ...options, kl: { reference, coefficient: 0.1 }, entropyWeight: 0.01 };
    const readings = gpt.read(rollouts.map(sequenceOf));
    const metrics = policyUpdate(
      new GptTrainer(gpt, { learningRate: 1e-3 }),
      { rollouts, advantages: constant(rollouts, 0.5) },
      terms,
      random,
    );
    expect(metrics.policyLoss).toBeCloseTo(-0.5, 5);
    expect(metrics.meanRatio).toBeCloseTo(1, 4);
    expect(metrics.approximateKl).toBeCloseTo(0, 6);
    expect(metrics).toMatchObject({ clipFraction: 0, valueLoss: null });
    const entropies = readings.flatMap((reading) => [...reading.entropies]);
    expect(metrics.entropy).toBeCloseTo(entropies.reduce((sum, x) => sum + x, 0) / entropies.length, 5);
    const kl = klEstimate(rollouts, reference.read(rollouts.map(sequenceOf)));
    expect(metrics.kl).toBeCloseTo(kl, 10);
    expect(kl).toBeGreaterThan(0.1);
    expect(metrics.loss).toBeCloseTo(-0.5 + 0.1 * kl - 0.01 * metrics.entropy, 4);
  });

  it('estimates the divergence: over every continuation, weighted, it is exact', () => {
    const [gpt, reference] = [sharp(), sharp(1)];
    const all = Array.from({ length: 9 }, (_, v) => ({ tokens: [1, 2, v], from: 2 }));
    const [p, q] = [gpt, reference].map((model) => model.read(all).map(({ logProbs }) => logProbs[0]));
    const exact = p.reduce((sum, x, v) => sum + Math.exp(x) * (x - q[v]), 0);
    const [rollouts] = sampleRollouts(
      gpt,
      [{ tokens: [1, 2], problem: null }],
      { n: 4000, maxTokens: 1, stop: [] },
      random,
    );
    const k3 = klEstimate(rollouts, reference.read(rollouts.map(sequenceOf)));
    // k3's variance under p, exactly, for five standard errors.
    const square = p.reduce((sum, x, v) => sum + Math.exp(x) * (Math.expm1(q[v] - x) - (q[v] - x)) ** 2, 0);
    expect(Math.abs(k3 - exact)).toBeLessThan(5 * Math.sqrt((square - exact ** 2) / 4000));
    expect(exact).toBeGreaterThan(0.05);
  });

  it('goes as REINFORCE does in its first step', () => {
    const moved = (clip: number | null) => {
      const gpt = sharp();
      const rollouts = sampled(gpt);
      const advantages = rollouts.map(({ response }, i) => new Float64Array(response.length).fill(i % 2 ? 1 : -1));
      const trainer = new GptTrainer(gpt, { learningRate: 1e-3 });
      const { gradientNorm } = policyUpdate(trainer, { rollouts, advantages }, { ...options, clip }, random);
      return gradientNorm;
    };
    expect(moved(0.2)).toBeCloseTo(moved(null), 4);
  });

  it('stays within the clip range the longer it learns from one batch, where REINFORCE runs away', () => {
    const run = (clip: number) => {
      const gpt = sharp();
      const rollouts = sampled(gpt);
      const advantages = rollouts.map(({ response }, i) => new Float64Array(response.length).fill(i % 2 ? 1 : -1));
      const terms = { ...options, clip, epochs: 30, minibatches: 2 };
      return policyUpdate(new GptTrainer(gpt, { learningRate: 3e-3 }), { rollouts, advantages }, terms, random);
    };
    const [near, far] = [run(0.1), run(0.9)];
    expect(near.clipFraction).toBeGreaterThan(0.1);
    expect(near.approximateKl).toBeLessThan(far.approximateKl / 2);
  });

  it('teaches the critic', () => {
    const gpt = sharp(0, ['other', 'value']);
    const rollouts = sampled(gpt);
    const values = rollouts.map(({ response }) => new Float32Array(response.length));
    const batch = { rollouts, advantages: values, critic: { values, returns: constant(rollouts, 2) } };
    const trainer = new GptTrainer(gpt, { learningRate: 1e-2 });
    const first = policyUpdate(trainer, batch, options, random);
    expect(first.valueLoss).toBeCloseTo(2, 4);
    for (let i = 0; i < 60; i++) policyUpdate(trainer, batch, options, random);
    expect(policyUpdate(trainer, batch, options, random).valueLoss).toBeLessThan(0.1);
    const [{ outputs }] = gpt.read([sequenceOf(rollouts[0])]);
    expect(outputs[0].every((x) => x === 0)).toBe(true);
  });

  it('tells what is wrong', () => {
    const gpt = sharp();
    const rollouts = sampled(gpt);
    const advantages = constant(rollouts, 1);
    const trainer = new GptTrainer(gpt, { learningRate: 1e-3 });
    const update = (batch: object, some: object = {}) =>
      policyUpdate(trainer, { rollouts, advantages, ...batch }, { ...options, ...some }, random);
    expect(() => update({ advantages: [] })).toThrow('advantages must hold one list a rollout, 16, got 0');
    expect(() => update({ advantages: advantages.map(() => [1]) })).toThrow('one number a response token');
    expect(() => update({ advantages: constant(rollouts, Number.NaN) })).toThrow('advantages[0][0] must be finite');
    expect(() => update({ critic: { values: advantages, returns: advantages } })).toThrow("output 'value'");
    expect(() => update({}, { clip: 0 })).toThrow('clip must have low');
    expect(() => update({}, { entropyWeight: -1 })).toThrow('entropyWeight must be at least 0');
    expect(() => update({}, { kl: { reference: gpt, coefficient: -1 } })).toThrow('kl.coefficient');
    expect(() => update({}, { minibatches: 17 })).toThrow('at most one a rollout, 16, got 17');
    expect(() => update({}, { epochs: 0 })).toThrow('epochs must be');
    expect(() => update({}, { average: 'constant' })).toThrow('maxTokens');
  });
});
