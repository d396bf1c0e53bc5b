import type { Gpt, GptReading } from '../../nn/index.ts';
import { type LanguageRollout, ownTokens, sequenceOf } from './rollout.ts';

/** What holds a policy near another. */
export interface KlPenalty {
  /** The policy to stay near; it is only read. */
  readonly reference: Gpt;
  /** At least 0; with 0 the divergence is reported and costs nothing. */
  readonly coefficient: number;
  /**
   * `k3` unless a method says otherwise. How each own token is charged, with d = log π_ref - log π (Schulman 2020, joschu.net/blog/kl-approx.html).
   *
   *   reward  k1 = -d off the reward, before any baseline
   *   k2      d² / 2 in the loss; its gradient is on average that of KL(π || π_ref)
   *   k3      e^d - d - 1 in the loss, as in GRPO; its gradient is on average that of KL(π_ref || π)
   */
  readonly form?: 'reward' | 'k2' | 'k3';
}

/**
 * KL(π || π_ref) of a token in nats, estimated over what π sampled: the mean of k3, which is never negative (Schulman 2020).
 *
 * @param rollouts of π, at temperature 1
 * @param reference what the other policy reads of them, by `gpt.read(rollouts.map(sequenceOf))`
 * @example
 * klEstimate(rollouts, base.read(rollouts.map(sequenceOf)));
 */
export function klEstimate(
  rollouts: readonly LanguageRollout[],
  reference: readonly Pick<GptReading, 'logProbs'>[],
): number {
  return ownMean(rollouts, (rollout, i, t) => {
    const d = reference[i].logProbs[t] - rollout.logProbs[t];
    return Math.expm1(d) - d;
  });
}

/** The mean over all own tokens of a number of each. */
export function ownMean(
  rollouts: readonly LanguageRollout[],
  of: (rollout: LanguageRollout, i: number, t: number) => number,
): number {
  let total = 0;
  let tokens = 0;
  rollouts.forEach((rollout, i) => {
    const own = ownTokens(rollout);
    for (let t = 0; t < own.length; t++) {
      if (own[t] === 0) continue;
      total += of(rollout, i, t);
      tokens++;
    }
  });
  return total / tokens;
}

/** What k1 costs each token: coefficient (log π - log π_ref) of an own one, 0 of the others. */
export function klPenalties(
  rollouts: readonly LanguageRollout[],
  { reference, coefficient }: Pick<KlPenalty, 'reference' | 'coefficient'>,
): Float64Array[] {
  const readings = reference.read(rollouts.map(sequenceOf));
  return rollouts.map((rollout, i) => {
    const { logProbs } = readings[i];
    return Float64Array.from(ownTokens(rollout), (own, t) => own * coefficient * (rollout.logProbs[t] - logProbs[t]));
  });
}
