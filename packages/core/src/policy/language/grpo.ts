import { type GroupRelativeOptions, groupRelativeAdvantages, type LossAverage } from '../../credit/index.ts';
import type { Gpt } from '../../nn/index.ts';
import {
  type CreditOptions,
  outcomeCredit,
  type PassOptions,
  type PolicyLoopMetrics,
  type PolicyLoopOptions,
  policyLoop,
} from './loop.ts';
import type { LanguageRollout } from './rollout.ts';
import type { ClipRange } from './update.ts';

export interface GrpoOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>>
  extends PolicyLoopOptions<P, R>,
    PassOptions,
    CreditOptions<P, R> {
  /** Settles the options below where they are not given; `grpo` unless told. */
  variant?: GrpoVariant;
  /** What centred rewards are divided by. */
  scale?: GroupRelativeOptions['scale'];
  average?: LossAverage;
  clip?: number | ClipRange;
  /** Most draws of prompts in an iteration until enough groups differ in their rewards; 1 takes groups as they come. */
  draws?: number;
}

export type GrpoVariant = 'grpo' | 'dr-grpo' | 'dapo';

const variants = {
  grpo: { scale: 'std', average: 'sequence', clip: 0.2, draws: 1 },
  'dr-grpo': { scale: 'none', average: 'constant', clip: 0.2, draws: 1 },
  dapo: { scale: 'std', average: 'token', clip: { low: 0.2, high: 0.28 }, draws: 4 },
} as const;

/**
 * GRPO and its variants, in place: advantages relative to the other responses to a prompt, PPO's surrogate without a critic.
 * `sampling.n` is at least 2.
 *
 *   grpo      over the group's deviation, mean over each response's tokens    Shao et al. 2024, arXiv 2402.03300
 *   dr-grpo   no division by deviation or length                              Liu et al. 2025, arXiv 2503.20783
 *   dapo      all tokens alike, a wider upper clip, groups that differ only   Yu et al. 2025, arXiv 2503.14476
 *
 * A divergence is charged in the loss (`k3`) unless told. DAPO's punishment of long responses is a matter
 * of the reward.
 *
 * @param gpt is trained in place as the generator is run
 * @example
 * const loop = grpo(gpt, { random: new Random(0, 'grpo'), iterations: 50, optimiser: { learningRate: 1e-3 },
 *   prompts: (iteration) => batches[iteration], sampling: { n: 8, maxTokens: 20, stop: [eos] }, reward: answerReward(family),
 *   variant: 'dapo', kl: { reference: gpt.clone(), coefficient: 0.01 }, stopOnCollapse: { entropyBelow: 0.01 } });
 * for (const { iteration, reward, kl } of loop) console.log(iteration, reward, kl);
 */
export function grpo<P, R extends LanguageRollout<P> = LanguageRollout<P>>(
  gpt: Gpt,
  options: GrpoOptions<P, R>,
): Generator<PolicyLoopMetrics> {
  const preset = variants[options.variant ?? 'grpo'];
  const { scale = preset.scale, average = preset.average, clip = preset.clip, draws = preset.draws } = options;
  const { epochs = 1, minibatches = 1 } = options;
  return policyLoop(gpt, options, {
    klForm: 'k3',
    update: { clip, average, maxTokens: options.sampling.maxTokens, epochs, minibatches },
    draws,
    credit: outcomeCredit(options, (outcomes) => outcomes.map((group) => groupRelativeAdvantages(group, { scale }))),
  });
}
