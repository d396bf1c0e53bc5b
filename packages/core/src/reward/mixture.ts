import type { TransitionReward } from './transition.ts';

/** How far a state's weights may sum from one. */
const SUM_TOLERANCE = 1e-9;

/**
 * One reward from several, weighted by state: R(s, a, s') = Σ_k w_k(s) R_k(s, a, s'), with w_k(s) >= 0 and
 * Σ_k w_k(s) = 1. While the weights stay as they are, changing one member by δ moves the mixture by at most
 * max_s w_k(s) ‖δ‖∞; weights that look at the rewards lose this. (Xu, arXiv 2507.20150, section 4.)
 *
 * @param weights one weight a reward, in their order; called once a step
 * @throws RangeError for no rewards; the mixture throws it for weights that are no distribution
 * @example
 * const reward = effectiveReward([correct, polite], (prompt) => (prompt.kind === 'sums' ? [1, 0] : [0.5, 0.5]));
 */
export function effectiveReward<S, A>(
  rewards: readonly TransitionReward<S, A>[],
  weights: (state: S) => readonly number[],
): TransitionReward<S, A> {
  if (rewards.length === 0) throw new RangeError('rewards must hold at least one reward');
  return (state, action, nextState) => {
    const shares = weights(state);
    if (shares.length !== rewards.length) {
      throw new RangeError(`weights must give ${rewards.length} numbers, one a reward, got ${shares.length}`);
    }
    let total = 0;
    let value = 0;
    for (let k = 0; k < rewards.length; k++) {
      if (!(shares[k] >= 0)) throw new RangeError(`weights[${k}] must be at least 0, got ${shares[k]}`);
      total += shares[k];
      // A member without weight is not asked: it need not be defined here.
      if (shares[k] > 0) value += shares[k] * rewards[k](state, action, nextState);
    }
    if (!(Math.abs(total - 1) <= SUM_TOLERANCE)) throw new RangeError(`weights must sum to 1, got ${total}`);
    return value;
  };
}

/**
 * A reward with a small bonus that decides between actions it scores alike: R + ε · bonus (Xu, arXiv 2507.20150,
 * Prop. 3.2; a format bonus or LCPO's length penalty are instances). Keep ε max|bonus| below (1 - γ)/2 times the
 * smallest gap you care about (`actionGaps`), and nothing but ties changes.
 *
 * @param epsilon finite; its sign says which way to break
 * @example
 * const reward = withTieBreaker(correct, (s, a) => (a === 'short' ? 1 : 0), 0.01);
 */
export function withTieBreaker<S, A>(
  reward: TransitionReward<S, A>,
  bonus: TransitionReward<S, A>,
  epsilon: number,
): TransitionReward<S, A> {
  if (!Number.isFinite(epsilon)) throw new RangeError(`epsilon must be finite, got ${epsilon}`);
  return (state, action, nextState) => reward(state, action, nextState) + epsilon * bonus(state, action, nextState);
}
