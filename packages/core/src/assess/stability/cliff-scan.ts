import { bootstrap, type Estimate } from '../../stats/index.ts';

/** One training run of a scan: how large the bonus was, and how often the policy then showed each behaviour. */
export interface CliffRun {
  epsilon: number;
  seed: number;
  /** Shares of the behaviours, a distribution, in one order for all runs. */
  shares: readonly number[];
}

/** How behaviour answers a small bonus. */
export interface CliffReport {
  /** Sizes of the bonus, ascending. */
  epsilon: number[];
  /** Mean shares over seeds, one row a size of the bonus. */
  shares: number[][];
  /**
   * Total variation between the policies trained with the smallest bonus either side of zero, a mean over seeds: near 1
   * a cliff, near 0 a slope.
   */
  jump: Estimate;
  /** Largest total variation per unit of bonus between neighbouring mean policies. */
  steepness: number;
}

/** Total variation between two distributions, in [0, 1]. Throws RangeError when their lengths differ. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) throw new RangeError(`p and q must have one length, got ${p.length} and ${q.length}`);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - q[i]);
  return sum / 2;
}

/**
 * Sums up runs that were made somehow or other. Throws RangeError unless every seed has every bonus, some bonus is
 * positive and some negative.
 *
 * @example
 * const { jump } = cliffReport(runs);
 */
export function cliffReport(runs: readonly CliffRun[]): CliffReport {
  const epsilon = [...new Set(runs.map((run) => run.epsilon))].sort((a, b) => a - b);
  const seeds = [...new Set(runs.map((run) => run.seed))];
  const positive = epsilon.find((value) => value > 0);
  const negative = epsilon.findLast((value) => value < 0);
  if (positive === undefined || negative === undefined) {
    throw new RangeError(`runs must have a bonus above 0 and one below, got ${epsilon.join(', ') || 'none'}`);
  }
  const sharesOf = (size: number, seed: number) => {
    const run = runs.find((candidate) => candidate.epsilon === size && candidate.seed === seed);
    if (!run) throw new RangeError(`runs must hold every bonus for every seed, and lack ${size} for seed ${seed}`);
    return run.shares;
  };
  const shares = epsilon.map((size) => {
    const rows = seeds.map((seed) => sharesOf(size, seed));
    return rows[0].map((_, behaviour) => rows.reduce((sum, row) => sum + row[behaviour], 0) / rows.length);
  });
  const steps = epsilon.slice(1).map((size, i) => totalVariation(shares[i], shares[i + 1]) / (size - epsilon[i]));
  return {
    epsilon,
    shares,
    jump: bootstrap(seeds.map((seed) => totalVariation(sharesOf(positive, seed), sharesOf(negative, seed)))),
    steepness: Math.max(...steps),
  };
}

/**
 * Trains with a small bonus either way and looks what happens to behaviour (after Xu, arXiv 2507.20150, section 2). Where
 * the reward leaves a choice open, behaviour jumps with the sign of the bonus, however small; entropy or KL
 * regularisation of strength α bounds the change by ε/(α(1 - γ)) between bonuses ε and -ε.
 *
 * @param train trains with `withTieBreaker(reward, bonus, epsilon)`, or the like, from the seed given
 * @param behaviour shares of the behaviours that the trained policy shows on probes, a distribution
 * @param options.epsilon sizes of the bonus, on both sides of zero
 * @param options.seeds each size is trained with each of these
 * @throws RangeError for sizes on one side of zero only, or no seeds
 * @example
 * const report = await policyCliffScan(
 *   (epsilon, seed) => trainPolicy(withTieBreaker(correct, isShort, epsilon), seed),
 *   (policy) => [shareShort(policy, probes), 1 - shareShort(policy, probes)],
 *   { epsilon: [-0.02, 0.02], seeds: [0, 1, 2] },
 * );
 */
export async function policyCliffScan<P>(
  train: (epsilon: number, seed: number) => P | Promise<P>,
  behaviour: (policy: P) => readonly number[] | Promise<readonly number[]>,
  { epsilon, seeds }: { epsilon: readonly number[]; seeds: readonly number[] },
): Promise<CliffReport> {
  if (seeds.length === 0) throw new RangeError('seeds must hold at least one seed');
  const runs: CliffRun[] = [];
  for (const seed of seeds) {
    for (const size of epsilon) runs.push({ epsilon: size, seed, shares: await behaviour(await train(size, seed)) });
  }
  return cliffReport(runs);
}
