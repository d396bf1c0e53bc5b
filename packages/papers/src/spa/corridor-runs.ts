import { discountedReturns, gae, whiten } from '@laurel/core/credit';
import { Adam, addLogPolicyGradient, softmaxPolicy } from '@laurel/core/policy';
import { pearson, Random } from '@laurel/core/stats';
import {
  type Corridor,
  type CorridorEpisode,
  corridorActions,
  corridorOf,
  exactGradient,
  playCorridor,
  successOf,
  valuesOf,
} from './corridor.ts';
import {
  type CorridorModels,
  type CorridorSource,
  corridorRewards,
  estimated,
  fitCorridor,
} from './corridor-credit.ts';
import { correlationOf } from './progress.ts';

const ACTIONS = corridorActions.length;

export interface CorridorArm {
  name: string;
  source: CorridorSource;
  /** What the bonus for executable actions adds up to in the longest episode, with none rejected. */
  bonus: number;
  learningRate: number;
  discount: number;
}

export interface CorridorTraining {
  cells: number;
  /** Chance that random actions reach the goal. */
  chance: number;
  /** Batches of episodes, those of the exploration included. */
  iterations: number;
  episodes: number;
  exploration: number;
}

const CRITIC_RATE = 0.02;
const LAMBDA = 0.95;
const REFRESH = 10;

/**
 * The chance of success after each batch of episodes, exactly. Exploration counts: arms that learn a model stand still
 * meanwhile, the others train.
 */
export function trainInCorridor(arm: CorridorArm, training: CorridorTraining, seed: number): number[] {
  const corridor = corridorOf(training.cells, training.chance);
  const random = new Random(seed, 'spa', 'corridor');
  const learns = ['estimator', 'exact', 'spread', 'values'].includes(arm.source);
  const explored = learns ? Math.round(training.exploration / training.episodes) : 0;
  const logits = new Float64Array(corridor.states * ACTIONS);
  const policy = softmaxPolicy(logits, ACTIONS);
  const values = new Float64Array(corridor.states);
  const gradient = new Float64Array(logits.length);
  const adam = new Adam(logits.length, { learningRate: arm.learningRate });
  let models = explore(corridor, policy, explored * training.episodes, random.split('exploration'));
  const latest: CorridorEpisode[] = [];
  const curve = new Array<number>(explored + 1).fill(successOf(corridor, policy));
  for (let iteration = 0; curve.length <= training.iterations; iteration++) {
    const stream = random.split('iteration', iteration);
    const episodes = Array.from({ length: training.episodes }, () => playCorridor(corridor, policy, stream));
    const both = episodes.map((episode) => {
      const before = episode.states.map((state) => values[state]);
      const last = before.map((_, t) => Number(t === before.length - 1));
      const rewards = corridorRewards(arm.source, arm.bonus / corridor.horizon, models, episode);
      const nextValues = [...before.slice(1), 0];
      const transitions = { envs: 1, rewards, values: before, nextValues, terminated: last, ended: last };
      return gae(transitions, { discount: arm.discount, lambda_: LAMBDA });
    });
    const advantages = whiten(both.map((each) => Float64Array.from(each.advantages)));
    gradient.fill(0);
    episodes.forEach(({ states, actions }, e) => {
      states.forEach((state, t) => {
        addLogPolicyGradient(gradient, policy, ACTIONS, state, actions[t], advantages[e][t] / episodes.length);
        values[state] += CRITIC_RATE * (both[e].returns[t] - values[state]);
      });
    });
    adam.ascend(logits, gradient);
    softmaxPolicy(logits, ACTIONS, policy);
    curve.push(successOf(corridor, policy));
    if (learns) {
      latest.push(...episodes);
      if ((iteration + 1) % REFRESH === 0) models = fitCorridor(corridor, latest.splice(0));
    }
  }
  return curve;
}

function explore(corridor: Corridor, policy: Float64Array, count: number, random: Random): CorridorModels {
  return fitCorridor(
    corridor,
    Array.from({ length: count }, () => playCorridor(corridor, policy, random)),
  );
}

/** What a policy gradient makes of one way to reward steps. */
export interface GradientCheck {
  name: string;
  /** The mean gradient along the exact one, as a share of it: 1 when nothing is changed. */
  along: number;
  /** Total variance of an episode's gradient, as a share of the terminal reward's. */
  variance: number;
}

/** Properties of a fit to the exploration of the first policy. */
export interface Properties {
  mse: number;
  /** Mean squared error of the mean reward as everybody's forecast. */
  spread: number;
  within01: number;
  lastShare: number;
  /** Loss after adding differences of an arbitrary potential, which telescope to nothing, less the loss before. */
  lossChange: number;
  /** Correlation of the contributions with those so changed. */
  changed: number;
  /** Mean correlation within an episode with the exact change in the chance of success, by source; null for a constant. */
  correlations: { name: string; value: number }[];
  gradients: GradientCheck[];
}

