import { leaveOneOutAdvantages } from '../../credit/index.ts';
import type { Gpt } from '../../nn/index.ts';
import {
  type CreditOptions,
  outcomeCredit,
  type PolicyLoopMetrics,
  type PolicyLoopOptions,
  policyLoop,
} from './loop.ts';
import type { LanguageRollout } from './rollout.ts';

/**
 * RLOO (Ahmadian et al. 2024, arXiv 2402.14740, eq. 8), in place: REINFORCE on whole responses, each reward less the mean
 * of the other responses to its prompt. `sampling.n` is at least 2; a divergence is charged to the reward unless told, as
 * there.
 *
 * @param gpt is trained in place as the generator is run
 * @example
 * const loop = rloo(gpt, { random: new Random(0, 'rloo'), iterations: 50, optimiser: { learningRate: 1e-3 },
 *   prompts: (iteration) => batches[iteration], sampling: { n: 8, maxTokens: 20, stop: [eos] }, reward: answerReward(family) });
 * for (const { iteration, reward, entropy } of loop) context.point('reward', iteration, reward);
 */
export function rloo<P, R extends LanguageRollout<P> = LanguageRollout<P>>(
  gpt: Gpt,
  options: PolicyLoopOptions<P, R> & CreditOptions<P, R>,
): Generator<PolicyLoopMetrics> {
  return policyLoop(gpt, options, {
    klForm: 'reward',
    update: { clip: null, average: 'constant', maxTokens: options.sampling.maxTokens },
    credit: outcomeCredit(options, (outcomes) => outcomes.map(leaveOneOutAdvantages)),
  });
}
