import type { ChainReward } from './chain.ts';
import type { LanguageReward } from './language.ts';
import type { Refinement } from './refine.ts';

/** The five rewards that the verdicts compare, by the name that tables and figures give them. */
export const mainArms: Readonly<Record<string, Refinement | null>> = {
  'verifier alone': null,
  'raw scores': 'raw',
  clip: 'clip',
  delta: 'delta',
  'clip-delta': 'clip-delta',
};

/**
 * The chain's weights. Over α ∈ {0.1, 0.3, 0.5}, four seeds from TUNING_SEED on and horizons 8, 16 and 24, mean final accuracy
 * fell with α in every arm that is paid for steps: raw 0.48, 0.35, 0.02 at 0.1 (by horizon) and 0.00 everywhere at 0.5; delta 0.50, 0.50,
 * 0.49 and 0.41, 0.34, 0.25; clip-delta 0.51, 0.51, 0.51 and 0.49, 0.47, 0.47; clip 0.51 at all. The verifier alone: 0.51.
 * So 0.1 is the tuned weight of all arms; 0.5 shows what is left of each cure when the weight is too large.
 */
export const chainWeights = { tuned: 0.1, large: 0.5 } as const;

export const chainRewards: readonly ChainReward[] = Object.values(mainArms).flatMap((refinement): ChainReward[] =>
  refinement === null
    ? [{ refinement, alpha: 0 }]
    : Object.values(chainWeights).map((alpha) => ({ refinement, alpha })),
);

/** One way to train the language model. */
export interface LanguageArm extends LanguageReward {
  name: string;
  /** η, as a percentage of the process scores that lie below it. */
  quantile: number;
}

/**
 * Each with its own weight. On one policy and one seed, TUNING_SEED, 60 iterations, accuracy on 128 held-out problems (0.346
 * before training):
 *
 *   learning rate, verifier alone   3e-4: 0.424   6e-4: 0.364   1e-3: 0.346   3e-3: 0.134
 *   raw        α 0.1: 0.375   0.3: 0.035          (learning rate 1e-3, 40 iterations: 0.03: 0.292   0.1: 0.237   0.3: 0.000)
 *   clip       α 0.3: 0.421   1: 0.111, it gives up early, 2.7 lines a response
 *   delta      α 0.1: 0.417   0.3: 0.420
 *   clip-delta α 0.3: 0.419   1: 0.378            η at 30% instead of 50%, α 0.3: 0.424
 *
 * At the learning rate of 1e-3 no arm was better than at 3e-4, so all have 3e-4. The others below were not tuned.
 */
export const languageArms: readonly LanguageArm[] = [
  { name: 'verifier alone', refinement: null, alpha: 0, quantile: 50 },
  { name: 'raw scores', refinement: 'raw', alpha: 0.1, quantile: 50 },
  { name: 'clip', refinement: 'clip', alpha: 0.3, quantile: 50 },
  { name: 'delta', refinement: 'delta', alpha: 0.3, quantile: 50 },
  { name: 'clip-delta', refinement: 'clip-delta', alpha: 0.3, quantile: 30 },
];

/** Shown beside them, with fewer seeds. */
export const otherArms: readonly LanguageArm[] = [
  { name: 'raw scores, α 0.3', refinement: 'raw', alpha: 0.3, quantile: 50 },
  { name: 'raw, over steps', refinement: 'normed', alpha: 1, quantile: 50 },
  { name: 'raw, less a penalty', refinement: 'penalised', alpha: 0.3, quantile: 50 },
  { name: 'raw, repeats score 0', refinement: 'raw', alpha: 0.1, unrepeated: true, quantile: 50 },
  { name: 'outcome model', refinement: null, alpha: 0.3, outcome: true, quantile: 50 },
];
