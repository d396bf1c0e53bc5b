import { artifactKey, type Stored } from '@laurel/core/paper';
import { promptsOf, sampleRollouts } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { chainBase, modelOf } from './base.ts';
import { chainProcessModel, processModelOf, stepsOf } from './process-model.ts';
import { chainTask, familyOf, heldOutProblems } from './task.ts';

const task = chainTask.parse({ operations: 2, plan: 0.3, restate: 0.1, room: 30 });
const base = chainBase.params.parse({ task, width: 32, accuracy: 0.35, seed: 3 });
const params = chainProcessModel.params.parse({ base, rollouts: 240, epochs: 2, reading: 300, seed: 3 });
const family = familyOf(task);

describe('chainProcessModel', () => {
  const built = new Map<string, Stored>();
  const context = {
    signal: new AbortController().signal,
    progress: () => {},
    point: () => {},
    artifact: async (ref: Parameters<typeof artifactKey>[0]) => built.get(artifactKey(ref)) as never,
  };
  let value: Awaited<ReturnType<typeof build>>;
  const build = async () =>
    (await chainProcessModel.build(params, context)) as Parameters<typeof processModelOf>[1] & {
      quality: Record<string, number>;
      quantiles: Float64Array;
    };
  beforeAll(async () => {
    built.set(artifactKey(chainBase.ref(base)), await chainBase.build(base, context));
    value = await build();
  }, 60_000);

  it('tells good lines from bad, and picks better than chance', () => {
    const { auroc, firstErrorF1, sampled, bestByLowest, any } = value.quality;
    expect(auroc).toBeGreaterThan(0.7);
    expect(firstErrorF1).toBeGreaterThan(0.2);
    expect(bestByLowest).toBeGreaterThan(sampled);
    expect(bestByLowest).toBeLessThanOrEqual(any);
  });

  it('the labels found that surprise is a bad sign', () => {
    expect(value.processWeights.surprise).toBeLessThan(0);
    expect(value.outcomeWeights.surprise).toBeLessThan(0);
  });

  it('scores every line with a chance, by what was written up to it alone', () => {
    const models = processModelOf(task, value);
    const policy = modelOf(built.get(artifactKey(chainBase.ref(base))) as never);
    const random = new Random(0, 'test');
    const problems = heldOutProblems(task, 'test', 6, random);
    const how = { maxTokens: task.room, stop: [family.tokenizer.eos], n: 2 };
    const rollouts = sampleRollouts(policy, promptsOf(family, problems), how, random).flat();
    const all = models.lines(rollouts);
    rollouts.forEach(({ prompt, response }, i) => {
      const steps = stepsOf(task, response);
      expect(all[i]).toHaveLength(steps.length);
      for (const score of all[i]) expect(score > 0 && score < 1).toBe(true);
      const [first] = models.lines([{ prompt, response: response.slice(0, steps[0].end) }]);
      expect(first[0]).toBeCloseTo(all[i][0], 4);
    });
    for (const chance of models.outcomes(rollouts)) expect(chance > 0 && chance < 1).toBe(true);
  });

  it('is the same every time, with its figures', async () => {
    const small = chainProcessModel.params.parse({
      base,
      rollouts: 40,
      epochs: 1,
      reading: 5,
      labels: 'soft',
      seed: 4,
    });
    expect(await chainProcessModel.build(small, context)).toEqual(await chainProcessModel.build(small, context));
    expect([...value.quantiles]).toEqual([...value.quantiles].sort((a, b) => a - b));
    expect(chainProcessModel.figures(value as never, params).map(({ id }) => id)).toEqual(['process-model']);
  }, 60_000);
});
