import { type ImplicitRewards, implicitRewards, type StepSpan } from '../../credit/index.ts';
import type { Gpt, GptReading, GptSequence } from '../../nn/index.ts';

/** A prompt and its response as one sequence; `from` is the prompt's length, and the response must not be empty. */
export interface ImplicitSequence extends GptSequence {
  /**
   * Log-probabilities of the response's tokens under another reference, such as the policy that sampled them: then the
   * reference model is not asked.
   */
  readonly referenceLogProbs?: ArrayLike<number>;
}

/** A response whose steps are to be scored. */
export interface ImplicitResponse extends ImplicitSequence {
  /** Where the steps lie in the response, counted from its first token; every token is a step unless told. */
  readonly steps?: readonly StepSpan[];
}

export interface ImplicitPrmOptions {
  model: Gpt;
  /** Null for no reference at all: then rewards are log-probabilities, as if all texts were equally likely. */
  reference: Gpt | null;
  /** β > 0, reward per nat; 0.05 unless told, as in the paper. */
  beta?: number;
}

/**
 * A process reward model without a head: the log-ratio of a model to its reference, r(y) = β log(π(y | x) / π_ref(y | x)).
 * Trained on outcomes alone (`trainImplicitPrm`, `OnlineImplicitPrm`), it scores every token (Yuan et al. 2024, arXiv
 * 2412.01981). While model and reference have the same weights, every score is exactly 0.
 *
 * @example
 * const prm = new ImplicitPrm({ model: policy.clone(), reference: policy });
 * prm.tokenRewards([{ tokens: [4, 7, 3, 2], from: 2 }]); // [[0, 0]]
 */
export class ImplicitPrm {
  readonly model: Gpt;
  readonly reference: Gpt | null;
  readonly beta: number;

  /** @throws RangeError for models of different vocabularies, or a β that is not positive */
  constructor({ model, reference, beta = 0.05 }: ImplicitPrmOptions) {
    if (!(beta > 0 && beta < Infinity)) throw new RangeError(`beta must be positive and finite, got ${beta}`);
    if (reference !== null && reference.shape.vocabulary !== model.shape.vocabulary) {
      throw new RangeError(
        `reference must have the model's vocabulary of ${model.shape.vocabulary}, got ${reference.shape.vocabulary}`,
      );
    }
    this.model = model;
    this.reference = reference;
    this.beta = beta;
  }

  /**
   * log(π / π_ref) of each token of the responses, in nats, without β: what PRIME's advantages take (arXiv 2502.01456).
   *
   * @throws RangeError for an empty response, or as `Gpt.read`
   */
  tokenRewards(sequences: readonly ImplicitSequence[]): Float64Array[] {
    const references = this.referenceLogProbs(sequences);
    return this.model.read(sequences).map((reading, i) => logRatios(reading, references[i]));
  }

  /** r(y) of each response, β times the sum of its token rewards. Errors as `tokenRewards`. */
  rewards(sequences: readonly ImplicitSequence[]): Float64Array {
    return Float64Array.from(this.tokenRewards(sequences), (ratios) => this.beta * total(ratios));
  }

  /**
   * Rewards of each response's steps and values of its prefixes, with β; `aggregateSteps` makes one score of them.
   *
   * @throws RangeError as `tokenRewards`, and for steps that do not fit the response
   * @example
   * const [{ perStep }] = prm.score([{ tokens, from, steps: lineSpans(tokenizer, response) }]);
   * aggregateSteps(perStep, 'min');
   */
  score(responses: readonly ImplicitResponse[]): ImplicitRewards[] {
    const references = this.referenceLogProbs(responses);
    return this.model.read(responses).map(({ logProbs }, i) => {
      const reference = references[i];
      const { steps = null } = responses[i];
      return implicitRewards(atMostZero(logProbs), reference && atMostZero(reference), { beta: this.beta, steps });
    });
  }

  /** log π_ref of the responses' tokens in nats; null where there is no reference. Errors as `tokenRewards`. */
  referenceLogProbs(sequences: readonly ImplicitSequence[]): (ArrayLike<number> | null)[] {
    sequences.forEach(({ tokens, from, referenceLogProbs }, i) => {
      if (tokens.length <= from) throw new RangeError(`sequences[${i}] must have a response after its prompt`);
      if (referenceLogProbs !== undefined && referenceLogProbs.length !== tokens.length - from) {
        throw new RangeError(
          `sequences[${i}].referenceLogProbs must hold one number a token, ${tokens.length - from}, got ${referenceLogProbs.length}`,
        );
      }
    });
    const { reference } = this;
    const asked =
      reference === null ? [] : sequences.filter(({ referenceLogProbs }) => referenceLogProbs === undefined);
    const readings = reference === null ? [] : reference.read(asked);
    let next = 0;
    return sequences.map(
      ({ referenceLogProbs }) => referenceLogProbs ?? (reference === null ? null : readings[next++].logProbs),
    );
  }
}

export function logRatios({ logProbs }: GptReading, reference: ArrayLike<number> | null): Float64Array {
  return Float64Array.from(logProbs, (logProb, t) => logProb - (reference === null ? 0 : reference[t]));
}

export function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** A token that is all but certain may come out a rounding above 0. */
function atMostZero(logProbs: ArrayLike<number>): Float64Array {
  return Float64Array.from(logProbs, (x) => (x > 0 && x < 1e-5 ? 0 : x));
}
