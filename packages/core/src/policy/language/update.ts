import { type LossAverage, lossWeights } from '../../credit/index.ts';
import type { Gpt, GptCotangent, GptReading, GptTrainer } from '../../nn/index.ts';
import { mean, type Random } from '../../stats/index.ts';
import { type KlPenalty, klEstimate } from './kl.ts';
import { type LanguageRollout, ownLength, ownTokens, sequenceOf } from './rollout.ts';

/** How far the ratio of new to old probability may go: 1 - low to 1 + high. */
export interface ClipRange {
  readonly low: number;
  readonly high: number;
}

export interface PolicyUpdateOptions {
  /**
   * Of PPO's surrogate; a number means both sides. With null the loss is -A log π (REINFORCE), which is for responses of
   * the policy itself: one epoch, one minibatch.
   */
  clip: number | ClipRange | null;
  /** How token losses become one loss. */
  average: LossAverage;
  /** Of the average `constant`: at least the longest response's own tokens. */
  maxTokens?: number;
  /** A form in the loss; `reward` is the business of whoever makes the advantages, and only reported here. */
  kl?: KlPenalty | null;
  /** Weight of the policy's entropy; 0 unless told. */
  entropyWeight?: number;
  /** Weight of the critic's loss; 0.5 unless told. Counts only where there are returns. */
  valueWeight?: number;
  /** How far a value may move from its old one before it no longer helps, as PPO implementations do; null (unless told) for no bound. */
  valueClip?: number | null;
  /** Passes over the rollouts; 1 unless told. */
  epochs?: number;
  /** Parts that each pass is cut into, at most one a rollout; 1 unless told. */
  minibatches?: number;
}

/** What one update did: means over all passes; over own tokens where it is about tokens. */
export interface PolicyUpdateMetrics {
  /** All parts together, with their weights. */
  readonly loss: number;
  readonly policyLoss: number;
  /** Before its weight; null without a critic. */
  readonly valueLoss: number | null;
  /** KL(π_old || π_ref) of a token in nats, by k3 over the rollouts; null without a reference. */
  readonly kl: number | null;
  /** Nats a token. */
  readonly entropy: number;
  /** Share of tokens whose gradient the clip range took away. */
  readonly clipFraction: number;
  /** KL(π_old || π) of a token in nats, by k3: how far the passes have led from the policy that sampled. */
  readonly approximateKl: number;
  /** π / π_old of a token. */
  readonly meanRatio: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/** What an update learns from. */
export interface PolicyBatch {
  readonly rollouts: readonly LanguageRollout[];
  /** For each rollout a number a response token; those of tokens that are not the policy's own are not read. */
  readonly advantages: readonly ArrayLike<number>[];
  /** For a critic: what the values were, and what they should be, as `advantages`. */
  readonly critic?: { readonly values: readonly ArrayLike<number>[]; readonly returns: readonly ArrayLike<number>[] };
}

/**
 * One policy-gradient update in place. The loss of an own token with ratio ρ = π / π_old, advantage A and value V is
 *
 *   -min(ρ A, clip(ρ, 1 - low, 1 + high) A)            Schulman et al. 2017, arXiv 1707.06347, eq. 7; low and high apart
 *                                                      as in DAPO, arXiv 2503.14476; -A log π without a clip range
 *   + coefficient k2 or k3 - entropyWeight H
 *   + valueWeight / 2 max((V - R)², (clip(V, V_old ± valueClip) - R)²)
 *
 * @param trainer of the policy, with an output `value` where there is a critic
 * @param random decides the minibatches; not needed for one
 * @throws RangeError for lists that do not fit the rollouts, an advantage or return that is not finite, or options outside
 *   their ranges
 * @example
 * const trainer = new GptTrainer(gpt, { learningRate: 1e-3 });
 * policyUpdate(trainer, { rollouts, advantages }, { clip: 0.2, average: 'token' }, new Random(0, 'update'));
 */
export function policyUpdate(
  trainer: GptTrainer,
  { rollouts, advantages, critic }: PolicyBatch,
  options: PolicyUpdateOptions,
  random: Random,
): PolicyUpdateMetrics {
  const { average, maxTokens, kl = null, epochs = 1, minibatches = 1 } = options;
  const terms = settle(options);
  check(rollouts, advantages, critic, epochs, minibatches);
  const value = critic === undefined ? -1 : valueOutput(trainer.gpt);
  const sequences = rollouts.map(sequenceOf);
  const lengths = rollouts.map(ownLength);
  const reference = kl === null ? null : kl.reference.read(sequences);
  const tokens = rollouts.map(
    (rollout, i): TokenTargets => ({
      own: ownTokens(rollout),
      from: rollout.prompt.length - 1,
      oldLogProbs: rollout.logProbs,
      advantages: advantages[i],
      ...(reference && { referenceLogProbs: reference[i].logProbs }),
      ...(critic && { value: { output: value, old: critic.values[i], returns: critic.returns[i] } }),
    }),
  );
  const total = new TokenSums();
  const norms: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const all = rollouts.map((_, i) => i);
    const order = minibatches > 1 ? random.split('epoch', epoch).shuffle(all) : all;
    for (let part = 0; part < minibatches; part++) {
      const rows = order.slice(
        Math.floor((part * order.length) / minibatches),
        Math.floor(((part + 1) * order.length) / minibatches),
      );
      const weights = lossWeights(
        rows.map((i) => lengths[i]),
        average,
        maxTokens,
      );
      const { gradientNorm } = trainer.step(
        rows.map((i) => sequences[i]),
        (readings, first) =>
          readings.map((reading, i) => tokenLosses(reading, tokens[rows[first + i]], weights[first + i], terms, total)),
      );
      norms.push(gradientNorm);
    }
  }
  const { policyLoss, valueLoss, klLoss, entropyLoss } = total;
  const steps = norms.length;
  return {
    loss:
      (policyLoss + terms.klWeight * klLoss + terms.entropyWeight * entropyLoss + terms.valueWeight * valueLoss) /
      steps,
    policyLoss: policyLoss / steps,
    valueLoss: critic === undefined ? null : valueLoss / steps,
    kl: reference === null ? null : klEstimate(rollouts, reference),
    entropy: total.entropy / total.tokens,
    clipFraction: total.clipped / total.tokens,
    approximateKl: total.k3 / total.tokens,
    meanRatio: total.ratio / total.tokens,
    gradientNorm: mean(norms),
  };
}

