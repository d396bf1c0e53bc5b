import { isInformativeGroup } from '../../credit/index.ts';
import { type AdamWOptions, type Gpt, GptTrainer } from '../../nn/index.ts';
import { mean, type Random } from '../../stats/index.ts';
import { type Collapse, type CollapseRules, type CollapseSigns, collapseWatch } from './collapse.ts';
import { type KlPenalty, klPenalties } from './kl.ts';
import {
  type LanguagePrompt,
  type LanguageRollout,
  ownLength,
  type SamplingOptions,
  sampleRollouts,
} from './rollout.ts';
import { type PolicyBatch, type PolicyUpdateMetrics, type PolicyUpdateOptions, policyUpdate } from './update.ts';

/** What every loop needs that samples: where prompts come from, and what responses are worth. */
export interface SamplingLoopOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>> {
  /** Decides every draw. */
  random: Random;
  iterations: number;
  /** The prompts of an iteration, counted from 0. `draw` is above 0 where a method asks for more within it. */
  prompts: (iteration: number, draw: number) => readonly LanguagePrompt<P>[];
  /** With `play` only `maxTokens` counts, as the most own tokens of an episode. */
  sampling: SamplingOptions;
  /**
   * Instead of `sampleRollouts`: an agent that takes turns with a world, as in `sampleEpisodes`. A group of rollouts a
   * prompt; the world's tokens are not `own`.
   */
  play?: (gpt: Gpt, prompts: readonly LanguagePrompt<P>[], random: Random) => readonly (readonly R[])[];
  /** What each response is worth. */
  reward: (rollouts: readonly R[]) => ArrayLike<number>;
  /** Whether a response is right, where that is not the reward: only reported. */
  correct?: (rollout: R) => boolean;
  optimiser: AdamWOptions;
  /** Ends the training once it has collapsed. */
  stopOnCollapse?: CollapseRules;
}

/** What every loop reports of the responses of an iteration: of the policy as it was before it learned from them. */
export interface SampledMetrics extends CollapseSigns {
  /** Mean over all responses, before any penalty. */
  readonly reward: number;
  /** Share of right responses; null without `correct`. */
  readonly accuracy: number | null;
  /** Mean number of own tokens. */
  readonly responseLength: number;
  /** Share of responses that ended of themselves. */
  readonly ended: number;
  /** Set in the last iteration of a training that was stopped. */
  readonly collapse: Collapse | null;
}

/** The groups of an iteration and the rewards of their members. */
export interface ScoredGroups<R> {
  readonly groups: readonly (readonly R[])[];
  readonly rewards: readonly Float64Array[];
}

/** Options of the loops that follow a policy gradient. */
export interface PolicyLoopOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>>
  extends SamplingLoopOptions<P, R> {
  /** What holds the policy near another; nothing unless told. Each method says which form it takes unless told. */
  kl?: KlPenalty | null;
  /** Weight of the policy's entropy in the loss; 0 unless told. */
  entropyWeight?: number;
}

/** How often responses are used by the methods whose ratio allows for it. */
export interface PassOptions {
  /** Passes over the responses of an iteration; 1 unless told. */
  epochs?: number;
  /** Parts that each pass is cut into; 1 unless told. */
  minibatches?: number;
}

/** Where a method's advantages may be replaced, by ones from process rewards, say. */
export interface CreditOptions<P, R extends LanguageRollout<P> = LanguageRollout<P>> {
  /**
   * Advantages of every response token of every group, instead of the method's own.
   *
   * @param groups of one iteration
   * @param outcomes the rewards of each group, less the divergence where it is charged there
   */
  credit?: (
    groups: readonly (readonly R[])[],
    outcomes: readonly Float64Array[],
  ) => readonly (readonly ArrayLike<number>[])[];
}

export interface PolicyLoopMetrics extends SampledMetrics, PolicyUpdateMetrics {}

/** What makes a policy-gradient loop one of the named ones. */
interface Method<R> {
  update: Omit<PolicyUpdateOptions, 'kl' | 'entropyWeight'>;
  /** The form of a divergence whose own is not given. */
  klForm: KlPenalty['form'] & string;
  /** Draws of prompts until as many groups differ in their rewards as were asked for first; 1 for no filter. */
  draws?: number;
  /**
   * Advantages, and the critic's targets.
   *
   * @param penalties what the divergence costs each response token, where it is charged to the reward
   */
  credit(
    gpt: Gpt,
    scored: ScoredGroups<R>,
    penalties: readonly (readonly Float64Array[])[] | null,
  ): Omit<PolicyBatch, 'rollouts'>;
}

