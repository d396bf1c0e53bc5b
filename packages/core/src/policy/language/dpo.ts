import { type AdamWOptions, type Gpt, GptTrainer } from '../../nn/index.ts';
import type { Random } from '../../stats/index.ts';
import { type LanguageRollout, sequenceOf } from './rollout.ts';
import { shuffledBatches } from './sft.ts';

/** Two responses to a prompt, one preferred. */
export interface LanguagePair {
  readonly prompt: ArrayLike<number>;
  readonly chosen: ArrayLike<number>;
  readonly rejected: ArrayLike<number>;
}

export interface DpoOptions {
  /** Decides the order of the pairs. */
  random: Random;
  /** Most steps. */
  steps: number;
  /** Pairs of a step, 32 unless told; fewer at the end of a pass. */
  batch?: number;
  optimiser: AdamWOptions;
  /** Reward per nat by which the policy departs from the reference, positive; 0.1 unless told. */
  beta?: number;
  /** The policy as it was when the generator is first run, unless told. */
  reference?: Gpt;
  /** `dpo`: the logistic loss; `ipo`: the squared one, which does not run away when preferences are certain. `dpo` unless told. */
  loss?: 'dpo' | 'ipo';
  /** Share of pairs thought to be labelled the wrong way round, in [0, 0.5), for `dpo`; 0 unless told. */
  labelSmoothing?: number;
}

