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

export interface LanguageReinforceOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>>
  extends PolicyLoopOptions<P, R>,
    CreditOptions<P, R> {
  /** What is taken off a reward: the mean of all other rewards of the iteration (unless told), or nothing. */
  baseline?: 'others' | 'none';
}

/**
 * REINFORCE (Williams 1992) on a language policy, in place: each iteration samples responses, and every token's
 * log-probability moves by its response's reward, less the mean reward of the others. A divergence is charged to the
 * reward unless told.
 *
 * @param gpt is trained in place as the generator is run
 * @example
 * const loop = languageReinforce(gpt, { random: new Random(0, 'reinforce'), iterations: 50, optimiser: { learningRate: 1e-3 },
 *   prompts: () => promptsOf(family, problems), sampling: { maxTokens: 20, stop: [eos] }, reward: answerReward(family) });
 * for (const { iteration, reward } of loop) console.log(iteration, reward);
 */
export function languageReinforce<P, R extends LanguageRollout<P> = LanguageRollout<P>>(
  gpt: Gpt,
  options: LanguageReinforceOptions<P, R>,
): Generator<PolicyLoopMetrics> {
  const { baseline = 'others', sampling } = options;
  return policyLoop(gpt, options, {
    klForm: 'reward',
    update: { clip: null, average: 'constant', maxTokens: sampling.maxTokens },
    credit: outcomeCredit(options, (outcomes) => {
      if (baseline === 'none') return outcomes;
      const advantages = leaveOneOutAdvantages(outcomes.flatMap((group) => [...group]));
      let from = 0;
      return outcomes.map(({ length }) => {
        from += length;
        return advantages.subarray(from - length, from);
      });
    }),
  });
}
