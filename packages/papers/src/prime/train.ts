import {
  isInformativeGroup,
  leaveOneOutAdvantages,
  primeAdvantages,
  scaleByMaxReturn,
  whiten,
} from '@laurel/core/credit';
import { ImplicitPrm, OnlineImplicitPrm, pairAccuracy } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import type { TrialContext } from '@laurel/core/paper';
import { answerReward, evaluatePolicy, grpo, isCorrect, promptsOf, sequenceOf } from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';
import type { Arm } from './arms.ts';
import { type ChainRollout, lineAuroc, type PaidLine, paidLines } from './lines.ts';

export interface Training {
  iterations: number;
  /** Groups that an iteration learns from, at most. */
  prompts: number;
  /** As many more as `matched` has for its seconds. */
  extra: number;
  samples: number;
  heldOut: number;
  every: number;
}

/** What an iteration's process rewards were like. */
export interface Scored {
  /** Share of pairs of a right and a wrong response to one problem that the reward model has in order. */
  pairs: number | null;
  /** AUROC of line rewards for right lines. */
  lines: number | null;
  /** Standard deviation of the process stream over tokens, as a multiple of the outcome stream's. */
  ratio: number | null;
}

export interface Outcome {
  /** Sampled accuracy on held-out problems, at the start, every few iterations and at the end. */
  heldOut: { iteration: number; accuracy: number }[];
  /** Right answers among all responses of each iteration. */
  training: number[];
  /** Tokens a response. */
  tokens: number[];
  /** Groups that each iteration learned from. */
  groups: number[];
  /** One an iteration; empty without a reward model. */
  scored: Scored[];
  /** Held-out responses at the end; rewards are 0 without a reward model. */
  examples: { prompt: string; lines: PaidLine[]; correct: boolean }[];
}

/** Steps of the reward model an iteration, at most, as in the paper: 1024 responses in parts of 256. */
const PRM_STEPS = 4;

/**
 * Trains a copy of the base with one arm's credit. Groups that are all right or all wrong are left out, and some more
 * problems are asked to fill their places.
 *
 * @param start weights of the reward model; the base's own unless it was trained before
 */
