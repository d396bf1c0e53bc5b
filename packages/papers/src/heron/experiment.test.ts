import { inlineExecutor, planOf, runExperiment } from '@laurel/core/paper';
import { Random } from '@laurel/core/stats';
import { describe, expect, it } from 'vitest';
import { runDoor, TUNED } from './door-learning.ts';
import { randomGrid, successChance } from './door-world.ts';
import { experiment } from './experiment.ts';
import { paper } from './paper.ts';
import { checkProperties } from './properties.ts';
import { type Arm, armsOf, baseArm, type Config, permutations, type Result, type WorldName } from './trial.ts';

const context = {
  signal: new AbortController().signal,
  progress: () => {},
  point: () => {},
  artifact: () => Promise.reject(new Error('no artifacts here')),
};

describe('the experiment', () => {
  it('runs its smoke profile: judges every claim, draws figures', async () => {
    const report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
    expect(report.failures).toEqual([]);
    const tested = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(Object.keys(report.claims).sort()).toEqual(tested.map(([id]) => id).sort());
    // One seed decides nothing, save what is exact.
    expect(report.claims['matches-tuned-sum']?.verdict).toBe('inconclusive');
    expect(report.claims['scale-robust']?.verdict).toBe('inconclusive');
    expect(report.claims['labels-ignore-scale']?.verdict).toBe('holds');
    expect(report.figures.map(({ id }) => id)).toEqual(['scores', 'scales', 'curves']);
    const scores = report.figures[0];
    const native =
      scores.kind === 'table' ? scores.rows.find(({ method }) => method === 'the score itself') : undefined;
    expect(native?.score).toBeCloseTo(1, 12);
  });

  it('gives equal results for equal trials, and the same ones for HERON at every scale', async () => {
    const base = {
      arm: baseArm('intersection', 'heron'),
      part: 'control',
      world: 'intersection',
      steps: 1024,
      episodes: 2,
    } as const;
    const run = async (arm: typeof base.arm) =>
      experiment.runTrial({ config: { ...base, arm }, seed: 4, label: '' }, context);
    const first = await run(base.arm);
    expect(await run(base.arm)).toEqual(first);
    expect(await run({ ...base.arm, scaled: 0, factor: 0.01 })).toEqual(first);
  });
});

/** A whole run of the full profile with made-up scores. */
function summaryOf(score: (world: WorldName, arm: Arm, seed: number) => number, keep = (_: Config) => true) {
  const plan = planOf(experiment, { profile: 'full' });
  const resultOf = (config: Config, seed: number): Result => {
    switch (config.part) {
      case 'properties':
        return { part: 'properties', counts: checked };
      case 'control': {
        const value =
          { random: -100, native: 0 }[config.arm.method as string] ?? 100 * score(config.world, config.arm, seed) - 100;
        return { part: 'control', score: value, curve: [{ steps: 1024, reward: value }], comparisons: null };
      }
      case 'door': {
        const success = score('door', config.arm, seed);
        return { part: 'door', grids: [{ success, random: 0, optimal: 1, isAligned: seed % 2 === 0, seen: 0 }] };
      }
    }
  };
  const trials = experiment.trials(plan).filter(({ config }) => keep(config));
  return experiment.summarise(
    trials.map((trial) => ({ ...trial, result: resultOf(trial.config, trial.seed) })),
    plan,
  );
}
const checked = { p1: { checked: 9, broken: 0 }, p2: { checked: 9, broken: 0 }, p3: { checked: 9, broken: 0 } };
const verdictsOf = ({ claims }: ReturnType<typeof summaryOf>) =>
  Object.fromEntries(Object.entries(claims).map(([id, claim]) => [id, claim?.verdict]));
/** Seeds differ by a little. */
const noise = (seed: number) => 0.01 * Math.sin(seed);

