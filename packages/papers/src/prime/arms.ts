/** Who gives process rewards, if anybody, and how they are used. */
export const kinds = ['outcome', 'prime', 'frozen', 'pretrained', 'value', 'matched'] as const;

export type Kind = (typeof kinds)[number];

export const names: Readonly<Record<Kind, string>> = {
  outcome: 'RLOO, outcome only',
  prime: 'PRIME',
  frozen: 'pre-trained, frozen',
  pretrained: 'pre-trained, online',
  value: 'as a value',
  matched: 'RLOO, as many seconds',
};

/** One way to train a policy, as plain data. */
export interface Arm {
  readonly kind: Kind;
  /** Of the policy's AdamW. */
  readonly learningRate: number;
  /** Of the reward model's AdamW; null where there is none that learns. */
  readonly prmLearningRate: number | null;
}

/**
 * By the area under the curve of held-out accuracy, mean of the two seeds from `TUNING_SEED` on, 50 iterations, width 48;
 * policy rates 1e-4, 3e-4, 1e-3, then rates of the reward model. Found, in thousandths:
 *
 *   outcome       638, 651, 635 at the three policy rates
 *   prime         641 at 1e-4 with 1e-3, 639 with 3e-3; 630 at 3e-4 with 1e-3, 639 with 3e-3; 481 at 1e-3 with 1e-3. With one
 *                 step of the reward model an iteration instead of four: 589 at 3e-4 with 3e-4, 456 at 1e-3 with 3e-4
 *   frozen        645, 649, 628
 *   pretrained    644 at 1e-4 with 3e-4; 649 at 3e-4 with 3e-4, 646 with 1e-3
 *   value         640 at 1e-4, 651 at 3e-4, both with 1e-3
 *   matched       647, 661, 676
 */
const tuned: Readonly<Record<Kind, Omit<Arm, 'kind'>>> = {
  outcome: { learningRate: 3e-4, prmLearningRate: null },
  prime: { learningRate: 1e-4, prmLearningRate: 1e-3 },
  frozen: { learningRate: 3e-4, prmLearningRate: null },
  pretrained: { learningRate: 3e-4, prmLearningRate: 3e-4 },
  value: { learningRate: 3e-4, prmLearningRate: 1e-3 },
  matched: { learningRate: 1e-3, prmLearningRate: null },
};

export function armOf(kind: Kind): Arm {
  return { kind, ...tuned[kind] };
}

/** Whether the arm begins with a reward model that was trained before. */
export function isPretrained(kind: Kind): boolean {
  return kind === 'frozen' || kind === 'pretrained';
}
