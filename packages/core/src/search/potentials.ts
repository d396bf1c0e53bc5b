import { gather } from './resampling.ts';

/**
 * What multiplies a particle's weight at a checkpoint (Singhal et al. 2025, arXiv 2501.06848, section 3). All but
 * `best-of-n` make up exp(lambda r(x_0)) over the whole path, so that the target is the same:
 *
 * - `difference`: progress of the score since the last checkpoint;
 * - `max`, `sum`: the best score so far, the sum of all so far; the last potential corrects for the surplus;
 * - `current`: the score itself, likewise corrected;
 * - `importance`: nothing until the end: importance sampling;
 * - `best-of-n`: no weights at all; the best finished sample is taken.
 */
export type Potential = 'difference' | 'max' | 'sum' | 'current' | 'importance' | 'best-of-n';

/**
 * Potentials of a population, as logarithms, with what each particle's lineage has to remember.
 *
 * @example
 * const potentials = new Potentials('difference', 2, 1);
 * potentials.weigh(Float64Array.of(0.5), logWeights); // adds 1
 * potentials.finish(Float64Array.of(3), logWeights); // adds 5: 2 x 3 in all
 */
export class Potentials {
  readonly #potential: Potential;
  readonly #lambda: number;
  /** Last, best or summed score of the lineage. */
  #running: Float64Array;
  /** Sum of the lineage's log-potentials so far. */
  #spent: Float64Array;

  constructor(potential: Potential, lambda: number, count: number) {
    this.#potential = potential;
    this.#lambda = lambda;
    // No floor under the best score: one of zero would switch `max` off for rewards below zero.
    this.#running = new Float64Array(count).fill(potential === 'max' ? -Infinity : 0);
    this.#spent = new Float64Array(count);
  }

  /** Whether scores of unfinished particles are used at all. */
  get looksAhead(): boolean {
    return this.#potential !== 'importance' && this.#potential !== 'best-of-n';
  }

  /** Adds the log-potentials of a checkpoint on the way to `logWeights`. */
  weigh(scores: Float64Array, logWeights: Float64Array): void {
    for (let i = 0; i < scores.length; i++) {
      const running = this.#accumulate(this.#running[i], scores[i]);
      // The difference starts from a score of zero: any constant would do, for it cancels among the particles.
      const already = this.#potential === 'difference' ? this.#spent[i] : 0;
      const logPotential = this.#lambda * running - already;
      this.#running[i] = running;
      this.#spent[i] += logPotential;
      logWeights[i] += logPotential;
    }
  }

  /** Adds the last log-potentials, lambda r(x_0) less all that was spent: the product is then exp(lambda r(x_0)). */
  finish(rewards: Float64Array, logWeights: Float64Array): void {
    if (this.#potential === 'best-of-n') return;
    for (let i = 0; i < rewards.length; i++) logWeights[i] += this.#lambda * rewards[i] - this.#spent[i];
  }

  /** Hands each new particle its parent's memory. */
  inherit(parents: Int32Array): void {
    this.#running = gather(this.#running, parents);
    this.#spent = gather(this.#spent, parents);
  }

  #accumulate(running: number, score: number): number {
    if (this.#potential === 'max') return Math.max(running, score);
    if (this.#potential === 'sum') return running + score;
    return score;
  }
}

/**
 * log of the mean of exp(values), without overflow. Throws RangeError for no values.
 *
 * @example
 * logMeanExp([Math.log(1), Math.log(3)]); // log(2)
 */
export function logMeanExp(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('values must not be empty');
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]);
  if (!Number.isFinite(largest)) return largest;
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Math.exp(values[i] - largest);
  return largest + Math.log(total / values.length);
}
