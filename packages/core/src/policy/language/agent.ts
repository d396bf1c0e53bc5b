import { type Gpt, sampleGpt } from '../../nn/index.ts';
import { mean, type Random } from '../../stats/index.ts';
import type { LanguagePrompt, LanguageRollout, SamplingOptions } from './rollout.ts';

/** A task that is played in turns of tokens: the agent writes an action, the world answers with what is to be seen. */
export interface AgentTask<S = unknown, P = unknown> extends LanguagePrompt<P> {
  /** States are never altered, so any number of episodes can begin from it. */
  readonly start: S;
  /** Most turns of an episode. */
  readonly maxTurns: number;
  /** Does one action, whatever its tokens; the one that ended it is the last. */
  act(state: S, action: Int32Array): AgentStep<S>;
}

export interface AgentStep<S> {
  readonly state: S;
  /** Tokens that the agent reads next; none is allowed. */
  readonly observation: ArrayLike<number>;
  /** Whether the world carried the action out. */
  readonly executed: boolean;
  readonly reward: number;
  /** Whether the episode is over. */
  readonly done: boolean;
}

/** One action in an episode: its tokens are those of the response from `start` up to and without `end`. */
export interface AgentTurn {
  readonly start: number;
  readonly end: number;
  readonly executed: boolean;
  readonly reward: number;
}

/**
 * An episode as one response in which only the actions are the policy's own, up to the last of them. `ended`: the world says
 * that it is over.
 */
export interface AgentRollout<P = unknown> extends LanguageRollout<P> {
  readonly own: Uint8Array;
  readonly turns: readonly AgentTurn[];
  /** Sum over the turns. */
  readonly reward: number;
}

/**
 * Plays episodes of agents in lockstep: in each turn all that go on are sampled together. The whole episode so far is
 * read in each turn; one that no longer fits the model's context is cut, as one that reaches its last turn is. The stream
 * is split by task, episode and turn, so that no episode depends on the rest.
 *
 * @param options.maxTokens most tokens of an action
 * @param options.stop tokens that end an action; each belongs to it
 * @param options.n episodes of each task; 1 unless told
 * @returns `result[i][j]` is episode j of task i
 * @throws RangeError for a task whose first action does not fit the context, or as `sampleGpt`
 * @example
 * const tasks = problems.map((problem) => householdDialogue(family, problem));
 * const options = { maxTokens: 6, stop: [family.tokenizer.newline] };
 * const episodes = sampleEpisodes(gpt, tasks, options, new Random(0, 'episodes')).flat();
 */
export function sampleEpisodes<S, P>(
  gpt: Gpt,
  tasks: readonly AgentTask<S, P>[],
  { n = 1, ...options }: SamplingOptions,
  random: Random,
): AgentRollout<P>[][] {
  const transcripts = tasks.flatMap((task, i) => {
    const longest = gpt.shape.context - options.maxTokens;
    if (task.tokens.length > longest) {
      throw new RangeError(`tasks[${i}].tokens must be ${longest} at most to leave room, got ${task.tokens.length}`);
    }
    return Array.from({ length: n }, (_, j) => ({ transcript: new Transcript(task), random: random.split(i, j) }));
  });
  const fits = ({ transcript }: { transcript: Transcript<S, P> }) =>
    transcript.goesOn && transcript.tokens.length + options.maxTokens <= gpt.shape.context;
  for (let turn = 0, live = transcripts; live.length > 0; turn++) {
    const samples = sampleGpt(
      gpt,
      live.map(({ transcript }) => transcript.tokens),
      { ...options, random: (i) => live[i].random.split(turn) },
    );
    live.forEach(({ transcript }, i) => {
      transcript.act(samples[i][0].tokens, samples[i][0].logProbs);
    });
    live = live.filter(fits);
  }
  return tasks.map((_, i) => transcripts.slice(i * n, (i + 1) * n).map(({ transcript }) => transcript.rollout()));
}

/**
 * The episode of given actions, up to the one that ends it: a demonstration to learn from. Log-probabilities are 0.
 *
 * @param actions tokens, each with the one that ends it
 * @throws RangeError for no actions
 * @example
 * const lines = householdExpert(problem.data, rng);
 * const actions = lines.map((line) => family.tokenizer.encode(`${line}\n`));
 * replayEpisode(householdDialogue(family, problem), actions).reward; // 1
 */
export function replayEpisode<S, P>(task: AgentTask<S, P>, actions: readonly ArrayLike<number>[]): AgentRollout<P> {
  if (actions.length === 0) throw new RangeError('actions must not be empty');
  const transcript = new Transcript(task);
  for (const action of actions) {
    if (!transcript.goesOn) break;
    transcript.act(Int32Array.from(action), new Float32Array(action.length));
  }
  return transcript.rollout();
}

/** An episode as it is being written. */
class Transcript<S, P> {
  /** Prompt and response so far. */
  readonly tokens: number[];
  readonly #task: AgentTask<S, P>;
  readonly #turns: AgentTurn[] = [];
  readonly #logProbs: number[] = [];
  readonly #own: number[] = [];
  #state: S;
  #done = false;

  constructor(task: AgentTask<S, P>) {
    this.#task = task;
    this.#state = task.start;
    this.tokens = Array.from(task.tokens);
  }

  get goesOn(): boolean {
    return !this.#done && this.#turns.length < this.#task.maxTurns;
  }

  act(action: Int32Array, logProbs: Float32Array): void {
    const { state, observation, executed, reward, done } = this.#task.act(this.#state, action);
    const start = this.#own.length;
    this.#turns.push({ start, end: start + action.length, executed, reward });
    this.#state = state;
    this.#done = done;
    this.tokens.push(...action);
    this.#logProbs.push(...logProbs);
    for (let t = 0; t < action.length; t++) this.#own.push(1);
    for (let t = 0; t < observation.length; t++) {
      this.tokens.push(observation[t]);
      this.#logProbs.push(0);
      this.#own.push(0);
    }
  }

  rollout(): AgentRollout<P> {
    const { tokens: prompt, problem } = this.#task;
    // What the world says after the last action is never read, and may announce the outcome.
    const { end } = this.#turns[this.#turns.length - 1];
    return {
      prompt: Int32Array.from(prompt),
      response: Int32Array.from(this.tokens.slice(prompt.length, prompt.length + end)),
      own: Uint8Array.from(this.#own.slice(0, end)),
      logProbs: Float32Array.from(this.#logProbs.slice(0, end)),
      ended: this.#done,
      problem,
      turns: this.#turns,
      reward: this.#turns.reduce((sum, { reward }) => sum + reward, 0),
    };
  }
}

/** How some episodes went. */
export interface EpisodesSummary {
  /** Mean reward of an episode. */
  readonly reward: number;
  /** Share of actions that the world carried out, over all turns. */
  readonly executed: number;
  /** Mean number of turns. */
  readonly turns: number;
}

/** Means over episodes. Throws RangeError for none. @example summariseEpisodes(episodes).executed // 0.75 */
export function summariseEpisodes(episodes: readonly AgentRollout[]): EpisodesSummary {
  const turns = episodes.flatMap((episode) => episode.turns);
  return {
    reward: mean(episodes.map(({ reward }) => reward)),
    executed: mean(turns.map(({ executed }) => Number(executed))),
    turns: turns.length / episodes.length,
  };
}
