import type { BanditArm, BanditTraining } from './bandit.ts';
import type { ExactOutcome } from './exact.ts';
import type { MixtureOutcome } from './mixture.ts';

/** What a trial is: some random MDPs, one arm of the bandit, or the mixture of rewards. */
export type Config =
  | { part: 'exact'; mdps: number; states: number; actions: number; discount: number }
  | {
      part: 'bandit';
      arm: BanditArm;
      control: boolean;
      epsilons: number[];
      training: BanditTraining;
    }
  | { part: 'mixture' };

/** What it gives. */
export type Result =
  | { part: 'exact'; outcomes: ExactOutcome[] }
  | { part: 'bandit'; policies: number[][] }
  | { part: 'mixture'; outcomes: MixtureOutcome[] };
