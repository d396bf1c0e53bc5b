import { type Gpt, type GptSequence, GptTrainer } from '../../nn/index.ts';
import { Random } from '../../stats/index.ts';
import { type FitOptions, type FitReport, fit, type Measures } from './fit.ts';
import { type ImplicitLoss, implicitLoss, isPairwise } from './implicit-loss.ts';
import { ImplicitPrm, total } from './implicit-prm.ts';
import { byPrompt, evenOut, pairAccuracy, pairUp, promptKey } from './outcome-pairs.ts';

/** A prompt and a response as one sequence, with what the verifier said. */
export interface LabelledResponse extends GptSequence {
  /** 1 for right, 0 for wrong; any share between them for `ce` without balance. */
  readonly outcome: number;
}

/**
 * Which responses are left out: none; those that make the one kind more frequent than the other, over all (`dataset`)
 * or among the responses to each prompt (`prompt`).
 */
export type OutcomeBalance = 'none' | 'dataset' | 'prompt';

export interface ImplicitMeasures extends Measures {
  /** Share of pairs of responses to a prompt that rewards order as outcomes do, ties half; null without pairs. */
  readonly accuracy: number | null;
}

export interface ImplicitTrainingOptions extends FitOptions<ImplicitMeasures> {
  /** Where the model begins, and not changed. */
  gpt: Gpt;
  /** What the model is compared with: `gpt` as it is unless told; null for none. */
  reference?: Gpt | null;
  /** β, reward per nat; 0.05 unless told. */
  beta?: number;
  loss: ImplicitLoss;
  /** `dpo` and `nca` learn from each right response with a wrong one to the same prompt, `ce` and `kto` from all. */
  responses: readonly LabelledResponse[];
  /** `none` unless told. */
  balance?: OutcomeBalance;
  /** The parameters of the epoch with the least loss on them are kept. */
  validation?: readonly LabelledResponse[];
}

/**
 * Trains an implicit process reward model on outcomes (Yuan et al. 2024, arXiv 2412.01981; the losses: `ImplicitLoss`). Only
 * sequence rewards β log(π(y) / π_ref(y)) enter the loss; rewards of tokens and steps come with them. For a prompt
 * whose right responses have the share p of the reference, their common reward cannot exceed β log(1 / p), so that small
 * β leave cross-entropy far from 0.
 *
 * @throws RangeError for outcomes that the loss cannot take, nothing left to learn from, and as `ImplicitPrm` and `GptTrainer`
 * @example
 * const { prm } = trainImplicitPrm({ gpt: policy, loss: 'ce', responses, learningRate: 3e-4, epochs: 2, seed: 0 });
 * prm.score([{ tokens, from, steps: lineSpans(tokenizer, response) }])[0].perStep;
 */
export function trainImplicitPrm(options: ImplicitTrainingOptions): {
  prm: ImplicitPrm;
  report: FitReport<ImplicitMeasures>;
} {
  const { gpt, beta = 0.05, loss, responses, balance = 'none', validation, seed } = options;
  const reference = options.reference === undefined ? gpt.clone() : options.reference;
  const prm = new ImplicitPrm({ model: gpt.clone(), reference, beta });
  const random = new Random(seed, 'implicit process rewards');
  const binary = loss !== 'ce' || balance !== 'none';
  const learn = new Part('responses', prm, loss, kept(responses, balance, binary, random), random.split('pairs'));
  const held =
    validation &&
    new Part('validation', prm, loss, checked('validation', validation, loss !== 'ce'), random.split('held'));
  const trainer = new GptTrainer(prm.model, options);
  const report = fit(
    {
      count: learn.groups.length,
      parameters: prm.model.parameters,
      step: (indices) => learn.step(trainer, indices),
      validate: held ? () => held.measure() : null,
    },
    options,
  );
  return { prm, report };
}

function kept(
  responses: readonly LabelledResponse[],
  balance: OutcomeBalance,
  binary: boolean,
  random: Random,
): readonly LabelledResponse[] {
  checked('responses', responses, binary);
  if (balance === 'none') return responses;
  const groups = balance === 'prompt' ? byPrompt(responses) : [responses.map((_, i) => i)];
  const outcomes = responses.map(({ outcome }) => outcome);
  return evenOut(groups, outcomes, random.split('balance')).map((i) => responses[i]);
}

function checked(name: string, responses: readonly LabelledResponse[], binary: boolean): readonly LabelledResponse[] {
  for (const [i, { outcome }] of responses.entries()) {
    if (binary ? outcome !== 0 && outcome !== 1 : !(outcome >= 0 && outcome <= 1)) {
      throw new RangeError(`${name}[${i}].outcome must ${binary ? 'be 0 or 1' : 'lie in [0, 1]'}, got ${outcome}`);
    }
  }
  return responses;
}

