import { positiveWhole } from '../../lm/index.ts';
import type { AdamWOptions } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';

/** How a reward model is trained: AdamW on minibatches, in passes over the examples. */
export interface FitOptions<M extends Measures = Measures> extends AdamWOptions {
  /** Most passes over the examples; each is in a new order. */
  epochs: number;
  /** Decides the order. */
  seed: number;
  /** Examples (pairs, of losses on pairs) of a step, 64 unless told; fewer at the end of a pass. */
  batch?: number;
  /** The training ends after so many epochs without a new best on the validation examples; never unless told. */
  patience?: number;
  /** Told about every epoch when it is over; what it throws ends the training. */
  onEpoch?: (epoch: FitEpoch<M>) => void;
}

/** What is measured on validation examples. */
export interface Measures {
  /** The loss that is trained, averaged as in training. */
  readonly loss: number;
}

export interface FitEpoch<M extends Measures = Measures> {
  /** Mean loss over the epoch's steps, each taken before it moved. */
  readonly loss: number;
  /** Measured after the epoch; null without validation examples. */
  readonly validation: M | null;
}

export interface FitReport<M extends Measures = Measures> {
  readonly epochs: readonly FitEpoch<M>[];
  /** Which epoch's parameters were kept, from 0: the best on the validation examples, the last one without any. */
  readonly best: number;
  /** Tokens that training steps have read, for comparisons at equal cost. */
  readonly tokens: number;
}

/** What `fit` moves, and how. */
export interface FitTask<M extends Measures> {
  /** How many examples there are. */
  readonly count: number;
  /** Moved in place by `step`; at the end they are those of the best epoch. */
  readonly parameters: Float32Array | Float64Array;
  /** One step on these examples: the summed loss before it, of how many terms, and the tokens it read. */
  step(examples: readonly number[]): { loss: number; terms: number; tokens: number };
  readonly validate: (() => M) | null;
  /** What makes an epoch the best, lower for better; the loss unless told. */
  readonly criterion?: ((measures: M) => number) | undefined;
}

/**
 * Passes over the examples until `epochs` are done or patience ends; then the parameters of the best epoch come back.
 *
 * @throws RangeError for numbers that are not positive and whole, no examples, or patience without validation examples
 */
export function fit<M extends Measures>(task: FitTask<M>, options: FitOptions<M>): FitReport<M> {
  const { epochs: most, seed, batch = 64, patience = Infinity, onEpoch } = options;
  const { count, parameters, validate, criterion = ({ loss }) => loss } = task;
  positiveWhole('epochs', most);
  positiveWhole('batch', batch);
  if (patience !== Infinity) {
    positiveWhole('patience', patience);
    if (validate === null) throw new RangeError('patience must come with validation examples, got none');
  }
  if (count < 1) throw new RangeError('examples must not be empty');
  const all = Array.from({ length: count }, (_, i) => i);
  const epochs: FitEpoch<M>[] = [];
  let kept = parameters;
  let least = Infinity;
  let best = 0;
  let tokens = 0;
  while (epochs.length < most && epochs.length - 1 - best < patience) {
    const epoch = epochs.length;
    const order = new Random(seed, 'order of examples', epoch).shuffle(all);
    let loss = 0;
    let terms = 0;
    for (let from = 0; from < count; from += batch) {
      const step = task.step(order.slice(from, from + batch));
      loss += step.loss;
      terms += step.terms;
      tokens += step.tokens;
    }
    epochs.push({ loss: loss / terms, validation: validate?.() ?? null });
    const { validation } = epochs[epoch];
    const value = validation === null ? -epoch : criterion(validation);
    if (value < least || epoch === 0) {
      least = value;
      best = epoch;
      if (validation !== null) kept = parameters.slice();
    }
    onEpoch?.(epochs[epoch]);
  }
  if (kept !== parameters) parameters.set(kept);
  return { epochs, best, tokens };
}
