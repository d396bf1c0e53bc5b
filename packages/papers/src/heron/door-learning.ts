import { fitLinearPreference } from '@laurel/core/model';
import { softPlan, uniformPolicy } from '@laurel/core/policy';
import { hierarchicalComparator, type Signal } from '@laurel/core/reward';
import type { Random } from '@laurel/core/stats';
import { DOOR_SIGNS, type Episode, type Grid, isMove, playEpisode, STEPS, successChance } from './door-world.ts';

/** How signals become a reward. `sparse` compares on success alone. */
export type DoorMethod = 'heron' | 'flat' | 'sparse' | 'linear' | 'z-scored';

export interface DoorRun {
  method: DoorMethod;
  /** Indices of the signals, most important first. */
  order: readonly number[];
  /** Margin in deviations, of all signals but success, which is binary and has none. */
  kappa: number;
  /** Ratio of neighbouring weights of the sums. */
  beta: number;
  /** What each signal is multiplied by. */
  factors: readonly number[];
  /** Of the first round's policy, in units of the learned reward's spread; it falls to a twentieth. */
  temperature: number;
}

/**
 * Chosen for each method alone, by its success on 8 grids of each of the tuning seeds 10,000 to 10,003: the temperature
 * from {1, 2, 4, 8, 16} (successes of HERON: 0.09, 0.09, 0.57, 0.91, 0.94; of success alone: 0.47, 0.47, 0.50, 0.56,
 * 0.56), and β of the sums from {1, 0.5, 0.25, 0.1, 0.03, 0.01} (at the best temperature: 0.56, 0.47, 0.44, 0.41, 0.38,
 * 0.38 raw and 1.00, 0.94, 0.75, 0.47, 0.38, 0.38 z-scored).
 */
export const TUNED: Readonly<Record<DoorMethod, Pick<DoorRun, 'beta' | 'temperature'>>> = {
  heron: { beta: 1, temperature: 16 },
  flat: { beta: 1, temperature: 16 },
  sparse: { beta: 1, temperature: 8 },
  linear: { beta: 1, temperature: 16 },
  'z-scored': { beta: 1, temperature: 8 },
};

/** HERON's margin for distance and energy, in deviations. */
export const DOOR_KAPPA = 0.5;

const ROUNDS = 12;
const EPISODES = 16;
/** Pairs of episodes compared in a round. */
const PAIRS = 512;
/** Pull of the Bradley-Terry weights to zero. */
const RIDGE = 0.1;

/**
 * Learns in rounds: act with a softened optimal policy of the reward so far, add the episodes, refit the reward to all of
 * them. (The greedy policy of a learned reward is worse than the softened one that gathered its data: it finds places
 * where standing still pays more than arriving.)
 *
 * @returns chance that the last policy reaches the goal in time, and the share of episodes that did on the way
 */
export function runDoor(grid: Grid, run: DoorRun, rng: Random): { success: number; seen: number } {
  const { model } = grid;
  const uniform = uniformPolicy(model);
  const episodes: Episode[] = [];
  let policy = uniform;
  for (let round = 1; round <= ROUNDS; round++) {
    for (let i = 0; i < EPISODES; i++) episodes.push(playEpisode(grid, policy, rng));
    const weights =
      run.method === 'linear' || run.method === 'z-scored'
        ? weightedSum(grid, episodes, run)
        : preferenceWeights(grid, episodes, run, rng.split('pairs', round));
    const alpha = run.temperature * (1 - (0.95 * round) / ROUNDS);
    policy = softPlan(model, rewardOf(grid, weights), { alpha, base: uniform }).policy;
  }
  const reached = episodes.filter(({ signals }) => signals[0] > 0).length;
  return { success: successChance(grid, policy), seen: reached / episodes.length };
}

