import { inlineExecutor, planOf, type RunReport, runExperiment, runTask, type Task } from '@laurel/core/paper';
import { softmaxPolicy } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { allArms, controlArm, corridorArms, corridorTerminal, largeBonus, spaArm, terminalArm } from './arms.ts';
import {
  corridorActions,
  corridorOf,
  corridorStep,
  exactGradient,
  firstState,
  playCorridor,
  successOf,
} from './corridor.ts';
import { corridorRewards, estimated, fitCorridor } from './corridor-credit.ts';
import { corridorProperties, trainInCorridor } from './corridor-runs.ts';
import { experiment } from './experiment.ts';
import { demonstrations, houseTask } from './house.ts';
import { paper } from './paper.ts';
import { correlationOf } from './progress.ts';
import { turnRewards } from './train.ts';

const actions = corridorActions.length;
const training = { cells: 5, chance: 0.05, iterations: 30, episodes: 16, exploration: 160 };

function randomPolicy(states: number, random: Random): Float64Array {
  return softmaxPolicy(
    Float64Array.from({ length: states * actions }, () => random.normal()),
    actions,
  );
}

describe('the corridor', () => {
  it('is solved by key, door and goal in this order', () => {
    const corridor = corridorOf(5, 0.05);
    let state = firstState(corridor);
    for (const action of ['left', 'left', 'take', 'right', 'right', 'right', 'open', 'right'] as const) {
      const { next, executed } = corridorStep(corridor, state, corridorActions.indexOf(action));
      expect(executed).toBe(true);
      state = next;
    }
    expect(state).toBe(-1);
    // Without the key the door stays shut, with or without trying.
    const atDoor = 3;
    expect(corridorStep(corridor, atDoor, corridorActions.indexOf('open')).executed).toBe(false);
    expect(corridorStep(corridor, atDoor, corridorActions.indexOf('right')).executed).toBe(false);
  });

  it('knows its chance of success and the gradient of that exactly', () => {
    const corridor = corridorOf(4, 0.1);
    const random = new Random(1, 'corridor');
    const logits = Float64Array.from({ length: corridor.states * actions }, () => random.normal());
    const policy = softmaxPolicy(logits, actions);
    const gradient = exactGradient(corridor, policy);
    for (const i of [0, 5, 17, 30, logits.length - 1]) {
      const moved = (by: number) => successOf(corridor, softmaxPolicy(logits.with(i, logits[i] + by), actions));
      expect(gradient[i]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 7);
    }
    let wins = 0;
    for (let n = 0; n < 4000; n++) wins += playCorridor(corridor, policy, random).reward;
    expect(Math.abs(wins / 4000 - successOf(corridor, policy))).toBeLessThan(0.03);
  });

  it('splits rewards so that they sum to the reward, where that is promised', () => {
    const corridor = corridorOf(5, 0.2);
    const random = new Random(2, 'corridor');
    const policy = randomPolicy(corridor.states, random);
    const episodes = Array.from({ length: 200 }, () => playCorridor(corridor, policy, random));
    const models = fitCorridor(corridor, episodes);
    for (const episode of episodes.slice(0, 20)) {
      for (const source of ['exact', 'spread', 'values', 'uniform', 'terminal'] as const) {
        const sum = corridorRewards(source, 0, models, episode).reduce((total, r) => total + r, 0);
        expect(sum).toBeCloseTo(episode.reward, 10);
      }
      const contributions = estimated(models, episode);
      const bonus = corridorRewards('estimator', 0.5, models, episode);
      bonus.forEach((reward, t) => {
        expect(reward).toBeCloseTo(contributions[t] + (episode.executed[t] ? 0.5 : 0), 12);
      });
    }
  });

  it('is learned on the terminal reward, and not with a large bonus', () => {
    expect(trainInCorridor(corridorTerminal, training, 0).at(-1)).toBeGreaterThan(0.9);
    expect(trainInCorridor(largeBonus, { ...training, cells: 7, iterations: 50 }, 0).at(-1)).toBeLessThan(0.3);
    for (const arm of corridorArms) expect(trainInCorridor(arm, training, 0)).toHaveLength(31);
  });

  it('shows that the sum leaves much open, and that the future may not be paid for', () => {
    const { lossChange, changed, mse, spread, gradients } = corridorProperties(training, 600, 0);
    expect(Math.abs(lossChange)).toBeLessThan(1e-12);
    expect(changed).toBeLessThan(0.5);
    expect(mse).toBeLessThan(spread);
    const along = new Map(gradients.map((each) => [each.name, each.along]));
    expect(along.get('even split')).toBeLessThan(0.7);
  });
});