const checked: Pick<CorridorArm, 'name' | 'source' | 'bonus'>[] = [
  { name: 'terminal', source: 'terminal', bonus: 0 },
  { name: 'contributions, exact sum', source: 'exact', bonus: 0 },
  { name: 'contributions', source: 'estimator', bonus: 0 },
  { name: 'contributions, rest spread', source: 'spread', bonus: 0 },
  { name: 'value differences', source: 'values', bonus: 0 },
  { name: 'even split', source: 'uniform', bonus: 0 },
  { name: 'contributions + grounding', source: 'estimator', bonus: 0.5 },
];

/** Fits models to `exploration` episodes of the first policy, and looks at them on `count` others. */
export function corridorProperties(
  { cells, chance, exploration }: CorridorTraining,
  count: number,
  seed: number,
): Properties {
  const corridor = corridorOf(cells, chance);
  const policy = softmaxPolicy(new Float64Array(corridor.states * ACTIONS), ACTIONS);
  const random = new Random(seed, 'spa', 'corridor properties');
  const models = explore(corridor, policy, exploration, random.split('exploration'));
  const fresh = random.split('held out');
  const episodes = Array.from({ length: count }, () => playCorridor(corridor, policy, fresh));
  const potential = Float64Array.from({ length: corridor.states }, () => random.normal());
  const exact = exactGradient(corridor, policy);
  const size = exact.reduce((sum, g) => sum + g * g, 0);

  const average = episodes.reduce((sum, { reward }) => sum + reward, 0) / count;
  let [mse, changedMse, within01, lastShare] = [0, 0, 0, 0];
  const [plain, changed]: [number[], number[]] = [[], []];
  for (const episode of episodes) {
    const contributions = estimated(models, episode);
    const { states, last, reward } = episode;
    // The potential is 0 before the first step and after the last, so what it adds sums to nothing.
    const shifted = contributions.map((c, t) => {
      const before = t === 0 ? 0 : potential[states[t]];
      const after = t + 1 < states.length ? potential[states[t + 1]] : 0;
      return c + after - before;
    });
    const miss = total(contributions) - reward;
    mse += miss ** 2 / count;
    changedMse += (total(shifted) - reward) ** 2 / count;
    if (Math.abs(miss) <= 0.1) within01 += 1 / count;
    lastShare += Math.abs(contributions[states.length - 1]) / total(contributions.map(Math.abs)) / count;
    if (last !== states[states.length - 1] && plain.length < 5000) {
      plain.push(...contributions);
      changed.push(...shifted);
    }
  }
  const gradients = checked.map(({ name, source, bonus }) => {
    const mean = new Float64Array(exact.length);
    let squares = 0;
    for (const episode of episodes) {
      const own = new Float64Array(exact.length);
      const returns = discountedReturns(corridorRewards(source, bonus / corridor.horizon, models, episode));
      episode.states.forEach((state, t) => {
        addLogPolicyGradient(own, policy, ACTIONS, state, episode.actions[t], returns[t]);
      });
      for (let i = 0; i < own.length; i++) {
        mean[i] += own[i] / count;
        squares += own[i] ** 2 / count;
      }
    }
    const along = mean.reduce((sum, g, i) => sum + g * exact[i], 0) / size;
    return { name, along, variance: squares - mean.reduce((sum, g) => sum + g * g, 0) };
  });
  const { variance } = gradients[0];
  return {
    mse,
    spread: average * (1 - average),
    within01,
    lastShare,
    lossChange: changedMse - mse,
    changed: pearson(plain, changed),
    correlations: trueProgress(corridor, policy, models, episodes),
    gradients: gradients.map((each) => ({ ...each, variance: each.variance / variance })),
  };
}

function trueProgress(
  corridor: Corridor,
  policy: Float64Array,
  models: CorridorModels,
  episodes: readonly CorridorEpisode[],
): Properties['correlations'] {
  const values = valuesOf(corridor, policy);
  const sources = { contributions: 'estimator', 'value differences': 'values', terminal: 'terminal' } as const;
  return Object.entries(sources).map(([name, source]) => {
    let sum = 0;
    for (const episode of episodes) {
      const { states, reward } = episode;
      const n = states.length;
      const progress = states.map((state, t) => (t + 1 < n ? values[t + 1][states[t + 1]] : reward) - values[t][state]);
      sum += correlationOf(corridorRewards(source, 0, models, episode), progress) ?? 0;
    }
    return { name, value: sum / episodes.length };
  });
}

function total(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0);
}
