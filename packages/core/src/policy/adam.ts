export interface AdamOptions {
  /** 0.001 unless told. */
  learningRate?: number;
  /** Decay of the mean of gradients, in [0, 1); 0.9 unless told. */
  beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1); 0.999 unless told. */
  beta2?: number;
  /** 1e-8 unless told. */
  epsilon?: number;
}

/**
 * Adam over one array of parameters (Kingma & Ba 2015, arXiv 1412.6980, algorithm 1), for tables and other small
 * models whose gradients are written by hand.
 *
 * @example
 * const adam = new Adam(logits.length, { learningRate: 0.1 });
 * adam.ascend(logits, gradient);
 */
export class Adam {
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  readonly #learningRate: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  #steps = 0;

  /** Throws RangeError for options out of range. */
  constructor(size: number, { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}) {
    if (!(learningRate >= 0)) throw new RangeError(`learningRate must be at least 0, got ${learningRate}`);
    if (!(beta1 >= 0 && beta1 < 1)) throw new RangeError(`beta1 must lie in [0, 1), got ${beta1}`);
    if (!(beta2 >= 0 && beta2 < 1)) throw new RangeError(`beta2 must lie in [0, 1), got ${beta2}`);
    if (!(epsilon > 0)) throw new RangeError(`epsilon must be positive, got ${epsilon}`);
    this.#mean = new Float64Array(size);
    this.#square = new Float64Array(size);
    this.#learningRate = learningRate;
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
  }

  /** One step up the gradient: changes `parameters` in place. Throws RangeError for lengths that differ. */
  ascend(parameters: Float64Array, gradient: ArrayLike<number>): void {
    this.#step(parameters, gradient, 1);
  }

  /** One step down the gradient: changes `parameters` in place. Throws RangeError for lengths that differ. */
  descend(parameters: Float64Array, gradient: ArrayLike<number>): void {
    this.#step(parameters, gradient, -1);
  }

  #step(parameters: Float64Array, gradient: ArrayLike<number>, direction: 1 | -1): void {
    const size = this.#mean.length;
    if (parameters.length !== size || gradient.length !== size) {
      throw new RangeError(
        `parameters and gradient must hold ${size} numbers, got ${parameters.length} and ${gradient.length}`,
      );
    }
    this.#steps++;
    const correction1 = 1 - this.#beta1 ** this.#steps;
    const correction2 = 1 - this.#beta2 ** this.#steps;
    for (let i = 0; i < size; i++) {
      const g = gradient[i];
      this.#mean[i] += (1 - this.#beta1) * (g - this.#mean[i]);
      this.#square[i] += (1 - this.#beta2) * (g * g - this.#square[i]);
      const step = this.#mean[i] / correction1 / (Math.sqrt(this.#square[i] / correction2) + this.#epsilon);
      parameters[i] += direction * this.#learningRate * step;
    }
  }
}
