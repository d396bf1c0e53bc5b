import type { AdamWOptions } from '../adamw.ts';
import { constantSchedule } from '../schedule.ts';
import type { Gpt, GptCotangent, GptReading, GptSequence } from './gpt.ts';
import { parametersOf } from './shape.ts';

/**
 * Trains a GPT in place with AdamW (as `adamW` of this room does it, with the same options). Owns nothing that needs
 * disposing.
 *
 * @example
 * const trainer = new GptTrainer(gpt, { learningRate: 1e-3, maxGradientNorm: 1 });
 * trainer.step(batch, (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => -1 / tokens) })));
 */
export class GptTrainer {
  readonly gpt: Gpt;
  readonly #options: Required<Omit<AdamWOptions, 'learningRate'>> & { rate: (step: number) => number };
  readonly #gradient: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  readonly #decays: Uint8Array;
  #steps = 0;

  /** @throws RangeError for betas outside [0, 1), or other numbers that are not positive */
  constructor(gpt: Gpt, options: AdamWOptions) {
    const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    const { maxGradientNorm = Infinity } = options;
    for (const [name, beta] of Object.entries({ beta1, beta2 })) {
      if (!(beta >= 0 && beta < 1)) throw new RangeError(`${name} must lie in [0, 1), got ${beta}`);
    }
    if (!(epsilon > 0)) throw new RangeError(`epsilon must be positive, got ${epsilon}`);
    if (!(weightDecay >= 0)) throw new RangeError(`weightDecay must be at least 0, got ${weightDecay}`);
    if (!(maxGradientNorm > 0)) throw new RangeError(`maxGradientNorm must be positive, got ${maxGradientNorm}`);
    this.gpt = gpt;
    const rate = typeof learningRate === 'number' ? constantSchedule(learningRate) : learningRate;
    this.#options = { rate, beta1, beta2, epsilon, weightDecay, maxGradientNorm };
    const size = gpt.parameters.length;
    this.#gradient = new Float32Array(size);
    this.#mean = new Float32Array(size);
    this.#square = new Float32Array(size);
    this.#decays = new Uint8Array(size);
    for (const { offset, rows, columns } of parametersOf(gpt.shape)) {
      if (rows > 0) this.#decays.fill(1, offset, offset + rows * columns);
    }
  }

  /** How many steps were done. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * One step down the gradient of a loss that is given by its cotangents (see `Gpt.addGradient`).
   *
   * @returns the gradient's norm before clipping
   * @throws RangeError when the gradient is not finite; the parameters are then as they were
   */
  step(
    sequences: readonly GptSequence[],
    gradientOf: (readings: readonly GptReading[], first: number) => readonly GptCotangent[],
    together = 1,
  ): { gradientNorm: number } {
    const gradient = this.#gradient.fill(0);
    this.gpt.addGradient(sequences, gradientOf, gradient, together);
    let squares = 0;
    for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
    const gradientNorm = Math.sqrt(squares);
    if (!Number.isFinite(gradientNorm)) {
      throw new RangeError(`gradientNorm must be finite, got ${gradientNorm} at step ${this.#steps}`);
    }
    this.#move(Math.min(1, this.#options.maxGradientNorm / (gradientNorm + 1e-12)));
    return { gradientNorm };
  }

  #move(factor: number): void {
    const { rate, beta1, beta2, epsilon, weightDecay } = this.#options;
    const learningRate = rate(this.#steps);
    if (!(learningRate >= 0 && learningRate < Infinity)) {
      throw new RangeError(`learningRate must be at least 0, got ${learningRate} at step ${this.#steps}`);
    }
    this.#steps++;
    const unbias1 = 1 / (1 - beta1 ** this.#steps);
    const unbias2 = 1 / (1 - beta2 ** this.#steps);
    const { parameters } = this.gpt;
    const [gradient, mean, square, decays] = [this.#gradient, this.#mean, this.#square, this.#decays];
    for (let i = 0; i < parameters.length; i++) {
      const g = factor * gradient[i];
      const m = beta1 * mean[i] + (1 - beta1) * g;
      const v = beta2 * square[i] + (1 - beta2) * g * g;
      mean[i] = m;
      square[i] = v;
      const direction = (m * unbias1) / (Math.sqrt(v * unbias2) + epsilon);
      const decayed = decays[i] === 1 ? direction + weightDecay * parameters[i] : direction;
      parameters[i] -= learningRate * decayed;
    }
  }
}
