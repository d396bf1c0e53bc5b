import type { Random } from '../stats/index.ts';

/** What a policy may do in a filler chain; an action is an index into this list. */
export const fillerActions = ['plan', 'compute', 'answer'] as const;
const plan = 0;
const compute = 1;
const answer = 2;

/** What the process reward model says of each kind of step. */
export interface FillerScores {
  plan: number;
  rightCompute: number;
  /** A wrong computation, and every computation on a chain that is spoiled already. */
  wrongCompute: number;
  /** A computation after all are done. */
  superfluousCompute: number;
  rightAnswer: number;
  wrongAnswer: number;
}

/**
 * A world in which good process scores can be had without solving anything. A solution needs a number of computations,
 * each right with some probability; one wrong computation spoils the chain for good. Planning changes nothing, yet the
 * process reward model likes it. The answer ends the episode and is correct when every computation was done and right;
 * at the horizon the episode is cut off without an answer. The state that a policy sees is (computations done, chain
 * still right), without the step number.
 */
export interface FillerChain {
  readonly computations: number;
  /** Chance that a computation is right. */
  readonly accuracy: number;
  /** Most steps an episode may have. */
  readonly horizon: number;
  readonly scores: Readonly<FillerScores>;
  /** Score of the last step of an episode that was cut off, in place of its own; null leaves its own. */
  readonly noAnswer: number | null;
  /** How many states there are: 2 (computations + 1). */
  readonly states: number;
}

/** An episode: state, action and process score of each step. */
export interface FillerEpisode {
  states: number[];
  actions: number[];
  scores: number[];
  /** Ended by an answer, not by the horizon. */
  answered: boolean;
  /** The verifier's word: answered, and correctly. */
  correct: boolean;
}

/**
 * Declares a filler chain.
 *
 * @throws RangeError for computations or horizon that are no positive whole numbers, an accuracy outside [0, 1], or a
 *   score that is not finite
 * @example
 * const chain = fillerChain({ noAnswer: -0.8 });
 * const episode = fillerEpisode(chain, () => rng.int(3), rng);
 */
export function fillerChain({
  computations = 3,
  accuracy = 0.8,
  horizon = 24,
  scores = {},
  noAnswer = null,
}: {
  computations?: number;
  accuracy?: number;
  horizon?: number;
  scores?: Partial<FillerScores>;
  noAnswer?: number | null;
} = {}): FillerChain {
  if (!Number.isInteger(computations) || computations < 1) {
    throw new RangeError(`computations must be a positive whole number, got ${computations}`);
  }
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new RangeError(`horizon must be a positive whole number, got ${horizon}`);
  }
  if (!(accuracy >= 0 && accuracy <= 1)) throw new RangeError(`accuracy must lie in [0, 1], got ${accuracy}`);
  const all: FillerScores = {
    plan: 0.8,
    rightCompute: 0.6,
    wrongCompute: -0.7,
    superfluousCompute: -0.3,
    rightAnswer: 0.9,
    wrongAnswer: -0.8,
    ...scores,
  };
  for (const [kind, score] of Object.entries({ ...all, noAnswer: noAnswer ?? 0 })) {
    if (!Number.isFinite(score)) throw new RangeError(`score of ${kind} must be finite, got ${score}`);
  }
  return { computations, accuracy, horizon, scores: all, noAnswer, states: 2 * (computations + 1) };
}

/** The index of a state, for tables: (computations done, chain still right). @example fillerState(3, true) // 7 */
export function fillerState(done: number, right: boolean): number {
  return 2 * done + (right ? 1 : 0);
}

/**
 * Plays one episode.
 *
 * @param act the policy: from a state to an action
 * @throws RangeError for an action there is not
 * @example
 * fillerEpisode(fillerChain(), () => 0, rng).scores; // 24 plans: 0.8, 0.8, …
 */
export function fillerEpisode(chain: FillerChain, act: (state: number) => number, rng: Random): FillerEpisode {
  const { computations, accuracy, horizon, noAnswer, scores } = chain;
  const episode: FillerEpisode = { states: [], actions: [], scores: [], answered: false, correct: false };
  let done = 0;
  let right = true;
  while (!episode.answered && episode.states.length < horizon) {
    const state = fillerState(done, right);
    const action = act(state);
    let score: number;
    if (action === plan) {
      score = scores.plan;
    } else if (action === compute) {
      if (!right) score = scores.wrongCompute;
      else if (done === computations) score = scores.superfluousCompute;
      else {
        right = rng.bool(accuracy);
        score = right ? scores.rightCompute : scores.wrongCompute;
      }
      done = Math.min(done + 1, computations);
    } else if (action === answer) {
      episode.answered = true;
      episode.correct = right && done === computations;
      score = episode.correct ? scores.rightAnswer : scores.wrongAnswer;
    } else {
      throw new RangeError(`action must be 0 (plan), 1 (compute) or 2 (answer), got ${action}`);
    }
    episode.states.push(state);
    episode.actions.push(action);
    episode.scores.push(score);
  }
  if (!episode.answered && noAnswer !== null) episode.scores[horizon - 1] = noAnswer;
  return episode;
}

/** What a policy is worth, in expectation. */
export interface FillerValue {
  /** Chance of a correct answer: the verifier's accuracy. */
  accuracy: number;
  /** Steps an episode. */
  steps: number;
  /** Plans an episode. */
  plans: number;
  /** Chance of being cut off without an answer. */
  unanswered: number;
}

/**
 * A policy's value, exactly, by carrying the distribution over states through to the horizon.
 *
 * @param policy probabilities, states x actions, row by row
 * @throws RangeError for a table of the wrong size
 * @example
 * fillerValue(chain, alwaysComputeThenAnswer).accuracy; // 0.8 ** 3
 */
export function fillerValue(chain: FillerChain, policy: ArrayLike<number>): FillerValue {
  const { computations, accuracy, horizon, states } = chain;
  const actions = fillerActions.length;
  if (policy.length !== states * actions) {
    throw new RangeError(`policy must hold ${states} x ${actions} probabilities, got ${policy.length}`);
  }
  let mass = new Float64Array(states);
  let next = new Float64Array(states);
  mass[fillerState(0, true)] = 1;
  const value: FillerValue = { accuracy: 0, steps: 0, plans: 0, unanswered: 0 };
  for (let t = 0; t < horizon; t++) {
    next.fill(0);
    for (let state = 0; state < states; state++) {
      if (mass[state] === 0) continue;
      const done = state >> 1;
      const right = state % 2 === 1;
      const planned = mass[state] * policy[state * actions];
      const computed = mass[state] * policy[state * actions + 1];
      value.steps += mass[state];
      value.plans += planned;
      next[state] += planned;
      if (done === computations) {
        next[state] += computed;
        if (right) value.accuracy += mass[state] * policy[state * actions + 2];
      } else if (right) {
        next[fillerState(done + 1, true)] += computed * accuracy;
        next[fillerState(done + 1, false)] += computed * (1 - accuracy);
      } else {
        next[fillerState(done + 1, false)] += computed;
      }
    }
    [mass, next] = [next, mass];
  }
  for (const left of mass) value.unanswered += left;
  return value;
}
