import { beforeAll, describe, expect, it } from 'vitest';
import { groupRelativeAdvantages } from '../../credit/index.ts';
import { chainMod, encodeResponse } from '../../env/index.ts';
import { Gpt } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { answerReward, evaluatePolicy, isCorrect } from './evaluate.ts';
import { expertIteration } from './expert-iteration.ts';
import { grpo } from './grpo.ts';
import type { SampledMetrics } from './loop.ts';
import { languagePpo } from './ppo.ts';
import { languageReinforce } from './reinforce.ts';
import { rloo } from './rloo.ts';
import { type LanguageRollout, ownLength, promptsOf, sampleRollouts } from './rollout.ts';
import { sft } from './sft.ts';

const family = chainMod({ modulus: 5, operands: [0, 4] });
const { tokenizer } = family;
const rng = new Random(0, 'problems');
const problems = Array.from({ length: 400 }, () => family.sample(rng, 1));
type ChainProblem = (typeof problems)[number];
const shape = { vocabulary: tokenizer.size, context: 16, width: 24, layers: 1, heads: 2 };

const accuracyOf = (gpt: Gpt) =>
  evaluatePolicy(gpt, family, problems.slice(0, 150), { n: 4, random: new Random(9) }).accuracy;

/** A policy that answers about half of the problems rightly. */
const base = new Gpt(shape, new Random(0, 'gpt'));
let begin = 0;

beforeAll(() => {
  const examples = problems.map((problem) => ({
    prompt: tokenizer.encode(problem.prompt),
    response: encodeResponse(tokenizer, family.solve(problem)),
  }));
  const optimiser = { learningRate: 5e-3, maxGradientNorm: 1 };
  const until = () => accuracyOf(base) > 0.4;
  for (const _ of sft(base, examples, { random: new Random(0), steps: 500, optimiser, until, every: 10 }));
  begin = accuracyOf(base);
  expect(begin).toBeGreaterThan(0.4);
  expect(begin).toBeLessThan(0.65);
});

const options = (iterations: number, { prompts = 24, learningRate = 1e-3 } = {}) => ({
  random: new Random(0, 'loop'),
  iterations,
  prompts: (iteration: number, draw: number) =>
    promptsOf(family, new Random(iteration, 'prompts', draw).shuffle(problems).slice(0, prompts)),
  sampling: { n: 8, maxTokens: 11, stop: [tokenizer.eos] },
  reward: answerReward<ChainProblem>(family),
  optimiser: { learningRate, maxGradientNorm: 1 },
});

/** Runs a loop to its end; gives what it reported. */
function run<M extends SampledMetrics>(loop: Iterable<M>): M[] {
  const curve = [...loop];
  expect(curve.map(({ iteration }) => iteration)).toEqual([...curve.keys()]);
  return curve;
}