/** Which of a policy's outputs its critic is. Throws RangeError when it has none. */
export function valueOutput({ shape: { outputs = [] } }: Gpt): number {
  const at = outputs.indexOf('value');
  if (at < 0) {
    throw new RangeError(`gpt must have an output 'value', as gpt.withOutputs(['value']) has; got '${outputs}'`);
  }
  return at;
}

/** What the tokens of one response are to learn. */
export interface TokenTargets {
  readonly own: ArrayLike<number>;
  /** The place whose output is the value of the state before the first response token: the prompt's last. */
  readonly from: number;
  readonly oldLogProbs: ArrayLike<number>;
  readonly advantages: ArrayLike<number>;
  readonly referenceLogProbs?: ArrayLike<number>;
  readonly value?: { readonly output: number; readonly old: ArrayLike<number>; readonly returns: ArrayLike<number> };
}

/** The options of an update, settled. */
export interface TokenTerms {
  readonly clip: ClipRange | null;
  readonly klForm: 'k2' | 'k3';
  readonly klWeight: number;
  readonly entropyWeight: number;
  readonly valueWeight: number;
  readonly valueClip: number;
}

/** Sums over tokens: weighted ones, whose total is the loss, and plain ones. */
export class TokenSums {
  policyLoss = 0;
  valueLoss = 0;
  klLoss = 0;
  /** Minus the weighted entropy. */
  entropyLoss = 0;
  tokens = 0;
  entropy = 0;
  clipped = 0;
  k3 = 0;
  ratio = 0;
}

/**
 * Adds the losses of one response's tokens to `sums`, each times `weight`, and gives the gradient of all parts together by
 * what the model was read to say.
 */
