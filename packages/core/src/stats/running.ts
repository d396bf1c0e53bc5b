/**
 * Mean and variance of a stream, one batch at a time (Chan, Golub & LeVeque 1983, whose merge loses no precision to a
 * large mean). With `memory` below 1 the past fades: each batch first weighs down everything before it, so a stream that
 * drifts, such as the output of a model in training, is followed.
 *
 * @example
 * const moments = new RunningMoments();
 * moments.push([1, 2, 3]);
 * moments.push([4]);
 * moments.mean; // 2.5
 * moments.variance; // 1.25, over n
 */
export class RunningMoments {
  readonly #memory: number;
  #weight = 0;
  #mean = 0;
  #squares = 0;

  /** @param options.memory weight of the past at each batch, in (0, 1]; 1 unless told */
  constructor({ memory = 1 }: { memory?: number } = {}) {
    if (!(memory > 0 && memory <= 1)) throw new RangeError(`memory must lie in (0, 1], got ${memory}`);
    this.#memory = memory;
  }

  push(batch: ArrayLike<number>): void {
    if (batch.length === 0) return;
    let mean = 0;
    for (let i = 0; i < batch.length; i++) mean += batch[i];
    mean /= batch.length;
    if (!Number.isFinite(mean)) throw new RangeError(`batch must hold finite numbers, got a mean of ${mean}`);
    let squares = 0;
    for (let i = 0; i < batch.length; i++) squares += (batch[i] - mean) ** 2;
    const past = this.#memory * this.#weight;
    const total = past + batch.length;
    const gap = mean - this.#mean;
    this.#squares = this.#memory * this.#squares + squares + (gap * gap * past * batch.length) / total;
    this.#mean += (gap * batch.length) / total;
    this.#weight = total;
  }

  /** 0 before the first batch. */
  get mean(): number {
    return this.#mean;
  }

  /** Divided by n; 0 before the first batch. */
  get variance(): number {
    return this.#weight === 0 ? 0 : this.#squares / this.#weight;
  }

  get standardDeviation(): number {
    return Math.sqrt(this.variance);
  }
}
