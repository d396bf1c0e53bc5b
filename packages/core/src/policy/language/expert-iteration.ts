import type { Gpt } from '../../nn/index.ts';
import { mean } from '../../stats/index.ts';
import { klEstimate, ownMean } from './kl.ts';
import { iterate, type SampledMetrics, type SamplingLoopOptions, sampledMetrics, sampleScored } from './loop.ts';
import { type LanguageRollout, sequenceOf } from './rollout.ts';
import { sft } from './sft.ts';

export interface ExpertIterationOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>>
  extends SamplingLoopOptions<P, R> {
  /**
   * Which responses are learned from: all whose reward is at least a number (1 unless told: the right ones), or the `best`
   * of each group, whatever it is worth (best-of-n distillation); of equals the first.
   */
  keep?: number | 'best';
  /** Supervised steps of an iteration. */
  steps: number;
  /** Responses of a step, 64 unless told. */
  batch?: number;
  /** Whether each iteration learns from where the policy began, as STaR does, and not from where it is; false unless told. */
  restart?: boolean;
  /** A policy to report the divergence from. */
  reference?: Gpt | null;
}

export interface ExpertIterationMetrics extends SampledMetrics {
  /** Responses that were learned from. */
  readonly kept: number;
  /** Mean cross-entropy of their tokens in nats over the steps; null when there were none. */
  readonly loss: number | null;
}

/**
 * Expert iteration (Anthony et al. 2017, arXiv 1705.08439; STaR, Zelikman et al. 2022, arXiv 2203.14465; ReST), in
 * place: sample, keep the good responses, learn them by cross-entropy. The optimiser starts afresh in every iteration. An
 * iteration that keeps nothing changes nothing.
 *
 * @param gpt is trained in place as the generator is run
 * @example
 * const loop = expertIteration(gpt, { random: new Random(0, 'star'), iterations: 5, optimiser: { learningRate: 1e-3 },
 *   prompts: (iteration) => batches[iteration], sampling: { n: 8, maxTokens: 20, stop: [eos] }, reward: answerReward(family),
 *   steps: 50 });
 * for (const { iteration, reward, kept } of loop) console.log(iteration, reward, kept);
 */
export function* expertIteration<P, R extends LanguageRollout<P> = LanguageRollout<P>>(
  gpt: Gpt,
  options: ExpertIterationOptions<P, R>,
): Generator<ExpertIterationMetrics> {
  const { random, optimiser, keep = 1, steps, batch = 64, restart = false, reference = null } = options;
  const start = restart ? gpt.parameters.slice() : null;
  yield* iterate(options, (iteration) => {
    const scored = sampleScored(gpt, options, iteration, 0);
    const { groups, rewards } = scored;
    const kept = groups.flatMap((group, g) => {
      if (keep === 'best') return [group[rewards[g].indexOf(Math.max(...rewards[g]))]];
      return group.filter((_, i) => rewards[g][i] >= keep);
    });
    const rollouts = groups.flat();
    const sequences = rollouts.map(sequenceOf);
    const readings = gpt.read(sequences);
    const entropy = ownMean(rollouts, (_, i, t) => readings[i].entropies[t]);
    const kl = reference === null ? null : klEstimate(rollouts, reference.read(sequences));
    if (start !== null && kept.length > 0) gpt.parameters.set(start);
    const stream = random.split('sft', iteration);
    const curve = kept.length > 0 ? [...sft(gpt, kept, { random: stream, steps, batch, optimiser })] : [];
    const loss = curve.length > 0 ? mean(curve.map((step) => step.loss)) : null;
    return { ...sampledMetrics(options, scored), entropy, kl, kept: kept.length, loss };
  });
}
