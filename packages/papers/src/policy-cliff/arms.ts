import type { BanditArm } from './bandit.ts';

/** Bonuses on style A. */
export const epsilons = [-0.1, -0.02, -0.005, 0, 0.005, 0.02, 0.1];

/** The two that the rules compare. */
export const compared = [-0.02, 0.02];

/** Arms of the bandit, for both ways of scaling advantages. */
export const arms: readonly BanditArm[] = (['none', 'std'] as const).flatMap((scale): BanditArm[] => [
  { regulariser: 'none', strength: 0, scale },
  { regulariser: 'entropy', strength: 0.05, scale },
  { regulariser: 'entropy', strength: 0.2, scale },
  { regulariser: 'kl', strength: 0.05, scale },
  { regulariser: 'kl', strength: 0.2, scale },
]);

/** A few words for an arm. */
export function armLabel({ regulariser, strength, scale }: BanditArm): string {
  const name = { none: 'no regulariser', entropy: `entropy ${strength}`, kl: `KL ${strength}` }[regulariser];
  return scale === 'none' ? name : `${name}, ÷ std`;
}
