import {
  consecutiveSteps,
  pureAdvantages,
  type ScoredResponse,
  type StepForm,
  type StepSpan,
  stepCredit,
  whiten,
} from '@laurel/core/credit';
import {
  type FillerChain,
  type FillerEpisode,
  fillerActions,
  fillerEpisode,
  fillerState,
  fillerValue,
} from '@laurel/core/env';
import { Adam, addKlGradient, addLogPolicyGradient, sampleAction, softmaxPolicy } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';

/** One way to turn process scores and answers into advantages. */
export interface Arm {
  name: string;
  /** How step scores make up the return; null trains on answers alone. */
  form: StepForm | null;
  temperature: number;
  discount: number;
  baseline: 'token' | 'step';
  /** Share of the groups whose prompt has a known answer. */
  answers: number;
  learningRate: number;
  /** Weight of the divergence from the first policy, in nats a step. */
  kl: number;
}

export interface Training {
  iterations: number;
  groups: number;
  groupSize: number;
  /** Advantages of a batch scaled to mean 0 and variance 1. */
  whiten: boolean;
}

/** What a run leaves: one value an iteration, the first before any update. */
export interface Trace {
  /** The verifier's accuracy of the policy, exact. */
  accuracy: number[];
  /** Plans an episode, exact. */
  plans: number[];
  /** Mean over the batch of the process reward as the arm adds it up; null for an arm without. */
  process: number[] | null;
  /** The first episode of each iteration. */
  episodes: FillerEpisode[];
}

/** Trains the tabular policy of one arm. */
export function trainPolicy(
  chain: FillerChain,
  arm: Arm,
  { iterations, groups, groupSize, whiten: whitening }: Training,
  seed: number,
  context: { signal: AbortSignal; progress(fraction: number): void },
): Trace {
  const actions = fillerActions.length;
  const logits = firstLogits(chain);
  const policy = softmaxPolicy(logits, actions);
  const reference = policy.slice();
  const gradient = new Float64Array(logits.length);
  const adam = new Adam(logits.length, { learningRate: arm.learningRate });
  const rng = new Random(seed, 'pure', 'episodes');
  const known = new Random(seed, 'pure', 'answers');
  const trace: Trace = { accuracy: [], plans: [], process: arm.form === null ? null : [], episodes: [] };
  // Every step is one token long here; spans[n] are those of a response of n steps.
  const spans = Array.from({ length: chain.horizon + 1 }, (_, n) => consecutiveSteps(new Uint8Array(n).fill(1)));
  const act = (state: number) => sampleAction(policy, actions, state, rng);
  for (let iteration = 0; iteration <= iterations; iteration++) {
    context.signal.throwIfAborted();
    context.progress(iteration / iterations);
    const episodes = Array.from({ length: groups * groupSize }, () => fillerEpisode(chain, act, rng));
    const value = fillerValue(chain, policy);
    trace.accuracy.push(value.accuracy);
    trace.plans.push(value.plans);
    trace.process?.push(meanProcessReward(episodes, arm));
    trace.episodes.push(episodes[0]);
    if (iteration === iterations) break;

    let advantages: Float64Array[] = [];
    for (let group = 0; group < groups; group++) {
      const members = episodes.slice(group * groupSize, (group + 1) * groupSize);
      advantages.push(...groupAdvantages(members, arm, spans, known.bool(arm.answers)));
    }
    if (whitening) advantages = whiten(advantages);
    policyGradient(episodes, advantages, policy, reference, arm.kl, gradient);
    adam.ascend(logits, gradient);
    softmaxPolicy(logits, actions, policy);
  }
  return trace;
}

/** The policy before training: computes first and then answers, with some planning in between. */
function firstLogits({ computations, states }: FillerChain): Float64Array {
  const logits = new Float64Array(states * fillerActions.length);
  for (let done = 0; done <= computations; done++) {
    const row = done < computations ? [-0.5, 1, -1.5] : [-0.5, -1, 1.5];
    for (const right of [false, true]) logits.set(row, fillerState(done, right) * row.length);
  }
  return logits;
}

function groupAdvantages(
  members: readonly FillerEpisode[],
  { form, temperature, discount, baseline }: Arm,
  spans: readonly (readonly StepSpan[])[],
  answerKnown: boolean,
): Float64Array[] {
  const group: ScoredResponse[] = members.map(({ scores }) => ({
    tokens: scores.length,
    steps: spans[scores.length],
    stepRewards: form === null ? new Float64Array(scores.length) : scores,
  }));
  return pureAdvantages(group, {
    form: form ?? 'sum',
    temperature,
    discount,
    baseline,
    maxTokens: spans.length - 1,
    outcomes: answerKnown ? members.map(({ correct }) => Number(correct)) : null,
  });
}

/** The gradient of the batch, averaged over its steps, less that of the divergence from the first policy. */
function policyGradient(
  episodes: readonly FillerEpisode[],
  advantages: readonly Float64Array[],
  policy: Float64Array,
  reference: Float64Array,
  kl: number,
  gradient: Float64Array,
): void {
  const actions = fillerActions.length;
  gradient.fill(0);
  let steps = 0;
  episodes.forEach((episode, e) => {
    steps += episode.states.length;
    episode.states.forEach((state, t) => {
      addLogPolicyGradient(gradient, policy, actions, state, episode.actions[t], advantages[e][t]);
      if (kl > 0) addKlGradient(gradient, policy, reference, actions, state, -kl);
    });
  });
  for (let i = 0; i < gradient.length; i++) gradient[i] /= steps;
}

function meanProcessReward(episodes: readonly FillerEpisode[], { form, temperature }: Arm): number {
  let total = 0;
  for (const { scores } of episodes) {
    for (const credit of stepCredit(scores, form ?? 'sum', temperature)) total += credit;
  }
  return total / episodes.length;
}
