import { groupRelativeAdvantages } from '@laurel/core/credit';
import { addKlGradient, addLogPolicyGradient, sampleAction, softmaxPolicy } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';

/** The four answers: right or wrong, each in style A or B. */
export const answers = ['right, A', 'right, B', 'wrong, A', 'wrong, B'] as const;

/** The policy that training starts from, as supervised training would leave it: 60% right, no preference of style. */
export const basePolicy = [0.3, 0.3, 0.2, 0.2];

/** What holds the policy back, and how its advantages are scaled. */
export interface BanditArm {
  regulariser: 'none' | 'entropy' | 'kl';
  /** Weight of the entropy bonus (α) or of the KL penalty (β); 0 for none. */
  strength: number;
  /** Divide a group's advantages by its standard deviation (GRPO), or only centre them. */
  scale: 'none' | 'std';
}

export interface BanditTraining {
  steps: number;
  /** Groups a step. */
  groups: number;
  groupSize: number;
  learningRate: number;
}

/**
 * GRPO on a softmax over the four answers. The reward is 1 for a right answer plus `epsilon` for style A. As a control
 * without a tie, right answers in style A are graded wrong half of the time.
 *
 * @returns the probabilities of the four answers at the end
 */
export function trainBandit(
  epsilon: number,
  arm: BanditArm,
  { steps, groups, groupSize, learningRate }: BanditTraining,
  {
    control = false,
    rng,
    onStep = () => {},
  }: { control?: boolean; rng: Random; onStep?: (step: number, policy: Float64Array) => void },
): Float64Array {
  const n = answers.length;
  const logits = Float64Array.from(basePolicy, Math.log);
  const reference = arm.regulariser === 'kl' ? basePolicy : new Float64Array(n).fill(1 / n);
  const policy = new Float64Array(n);
  const gradient = new Float64Array(n);
  const chosen = new Int32Array(groupSize);
  const rewards = new Float64Array(groupSize);
  for (let step = 0; step < steps; step++) {
    softmaxPolicy(logits, n, policy);
    onStep(step, policy);
    gradient.fill(0);
    for (let group = 0; group < groups; group++) {
      for (let i = 0; i < groupSize; i++) {
        const answer = sampleAction(policy, n, 0, rng);
        const right = answer < 2 && !(control && answer === 0 && rng.bool());
        chosen[i] = answer;
        rewards[i] = (right ? 1 : 0) + (answer % 2 === 0 ? epsilon : 0);
      }
      const advantages = groupRelativeAdvantages(rewards, { scale: arm.scale });
      for (let i = 0; i < groupSize; i++) {
        addLogPolicyGradient(gradient, policy, n, 0, chosen[i], advantages[i] / (groups * groupSize));
      }
    }
    // Entropy is minus the divergence from the uniform policy, up to a constant; both are differentiated exactly.
    if (arm.strength > 0) addKlGradient(gradient, policy, reference, n, 0, -arm.strength);
    for (let a = 0; a < n; a++) logits[a] += learningRate * gradient[a];
  }
  return softmaxPolicy(logits, n, policy);
}

/** P(style A | right). */
export function styleShare(policy: ArrayLike<number>): number {
  return policy[0] / (policy[0] + policy[1]);
}

/** P(right). */
export function accuracy(policy: ArrayLike<number>): number {
  return policy[0] + policy[1];
}