describe('the verdicts', () => {
  it('follow the rules when HERON does all that is claimed', () => {
    const summary = summaryOf((_, { method, scaled }, seed) => {
      if (method === 'sparse') return 0.4 + noise(seed);
      return method === 'linear' && scaled >= 0 ? 0.5 : 0.9 + noise(seed);
    });
    expect(verdictsOf(summary)).toEqual({
      'matches-tuned-sum': 'holds',
      'scale-robust': 'holds',
      'proxies-break-ties': 'holds',
      'labels-ignore-scale': 'holds',
    });
    expect(summary.claims['scale-robust']?.ours.value).toBeCloseTo(0.4, 2);
    expect(summary.figures.map(({ id }) => id)).toEqual(['scores', 'scales', 'curves', 'orders', 'margins']);
  });

  it('refute what is not so', () => {
    const summary = summaryOf(
      (_, { method }, seed) => ({ heron: 0.6, sparse: 0.9 })[method as string] ?? 0.8 + noise(seed),
    );
    expect(verdictsOf(summary)).toMatchObject({
      'matches-tuned-sum': 'refuted',
      'scale-robust': 'refuted',
      'proxies-break-ties': 'refuted',
    });
  });

  it('are mixed where worlds disagree, and where z-scoring is as good', () => {
    const summary = summaryOf((world, { method, scaled }, seed) => {
      if (method === 'heron') return (world === 'swing-up' ? 0.8 : 0.9) + noise(seed);
      if (method === 'z-scored') return world === 'door' ? 1 : 0.7;
      return scaled >= 0 ? 0.1 : 0.9;
    });
    expect(verdictsOf(summary)).toMatchObject({ 'matches-tuned-sum': 'mixed', 'scale-robust': 'mixed' });
    expect(summary.claims['scale-robust']?.because).toMatch(/the better one in: door/);
  });

  it('rest on what ran', () => {
    const good = () => 0.9;
    const oneWorld = summaryOf(good, (config) => config.part !== 'control' || config.world === 'intersection');
    expect(oneWorld.claims['matches-tuned-sum']?.verdict).toBe('inconclusive');
    expect(oneWorld.claims['matches-tuned-sum']?.because).toMatch(/did not run/);
    const noAnchor = summaryOf(good, (config) => config.part === 'control' && config.arm.method !== 'native');
    expect(noAnchor.claims).toEqual({});
  });
});

describe('the plan', () => {
  it('tries every order once and every margin once', () => {
    const arms = armsOf('intersection', { seeds: 8, sideSeeds: 3, sideTests: true });
    const base = baseArm('intersection', 'heron');
    const orders = arms.filter(({ arm }) => arm.method === 'heron' && arm.scaled < 0 && arm.kappa === base.kappa);
    expect(orders).toHaveLength(24);
    expect(new Set(orders.map(({ arm }) => arm.order.join())).size).toBe(24);
    expect(orders.map(({ seeds }) => seeds)).toEqual([8, ...Array(23).fill(3)]);
    expect(permutations([0, 1])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe('the door grid', () => {
  it('has a goal that chance rarely and planning always reaches', () => {
    for (let index = 0; index < 4; index++) {
      const grid = randomGrid(10_000, index);
      const uniform = new Float64Array(grid.model.nS * 5).fill(0.2);
      expect(successChance(grid, uniform)).toBeLessThan(0.02);
      expect(successChance(grid, uniform)).toBeGreaterThan(0);
    }
  });

  it('learns from success once it was met, and from nothing before', () => {
    const grid = randomGrid(10_000, 0);
    const run = { method: 'sparse', order: [0, 1, 2], kappa: 0.5, factors: [1, 1, 1], ...TUNED.sparse } as const;
    const outcomes = [0, 1, 2, 3, 4, 5].map((seed) => runDoor(grid, run, new Random(seed, 'test')));
    for (const { success, seen } of outcomes) if (seen === 0) expect(success).toBeLessThan(1);
    expect(Math.max(...outcomes.map(({ success }) => success))).toBeCloseTo(1, 9);
  });
});

describe('the properties', () => {
  it('hold on signals of all worlds', () => {
    const { p1, p2, p3 } = checkProperties(10_000);
    expect([p1.broken, p2.broken, p3.broken]).toEqual([0, 0, 0]);
    expect(Math.min(p1.checked, p2.checked, p3.checked)).toBeGreaterThan(1000);
  });
});
