import { redistribute, terminalRewards, uniformRewards, valueDifferences } from '@laurel/core/credit';
import { luFactor, luSolve } from '@laurel/core/stats';
import { type Corridor, type CorridorEpisode, corridorActions } from './corridor.ts';

/** What an arm's rewards are made of in the corridor. `exact` is the estimator with what its sum misses moved to the last step. */
export type CorridorSource = 'estimator' | 'exact' | 'spread' | 'values' | 'uniform' | 'terminal' | 'none';

/** Linear models on one-hot features: contributions of (state, action) pairs, and a forecast for each state. */
export interface CorridorModels {
  readonly contributions: Float64Array;
  readonly forecast: Float64Array;
}

/** Strength of the ridge: of all contributions that fit about as well it takes the smallest ones. */
const RIDGE = 1;

/** Fits both to episodes: counts of pairs to the reward of the episode, and to each prefix's state the mean reward. */
export function fitCorridor({ states }: Corridor, episodes: readonly CorridorEpisode[]): CorridorModels {
  const actions = corridorActions.length;
  const n = states * actions;
  const gram = new Float64Array(n * n);
  const right = new Float64Array(n);
  const visits = new Float64Array(states).fill(RIDGE);
  const earned = new Float64Array(states);
  for (let i = 0; i < n; i++) gram[i * n + i] = RIDGE;
  for (const episode of episodes) {
    const counts = new Map<number, number>();
    episode.states.forEach((state, t) => {
      const pair = state * actions + episode.actions[t];
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      visits[state] += 1;
      earned[state] += episode.reward;
    });
    for (const [i, a] of counts) {
      right[i] += a * episode.reward;
      for (const [j, b] of counts) gram[i * n + j] += a * b;
    }
  }
  return { contributions: luSolve(luFactor(gram, n), right), forecast: earned.map((sum, s) => sum / visits[s]) };
}

/** The contribution of each step by the estimator. */
export function estimated({ contributions }: CorridorModels, { states, actions }: CorridorEpisode): Float64Array {
  return Float64Array.from(states, (state, t) => contributions[state * corridorActions.length + actions[t]]);
}

/** The rewards of an episode's steps. */
export function corridorRewards(
  source: CorridorSource,
  beta: number,
  models: CorridorModels,
  episode: CorridorEpisode,
): Float64Array {
  const { reward, executed } = episode;
  return redistribute({
    contributions: contributionsBy(source, models, episode),
    executed,
    beta,
    total: source === 'spread' ? reward : null,
  });
}

function contributionsBy(source: CorridorSource, models: CorridorModels, episode: CorridorEpisode): ArrayLike<number> {
  const { reward, states } = episode;
  const n = states.length;
  switch (source) {
    case 'uniform':
      return uniformRewards(reward, n);
    case 'terminal':
      return terminalRewards(reward, n);
    case 'none':
      return new Float64Array(n);
    case 'values': {
      // After each step the forecast for the state it led to; after the last the reward itself.
      const values = Float64Array.from(states, (_, t) => (t + 1 < n ? models.forecast[states[t + 1]] : reward));
      return valueDifferences(values);
    }
    case 'exact': {
      const contributions = estimated(models, episode);
      contributions[n - 1] += reward - contributions.reduce((sum, c) => sum + c, 0);
      return contributions;
    }
    default:
      return estimated(models, episode);
  }
}
