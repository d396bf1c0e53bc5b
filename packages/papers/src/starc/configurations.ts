import { type Canon, metricNames, normNames, type RewardMetric, type RewardNorm } from '@laurel/core/assess';

/** Canonical forms compared, in the order of the figures; STARC's own first. */
export const canons = [
  'val',
  'minimal',
  'valPotential',
  'minimalPotential',
  'dard',
  'epic',
  'none',
] as const satisfies readonly Canon[];

export type ComparedCanon = (typeof canons)[number];

export const canonLabels: Record<ComparedCanon, string> = {
  val: 'VAL',
  minimal: 'Minimal',
  valPotential: 'VALPotential',
  minimalPotential: 'MinimalPotential',
  dard: 'DARD',
  epic: 'EPIC',
  none: 'None',
};

/** A distance: canonical form, norm to divide by, metric to compare by. */
export interface Configuration {
  canon: ComparedCanon;
  norm: RewardNorm;
  metric: RewardMetric;
}

/** All distances, in the order in which trials report them. */
export const configurations: readonly Configuration[] = canons.flatMap((canon) =>
  normNames.flatMap((norm) => metricNames.map((metric) => ({ canon, norm, metric }))),
);

/** Position of a distance in `configurations`. */
export function positionOf(canon: ComparedCanon, norm: RewardNorm = 'L2', metric: RewardMetric = 'L2'): number {
  const at = canons.indexOf(canon) * normNames.length + normNames.indexOf(norm);
  return at * metricNames.length + metricNames.indexOf(metric);
}

const short: Record<RewardNorm, string> = {
  L1: '1',
  L2: '2',
  Linf: '∞',
  wL1: 'w1',
  wL2: 'w2',
  wLinf: 'w∞',
  none: '0',
};

/** The paper's way of writing a distance, such as `VAL-2-2`. */
export function configurationLabel({ canon, norm, metric }: Configuration): string {
  return `${canonLabels[canon]}-${short[norm]}-${short[metric]}`;
}
