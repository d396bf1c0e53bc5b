import type { Arm } from './train.ts';

/**
 * What becomes of an episode that is cut off without an answer: its last step keeps the score that the process reward
 * model gives it (`unscored`), or the missing answer itself is scored, as badly as a wrong one (`scored`).
 */
export const variants = ['unscored', 'scored'] as const;
export type Variant = (typeof variants)[number];
export const noAnswerScore: Record<Variant, number | null> = { unscored: null, scored: -0.8 };
export const variantName: Record<Variant, string> = {
  unscored: 'missing answer not scored',
  scored: 'missing answer scores −0.8',
};

const base: Omit<Arm, 'name'> = {
  form: 'min',
  temperature: 0.1,
  discount: 1,
  baseline: 'token',
  answers: 0,
  learningRate: 0.1,
  kl: 0,
};

/** The paper's own settings, form against form. */
export const sumArms: readonly Arm[] = [1, 0.9, 0.5].map((discount) => ({
  ...base,
  name: discount === 1 ? 'sum' : `sum, discount ${discount}`,
  form: 'sum',
  discount,
}));
export const meanArm: Arm = { ...base, name: 'mean', form: 'mean' };
export const minArm: Arm = { ...base, name: 'min' };
export const strictArm: Arm = { ...base, name: 'strict min', form: 'strictMin' };
export const verifierArm: Arm = { ...base, name: 'answers only', form: null, answers: 1 };
export const minTenthArm: Arm = { ...base, name: 'min + 10% answers', answers: 0.1 };

const others: readonly Arm[] = [
  { ...base, name: 'sum + 10% answers', form: 'sum', answers: 0.1 },
  { ...base, name: 'min, T = 0.01', temperature: 0.01 },
  { ...base, name: 'min, T = 1', temperature: 1 },
  { ...base, name: 'min, baseline per step', baseline: 'step' },
];

/**
 * Sum and min with their best fair chance: learning rate in {0.03, 0.1, 0.3}, weight of the divergence in {0, 0.01,
 * 0.03, 0.1, 0.3, 1} and, for the sum, discount in {1, 0.9, 0.5}, chosen for each variant by the mean accuracy of the last
 * ten of 300 iterations over the four seeds from TUNING_SEED on.
 */
export const tunedSum: Record<Variant, Arm> = {
  unscored: { ...base, name: 'sum, tuned', form: 'sum', learningRate: 0.03, kl: 0.3 },
  scored: { ...base, name: 'sum, tuned', form: 'sum', discount: 0.5, learningRate: 0.3, kl: 1 },
};
export const tunedMin: Record<Variant, Arm> = {
  unscored: { ...base, name: 'min, tuned', learningRate: 0.3, kl: 0.1 },
  scored: { ...base, name: 'min, tuned', learningRate: 0.3, kl: 0.1 },
};

/** All arms of a variant, in the order of tables. */
export function armsOf(variant: Variant): Arm[] {
  const untuned = [...sumArms, meanArm, minArm, strictArm, verifierArm, minTenthArm, ...others];
  return [...untuned, tunedSum[variant], tunedMin[variant]];
}

/** The forms compared over plan scores. */
export const sweptArms: readonly Arm[] = [sumArms[0], meanArm, minArm];