/** Bradley-Terry weights of the features from random pairs of all episodes so far. */
function preferenceWeights({ width }: Grid, episodes: readonly Episode[], run: DoorRun, rng: Random): Float64Array {
  const scaled = episodes.map(({ signals }) => signals.map((z, l) => z * run.factors[l]));
  const comparator = hierarchicalComparator(hierarchyOf(run));
  comparator.fit(scaled);
  const pairs: number[] = [];
  for (let p = 0; p < PAIRS; p++) {
    const [i, j] = [rng.int(episodes.length), rng.int(episodes.length)];
    const { winner } = comparator.compare(scaled[i], scaled[j]);
    if (winner === 1) pairs.push(i, j);
    else if (winner === -1) pairs.push(j, i);
  }
  const features = new Float64Array(episodes.length * width);
  episodes.forEach((episode, i) => {
    features.set(episode.features, i * width);
  });
  return fitLinearPreference({ features, width, pairs: Int32Array.from(pairs) }, RIDGE);
}

function hierarchyOf({ method, order, kappa }: DoorRun): Signal<Float64Array>[] {
  if (method === 'flat') {
    return [{ name: 'sum', value: (z) => z.reduce((sum, x, l) => sum + DOOR_SIGNS[l] * x, 0), margin: { std: kappa } }];
  }
  return (method === 'sparse' ? [0] : order).map((l) => ({
    name: `signal ${l}`,
    value: (z) => z[l],
    direction: DOOR_SIGNS[l] > 0 ? 'max' : 'min',
    margin: { std: l === 0 ? 0 : kappa },
  }));
}

/**
 * The weighted sum as a reward of steps: exact wherever the walker has been, the mean of that elsewhere. (An episode's
 * sum is the sum over its steps, so this spares weighted sums all the learning that comparisons need.)
 */
function weightedSum({ world, model, goal, width }: Grid, episodes: readonly Episode[], run: DoorRun): Float64Array {
  const { factors, order, beta, method } = run;
  const visits = new Float64Array(width);
  for (const { features } of episodes) for (let k = 0; k < width; k++) visits[k] += features[k];
  const steps = episodes.length * STEPS;
  const moved = visits[width - 1] / steps;
  const success = (s: number) => Number(s === goal) * factors[0];
  const distance = (s: number) => world.distance(model.states[s]) * factors[1];
  const meanOf = (value: (s: number) => number) =>
    model.states.reduce((sum, _, s) => sum + visits[s] * value(s), 0) / steps;
  const spreadOf = (value: (s: number) => number) => {
    const mean = meanOf(value);
    return Math.sqrt(meanOf((s) => (value(s) - mean) ** 2));
  };
  const spreads =
    method === 'linear'
      ? [1, 1, 1]
      : [spreadOf(success), spreadOf(distance), factors[2] * Math.sqrt(moved * (1 - moved))];
  const coefficients = spreads.map((spread, l) =>
    spread > 0 ? (beta ** order.indexOf(l) * DOOR_SIGNS[l]) / spread : 0,
  );
  const value = (s: number) => coefficients[0] * success(s) + coefficients[1] * distance(s);
  const mean = meanOf(value);
  const weights = new Float64Array(width);
  for (let s = 0; s < model.nS; s++) weights[s] = visits[s] > 0 ? value(s) : mean;
  weights[width - 1] = coefficients[2] * factors[2];
  return weights;
}

/** The reward [s][a][s'] that the weights mean, over the spread of the states' weights (a reward of zeros stays one). */
function rewardOf({ model, goal, width }: Grid, weights: Float64Array): Float64Array<ArrayBuffer> {
  const { nS, nA } = model;
  const mean = weights.subarray(0, nS).reduce((sum, w) => sum + w / nS, 0);
  const spread = Math.sqrt(weights.subarray(0, nS).reduce((sum, w) => sum + (w - mean) ** 2 / nS, 0));
  const reward = new Float64Array(nS * nA * nS);
  if (spread === 0) return reward;
  for (let s = 0; s < nS; s++) {
    for (let a = 0; a < nA; a++) {
      const move = isMove(model, goal, s, a) ? weights[width - 1] : 0;
      for (let to = 0; to < nS; to++) reward[(s * nA + a) * nS + to] = (weights[to] + move) / spread;
    }
  }
  return reward;
}
