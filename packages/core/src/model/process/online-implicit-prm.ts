import { type AdamWOptions, type GptCotangent, GptTrainer } from '../../nn/index.ts';
import { implicitLoss } from './implicit-loss.ts';
import { ImplicitPrm, type ImplicitPrmOptions, type ImplicitSequence, logRatios, total } from './implicit-prm.ts';
import { byPrompt, pairAccuracy, unequalPairs } from './outcome-pairs.ts';

export interface OnlineImplicitPrmOptions extends ImplicitPrmOptions, AdamWOptions {
  /** `ce` (unless told) needs no pairs; `dpo` averages over all pairs of responses to one prompt with different outcomes. */
  loss?: 'ce' | 'dpo';
  /** Longer gradients are scaled down to this norm; 10 unless told. */
  maxGradientNorm?: number;
  /** Responses of a step, in the order given; all of an update's unless told. Keep a prompt's responses together. */
  minibatch?: number;
}

/** What an update saw: everything is as it was before the step that learned from it. */
export interface ImplicitUpdate {
  /** log(π / π_ref) of each token, in nats. Later minibatches see a model that earlier ones have moved. */
  readonly tokenRewards: Float64Array[];
  /** Mean over responses, or pairs; null where `dpo` found no pair to learn from. */
  readonly loss: number | null;
  /** Share of pairs of responses to a prompt that the rewards order as the outcomes do, ties half; null without pairs. */
  readonly pairAccuracy: number | null;
  /** Of the last step, before clipping; 0 when there was none. */
  readonly gradientNorm: number;
}

/**
 * An implicit process reward model that learns from the rollouts it scores (PRIME, Cui et al. 2025, arXiv 2502.01456): one
 * forward pass gives the scores and, with the verifier's outcomes, the step. β is in the loss alone; token rewards are
 * plain log-ratios, as in the released code. `model` is trained in place.
 *
 * @example
 * const prm = new OnlineImplicitPrm({ model: policy.clone(), reference: policy.clone(), learningRate: 3e-4 });
 * const { tokenRewards } = prm.update(rollouts.map(sequenceOf), outcomes);
 * primeAdvantages(tokenRewards, outcomes);
 */
export class OnlineImplicitPrm extends ImplicitPrm {
  readonly #trainer: GptTrainer;
  readonly #loss: 'ce' | 'dpo';
  readonly #minibatch: number;

  /** @throws RangeError as `ImplicitPrm` and `GptTrainer`, or for a minibatch that is not positive and whole */
  constructor({ loss = 'ce', minibatch = Infinity, maxGradientNorm = 10, ...options }: OnlineImplicitPrmOptions) {
    super(options);
    if (minibatch !== Infinity && !(Number.isSafeInteger(minibatch) && minibatch >= 1)) {
      throw new RangeError(`minibatch must be a positive whole number, got ${minibatch}`);
    }
    this.#trainer = new GptTrainer(options.model, { ...options, maxGradientNorm });
    this.#loss = loss;
    this.#minibatch = minibatch;
  }

  /**
   * A step for each minibatch.
   *
   * @param sequences at least one; responses to the same prompt are those with the same tokens before `from`
   * @param outcomes one a response, in [0, 1]
   * @throws RangeError for outcomes that cannot be, an empty batch, or as `tokenRewards`
   */
  update(sequences: readonly ImplicitSequence[], outcomes: ArrayLike<number>): ImplicitUpdate {
    if (sequences.length === 0) throw new RangeError('sequences must not be empty');
    assertOutcomes(outcomes, sequences.length);
    const references = this.referenceLogProbs(sequences);
    const tokenRewards: Float64Array[] = [];
    const rewards = new Float64Array(sequences.length);
    let loss = 0;
    let terms = 0;
    let gradientNorm = 0;
    for (let from = 0; from < sequences.length; from += this.#minibatch) {
      const batch = sequences.slice(from, from + this.#minibatch);
      const pairs = this.#loss === 'dpo' ? unequalPairs(byPrompt(batch), Array.from(outcomes).slice(from)) : [];
      const count = this.#loss === 'dpo' ? pairs.length : batch.length;
      if (count === 0) {
        // Scored, but there is nothing to learn from.
        tokenRewards.push(...this.model.read(batch).map((reading, i) => logRatios(reading, references[from + i])));
        for (let i = from; i < from + batch.length; i++) rewards[i] = this.beta * total(tokenRewards[i]);
        continue;
      }
      // Pairs need every reading at once; otherwise each response stands alone.
      const together = this.#loss === 'dpo' ? batch.length : 1;
      const step = this.#trainer.step(
        batch,
        (readings, first) => {
          const slopes = new Float64Array(readings.length);
          readings.forEach((reading, i) => {
            const at = from + first + i;
            tokenRewards[at] = logRatios(reading, references[at]);
            rewards[at] = this.beta * total(tokenRewards[at]);
          });
          const parts = this.#loss === 'dpo' ? pairs : readings.map((_, i) => [i]);
          for (const part of parts) {
            const at = from + first + part[0];
            const ours = implicitLoss(
              this.#loss,
              part.map((i) => rewards[from + first + i]),
              outcomes[at],
              0,
            );
            loss += ours.loss;
            part.forEach((i, p) => {
              slopes[i] += ours.slopes[p];
            });
          }
          return readings.map(({ logProbs }, i): GptCotangent => {
            return { logProbs: new Float64Array(logProbs.length).fill((this.beta * slopes[i]) / count) };
          });
        },
        together,
      );
      gradientNorm = step.gradientNorm;
      terms += count;
    }
    return {
      tokenRewards,
      loss: terms === 0 ? null : loss / terms,
      pairAccuracy: pairAccuracy(byPrompt(sequences), rewards, outcomes),
      gradientNorm,
    };
  }
}

/** Throws RangeError unless there is one outcome in [0, 1] for each of `count` responses. */
function assertOutcomes(outcomes: ArrayLike<number>, count: number): void {
  if (outcomes.length !== count) {
    throw new RangeError(`outcomes must hold one number a response, ${count}, got ${outcomes.length}`);
  }
  for (let i = 0; i < count; i++) {
    if (!(outcomes[i] >= 0 && outcomes[i] <= 1)) {
      throw new RangeError(`outcomes[${i}] must lie in [0, 1], got ${outcomes[i]}`);
    }
  }
}