/** The loop beneath all policy-gradient methods: sample, score, give credit, update. */
export function* policyLoop<P, R extends LanguageRollout<P>>(
  gpt: Gpt,
  options: PolicyLoopOptions<P, R>,
  { update, klForm, draws = 1, credit }: Method<R>,
): Generator<PolicyLoopMetrics> {
  const { entropyWeight = 0, random } = options;
  const kl = options.kl ? { form: klForm, ...options.kl } : null;
  const trainer = new GptTrainer(gpt, options.optimiser);
  yield* iterate(options, (iteration) => {
    const all: ScoredGroups<R>[] = [sampleScored(gpt, options, iteration, 0)];
    let learned = all[0];
    if (draws > 1) {
      const wanted = learned.groups.length;
      let informative = differing(learned);
      for (let draw = 1; draw < draws && informative.groups.length < wanted; draw++) {
        all.push(sampleScored(gpt, options, iteration, draw));
        informative = joined([informative, differing(all[draw])]);
      }
      const { groups, rewards } = informative;
      // When no group differs there is nothing to choose from, and only divergence and entropy move the policy.
      if (groups.length > 0) learned = { groups: groups.slice(0, wanted), rewards: rewards.slice(0, wanted) };
    }
    const penalties = kl?.form === 'reward' ? learned.groups.map((group) => klPenalties(group, kl)) : null;
    const batch = { rollouts: learned.groups.flat(), ...credit(gpt, learned, penalties) };
    const minibatches = Math.min(update.minibatches ?? 1, batch.rollouts.length);
    const terms = { ...update, minibatches, kl, entropyWeight };
    const updated = policyUpdate(trainer, batch, terms, random.split('update', iteration));
    return { ...sampledMetrics(options, joined(all)), ...updated };
  });
}

/** Runs iterations until the last, or until one shows a collapse. */
export function* iterate<M extends Omit<SampledMetrics, 'iteration' | 'collapse'>>(
  { iterations, stopOnCollapse = {} }: { iterations: number; stopOnCollapse?: CollapseRules },
  run: (iteration: number) => M,
): Generator<M & Pick<SampledMetrics, 'iteration' | 'collapse'>> {
  if (!Number.isSafeInteger(iterations) || iterations < 1) {
    throw new RangeError(`iterations must be a positive whole number, got ${iterations}`);
  }
  const watch = collapseWatch(stopOnCollapse);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const metrics = run(iteration);
    const collapse = watch({ ...metrics, iteration });
    yield { ...metrics, iteration, collapse };
    if (collapse !== null) return;
  }
}

/** Samples a group to each prompt of an iteration and has it scored. */
export function sampleScored<P, R extends LanguageRollout<P>>(
  gpt: Gpt,
  { random, prompts, sampling, play, reward }: SamplingLoopOptions<P, R>,
  iteration: number,
  draw: number,
): ScoredGroups<R> {
  const asked = prompts(iteration, draw);
  if (asked.length === 0) throw new RangeError(`prompts(${iteration}, ${draw}) must not be empty`);
  const stream = random.split('samples', iteration, draw);
  // Without `play` nothing asks for more than a plain rollout.
  const groups = play
    ? play(gpt, asked, stream)
    : (sampleRollouts(gpt, asked, sampling, stream) as LanguageRollout<P>[][] as R[][]);
  const rollouts = groups.flat();
  const given = reward(rollouts);
  if (given.length !== rollouts.length) {
    throw new RangeError(`reward must give one number a rollout, ${rollouts.length}, got ${given.length}`);
  }
  let at = 0;
  const rewards = groups.map(({ length }) => {
    return Float64Array.from({ length }, () => {
      const r = given[at++];
      if (!Number.isFinite(r)) throw new RangeError(`reward must be finite, got ${r} for rollout ${at - 1}`);
      return r;
    });
  });
  return { groups, rewards };
}

/** What an iteration's responses show by themselves. */
export function sampledMetrics<P, R extends LanguageRollout<P>>(
  { correct }: SamplingLoopOptions<P, R>,
  { groups, rewards }: ScoredGroups<R>,
) {
  const rollouts = groups.flat();
  return {
    reward: mean(rewards.flatMap((group) => [...group])),
    accuracy: correct === undefined ? null : mean(rollouts.map((rollout) => Number(correct(rollout)))),
    responseLength: mean(rollouts.map(ownLength)),
    ended: mean(rollouts.map(({ ended }) => Number(ended))),
  };
}

/** Each response's outcome: its reward less its penalties. */
export function outcomesOf<R>(
  { rewards }: ScoredGroups<R>,
  penalties: readonly (readonly Float64Array[])[] | null,
): Float64Array[] {
  return rewards.map((group, g) =>
    group.map((r, i) => r - (penalties === null ? 0 : penalties[g][i].reduce((sum, x) => sum + x, 0))),
  );
}

/** Gives all tokens of each response its own number. */
export function overTokens<R extends LanguageRollout>(
  groups: readonly (readonly R[])[],
  perResponse: readonly ArrayLike<number>[],
): Float64Array[] {
  return groups.flatMap((group, g) =>
    group.map(({ response }, i) => new Float64Array(response.length).fill(perResponse[g][i])),
  );
}

/** Credit from outcomes alone, unless the options have a credit of their own. */
export function outcomeCredit<P, R extends LanguageRollout<P>>(
  { credit }: CreditOptions<P, R>,
  advantages: (outcomes: readonly Float64Array[]) => readonly ArrayLike<number>[],
): Method<R>['credit'] {
  return (_, scored, penalties) => {
    const outcomes = outcomesOf(scored, penalties);
    const { groups } = scored;
    return {
      advantages: credit ? credit(groups, outcomes).flat() : overTokens(groups, advantages(outcomes)),
    };
  };
}

function joined<R>(parts: readonly ScoredGroups<R>[]): ScoredGroups<R> {
  return { groups: parts.flatMap(({ groups }) => groups), rewards: parts.flatMap(({ rewards }) => rewards) };
}

function differing<R>({ groups, rewards }: ScoredGroups<R>): ScoredGroups<R> {
  const keep = (_: unknown, g: number) => isInformativeGroup(rewards[g]);
  return { groups: groups.filter(keep), rewards: rewards.filter(keep) };
}
