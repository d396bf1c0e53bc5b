import { groupRelativeAdvantages, redistribute, terminalRewards, uniformRewards, whiten } from '@laurel/core/credit';
import { type Gpt, GptTrainer } from '@laurel/core/nn';
import {
  type AgentRollout,
  agentValues,
  type EpisodesSummary,
  overTurns,
  policyUpdate,
  sampleEpisodes,
  summariseEpisodes,
  turnAdvantages,
} from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { type Arm, explores, type Training } from './arms.ts';
import { contributionsOf, ESTIMATOR_RATE, fitLearned, type Learned } from './estimators.ts';
import { actionsOf, familyOf, trainErrands, unseenErrands } from './house.ts';

/** What a run leaves. */
export interface Trace {
  /** Tests in unseen houses, the first before training: after how many episodes of the world, exploration included. */
  tests: (EpisodesSummary & { episodes: number })[];
  /** The last test, with more episodes. */
  final: EpisodesSummary;
  /** Means over the last ten iterations of what an episode earns by the bonus, and by everything. */
  bonus: number;
  earned: number;
  /** An episode of the last test, as text. */
  episode: string;
}

interface Watch {
  signal: AbortSignal;
  progress(fraction: number): void;
  point(series: string, x: number, y: number): void;
}

const LAMBDA = 0.95;
const KL = 0.02;
const GROUP = 8;
const TESTS = 6;
/** How often each unseen house is played at the end. */
const FINAL_EPISODES = 4;
/** Passes over the latest episodes when an estimator is fitted again. */
const REFRESH_EPOCHS = 2;

/** Trains an agent by one arm. `learned` are the estimators' networks after exploration. */
export function trainAgent(
  base: Gpt,
  learned: Readonly<Record<Learned, Gpt>>,
  arm: Arm,
  training: Training,
  seed: number,
  watch: Watch,
): Trace {
  const { task, episodes: batch, exploration, refresh } = training;
  const random = new Random(seed, 'spa', 'training');
  const policy = base.withOutputs(['value']);
  const trainer = new GptTrainer(policy, { learningRate: arm.learningRate, maxGradientNorm: 1 });
  const unseen = unseenErrands(task, 'test', training.houses);
  const how = actionsOf(task);
  const kind = arm.source === 'estimator' || arm.source === 'values' ? arm.source : null;
  let network = kind && learned[kind];
  const paid = explores(arm) ? exploration : 0;
  const iterations = training.iterations + Math.round((exploration - paid) / batch);
  const latest: AgentRollout[] = [];
  const earnings: { bonus: number; earned: number }[] = [];
  const tests: Trace['tests'] = [];
  const test = (iteration: number) => {
    const played = sampleEpisodes(policy, unseen, how, random.split('test', iteration)).flat();
    const summary = summariseEpisodes(played);
    tests.push({ ...summary, episodes: paid + iteration * batch });
    watch.point('errands done in unseen houses', paid + iteration * batch, summary.reward);
  };
  const every = Math.ceil(iterations / TESTS);
  for (let iteration = 0; iteration < iterations; iteration++) {
    watch.signal.throwIfAborted();
    watch.progress(iteration / iterations);
    if (iteration % every === 0) test(iteration);
    const stream = random.split('iteration', iteration);
    const errands = trainErrands(task, arm.group ? batch / GROUP : batch, stream.split('errands'));
    const groups = sampleEpisodes(policy, errands, { ...how, n: arm.group ? GROUP : 1 }, stream.split('episodes'));
    const episodes = groups.flat();
    const contributions = kind && network && contributionsOf(kind, network, episodes);
    const rewards = episodes.map((episode, i) => turnRewards(arm, episode, contributions?.[i] ?? null));
    earnings.push({
      bonus: mean(episodes.map(({ turns }) => arm.beta * turns.filter(({ executed }) => executed).length)),
      earned: mean(rewards.map((turns) => turns.reduce((sum, r) => sum + r, 0))),
    });
    const options = {
      clip: 0.2,
      average: 'token',
      kl: { reference: base, coefficient: KL, form: 'k3' },
      epochs: 1,
      minibatches: 2,
    } as const;
    if (arm.group) {
      const advantages = groups.flatMap((group) => {
        const each = groupRelativeAdvantages(group.map(({ reward }) => reward));
        return group.map((episode, i) =>
          overTurns(
            episode,
            episode.turns.map(() => each[i]),
          ),
        );
      });
      policyUpdate(trainer, { rollouts: episodes, advantages }, options, stream.split('update'));
    } else {
      const values = agentValues(policy, episodes);
      const { advantages, returns } = turnAdvantages(episodes, rewards, values, {
        discount: arm.discount,
        lambda_: LAMBDA,
      });
      const update = { rollouts: episodes, advantages: ownWhitened(episodes, advantages), critic: { values, returns } };
      policyUpdate(trainer, update, options, stream.split('update'));
    }
    if (kind && network) {
      latest.push(...episodes);
      if ((iteration + 1) % refresh === 0 && iteration + 1 < iterations) {
        const settings = { epochs: REFRESH_EPOCHS, learningRate: ESTIMATOR_RATE, seed };
        network = fitLearned(kind, network, latest.splice(0), settings);
      }
    }
  }
  test(iterations);
  const last = sampleEpisodes(policy, unseen, { ...how, n: FINAL_EPISODES }, random.split('final'));
  const end = earnings.slice(-10);
  return {
    tests,
    final: summariseEpisodes(last.flat()),
    bonus: mean(end.map(({ bonus }) => bonus)),
    earned: mean(end.map(({ earned }) => earned)),
    episode: textOf(training, last[0][0]),
  };
}

/** What each turn of an episode earns. */
export function turnRewards(
  arm: Arm,
  { turns, reward }: AgentRollout,
  contributions: Float64Array | null,
): Float64Array {
  const n = turns.length;
  const spread: Record<Arm['source'], () => ArrayLike<number>> = {
    estimator: () => contributions ?? [],
    values: () => contributions ?? [],
    uniform: () => uniformRewards(reward, n),
    terminal: () => terminalRewards(reward, n),
    none: () => new Float64Array(n),
  };
  return redistribute({
    contributions: spread[arm.source](),
    executed: turns.map(({ executed }) => executed),
    beta: arm.beta,
  });
}

/** Prompt and response as words. */
export function textOf({ task }: Pick<Training, 'task'>, { prompt, response }: AgentRollout): string {
  return familyOf(task).tokenizer.decode([...prompt, ...response]);
}

/** Advantages with mean 0 and variance 1 over the agent's own tokens. */
function ownWhitened(episodes: readonly AgentRollout[], advantages: readonly Float64Array[]): Float64Array[] {
  const own = advantages.map((values, i) => values.filter((_, t) => episodes[i].own[t] === 1));
  const whitened = whiten(own);
  return advantages.map((values, i) => {
    let k = 0;
    return values.map((_, t) => (episodes[i].own[t] === 1 ? whitened[i][k++] : 0));
  });
}