/** Responses, what the reference says of them, and the groups of one or two that the loss looks at. */
class Part {
  readonly groups: readonly (readonly number[])[];
  readonly #prm: ImplicitPrm;
  readonly #loss: ImplicitLoss;
  readonly #responses: readonly LabelledResponse[];
  readonly #outcomes: Float64Array;
  /** Sums of log π_ref: the reference does not move. */
  readonly #references: Float64Array;

  constructor(
    name: string,
    prm: ImplicitPrm,
    loss: ImplicitLoss,
    responses: readonly LabelledResponse[],
    random: Random,
  ) {
    this.#prm = prm;
    this.#loss = loss;
    this.#responses = responses;
    this.#outcomes = Float64Array.from(responses, ({ outcome }) => outcome);
    this.groups = isPairwise(loss) ? pairUp(responses, this.#outcomes, random) : responses.map((_, i) => [i]);
    if (this.groups.length === 0) {
      const wanted = isPairwise(loss) ? 'a prompt with right and wrong responses' : 'a response';
      throw new RangeError(`${name} must leave ${wanted} to learn from, got none`);
    }
    this.#references = Float64Array.from(prm.referenceLogProbs(responses), (list) => (list === null ? 0 : total(list)));
  }

  step(trainer: GptTrainer, indices: readonly number[]): { loss: number; terms: number; tokens: number } {
    const groups = indices.map((g) => this.groups[g]);
    const members = groups.flat();
    const sequences = members.map((i) => this.#responses[i]);
    const anchor = this.#anchor(members);
    let loss = 0;
    trainer.step(
      sequences,
      (readings, first) => {
        const group = members.slice(first, first + readings.length);
        const rewards = readings.map(({ logProbs }, i) => this.#reward(group[i], logProbs));
        const ours = implicitLoss(this.#loss, rewards, this.#outcomes[group[0]], anchor.value);
        loss += ours.loss;
        return readings.map(({ logProbs }, i) => ({
          logProbs: new Float64Array(logProbs.length).fill((this.#prm.beta * ours.slopes[i]) / groups.length),
        }));
      },
      groups[0].length,
    );
    const tokens = sequences.reduce((sum, sequence) => sum + sequence.tokens.length, anchor.tokens);
    return { loss, terms: groups.length, tokens };
  }

  measure(): ImplicitMeasures {
    const readings = this.#prm.model.read(this.#responses);
    const rewards = readings.map(({ logProbs }, i) => this.#reward(i, logProbs));
    const anchor = this.#anchor(rewards.map((_, i) => i)).value;
    let loss = 0;
    for (const group of this.groups) {
      const ours = group.map((i) => rewards[i]);
      loss += implicitLoss(this.#loss, ours, this.#outcomes[group[0]], anchor).loss;
    }
    const accuracy = pairAccuracy(byPrompt(this.#responses), rewards, this.#outcomes);
    return { loss: loss / this.groups.length, accuracy };
  }

  #reward(i: number, logProbs: ArrayLike<number>): number {
    return this.#prm.beta * (total(logProbs) - this.#references[i]);
  }

  /**
   * z of `kto`: the mean reward of prompts with the next response to another prompt, at least 0, without a gradient. A
   * response too long for its new prompt is cut at the context.
   */
  #anchor(members: readonly number[]): { value: number; tokens: number } {
    if (this.#loss !== 'kto') return { value: 0, tokens: 0 };
    const ours = members.map((i) => this.#responses[i]);
    const keys = ours.map(promptKey);
    const n = ours.length;
    const { context } = this.#prm.model.shape;
    const mixed = ours.flatMap((prompt, i) => {
      let next = 1;
      while (next < n && keys[(i + next) % n] === keys[i]) next++;
      if (next === n) return [];
      const tokens = [...head(prompt), ...tail(ours[(i + next) % n])].slice(0, context);
      return tokens.length > prompt.from ? [{ tokens, from: prompt.from }] : [];
    });
    if (mixed.length === 0) return { value: 0, tokens: 0 };
    const rewards = this.#prm.rewards(mixed);
    return {
      value: Math.max(0, total(rewards) / rewards.length),
      tokens: mixed.reduce((sum, { tokens }) => sum + tokens.length, 0),
    };
  }
}

function head({ tokens, from }: GptSequence): number[] {
  return Array.from({ length: from }, (_, t) => tokens[t]);
}

function tail({ tokens, from }: GptSequence): number[] {
  return Array.from({ length: tokens.length - from }, (_, t) => tokens[from + t]);
}