export function tokenLosses(
  { logProbs, entropies, outputs }: GptReading,
  { own, from, oldLogProbs, advantages, referenceLogProbs, value }: TokenTargets,
  weight: number,
  { clip, klForm, klWeight, entropyWeight, valueWeight, valueClip }: TokenTerms,
  sums: TokenSums,
): GptCotangent {
  const byLogProbs = new Float32Array(logProbs.length);
  const byEntropies = new Float32Array(logProbs.length);
  const byOutputs = value && outputs.map((output) => new Float32Array(output.length));
  for (let t = 0; t < logProbs.length; t++) {
    if (own[t] === 0) continue;
    const A = advantages[t];
    const logRatio = logProbs[t] - oldLogProbs[t];
    const ratio = Math.exp(logRatio);
    // Beyond the range on the side that the advantage pushes to, the surrogate is flat.
    const flat = clip !== null && (A > 0 ? ratio > 1 + clip.high : A < 0 && ratio < 1 - clip.low);
    let slope = 0;
    if (clip === null) {
      sums.policyLoss -= weight * A * logProbs[t];
      slope = -A;
    } else if (flat) {
      sums.policyLoss -= weight * A * (A > 0 ? 1 + clip.high : 1 - clip.low);
    } else {
      sums.policyLoss -= weight * A * ratio;
      slope = -A * ratio;
    }
    if (referenceLogProbs !== undefined && klWeight > 0) {
      const d = referenceLogProbs[t] - logProbs[t];
      sums.klLoss += weight * (klForm === 'k2' ? (d * d) / 2 : Math.expm1(d) - d);
      slope += klWeight * (klForm === 'k2' ? -d : -Math.expm1(d));
    }
    byLogProbs[t] = weight * slope;
    byEntropies[t] = -weight * entropyWeight;
    sums.entropyLoss -= weight * entropies[t];
    if (value && byOutputs) {
      const V = outputs[value.output][from + t];
      const bounded = value.old[t] + Math.min(valueClip, Math.max(-valueClip, V - value.old[t]));
      const [free, held] = [V - value.returns[t], bounded - value.returns[t]];
      sums.valueLoss += (weight / 2) * Math.max(free * free, held * held);
      // Where the bounded value is the worse one it lies at its bound, and has no slope.
      byOutputs[value.output][from + t] = free * free >= held * held ? weight * valueWeight * free : 0;
    }
    sums.tokens++;
    sums.entropy += entropies[t];
    sums.clipped += Number(flat);
    sums.k3 += Math.expm1(logRatio) - logRatio;
    sums.ratio += ratio;
  }
  return { logProbs: byLogProbs, entropies: byEntropies, ...(byOutputs && { outputs: byOutputs }) };
}

function settle(options: PolicyUpdateOptions): TokenTerms {
  const { clip, kl, entropyWeight = 0, valueWeight = 0.5, valueClip = null } = options;
  const range = typeof clip === 'number' ? { low: clip, high: clip } : clip;
  const { coefficient = 0, form = 'k3' } = kl ?? {};
  if (range !== null && !(range.low > 0 && range.low <= 1 && range.high > 0)) {
    throw new RangeError(`clip must have low in (0, 1] and high above 0, got ${range.low} and ${range.high}`);
  }
  const weights = { 'kl.coefficient': coefficient, entropyWeight, valueWeight, valueClip: valueClip ?? 0 };
  for (const [name, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`${name} must be at least 0 and finite, got ${weight}`);
    }
  }
  return {
    clip: range,
    klForm: form === 'k2' ? 'k2' : 'k3',
    klWeight: form === 'reward' ? 0 : coefficient,
    entropyWeight,
    valueWeight,
    valueClip: valueClip ?? Infinity,
  };
}

function check(
  rollouts: readonly LanguageRollout[],
  advantages: readonly ArrayLike<number>[],
  critic: PolicyBatch['critic'],
  epochs: number,
  minibatches: number,
): void {
  for (const [name, value] of Object.entries({ epochs, minibatches })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${value}`);
    }
  }
  if (minibatches > rollouts.length) {
    throw new RangeError(`minibatches must be at most one a rollout, ${rollouts.length}, got ${minibatches}`);
  }
  for (const [name, lists] of Object.entries({ advantages, ...critic })) {
    if (lists.length !== rollouts.length) {
      throw new RangeError(`${name} must hold one list a rollout, ${rollouts.length}, got ${lists.length}`);
    }
    rollouts.forEach((rollout, i) => {
      const { length } = rollout.response;
      if (lists[i].length !== length) {
        throw new RangeError(`${name}[${i}] must hold one number a response token, ${length}, got ${lists[i].length}`);
      }
      for (let t = 0; t < length; t++) {
        if (rollout.own?.[t] !== 0 && !Number.isFinite(lists[i][t])) {
          throw new RangeError(`${name}[${i}][${t}] must be finite, got ${lists[i][t]}`);
        }
      }
    });
  }
}
