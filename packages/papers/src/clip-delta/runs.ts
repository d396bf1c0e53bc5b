import type { Finished } from '@laurel/core/paper';
import type { z } from 'zod';
import type { chainBase } from '../lab/base.ts';
import type { LanguageArm } from './arms.ts';
import type { ChainResult } from './chain.ts';
import type { LanguageResult, LanguageTraining } from './language.ts';
import type { ProbeResult } from './probe.ts';
import type { Refinement } from './refine.ts';

/** How the reward models of a base are made. */
export interface Making {
  base: z.output<typeof chainBase.params>;
  rollouts: number;
  epochs: number;
  reading: number;
}

export type Config =
  | { kind: 'chain'; horizon: number; iterations: number }
  | { kind: 'probe'; making: Making; wanted: number; copies: number }
  | { kind: 'language'; making: Making; arm: LanguageArm; training: LanguageTraining };

export type Result =
  | { kind: 'chain'; runs: ChainResult[] }
  | ({ kind: 'probe' } & ProbeResult)
  | ({ kind: 'language' } & LanguageResult);

export type Run = Finished<Config, Result>;

/** Results in the chain by seed. */
export function chainRuns(
  finished: readonly Run[],
  horizon: number,
  refinement: Refinement | null,
  alpha: number,
): Map<number, ChainResult> {
  const found = new Map<number, ChainResult>();
  for (const { config, seed, result } of finished) {
    if (config.kind !== 'chain' || config.horizon !== horizon || result.kind !== 'chain') continue;
    const run = result.runs.find(
      (ours) => ours.refinement === refinement && (refinement === null || ours.alpha === alpha),
    );
    if (run) found.set(seed, run);
  }
  return found;
}

/** Results of a language arm by seed. */
export function languageRuns(finished: readonly Run[], name: string): Map<number, LanguageResult> {
  const found = new Map<number, LanguageResult>();
  for (const { config, seed, result } of finished) {
    if (config.kind === 'language' && config.arm.name === name && result.kind === 'language') found.set(seed, result);
  }
  return found;
}

export function horizonsOf(finished: readonly Run[]): number[] {
  const horizons = finished.flatMap(({ config }) => (config.kind === 'chain' ? [config.horizon] : []));
  return [...new Set(horizons)].sort((a, b) => a - b);
}
