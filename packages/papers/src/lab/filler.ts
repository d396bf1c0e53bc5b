import {
  type FillerChain,
  type FillerEpisode,
  fillerActions,
  fillerEpisode,
  fillerState,
  fillerValue,
} from '@laurel/core/env';
import { Adam, addLogPolicyGradient, sampleAction, softmaxPolicy } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';

interface FillerTraining {
  iterations: number;
  /** Prompts a batch, and responses to each. */
  groups: number;
  groupSize: number;
  /** Of Adam, on logits. */
  learningRate: number;
}

/** What a training leaves: one value an iteration, the first before any update. */
interface FillerTrace {
  /** The verifier's accuracy of the policy, exact. */
  accuracy: number[];
  /** Plans an episode, exact. */
  plans: number[];
  /** The first episode of each iteration. */
  episodes: FillerEpisode[];
}

/**
 * Trains a tabular softmax policy in a filler chain by policy gradients, averaged over the steps of a batch. It starts as one that
 * computes first and then answers, with some planning in between.
 *
 * @param advantagesOf advantages of the members of a group, one a step
 */
export function trainFillerPolicy(
  chain: FillerChain,
  { iterations, groups, groupSize, learningRate }: FillerTraining,
  advantagesOf: (members: readonly FillerEpisode[]) => readonly ArrayLike<number>[],
  random: Random,
  context: { signal: AbortSignal; progress(fraction: number): void },
): FillerTrace {
  const actions = fillerActions.length;
  const logits = firstLogits(chain);
  const policy = softmaxPolicy(logits, actions);
  const gradient = new Float64Array(logits.length);
  const adam = new Adam(logits.length, { learningRate });
  const trace: FillerTrace = { accuracy: [], plans: [], episodes: [] };
  const act = (state: number) => sampleAction(policy, actions, state, random);
  for (let iteration = 0; iteration <= iterations; iteration++) {
    context.signal.throwIfAborted();
    context.progress(iteration / iterations);
    const batch = Array.from({ length: groups }, () =>
      Array.from({ length: groupSize }, () => fillerEpisode(chain, act, random)),
    );
    const { accuracy, plans } = fillerValue(chain, policy);
    trace.accuracy.push(accuracy);
    trace.plans.push(plans);
    trace.episodes.push(batch[0][0]);
    if (iteration === iterations) break;
    gradient.fill(0);
    let steps = 0;
    for (const members of batch) {
      const advantages = advantagesOf(members);
      members.forEach(({ states, actions: taken }, i) => {
        steps += states.length;
        states.forEach((state, t) => {
          addLogPolicyGradient(gradient, policy, actions, state, taken[t], advantages[i][t]);
        });
      });
    }
    for (let i = 0; i < gradient.length; i++) gradient[i] /= steps;
    adam.ascend(logits, gradient);
    softmaxPolicy(logits, actions, policy);
  }
  return trace;
}

function firstLogits({ computations, states }: FillerChain): Float64Array {
  const logits = new Float64Array(states * fillerActions.length);
  for (let done = 0; done <= computations; done++) {
    const row = done < computations ? [-0.5, 1, -1.5] : [-0.5, -1, 1.5];
    for (const right of [false, true]) logits.set(row, fillerState(done, right) * row.length);
  }
  return logits;
}
