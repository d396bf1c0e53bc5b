import { valueDifferences } from '@laurel/core/credit';
import {
  ProgressEstimator,
  type ProgressFit,
  StepScorer,
  trainProgressEstimator,
  trainStepScorer,
} from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import type { AgentRollout } from '@laurel/core/policy';
import { mean } from '@laurel/core/stats';

/** Both ways to learn what a turn contributed: `estimator` by its sum, `values` by what each turn changes in a forecast. */
export type Learned = 'estimator' | 'values';

/** Of both fits, to exploration and later. */
export const ESTIMATOR_RATE = 3e-3;

export interface FitSettings {
  epochs: number;
  learningRate: number;
  seed: number;
}

/** An episode as the estimators read it: contributions at the last token of each action. */
export function episodeTurns({ prompt, response, turns, reward }: AgentRollout) {
  const tokens = new Int32Array(prompt.length + response.length);
  tokens.set(prompt);
  tokens.set(response, prompt.length);
  return { tokens, turnEnds: turns.map(({ end }) => prompt.length + end - 1), reward };
}

/** Fits one of them; returns its network, from which a later fit can go on. */
export function fitLearned(kind: Learned, gpt: Gpt, episodes: readonly AgentRollout[], settings: FitSettings): Gpt {
  const options = { gpt, maxGradientNorm: 1, batch: 32, ...settings };
  if (kind === 'estimator')
    return trainProgressEstimator({ ...options, episodes: episodes.map(episodeTurns) }).estimator.gpt;
  // Rewards lie between 0 and 1, so the forecast is a chance.
  const examples = episodes.map((episode) => {
    const { tokens, turnEnds, reward } = episodeTurns(episode);
    return { tokens, positions: turnEnds, targets: turnEnds.map(() => reward) };
  });
  return trainStepScorer({ ...options, loss: 'classification', examples }).scorer.gpt;
}

/**
 * Contributions of the turns of episodes. The forecast after the last turn is the reward itself, which is known by then, so
 * value differences sum to it.
 */
export function contributionsOf(kind: Learned, gpt: Gpt, episodes: readonly AgentRollout[]): Float64Array[] {
  const read = episodes.map(episodeTurns);
  if (kind === 'estimator') return new ProgressEstimator(gpt).contributions(read);
  const scorer = new StepScorer(gpt, 'probability');
  return scorer.score(read.map(({ tokens, turnEnds }) => ({ tokens, positions: turnEnds }))).map((values, i) => {
    values[values.length - 1] = read[i].reward;
    return valueDifferences(values);
  });
}

/** How well an estimator's sums fit the rewards of episodes; `spread` is the variance of these. */
export function fitOf(gpt: Gpt, episodes: readonly AgentRollout[]): ProgressFit & { spread: number } {
  const rewards = episodes.map(({ reward }) => reward);
  const average = mean(rewards);
  const spread = mean(rewards.map((reward) => (reward - average) ** 2));
  return { ...new ProgressEstimator(gpt).fit(episodes.map(episodeTurns)), spread };
}
