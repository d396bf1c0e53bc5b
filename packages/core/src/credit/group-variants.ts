import { groupRelativeAdvantages } from './group-relative.ts';
import { discountedReturns } from './returns.ts';
import { whiten } from './whiten.ts';

/**
 * Dr. GRPO advantages (Liu et al. 2025, arXiv 2503.20783): rewards less the group's mean and nothing else, so that a group
 * of nearly equal rewards does not weigh as much as a divided one. Its loss is summed with `lossWeights` `constant`.
 *
 * @param rewards one a response to the prompt; at least two
 * @throws RangeError as `groupRelativeAdvantages`
 * @example
 * drGrpoAdvantages([1, 0, 0, 1]); // [0.5, -0.5, -0.5, 0.5]
 */
export function drGrpoAdvantages(rewards: ArrayLike<number>): Float64Array {
  return groupRelativeAdvantages(rewards, { scale: 'none' });
}

/**
 * Whether the rewards of a group differ: DAPO (Yu et al. 2025, arXiv 2503.14476, section 3.2) samples on until a batch is
 * full of such groups, since the others have no gradient.
 *
 * @param rewards one a response
 * @throws RangeError for a reward that is not finite
 * @example
 * isInformativeGroup([1, 1, 1]); // false
 */
export function isInformativeGroup(rewards: ArrayLike<number>): boolean {
  let informative = false;
  for (let i = 0; i < rewards.length; i++) {
    if (!Number.isFinite(rewards[i])) throw new RangeError(`rewards[${i}] must be finite, got ${rewards[i]}`);
    if (rewards[i] !== rewards[0]) informative = true;
  }
  return informative;
}

/**
 * REINFORCE++ advantages (Hu 2025, arXiv 2501.03262): returns-to-go of token rewards (the outcome on the last token, less a
 * KL penalty on each), whitened over all tokens of the batch instead of within a prompt's group.
 *
 * @param batch token rewards, one array a response, of all prompts together
 * @param discount in [0, 1]; 1 unless told
 * @returns one array a response, one advantage a token
 * @throws RangeError for fewer than two tokens in all, a reward that is not finite, or a discount outside [0, 1]
 * @example
 * reinforcePlusPlusAdvantages([[0, 1], [0]]); // [[0.58, 0.58], [-1.15]]
 */
export function reinforcePlusPlusAdvantages(batch: readonly ArrayLike<number>[], discount = 1): Float64Array[] {
  return whiten(batch.map((rewards) => discountedReturns(rewards, discount)));
}

/** The responses to one prompt. */
export interface RewardedGroup {
  /** One a response; at least two. */
  readonly rewards: ArrayLike<number>;
  /** Length of each response in tokens. */
  readonly lengths: ArrayLike<number>;
}

/**
 * REINFORCE++-baseline advantages (arXiv 2501.03262): rewards less their group's mean, on every token, whitened over
 * all tokens of the batch. The batch's deviation, unlike a group's, does not blow up where a group nearly agrees.
 *
 * @param groups one a prompt
 * @returns for each group one array a response, one advantage a token
 * @throws RangeError for a group of fewer than two, a reward that is not finite, or lengths that are not positive and whole
 * @example
 * reinforcePlusPlusBaselineAdvantages([{ rewards: [1, 0], lengths: [1, 1] }]); // [[[0.71], [-0.71]]]
 */
export function reinforcePlusPlusBaselineAdvantages(groups: readonly RewardedGroup[]): Float64Array[][] {
  const batch = groups.flatMap(({ rewards, lengths }, g) => {
    if (lengths.length !== rewards.length) {
      throw new RangeError(
        `groups[${g}].lengths must hold one length a reward, ${rewards.length}, got ${lengths.length}`,
      );
    }
    return Array.from(drGrpoAdvantages(rewards), (advantage, i) => {
      if (!(Number.isInteger(lengths[i]) && lengths[i] >= 1)) {
        throw new RangeError(`groups[${g}].lengths[${i}] must be a positive whole number, got ${lengths[i]}`);
      }
      return new Float64Array(lengths[i]).fill(advantage);
    });
  });
  const white = whiten(batch);
  let from = 0;
  return groups.map(({ rewards }) => {
    from += rewards.length;
    return white.slice(from - rewards.length, from);
  });
}
