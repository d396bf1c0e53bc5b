import { lossWeights } from '../../credit/index.ts';
import { type AdamWOptions, type Gpt, GptTrainer } from '../../nn/index.ts';
import type { Random } from '../../stats/index.ts';
import { type LanguageExample, ownLength, ownTokens, sequenceOf } from './rollout.ts';

export interface SftOptions {
  /** Decides the order of the examples. */
  random: Random;
  /** Most steps. */
  steps: number;
  /** Examples of a step, 64 unless told; fewer at the end of a pass. */
  batch?: number;
  /** Its learning rate may be a schedule over the steps. */
  optimiser: AdamWOptions;
  /** Asked after every `every` steps with the number of steps so far; true ends the training. */
  until?: (steps: number) => boolean;
  /** 100 unless told. */
  every?: number;
}

/** What one step of supervised training saw, before it moved. */
export interface SftMetrics {
  /** Steps before this one. */
  readonly iteration: number;
  /** Mean cross-entropy of a response token in nats. */
  readonly loss: number;
  /** Mean entropy in nats of the policy at these tokens. */
  readonly entropy: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/**
 * Supervised fine-tuning, in place: cross-entropy of the responses (not of the prompts), averaged over the tokens of a
 * minibatch; every pass over the examples is in a new order.
 *
 * @param gpt is trained in place as the generator is run
 * @throws RangeError for no examples, or numbers that are not positive and whole
 * @example
 * const learn = { random: new Random(0, 'sft'), steps: 2000, optimiser: { learningRate: 3e-3 } };
 * const half = () => evaluatePolicy(gpt, family, problems, { random: new Random(0, 'half') }).accuracy > 0.5;
 * const losses = [...sft(gpt, examples, { ...learn, until: half, every: 50 })].map(({ loss }) => loss);
 */
export function* sft(gpt: Gpt, examples: readonly LanguageExample[], options: SftOptions): Generator<SftMetrics> {
  const { random, steps, batch = 64, optimiser, until = () => false, every = 100 } = options;
  for (const [name, value] of Object.entries({ steps, batch, every })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  const trainer = new GptTrainer(gpt, optimiser);
  const batches = shuffledBatches(examples, batch, random);
  for (let iteration = 0; iteration < steps; iteration++) {
    yield { iteration, ...crossEntropyStep(trainer, batches.next().value) };
    if ((iteration + 1) % every === 0 && until(iteration + 1)) return;
  }
}

/** Minibatches without end: pass after pass over the examples, each shuffled by its own stream. */
export function* shuffledBatches<X>(all: readonly X[], size: number, random: Random): Generator<X[], never> {
  if (all.length === 0) throw new RangeError('examples must not be empty');
  for (let pass = 0; ; pass++) {
    const order = random.split('pass', pass).shuffle(all);
    for (let from = 0; from < order.length; from += size) yield order.slice(from, from + size);
  }
}

function crossEntropyStep(trainer: GptTrainer, batch: readonly LanguageExample[]): Omit<SftMetrics, 'iteration'> {
  const masks = batch.map(ownTokens);
  const [weight] = lossWeights(batch.map(ownLength), 'token');
  let loss = 0;
  let entropy = 0;
  const { gradientNorm } = trainer.step(batch.map(sequenceOf), (readings, first) =>
    readings.map(({ logProbs, entropies }, i) => {
      const mask = masks[first + i];
      for (let t = 0; t < mask.length; t++) {
        loss -= mask[t] * weight * logProbs[t];
        entropy += mask[t] * weight * entropies[t];
      }
      return { logProbs: Float32Array.from(mask, (own) => -own * weight) };
    }),
  );
  return { loss, entropy, gradientNorm };
}