/** What one step saw, before it moved; means over its pairs. */
export interface DpoMetrics {
  /** Steps before this one. */
  readonly iteration: number;
  readonly loss: number;
  /** Implicit reward of the chosen less that of the rejected: beta times the difference of their log-ratios. */
  readonly margin: number;
  /** Share of pairs whose chosen response has the greater implicit reward; ties count a half. */
  readonly accuracy: number;
  /** Log-ratio of policy to reference of whole responses, in nats. DPO often lowers both. */
  readonly chosenLogRatio: number;
  readonly rejectedLogRatio: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/**
 * Direct preference optimisation, in place (Rafailov et al. 2023, arXiv 2305.18290, eq. 7). With m the chosen response's
 * log-ratio to the reference less the rejected one's, a pair's loss is
 *
 *   dpo   -(1 - ε) log σ(β m) - ε log σ(-β m)    ε the label smoothing (Mitchell 2023, "conservative DPO")
 *   ipo   (m - 1 / (2 β))²                       Azar et al. 2023, arXiv 2310.12036, eq. 17
 *
 * @param gpt is trained in place as the generator is run
 * @throws RangeError for no pairs, or options outside their ranges
 * @example
 * const pairs = dpoPairs(groups, rewards);
 * const last = [...dpo(gpt, pairs, { random: new Random(0, 'dpo'), steps: 200, optimiser: { learningRate: 3e-4 } })].at(-1);
 */
export function* dpo(gpt: Gpt, pairs: readonly LanguagePair[], options: DpoOptions): Generator<DpoMetrics> {
  const { random, steps, batch = 32, optimiser, beta = 0.1, loss = 'dpo', labelSmoothing = 0 } = options;
  for (const [name, value] of Object.entries({ steps, batch })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  if (!(beta > 0 && beta < Infinity)) throw new RangeError(`beta must be positive and finite, got ${beta}`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
    throw new RangeError(`labelSmoothing must lie in [0, 0.5), got ${labelSmoothing}`);
  }
  const reference = options.reference ?? gpt.clone();
  const learned = withReference(pairs, reference);
  const trainer = new GptTrainer(gpt, optimiser);
  const batches = shuffledBatches(learned, batch, random);
  for (let iteration = 0; iteration < steps; iteration++) {
    const rows = batches.next().value;
    const each = 1 / rows.length;
    const sums = { loss: 0, margin: 0, accuracy: 0, chosenLogRatio: 0, rejectedLogRatio: 0 };
    const { gradientNorm } = trainer.step(
      rows.flatMap(({ sequences }) => sequences),
      ([chosen, rejected], first) => {
        const row = rows[first / 2];
        const chosenLogRatio = sum(chosen.logProbs) - row.reference[0];
        const rejectedLogRatio = sum(rejected.logProbs) - row.reference[1];
        const difference = chosenLogRatio - rejectedLogRatio;
        const { value, slope } = pairLoss(difference, { beta, loss, labelSmoothing });
        sums.loss += value;
        sums.margin += beta * difference;
        sums.accuracy += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
        sums.chosenLogRatio += chosenLogRatio;
        sums.rejectedLogRatio += rejectedLogRatio;
        return [
          { logProbs: chosen.logProbs.map(() => each * slope) },
          { logProbs: rejected.logProbs.map(() => -each * slope) },
        ];
      },
      2,
    );
    yield {
      iteration,
      loss: sums.loss / rows.length,
      margin: sums.margin / rows.length,
      accuracy: sums.accuracy / rows.length,
      chosenLogRatio: sums.chosenLogRatio / rows.length,
      rejectedLogRatio: sums.rejectedLogRatio / rows.length,
      gradientNorm,
    };
  }
}

/**
 * The loss of a pair by the difference m of its log-ratios, and its slope.
 *
 * @example
 * pairLoss(0, { beta: 0.1, loss: 'dpo', labelSmoothing: 0 }); // { value: log 2, slope: -0.05 }
 */
export function pairLoss(
  m: number,
  { beta, loss, labelSmoothing: e }: Required<Pick<DpoOptions, 'beta' | 'loss' | 'labelSmoothing'>>,
): { value: number; slope: number } {
  if (loss === 'ipo') {
    const gap = m - 1 / (2 * beta);
    return { value: gap * gap, slope: 2 * gap };
  }
  const x = beta * m;
  // log σ(-x) = log σ(x) - x.
  const logSigmoid = Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  return { value: -logSigmoid + e * x, slope: beta * (e - 1 / (1 + Math.exp(x))) };
}

/**
 * The best and the worst response of every group whose rewards differ, of equals the first. For preferences that a reward
 * stands in for.
 *
 * @throws RangeError unless there is a reward for every rollout
 * @example
 * const pairs = dpoPairs(groups, groups.map(answerReward(family)));
 */
export function dpoPairs(
  groups: readonly (readonly LanguageRollout[])[],
  rewards: readonly ArrayLike<number>[],
): LanguagePair[] {
  if (rewards.length !== groups.length) {
    throw new RangeError(`rewards must hold one list a group, ${groups.length}, got ${rewards.length}`);
  }
  return groups.flatMap((group, g) => {
    if (rewards[g].length !== group.length) {
      throw new RangeError(`rewards[${g}] must hold one number a rollout, ${group.length}, got ${rewards[g].length}`);
    }
    let [best, worst] = [0, 0];
    for (let i = 1; i < group.length; i++) {
      if (rewards[g][i] > rewards[g][best]) best = i;
      if (rewards[g][i] < rewards[g][worst]) worst = i;
    }
    if (group.length === 0 || rewards[g][best] === rewards[g][worst]) return [];
    return [{ prompt: group[0].prompt, chosen: group[best].response, rejected: group[worst].response }];
  });
}

/** Pairs as sequences, with the log-probabilities of both responses under the reference. */
function withReference(pairs: readonly LanguagePair[], reference: Gpt) {
  const sequences = pairs.flatMap(({ prompt, chosen, rejected }) => [
    sequenceOf({ prompt, response: chosen }),
    sequenceOf({ prompt, response: rejected }),
  ]);
  const logProbs = reference.read(sequences).map((reading) => sum(reading.logProbs));
  return pairs.map((_, i) => ({
    sequences: sequences.slice(2 * i, 2 * i + 2),
    reference: logProbs.slice(2 * i, 2 * i + 2),
  }));
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