describe('policy-gradient loops', () => {
  const loops = {
    reinforce: (gpt: Gpt) => languageReinforce(gpt, options(40)),
    rloo: (gpt: Gpt) => rloo(gpt, options(40)),
    grpo: (gpt: Gpt) => grpo(gpt, { ...options(30), epochs: 2, minibatches: 2 }),
    'dr-grpo': (gpt: Gpt) => grpo(gpt, { ...options(30), variant: 'dr-grpo', epochs: 2, minibatches: 2 }),
    dapo: (gpt: Gpt) => grpo(gpt, { ...options(20), variant: 'dapo', epochs: 2, minibatches: 2 }),
    ppo: (gpt: Gpt) => languagePpo(gpt, { ...options(40), epochs: 2, minibatches: 2 }),
  };

  it.each(Object.entries(loops))('%s improves a policy that is half trained', (name, loop) => {
    const gpt = name === 'ppo' ? base.withOutputs(['value']) : base.clone();
    const curve = run(loop(gpt));
    expect(accuracyOf(gpt)).toBeGreaterThan(begin + 0.05);
    const [first, last] = [curve[0], curve.at(-1)!];
    expect(Math.abs(first.reward - begin)).toBeLessThan(0.2);
    expect(last.entropy).toBeLessThan(first.entropy);
    expect(first).toMatchObject({ kl: null, accuracy: null, collapse: null });
    for (const { gradientNorm, meanRatio } of curve) {
      expect(gradientNorm).toBeGreaterThan(0);
      expect(Math.abs(meanRatio - 1)).toBeLessThan(0.2);
    }
  });

  it('are the same for the same stream', () => {
    const twice = [0, 1].map(() => {
      const gpt = base.clone();
      return { curve: run(grpo(gpt, { ...options(3), minibatches: 2 })), parameters: gpt.parameters };
    });
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0].parameters).not.toEqual(base.parameters);
  });

  it.each(['reward', 'k2', 'k3'] as const)('stay near the reference the more that costs: %s', (form) => {
    const divergence = (coefficient: number) => {
      const kl = { reference: base, coefficient, form };
      return run(grpo(base.clone(), { ...options(15, { learningRate: 3e-3 }), kl })).at(-1)!.kl!;
    };
    const [free, held] = [divergence(0), divergence(2)];
    expect(free).toBeGreaterThan(0.02);
    expect(held).toBeLessThan(0.7 * free);
  });

  it('keep up the entropy that is paid for', () => {
    const entropy = (entropyWeight: number) =>
      run(rloo(base.clone(), { ...options(15), entropyWeight })).at(-1)!.entropy;
    expect(entropy(0.3)).toBeGreaterThan(entropy(0) + 0.1);
  });

  it('take another credit', () => {
    const curves = [undefined, 'own', 'nothing'].map((which) => {
      const credit = (groups: readonly (readonly LanguageRollout[])[], outcomes: readonly Float64Array[]) =>
        groups.map((group, g) => {
          const advantages = groupRelativeAdvantages(outcomes[g]);
          return group.map(({ response }, i) =>
            new Float32Array(response.length).fill(which === 'own' ? advantages[i] : 0),
          );
        });
      return run(grpo(base.clone(), { ...options(2), ...(which && { credit }) }));
    });
    expect(curves[1].map(({ reward }) => reward)).toEqual(curves[0].map(({ reward }) => reward));
    expect(curves[1][1].gradientNorm).toBeCloseTo(curves[0][1].gradientNorm, 4);
    expect(curves[2].map(({ gradientNorm }) => gradientNorm)).toEqual([0, 0]);
  });

  it('draw until enough groups differ, and report of all of them', () => {
    const asked: number[][] = [];
    const seen: number[] = [];
    const given = options(3, { prompts: 6 });
    const all = {
      ...given,
      prompts: (iteration: number, draw: number) => {
        asked.push([iteration, draw]);
        return given.prompts(iteration, draw);
      },
      reward: (rollouts: readonly LanguageRollout<ChainProblem>[]) => {
        seen.push(rollouts.length);
        // Every group of a first draw is told that it is right, whoever it is.
        return asked.at(-1)![1] === 0 ? rollouts.map(() => 1) : given.reward(rollouts);
      },
    };
    const curve = run(grpo(base.clone(), { ...all, variant: 'dapo', draws: 3 }));
    expect(asked.filter(([, draw]) => draw === 0)).toHaveLength(3);
    expect(asked.some(([, draw]) => draw === 1)).toBe(true);
    expect(asked.every(([, draw]) => draw < 3)).toBe(true);
    expect(seen).toEqual(asked.map(() => 48));
    // The first draw's ones and the second's half.
    expect(curve[0].reward).toBeGreaterThan(begin + 0.1);
    const none = run(grpo(base.clone(), { ...given, reward: (rollouts) => rollouts.map(() => 1), variant: 'dapo' }));
    expect(none.map(({ gradientNorm }) => gradientNorm)).toEqual([0, 0, 0]);
  });

  it('stop on collapse', () => {
    // Paying for nothing but an early end makes responses short.
    const reward = (rollouts: readonly LanguageRollout<ChainProblem>[]) =>
      rollouts.map(({ response }) => -response.length);
    const correct = (rollout: LanguageRollout<ChainProblem>) => isCorrect(family, rollout);
    const stopOnCollapse = { accuracyDrop: 0.2 };
    const gpt = base.clone();
    const curve = run(grpo(gpt, { ...options(80, { learningRate: 5e-3 }), reward, correct, stopOnCollapse }));
    expect(curve.length).toBeLessThan(80);
    const { collapse, accuracy } = curve.at(-1)!;
    expect(collapse).toEqual({ iteration: curve.length - 3, rule: 'accuracyDrop' });
    expect(accuracy).toBeLessThan(0.5);
    expect(curve.slice(0, -1).every((metrics) => metrics.collapse === null)).toBe(true);
  });

  it('tell what is wrong', () => {
    const first = (some: object) => rloo(base.clone(), { ...options(1), ...some }).next();
    expect(() => first({ iterations: 0 })).toThrow('iterations must be a positive whole number, got 0');
    expect(() => first({ prompts: () => [] })).toThrow('prompts(0, 0) must not be empty');
    expect(() => first({ reward: () => [1] })).toThrow('reward must give one number a rollout, 192, got 1');
    expect(() => first({ reward: (all: []) => all.map(() => Number.NaN) })).toThrow('reward must be finite, got NaN');
    expect(() => languagePpo(base.clone(), options(1))).toThrow("output 'value'");
  });
});

