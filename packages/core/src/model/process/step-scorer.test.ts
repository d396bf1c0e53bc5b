import { describe, expect, it } from 'vitest';
import type { Gpt } from '../../nn/index.ts';
import { plainDescent, shaken, slopesAlong } from './fixtures.ts';
import { outcomeScores, trainOutcomeModel } from './outcome-model.ts';
import { type ProgressEstimator, trainProgressEstimator } from './progress-estimator.ts';
import { rankMeasures, trainRankScorer } from './rank-scorer.ts';
import { StepScorer, type StepScorerOptions, trainStepScorer } from './step-scorer.ts';

const examples = [
  { tokens: [1, 2, 3, 4, 5], positions: [1, 4], targets: [1, 0.25] },
  { tokens: [6, 5, 4], positions: [2], targets: [0], weights: [3] },
  { tokens: [0, 1, 0, 2, 0, 3, 1], positions: [0, 3, 6], targets: [0, 1, 0.5], weights: [1, 0, 0.5] },
];
const once = { ...plainDescent, epochs: 1, seed: 0 };

function expectSlopes(before: Gpt, after: Gpt, lossOf: (gpt: Gpt) => number) {
  for (const { ours, measured, size } of slopesAlong(before, after, lossOf)) {
    expect(size).toBeGreaterThan(0.01);
    expect(Math.abs(ours - measured)).toBeLessThan(0.01 * Math.abs(measured) + 5e-4 * size);
  }
}