describe('the household', () => {
  it('has demonstrations that end in success, with mistakes among them', () => {
    const episodes = demonstrations(houseTask.parse({}), 50, { blunders: 0.3, detours: 0 }, new Random(0, 'test'));
    expect(episodes.length).toBeGreaterThan(30);
    expect(episodes.every(({ reward, ended }) => reward === 1 && ended)).toBe(true);
    expect(episodes.some(({ turns }) => turns.some(({ executed }) => !executed))).toBe(true);
    const [{ problem }] = episodes;
    expect(problem).toMatchObject({ family: 'household' });
  });

  it('rewards turns as its arms say', () => {
    const turn = { start: 0, end: 1, reward: 0 };
    const episode = {
      turns: [
        { ...turn, executed: true },
        { ...turn, executed: false },
        { ...turn, executed: true },
      ],
      reward: 1,
    } as unknown as Parameters<typeof turnRewards>[1];
    expect([...turnRewards(terminalArm, episode, null)]).toEqual([0, 0, 1]);
    expect([...turnRewards({ ...controlArm, beta: 0.5 }, episode, null)]).toEqual([0.5, 0, 1.5]);
    const contributions = Float64Array.of(0.25, -0.25, 0.5);
    expect([...turnRewards({ ...spaArm, beta: 0.5 }, episode, contributions)]).toEqual([0.75, -0.25, 1]);
  });
});

it('counts a constant as following nothing', () => {
  expect(correlationOf([1, 1, 1], [0, 1, 2])).toBe(0);
  expect(correlationOf([0, 1, 2], [1, 1, 1])).toBeNull();
  expect(correlationOf([0, 1, 2], [0, 2, 4])).toBeCloseTo(1, 12);
});

describe('the smoke profile', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runExperiment(experiment, { profile: 'smoke' }, { executor: inlineExecutor(experiment) });
  }, 60_000);

  it('judges every claim that an experiment can judge, without a failure', () => {
    const judged = Object.entries(paper.claims).filter(([, claim]) => claim.test === 'experiment');
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.claims).sort()).toEqual(judged.map(([id]) => id).sort());
  });

  it('shows all it measures', () => {
    const expected = ['learning', 'arms', 'correlation', 'example', 'episodes', 'corridor', 'properties'];
    expect(report.figures.map(({ id }) => id).filter((id) => id !== 'correlation')).toEqual(
      expected.filter((id) => id !== 'correlation'),
    );
    expect(report.artifacts.map(({ name }) => name)).toEqual(['spa/agent', 'spa/estimators']);
  });

  it('has arms of different names, and repeats a trial exactly', async () => {
    expect(new Set(allArms.map(({ name }) => name)).size).toBe(allArms.length);
    const trials = experiment.trials(planOf(experiment, { profile: 'smoke' }));
    const trial = trials.find(({ config }) => config.kind === 'corridor');
    if (!trial) throw new Error('there must be a corridor');
    const task: Task = { kind: 'trial', slug: 'spa', trial, inputs: [] };
    const hooks = { progress: () => {}, point: () => {} };
    const { signal } = new AbortController();
    expect(await runTask(experiment, task, hooks, signal)).toEqual(await runTask(experiment, task, hooks, signal));
  });

  it('summarises whatever trials there are, even one', async () => {
    const plan = planOf(experiment, { profile: 'smoke' });
    expect(experiment.summarise([], plan)).toEqual({ claims: {}, figures: [] });
    const trials = experiment.trials(plan);
    for (const kind of ['progress', 'properties', 'corridor']) {
      const one = { ...experiment, trials: () => trials.filter(({ config }) => config.kind === kind).slice(0, 1) };
      const { claims, failures } = await runExperiment(one, { profile: 'smoke' }, { executor: inlineExecutor(one) });
      expect(failures).toEqual([]);
      for (const claim of Object.values(claims)) expect(claim?.verdict).toBe('inconclusive');
    }
  }, 60_000);
});