export function train(
  base: Gpt,
  start: Gpt,
  { kind, learningRate, prmLearningRate }: Arm,
  task: ChainTask,
  { iterations, prompts: some, extra, samples, heldOut, every }: Training,
  seed: number,
  context: Pick<TrialContext, 'signal' | 'progress' | 'point'>,
): Outcome {
  const policy = base.clone();
  const family = familyOf(task);
  const { tokenizer } = family;
  const random = new Random(seed, 'prime');
  const prompts = kind === 'matched' ? some + extra : some;
  const prm = rewardModel();
  const outcome: Outcome = { heldOut: [], training: [], tokens: [], groups: [], scored: [], examples: [] };
  const held = heldOutProblems(task, 'test', heldOut, new Random(seed, 'held out'));
  const evaluate = (iteration: number) => {
    const { accuracy, groups } = evaluatePolicy(policy, family, held, {
      maxTokens: task.room,
      random: new Random(seed, 'evaluation', iteration),
    });
    outcome.heldOut.push({ iteration, accuracy });
    context.point('held-out accuracy', iteration, accuracy);
    return groups.map(([rollout]) => rollout as ChainRollout);
  };
  const credit = (groups: readonly (readonly ChainRollout[])[], outcomes: readonly Float64Array[]) => {
    const informative = outcomes.filter((group) => isInformativeGroup(group)).length;
    outcome.groups.push(informative);
    const rewards = processRewards(groups, outcomes);
    // Without a group that differs nothing can be learned from outcomes, and the reward model must not steer alone.
    if (informative === 0) return groups.map((group) => group.map(({ response }) => new Float64Array(response.length)));
    let at = 0;
    const advantages = groups.flatMap((group, g) => {
      if (rewards === null) {
        const ours = leaveOneOutAdvantages(outcomes[g]);
        return group.map(({ response }, i) => new Float64Array(response.length).fill(ours[i]));
      }
      const ours = rewards.slice(at, at + group.length);
      at += group.length;
      return primeAdvantages(ours, outcomes[g], { scale: 'raw', use: kind === 'value' ? 'value' : 'reward' });
    });
    const whitened = whiten(advantages);
    let next = 0;
    return groups.map((group) => group.map(() => whitened[next++]));
  };
  evaluate(0);
  const loop = grpo<ChainRollout['problem'], ChainRollout>(policy, {
    random: random.split('loop'),
    iterations,
    // Equal seeds meet equal problems in equal order. The second draw fills the places of groups that were left out.
    prompts: (iteration, draw) => {
      const count = draw === 0 ? prompts : Math.ceil(prompts / 4);
      return promptsOf(family, trainProblems(task, count, random.split('problems', iteration, draw)));
    },
    draws: 2,
    sampling: { n: samples, maxTokens: task.room, stop: [tokenizer.eos] },
    reward: answerReward(family),
    correct: (rollout) => isCorrect(family, rollout),
    optimiser: { learningRate, maxGradientNorm: 1 },
    clip: 0.2,
    average: 'token',
    credit,
  });
  let last: ChainRollout[] = [];
  for (const { iteration, accuracy, responseLength } of loop) {
    context.signal.throwIfAborted();
    outcome.training.push(accuracy ?? 0);
    outcome.tokens.push(responseLength);
    const done = iteration + 1;
    if (done % every === 0 || done === iterations) last = evaluate(done);
    context.progress(done / iterations);
  }
  const shown = last.slice(0, SHOWN);
  const paid = prm?.tokenRewards(shown.map(sequenceOf));
  outcome.examples = shown.map((rollout, i) => ({
    prompt: rollout.problem.prompt,
    lines: paidLines(family, rollout, paid?.[i] ?? new Float64Array(rollout.response.length)),
    correct: isCorrect(family, rollout),
  }));
  return outcome;

  function rewardModel(): ImplicitPrm | null {
    if (kind === 'outcome' || kind === 'matched') return null;
    const models = { model: start.clone(), reference: base.clone() };
    if (prmLearningRate === null) return new ImplicitPrm(models);
    const minibatch = Math.ceil(prompts / PRM_STEPS) * samples;
    return new OnlineImplicitPrm({ ...models, learningRate: prmLearningRate, minibatch });
  }

  /** Scaled log-ratios of every token, scored before the reward model learns from the responses; null without one. */
  function processRewards(groups: readonly (readonly ChainRollout[])[], outcomes: readonly Float64Array[]) {
    if (prm === null) return null;
    const rollouts = groups.flat();
    const sequences = rollouts.map(sequenceOf);
    const labels = outcomes.flatMap((group) => [...group]);
    const raw =
      prm instanceof OnlineImplicitPrm ? prm.update(sequences, labels).tokenRewards : prm.tokenRewards(sequences);
    const sums = raw.map((tokens) => tokens.reduce((sum, x) => sum + x, 0));
    let at = 0;
    const indices = groups.map((group) => group.map(() => at++));
    const scaled = scaleByMaxReturn(raw);
    outcome.scored.push({
      pairs: pairAccuracy(indices, sums, labels),
      lines: lineAuroc(family, rollouts, raw),
      ratio: streamRatio(indices, scaled, outcomes),
    });
    return scaled;
  }
}

const SHOWN = 12;

/** How strong the process stream is beside the outcome stream; null where there is no outcome stream. */
function streamRatio(
  groups: readonly number[][],
  rewards: readonly Float64Array[],
  outcomes: readonly Float64Array[],
): number | null {
  const streams = groups.map((group, g) => {
    const ours = group.map((i) => rewards[i]);
    return {
      process: primeAdvantages(ours, outcomes[g], { scale: 'raw', outcomeWeight: 0 }),
      outcome: primeAdvantages(ours, outcomes[g], { scale: 'raw', processWeight: 0 }),
    };
  });
  const [process, outcome] = (['process', 'outcome'] as const).map((name) =>
    deviation(streams.flatMap((stream) => stream[name].flatMap((tokens) => [...tokens]))),
  );
  return outcome > 0 ? process / outcome : null;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - centre) ** 2)));
}
