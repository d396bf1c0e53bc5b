import { consecutiveSteps, pureAdvantages } from '@laurel/core/credit';
import { type FillerEpisode, fillerActions, fillerChain } from '@laurel/core/env';
import { mean, Random } from '@laurel/core/stats';
import { trainFillerPolicy } from '../lab/filler.ts';
import { type Refinement, refine } from './refine.ts';

/** What the scripted process reward model says of each step; a plan gets more than a right computation. */
const SCORES = {
  plan: 0.9,
  rightCompute: 0.8,
  wrongCompute: 0.15,
  superfluousCompute: 0.35,
  rightAnswer: 0.95,
  wrongAnswer: 0.1,
};
const ETA = 0.8;

/** Step scores, refined (null for none), and their weight beside the verifier. */
export interface ChainReward {
  refinement: Refinement | null;
  alpha: number;
}

export interface ChainResult extends ChainReward {
  /** One value an iteration, the first before training; exact. */
  accuracy: number[];
  plans: number[];
  /** Means of the last ten iterations. */
  final: number;
  finalPlans: number;
  /** The first episode of the last batch. */
  episode: string;
}

export function runChain(
  { refinement, alpha }: ChainReward,
  { horizon, iterations }: { horizon: number; iterations: number },
  seed: number,
  context: { signal: AbortSignal; progress(fraction: number): void },
): ChainResult {
  const chain = fillerChain({ horizon, scores: SCORES });
  // Every step is one token long here; spans[n] are those of a response of n steps.
  const spans = Array.from({ length: horizon + 1 }, (_, n) => consecutiveSteps(new Uint8Array(n).fill(1)));
  const advantages = (members: readonly FillerEpisode[]) =>
    pureAdvantages(
      members.map(({ scores }) => ({
        tokens: scores.length,
        steps: spans[scores.length],
        stepRewards:
          refinement === null
            ? new Float64Array(scores.length)
            : refine(refinement, scores, { eta: ETA, penalty: 0 }).map((reward) => alpha * reward),
      })),
      { form: 'sum', maxTokens: horizon, outcomes: members.map(({ correct }) => Number(correct)) },
    );
  const training = { iterations, groups: 8, groupSize: 8, learningRate: 0.1 };
  const random = new Random(seed, 'clip-delta', 'filler chain');
  const { accuracy, plans, episodes } = trainFillerPolicy(chain, training, advantages, random, context);
  return {
    refinement,
    alpha,
    accuracy: accuracy.map(rounded),
    plans: plans.map(rounded),
    final: mean(accuracy.slice(-10)),
    finalPlans: mean(plans.slice(-10)),
    episode: wordsOf(episodes[episodes.length - 1]),
  };
}

/** "plan × 3 → compute → answer: correct" */
function wordsOf({ actions, answered, correct }: FillerEpisode): string {
  const steps: { name: string; times: number }[] = [];
  for (const action of actions) {
    const name = fillerActions[action];
    const last = steps.at(-1);
    if (last?.name === name) last.times++;
    else steps.push({ name, times: 1 });
  }
  const words = steps.map(({ name, times }) => (times > 1 ? `${name} × ${times}` : name)).join(' → ');
  return `${words}: ${correct ? 'correct' : answered ? 'wrong' : 'cut off without an answer'}`;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
