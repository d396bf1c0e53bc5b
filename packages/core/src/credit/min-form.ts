/** How the rewards of a response's steps become its return: added, averaged, or the worst of them (softly or strictly). */
export type StepForm = 'sum' | 'mean' | 'min' | 'strictMin';

export interface MinFormOptions {
  /** Temperature of the softmax, in units of reward, > 0; or `strict` for its limit at 0. 0.1 unless told. */
  temperature?: number | 'strict';
}

/**
 * Min-form credit assignment (PURE, Cheng et al. 2025, arXiv 2504.15275): step rewards weighted by a softmax towards the
 * lowest, r*_i = softmax(-r / T)_i r_i. The ordinary undiscounted return-to-go of the result is, as T goes to 0, the
 * worst reward for every step up to the worst one and zero for the steps after it. The first of equal worst steps
 * counts when `strict`; otherwise they share.
 *
 * T is in units of reward: rescaling the rewards without it changes the method. Rewards should have both signs, or a
 * minimum cannot punish. Leave padding out: it is no step.
 *
 * @param stepRewards one reward a step, in order
 * @returns as many rewards
 * @throws RangeError for a temperature that is not positive or a reward that is not finite
 * @example
 * minForm([0.8, -0.7, 0.9], { temperature: 'strict' }); // [0, -0.7, 0]
 * discountedReturns(minForm([0.8, -0.7, 0.9], { temperature: 'strict' })); // [-0.7, -0.7, 0]
 */
export function minForm(stepRewards: ArrayLike<number>, { temperature = 0.1 }: MinFormOptions = {}): Float64Array {
  const rewards = new Float64Array(stepRewards);
  let worst = 0;
  for (let i = 0; i < rewards.length; i++) {
    if (!Number.isFinite(rewards[i])) throw new RangeError(`stepRewards[${i}] must be finite, got ${rewards[i]}`);
    if (rewards[i] < rewards[worst]) worst = i;
  }
  if (temperature === 'strict') {
    for (let i = 0; i < rewards.length; i++) if (i !== worst) rewards[i] = 0;
    return rewards;
  }
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`temperature must be positive and finite, or 'strict', got ${temperature}`);
  }
  const lowest = rewards[worst];
  let total = 0;
  for (const reward of rewards) total += Math.exp((lowest - reward) / temperature);
  for (let i = 0; i < rewards.length; i++) rewards[i] *= Math.exp((lowest - rewards[i]) / temperature) / total;
  return rewards;
}

/**
 * Step rewards transformed so that their plain return-to-go is the return of the given form.
 *
 * @param temperature of the `min` form
 * @throws RangeError as `minForm`
 * @example
 * stepCredit([0.6, 0.2], 'mean'); // [0.3, 0.1]
 */
export function stepCredit(stepRewards: ArrayLike<number>, form: StepForm, temperature = 0.1): Float64Array {
  switch (form) {
    case 'sum':
      return new Float64Array(stepRewards);
    case 'mean':
      return new Float64Array(stepRewards).map((reward) => reward / stepRewards.length);
    case 'min':
      return minForm(stepRewards, { temperature });
    case 'strictMin':
      return minForm(stepRewards, { temperature: 'strict' });
  }
}