describe('languagePpo', () => {
  /** Rollouts whose second and third tokens are the world's. */
  const play = (gpt: Gpt, prompts: Parameters<typeof sampleRollouts<ChainProblem>>[1], random: Random) =>
    sampleRollouts(gpt, prompts, options(1).sampling, random).map((group) =>
      group.map((rollout) => ({
        ...rollout,
        own: Uint8Array.from(rollout.response, (_, t) => Number(t !== 1 && t !== 2)),
      })),
    );

  it('has the returns and the loss that follow from a blank critic', () => {
    // V = 0 and λ = γ = 1: every return is the reward, 3; so is every advantage, unwhitened.
    const given = { ...options(1), reward: (rollouts: readonly unknown[]) => rollouts.map(() => 3), lambda_: 1 };
    const [first] = run(languagePpo(base.withOutputs(['value']), { ...given, play, whitened: false }));
    expect(first.valueLoss).toBeCloseTo(4.5, 4);
    expect(first.policyLoss).toBeCloseTo(-3, 4);
    const prompts = given.prompts(0, 0);
    const rollouts = play(base, prompts, given.random.split('samples', 0, 0)).flat();
    expect(first.responseLength).toBeCloseTo(
      rollouts.reduce((sum, rollout) => sum + ownLength(rollout), 0) / rollouts.length,
      10,
    );
  });

  it('discounts from own token to own token, and takes rewards of tokens', () => {
    const given = { ...options(1), discount: 0, lambda_: 0, whitened: false, valueClip: null };
    // With γ = 0 a token's return is its own reward: 1, and what follows of the world's, 2 x 1, goes to the token before.
    const tokenRewards = (rollouts: readonly LanguageRollout[]) =>
      rollouts.map(({ response }) => response.map(() => 1));
    const [first] = run(languagePpo(base.withOutputs(['value']), { ...given, play, tokenRewards }));
    const rollouts = play(base, given.prompts(0, 0), given.random.split('samples', 0, 0)).flat();
    let [squares, tokens] = [0, 0];
    for (const { response } of rollouts) {
      const world = Math.min(2, response.length - 1);
      squares += (1 + world) ** 2 + response.length - 1 - world;
      tokens += response.length - world;
    }
    expect(first.valueLoss).toBeCloseTo(squares / tokens / 2, 4);
  });

  it('charges the divergence to the tokens', () => {
    const kl = { reference: new Gpt(shape, new Random(1)), coefficient: 1 };
    const given = { ...options(1), reward: (rollouts: readonly unknown[]) => rollouts.map(() => 0) };
    const how = { discount: 0, lambda_: 0, whitened: false, kl };
    const [first] = run(languagePpo(base.withOutputs(['value']), { ...given, ...how }));
    // A token's return is -(log π - log π_ref), whose mean is minus the divergence; the reference knows nothing.
    expect(first.policyLoss).toBeGreaterThan(1);
    expect(first.policyLoss / first.kl!).toBeGreaterThan(0.7);
    expect(first.policyLoss / first.kl!).toBeLessThan(1.3);
  });
});

describe('expertIteration', () => {
  it('improves a policy that is half trained', () => {
    const gpt = base.clone();
    const curve = run(expertIteration(gpt, { ...options(8, { prompts: 48 }), steps: 20 }));
    expect(accuracyOf(gpt)).toBeGreaterThan(begin + 0.05);
    expect(curve[0].kept).toBeCloseTo(curve[0].reward * 48 * 8, 8);
    expect(curve.every(({ loss }) => loss! > 0 && loss! < 1)).toBe(true);
  });

  it('distils the best of each group', () => {
    // The shorter the better: which a threshold of 1 would never keep.
    const reward = (rollouts: readonly LanguageRollout[]) => rollouts.map(({ response }) => -response.length);
    const gpt = base.clone();
    const given = { ...options(6), reward, steps: 20, keep: 'best', reference: base } as const;
    const curve = run(expertIteration(gpt, given));
    expect(curve.map(({ kept }) => kept)).toEqual([24, 24, 24, 24, 24, 24]);
    expect(curve.at(-1)!.responseLength).toBeLessThan(curve[0].responseLength);
    expect(curve[0].kl).toBeCloseTo(0, 6);
    expect(curve.at(-1)!.kl).toBeGreaterThan(0);
  });

  it('begins anew each time when told to', () => {
    const given = options(2);
    let kept: LanguageRollout<ChainProblem>[] = [];
    const reward = (rollouts: readonly LanguageRollout<ChainProblem>[]) => {
      const rewards = given.reward(rollouts);
      kept = rollouts.filter((_, i) => rewards[i] === 1);
      return rewards;
    };
    const gpt = base.clone();
    run(expertIteration(gpt, { ...given, reward, steps: 5, restart: true }));
    const expected = base.clone();
    const random = given.random.split('sft', 1);
    for (const _ of sft(expected, kept, { random, steps: 5, optimiser: given.optimiser }));
    expect(gpt.parameters).toEqual(expected.parameters);
  });

  it('changes nothing when there is nothing to learn from', () => {
    const gpt = base.clone();
    const [report] = run(expertIteration(gpt, { ...options(1), steps: 5, keep: 2 }));
    expect(report).toMatchObject({ kept: 0, loss: null });
    expect(gpt.parameters).toEqual(base.parameters);
  });
});
