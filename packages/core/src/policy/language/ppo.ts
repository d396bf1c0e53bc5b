import { gae, whiten } from '../../credit/index.ts';
import type { Gpt } from '../../nn/index.ts';
import { type PassOptions, type PolicyLoopMetrics, type PolicyLoopOptions, policyLoop } from './loop.ts';
import { type LanguageRollout, ownTokens, sequenceOf } from './rollout.ts';
import { type ClipRange, valueOutput } from './update.ts';

export interface LanguagePpoOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>>
  extends PolicyLoopOptions<P, R>,
    PassOptions {
  /** 0.2 unless told. */
  clip?: number | ClipRange;
  /** γ from token to token; 1 unless told. */
  discount?: number;
  /** λ of the advantages; 0.95 unless told. */
  lambda_?: number;
  /** Whether advantages are brought to mean 0 and variance 1 over the tokens of an iteration; true unless told. */
  whitened?: boolean;
  /** 0.5 unless told. */
  valueWeight?: number;
  /** 0.2 unless told; null for no bound. */
  valueClip?: number | null;
  /** Rewards of every response token, instead of the whole reward on the last own one. */
  tokenRewards?: (rollouts: readonly R[], rewards: Float64Array) => readonly ArrayLike<number>[];
}

/**
 * PPO on a language policy, in place (Schulman et al. 2017, arXiv 1707.06347, as in Ziegler et al. 2019, arXiv 1909.08593):
 * every own token is an action, the critic is the policy's output `value`, advantages are by GAE. A response is over when it
 * ends or is cut. A divergence is charged to the tokens' rewards unless told.
 *
 * @param gpt is trained in place as the generator is run; with an output `value`
 * @throws RangeError for a policy without that output
 * @example
 * const policy = base.withOutputs(['value']);
 * const loop = languagePpo(policy, { random: new Random(0, 'ppo'), iterations: 50, optimiser: { learningRate: 1e-3 },
 *   prompts: (iteration) => batches[iteration], sampling: { n: 4, maxTokens: 20, stop: [eos] }, reward: answerReward(family),
 *   epochs: 2, minibatches: 4, kl: { reference: base, coefficient: 0.02 } });
 * for (const { iteration, reward, valueLoss } of loop) console.log(iteration, reward, valueLoss);
 */
export function languagePpo<P, R extends LanguageRollout<P> = LanguageRollout<P>>(
  gpt: Gpt,
  options: LanguagePpoOptions<P, R>,
): Generator<PolicyLoopMetrics> {
  const { clip = 0.2, discount = 1, lambda_ = 0.95, whitened = true, valueWeight = 0.5, valueClip = 0.2 } = options;
  const { epochs = 1, minibatches = 1 } = options;
  const output = valueOutput(gpt);
  return policyLoop(gpt, options, {
    klForm: 'reward',
    update: { clip, average: 'token', valueWeight, valueClip, epochs, minibatches },
    credit(policy, { groups, rewards }, penalties) {
      const rollouts = groups.flat();
      const outcomes = Float64Array.from(rewards.flatMap((group) => [...group]));
      const costs = penalties?.flat();
      const dense = options.tokenRewards?.(rollouts, outcomes);
      const values = policy.read(rollouts.map(sequenceOf)).map(({ outputs }, i) => {
        const from = rollouts[i].prompt.length - 1;
        return outputs[output].slice(from, from + rollouts[i].response.length);
      });
      const masks = rollouts.map(ownTokens);
      const steps = rollouts.map((rollout, i) => {
        const perToken = dense?.[i] ?? onLastOwn(masks[i], outcomes[i]);
        if (perToken.length !== rollout.response.length) {
          throw new RangeError(
            `tokenRewards[${i}] must hold one number a response token, ${rollout.response.length}, got ${perToken.length}`,
          );
        }
        return ownSteps(masks[i], perToken, costs?.[i], values[i]);
      });
      const joint = gae(
        {
          envs: 1,
          rewards: steps.flatMap((s) => s.rewards),
          values: steps.flatMap((s) => s.values),
          nextValues: steps.flatMap((s) => [...s.values.slice(1), 0]),
          terminated: steps.flatMap((s) => s.last),
          ended: steps.flatMap((s) => s.last),
        },
        { discount, lambda_ },
      );
      const advantages = whitened ? whiten([Float64Array.from(joint.advantages)])[0] : joint.advantages;
      return {
        advantages: spread(masks, advantages),
        critic: { values, returns: spread(masks, joint.returns) },
      };
    },
  });
}

/** A response as its own tokens see it: what the world's tokens earn counts for the own token before them, or the first. */
function ownSteps(
  mask: Uint8Array,
  perToken: ArrayLike<number>,
  costs: ArrayLike<number> | undefined,
  values: Float32Array,
): { rewards: number[]; values: number[]; last: number[] } {
  const ownValues = [...values].filter((_, t) => mask[t] === 1);
  const rewards = ownValues.map(() => 0);
  for (let t = 0, own = -1; t < mask.length; t++) {
    own += mask[t];
    rewards[Math.max(0, own)] += perToken[t] - (costs?.[t] ?? 0);
  }
  return { rewards, values: ownValues, last: ownValues.map((_, k) => Number(k === ownValues.length - 1)) };
}

function onLastOwn(mask: Uint8Array, reward: number): Float64Array {
  const rewards = new Float64Array(mask.length);
  rewards[mask.lastIndexOf(1)] = reward;
  return rewards;
}

/** Numbers of own tokens, one response after the other, back on all tokens. */
function spread(masks: readonly Uint8Array[], joint: ArrayLike<number>): Float64Array[] {
  let at = 0;
  return masks.map((mask) => Float64Array.from(mask, (own) => (own === 1 ? joint[at++] : 0)));
}
