import { inlineExecutor, planOf, runExperiment } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { arms } from './arms.ts';
import { accuracy, styleShare, trainBandit } from './bandit.ts';
import { exactOutcome, radii } from './exact.ts';
import { experiment } from './experiment.ts';
import { mixtureOutcome } from './mixture.ts';
import { paper } from './paper.ts';
import { slopes } from './summary.ts';

const training = { steps: 400, groups: 32, groupSize: 8, learningRate: 1 };
const context = {
  signal: new AbortController().signal,
  progress: () => {},
  point: () => {},
  artifact: () => Promise.reject(new Error('no artifacts here')),
};

describe('trainBandit', () => {
  it('learns what is right, and the style that a bonus asks for', () => {
    const policy = trainBandit(0.1, arms[0], training, { rng: new Random(1) });
    expect(accuracy(policy)).toBeGreaterThan(0.97);
    expect(styleShare(policy)).toBeGreaterThan(0.95);
    expect(policy.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it('settles where entropy and KL let it: 7/8 of the bonus, for groups of 8', () => {
    for (const regulariser of ['entropy', 'kl'] as const) {
      const policy = trainBandit(0.1, { regulariser, strength: 0.2, scale: 'none' }, training, { rng: new Random(2) });
      expect(Math.log(policy[0] / policy[1])).toBeCloseTo((7 / 8) * (0.1 / 0.2), 1);
    }
  });

  it('chooses the style that is graded fairly when the other is not', () => {
    const policy = trainBandit(0.02, arms[0], training, { control: true, rng: new Random(3) });
    expect(styleShare(policy)).toBeLessThan(0.05);
  });
});

describe('exactOutcome', () => {
  const outcome = exactOutcome({ states: 12, actions: 4, discount: 0.9 }, 0, 0);

  it('stays within every bound, and meets the one of values', () => {
    const { values, valuesUniform, entropy, entropySharp, kl } = outcome.ratios;
    for (const ratio of [values, entropy, kl]) {
      expect(ratio).toBeGreaterThan(0);
      expect(ratio).toBeLessThan(1);
    }
    expect(valuesUniform).toBeCloseTo(1, 9);
    expect(entropySharp).toBeLessThanOrEqual(1 + 1e-8);
  });

  it('breaks ties at no cost', () => {
    for (const { tied, epsilon, jump, elsewhere, moved, valueError, distance, regret } of outcome.ties) {
      expect(jump).toBeCloseTo((tied - 1) / tied, 12);
      expect(elsewhere).toBe(0);
      expect(moved).toBeLessThanOrEqual(1);
      expect(valueError).toBeLessThan(1e-10);
      expect(distance).toBeLessThan(epsilon);
      expect(regret).toBeLessThan(epsilon);
    }
  });

  it('leaves tie-free policies alone inside the radius', () => {
    outcome.changed.forEach((changed, k) => {
      if (radii[k] < 1) expect(changed).toBe(0);
    });
    expect(outcome.changed.at(-1)).toBeGreaterThan(0);
    for (const { lost, bound } of outcome.price) {
      expect(lost).toBeGreaterThanOrEqual(-1e-12);
      expect(lost).toBeLessThanOrEqual(bound);
    }
  });
});

describe('mixtureOutcome', () => {
  it('moves behaviour at ties only, and the effective reward by no more than its weight', () => {
    const [sums, advice, criticism] = mixtureOutcome();
    expect([sums.byReward, sums.byWeight]).toEqual([0, 0.5]); // a weight from nothing breaks the tie
    expect([advice.byReward, advice.byWeight]).toEqual([0, 0]);
    expect([criticism.byReward, criticism.byWeight]).toEqual([0.5, 0.5]);
    for (const { moved, bound } of [sums, advice, criticism]) expect(moved).toBeLessThanOrEqual(bound + 1e-12);
  });
});

describe('slopes', () => {
  it('recovers the law it is fitted to', () => {
    const law = (epsilon: number) => {
      const share = 1 / (1 + Math.exp(-epsilon / 0.05));
      return [share, 1 - share, 0, 0];
    };
    const runs = { arm: arms[1], seeds: [0], policies: [[-0.1, -0.02, -0.005, 0, 0.005, 0.02, 0.1].map(law)] };
    expect(slopes(runs)[0]).toBeCloseTo(1, 12);
  });
});

describe('experiment', () => {
  it('judges every claim it must and shows its figures', async () => {
    const report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(report.failures).toEqual([]);
    const judged = Object.entries(paper.claims).flatMap(([id, { test }]) => (test === 'experiment' ? [id] : []));
    expect(Object.keys(report.claims).sort()).toEqual(judged.sort());
    expect(report.claims['values-are-lipschitz']?.verdict).toBe('holds');
    expect(report.claims['policy-jumps-at-ties']?.ours.value).toBeGreaterThan(0.5);
    expect(report.claims['unique-optimum-is-stable']?.verdict).toBe('holds');
    expect(report.figures.map(({ id }) => id)).toEqual([
      'jump',
      'style-share',
      'arms',
      'radius',
      'trade-off',
      'mixture',
    ]);
  });

  it('gives the same for the same trial, and a summary of whatever finished', async () => {
    const plan = planOf(experiment, { profile: 'smoke', params: { mdps: 2, steps: 20 } });
    const trials = experiment.trials(plan);
    expect(trials).toHaveLength(2 + 2 * 11);
    for (const trial of [trials[0], trials[1], trials[2]]) {
      const result = await experiment.runTrial(trial, context);
      expect(await experiment.runTrial(trial, context)).toEqual(result);
      const { claims, figures } = experiment.summarise([{ ...trial, result }], plan);
      expect(figures.length).toBeGreaterThan(0);
      for (const claim of Object.values(claims)) expect(claim.ours.n).toBeGreaterThan(0);
    }
  });
});
