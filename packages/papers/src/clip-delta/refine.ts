import { clipDelta, clipReward, deltaReward, lengthPenalisedReward, normedReward } from '@laurel/core/credit';

/** What is made of step scores before they are paid. */
export const refinements = ['raw', 'normed', 'penalised', 'clip', 'delta', 'clip-delta'] as const;
export type Refinement = (typeof refinements)[number];

export interface Levels {
  /** η of clipping. */
  eta: number;
  /** Charged for every step by `penalised`. */
  penalty: number;
}

export function refine(refinement: Refinement, scores: ArrayLike<number>, { eta, penalty }: Levels): Float64Array {
  switch (refinement) {
    case 'raw':
      return Float64Array.from(scores);
    case 'normed':
      return normedReward(scores);
    case 'penalised':
      return lengthPenalisedReward(scores, penalty);
    case 'clip':
      return clipReward(scores, eta);
    case 'delta':
      return deltaReward(scores);
    case 'clip-delta':
      return clipDelta(scores, { eta });
  }
}