describe('trainStepScorer', () => {
  it.each(['classification', 'regression'] as const)('descends the weighted mean loss: %s', (loss) => {
    const gpt = shaken(0, ['step']);
    const { scorer, report } = trainStepScorer({ ...once, gpt, examples, loss });
    const lossOf = (model: Gpt) => {
      let [sum, weight] = [0, 0];
      new StepScorer(model, loss === 'regression' ? 'raw' : 'probability').score(examples).forEach((scores, i) => {
        const { targets, weights = targets.map(() => 1) } = examples[i];
        scores.forEach((s, p) => {
          const entropy = -targets[p] * Math.log(s) - (1 - targets[p]) * Math.log(1 - s);
          sum += weights[p] * (loss === 'regression' ? (s - targets[p]) ** 2 : entropy);
          weight += weights[p];
        });
      });
      return sum / weight;
    };
    expect(report.epochs[0].loss).toBeCloseTo(lossOf(gpt), 5);
    expectSlopes(gpt, scorer.gpt, lossOf);
  });

  it('moves nothing but the output where the backbone is frozen, and that by the same gradient', () => {
    const gpt = shaken(1, ['step']);
    const options: StepScorerOptions = { ...once, gpt, examples, loss: 'classification' };
    const all = trainStepScorer(options).scorer.gpt.parameters;
    const head = trainStepScorer({ ...options, freezeBackbone: true }).scorer.gpt.parameters;
    const body = gpt.parameters.length - gpt.shape.width - 1;
    expect(head.subarray(0, body)).toEqual(gpt.parameters.subarray(0, body));
    expect(all.subarray(0, body)).not.toEqual(gpt.parameters.subarray(0, body));
    expect(head.subarray(body)).not.toEqual(gpt.parameters.subarray(body));
    for (let i = body; i < head.length; i++) expect(head[i]).toBeCloseTo(all[i], 5);
    const clipped = { ...options, maxGradientNorm: 0.01, freezeBackbone: true };
    const moved = trainStepScorer(clipped).scorer.gpt.parameters.map((x, i) => x - gpt.parameters[i]);
    expect(Math.hypot(...moved)).toBeCloseTo(0.01 * 0.01, 6);
  });

  it('begins at a half with a fresh output, leaves the model it is given alone, and goes on from a scorer', () => {
    const gpt = shaken(2);
    const parameters = gpt.parameters.slice();
    const still = trainStepScorer({ gpt, examples, loss: 'classification', epochs: 1, learningRate: 0, seed: 0 });
    expect(still.scorer.score(examples).flatMap((s) => [...s])).toEqual(Array(6).fill(0.5));
    const first = trainStepScorer({ gpt, examples, loss: 'regression', epochs: 60, learningRate: 3e-3, seed: 0 });
    expect(gpt.parameters).toEqual(parameters);
    const { report } = trainStepScorer({
      gpt: first.scorer.gpt,
      examples,
      loss: 'regression',
      epochs: 1,
      learningRate: 0,
      seed: 0,
    });
    expect(report.epochs[0].loss).toBeLessThan(0.02);
  });

  it('keeps the best epoch, and stops when patience ends', () => {
    const gpt = shaken(3);
    // Held-out labels that contradict the training ones: every step makes them worse in the end.
    const validation = examples.map((example) => ({ ...example, targets: example.targets.map((y) => 1 - y) }));
    const losses: number[] = [];
    const { scorer, report } = trainStepScorer({
      gpt,
      examples,
      validation,
      loss: 'classification',
      learningRate: 3e-3,
      epochs: 50,
      patience: 3,
      seed: 0,
      onEpoch: (epoch) => losses.push(epoch.validation!.loss),
    });
    expect(losses).toEqual(report.epochs.map((epoch) => epoch.validation!.loss));
    expect(report.best).toBe(losses.indexOf(Math.min(...losses)));
    expect(losses).toHaveLength(report.best + 4);
    expect(report.tokens).toBe(losses.length * 15);
    const again = trainStepScorer({
      gpt: scorer.gpt,
      examples: validation,
      loss: 'classification',
      learningRate: 0,
      epochs: 1,
      seed: 0,
    });
    expect(again.report.epochs[0].loss).toBeCloseTo(losses[report.best], 5);
  });

  it('is the same for the same seed', () => {
    const run = (seed: number) =>
      trainStepScorer({
        gpt: shaken(4),
        examples,
        loss: 'regression',
        learningRate: 1e-3,
        epochs: 3,
        batch: 1,
        seed,
      }).scorer.gpt.parameters;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('scores a prefix as it scores it within a longer text', () => {
    const scorer = new StepScorer(shaken(5, ['step']), 'raw');
    const [[, inside], [alone]] = scorer.score([
      { tokens: [1, 2, 3, 4, 5], positions: [4, 2] },
      { tokens: [1, 2, 3], positions: [2] },
    ]);
    expect(inside).toBeCloseTo(alone, 6);
  });

  it('names what does not fit', () => {
    const gpt = shaken(0);
    const train = (change: object) =>
      trainStepScorer({ gpt, examples, loss: 'classification', learningRate: 1e-3, epochs: 1, seed: 0, ...change });
    const one = (change: object) => train({ examples: [{ ...examples[0], ...change }] });
    expect(() => one({ positions: [1, 5] })).toThrow(
      'examples[0].positions[1] must be a whole number from 0 to 4, got 5',
    );
    expect(() => one({ positions: [], targets: [] })).toThrow('examples[0].positions must not be empty');
    expect(() => one({ targets: [1] })).toThrow('examples[0].targets must hold one number a position, 2, got 1');
    expect(() => one({ targets: [1, 2] })).toThrow('examples[0].targets[1] must lie in [0, 1], got 2');
    expect(() => one({ weights: [0, 0] })).toThrow('examples[0].weights must not all be 0');
    expect(() => one({ weights: [0, -1] })).toThrow('examples[0].weights[1] must be at least 0 and finite, got -1');
    expect(() => train({ examples: [] })).toThrow('examples must not be empty');
    expect(() => train({ epochs: 0 })).toThrow('epochs must be a positive whole number, got 0');
    expect(() => train({ patience: 2 })).toThrow('patience must come with validation examples');
    expect(() => train({ learningRate: -1, freezeBackbone: true })).toThrow('learningRate must be at least 0');
    expect(() => new StepScorer(gpt, 'raw')).toThrow("gpt.shape.outputs must be ['step'], got []");
  });
});

describe('trainOutcomeModel', () => {
  it('is a step scorer at the last token', () => {
    const gpt = shaken(6, ['step']);
    const responses = [
      { tokens: [1, 2, 3], outcome: 1 },
      { tokens: [4, 5, 6, 1], outcome: 0.5 },
    ];
    const options = { gpt, learningRate: 1e-2, epochs: 3, seed: 0 };
    const { scorer } = trainOutcomeModel({ ...options, responses, validation: responses });
    const same = trainStepScorer({
      ...options,
      loss: 'classification',
      examples: [
        { tokens: [1, 2, 3], positions: [2], targets: [1] },
        { tokens: [4, 5, 6, 1], positions: [3], targets: [0.5] },
      ],
    });
    expect(scorer.gpt.parameters).toEqual(same.scorer.gpt.parameters);
    const [[last]] = scorer.score([{ tokens: [1, 2, 3], positions: [2] }]);
    expect(outcomeScores(scorer, [[1, 2, 3]])).toEqual(Float64Array.of(last));
  });
});

describe('trainRankScorer', () => {
  const pairs = [
    { better: [1, 2, 3], worse: [1, 2] },
    { better: [4, 4], worse: [5, 6, 0, 1] },
  ];

  it('descends -log σ(V(better) - V(worse))', () => {
    const gpt = shaken(7, ['step']);
    const { scorer, report } = trainRankScorer({ ...once, gpt, pairs });
    const lossOf = (model: Gpt) => rankMeasures(new StepScorer(model, 'raw'), pairs).loss;
    expectSlopes(gpt, scorer.gpt, lossOf);
    expect(report.epochs[0].loss).toBeCloseTo(lossOf(gpt), 5);
    const values = outcomeScores(
      new StepScorer(gpt, 'raw'),
      pairs.flatMap(({ better, worse }) => [better, worse]),
    );
    const margins = [values[0] - values[1], values[2] - values[3]];
    expect(lossOf(gpt)).toBeCloseTo(margins.reduce((sum, m) => sum + Math.log(1 + Math.exp(-m)), 0) / 2, 6);
    expect(rankMeasures(new StepScorer(gpt, 'raw'), pairs).accuracy).toBe(margins.filter((m) => m > 0).length / 2);
  });

  it('counts ties half, and keeps the epoch with the best accuracy or the least loss', () => {
    const gpt = shaken(8);
    const { report } = trainRankScorer({ gpt, pairs, validation: pairs, learningRate: 0, epochs: 2, seed: 0 });
    expect(report.epochs[1].validation).toEqual({ loss: Math.log(2), accuracy: 0.5 });
    expect(report.best).toBe(0);
    const options = { gpt, pairs, validation: pairs, learningRate: 1e-3, epochs: 30, seed: 0 };
    const byAccuracy = trainRankScorer(options).report;
    const accuracies = byAccuracy.epochs.map((epoch) => epoch.validation!.accuracy);
    expect(Math.max(...accuracies)).toBe(1);
    expect(byAccuracy.best).toBe(accuracies.indexOf(1));
    expect(trainRankScorer({ ...options, best: 'loss' }).report.best).toBeGreaterThan(byAccuracy.best);
  });
});

describe('trainProgressEstimator', () => {
  const episodes = [
    { tokens: [1, 2, 3, 4, 5, 6], turnEnds: [1, 3, 5], reward: 1 },
    { tokens: [6, 5, 4], turnEnds: [0, 2], reward: 0.3 },
    { tokens: [2, 2, 2], turnEnds: [2], reward: -1 },
  ];
  const mse = (estimator: Pick<ProgressEstimator, 'contributions'>) =>
    estimator
      .contributions(episodes)
      .reduce((sum, c, i) => sum + (c.reduce((a, b) => a + b) - episodes[i].reward) ** 2 / 3, 0);

  it('descends the squared miss of the sum', () => {
    const gpt = shaken(9, ['step']);
    const { estimator, report } = trainProgressEstimator({ ...once, gpt, episodes });
    const lossOf = (model: Gpt) =>
      mse({
        contributions: (list) => new StepScorer(model, 'raw').score(list.map((e) => ({ ...e, positions: e.turnEnds }))),
      });
    expectSlopes(gpt, estimator.gpt, lossOf);
    expect(report.epochs[0].loss).toBeCloseTo(lossOf(gpt), 5);
  });

  it('sums to the rewards it has learned, and says how well', () => {
    const gpt = shaken(10);
    const none = trainProgressEstimator({ gpt, episodes, learningRate: 0, epochs: 1, seed: 0 });
    const misses = [1, 0.3, 1];
    expect(none.fit.mse).toBeCloseTo(misses.reduce((sum, m) => sum + m * m, 0) / 3, 6);
    expect(none.fit.mae).toBeCloseTo(2.3 / 3, 6);
    expect(none.fit.within01).toBe(0);
    expect(none.fit.lastShare).toBeCloseTo((1 / 3 + 1 / 2 + 1) / 3, 6);
    const { estimator, fit } = trainProgressEstimator({
      gpt,
      episodes,
      validation: episodes,
      learningRate: 3e-3,
      epochs: 100,
      seed: 0,
    });
    expect(fit.within01).toBeCloseTo(1, 9);
    expect(fit.mse).toBeCloseTo(mse(estimator), 9);
    expect(fit.mse).toBeLessThan(1e-3);
  });

  it('names a reward that is none', () => {
    const bad = [{ ...episodes[0], reward: Number.NaN }];
    expect(() =>
      trainProgressEstimator({ gpt: shaken(0), episodes: bad, learningRate: 1, epochs: 1, seed: 0 }),
    ).toThrow('episodes[0].reward must be finite, got NaN');
  });
});
