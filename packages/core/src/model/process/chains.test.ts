import { beforeAll, describe, expect, it } from 'vitest';
import type { Gpt } from '../../nn/index.ts';
import { auroc, Random } from '../../stats/index.ts';
import { type Chain, isCorrect, rollouts, slippingPolicy, tokenizer } from './fixtures.ts';
import { labelledSteps, labelSteps } from './monte-carlo.ts';
import { OnlineImplicitPrm } from './online-implicit-prm.ts';
import { outcomeScores, trainOutcomeModel } from './outcome-model.ts';
import { trainProgressEstimator } from './progress-estimator.ts';
import { trainRankScorer } from './rank-scorer.ts';
import { trainStepScorer } from './step-scorer.ts';
import { trainImplicitPrm } from './train-implicit-prm.ts';

/** Reward models that start from one policy and learn from its own rollouts, judged on those of other problems. */
describe('on chains', () => {
  let gpt: Gpt;
  let train: Chain[];
  let test: Chain[];
  let right: boolean[];

  beforeAll(() => {
    gpt = slippingPolicy();
    train = rollouts(gpt, 240, 8, 1);
    test = rollouts(gpt, 60, 8, 2);
    right = test.flatMap((chain) => chain.right);
  }, 60_000);

  const onLines = (scores: readonly ArrayLike<number>[]) =>
    auroc(
      scores.flatMap((list) => Array.from(list)),
      right,
    );
  const targets = ({ tokens, positions, right }: Chain) => ({ tokens, positions, targets: right.map(Number) });

  it('a step scorer learns to spot wrong lines, and its output alone can too', () => {
    const options = { gpt, examples: train.map(targets), loss: 'classification', seed: 0 } as const;
    const { scorer } = trainStepScorer({ ...options, learningRate: 3e-3, epochs: 5 });
    expect(onLines(scorer.score(test))).toBeGreaterThan(0.8);
    const frozen = trainStepScorer({ ...options, learningRate: 3e-2, epochs: 6, freezeBackbone: true });
    expect(onLines(frozen.scorer.score(test))).toBeGreaterThan(0.7);
  }, 60_000);

  it('implicit rewards trained on outcomes tell wrong lines, and outcomes', () => {
    const options = { gpt, beta: 0.2, loss: 'ce', responses: train, learningRate: 3e-3, seed: 0 } as const;
    const { prm } = trainImplicitPrm({ ...options, epochs: 3 });
    expect(onLines(prm.score(test).map(({ perStep }) => perStep))).toBeGreaterThan(0.65);
    expect(
      auroc(
        prm.rewards(test),
        test.map(({ outcome }) => outcome === 1),
      ),
    ).toBeGreaterThan(0.65);
  }, 60_000);

  it('so do implicit rewards that are updated batch by batch', () => {
    const prm = new OnlineImplicitPrm({
      model: gpt.clone(),
      reference: gpt,
      beta: 0.2,
      learningRate: 3e-3,
      minibatch: 64,
    });
    const first = prm.update(
      train.slice(0, 64),
      train.slice(0, 64).map(({ outcome }) => outcome),
    );
    expect(first.loss).toBeCloseTo(Math.log(2), 9);
    expect(first.pairAccuracy).toBe(0.5);
    prm.update(
      train,
      train.map(({ outcome }) => outcome),
    );
    prm.update(
      train,
      train.map(({ outcome }) => outcome),
    );
    expect(onLines(prm.score(test).map(({ perStep }) => perStep))).toBeGreaterThan(0.6);
  }, 60_000);

  it('an outcome model, a ranker and a progress estimator tell right responses', () => {
    const labels = test.map(({ outcome }) => outcome === 1);
    const responses = train.map(({ tokens, outcome }) => ({ tokens, outcome }));
    const orm = trainOutcomeModel({ gpt, responses, learningRate: 3e-3, epochs: 3, seed: 0 });
    const all = test.map(({ tokens }) => tokens);
    expect(auroc(outcomeScores(orm.scorer, all), labels)).toBeGreaterThan(0.6);

    const pairs = (chains: Chain[]) =>
      chains.flatMap((better, i) =>
        chains
          .slice(Math.floor(i / 8) * 8, Math.floor(i / 8) * 8 + 8)
          .filter(({ outcome }) => outcome < better.outcome)
          .slice(0, 2)
          .map((worse) => ({ better: better.tokens, worse: worse.tokens })),
      );
    const ranker = trainRankScorer({
      gpt,
      pairs: pairs(train),
      validation: pairs(test),
      learningRate: 3e-3,
      epochs: 2,
      seed: 0,
    });
    expect(ranker.report.epochs[ranker.report.best].validation?.accuracy).toBeGreaterThan(0.6);

    const episodes = train.map(({ tokens, positions, outcome }) => ({ tokens, turnEnds: positions, reward: outcome }));
    const { estimator } = trainProgressEstimator({ gpt, episodes, learningRate: 3e-3, epochs: 3, seed: 0 });
    const sums = estimator
      .contributions(test.map(({ tokens, positions }) => ({ tokens, turnEnds: positions })))
      .map((turns) => turns.reduce((a, b) => a + b));
    expect(auroc(sums, labels)).toBeGreaterThan(0.6);
  }, 60_000);

  it('Monte-Carlo labels fall where a chain leaves the way to its answer', async () => {
    const some = test.slice(0, 80);
    const { labels, sampledTokens } = await labelSteps(gpt, some, {
      completions: 8,
      maxTokens: 20,
      stop: [tokenizer.eos],
      isCorrect,
      random: new Random(0, 'labels'),
    });
    expect(sampledTokens).toBeGreaterThan(80 * 8);
    const soft = some.flatMap((chain, i) => labelledSteps(chain, labels[i], 'soft').targets as number[]);
    expect(
      auroc(
        soft,
        some.flatMap((chain) => chain.onTrack),
      ),
    ).toBeGreaterThan(0.8);
  }, 60_000);
});
