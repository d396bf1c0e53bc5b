import { decodeResponse, type Problem, type TaskFamily } from '../../env/index.ts';
import type { Gpt } from '../../nn/index.ts';
import { mean, Random } from '../../stats/index.ts';
import { type LanguageRollout, ownLength, promptsOf, type SamplingOptions, sampleRollouts } from './rollout.ts';

/** What the verifier makes of rollouts: 1 for each right answer, 0 for the others. @example reward: answerReward(family) */
export function answerReward<P extends Problem>(
  family: Verifier<P>,
): (rollouts: readonly LanguageRollout<P>[]) => number[] {
  return (rollouts) => rollouts.map((rollout) => Number(isCorrect(family, rollout)));
}

/** Whether a response that ended of itself gives the right answer. */
export function isCorrect<P extends Problem>(
  family: Verifier<P>,
  { problem, response, ended }: LanguageRollout<P>,
): boolean {
  return ended && family.checkAnswer(problem, decodeResponse(family.tokenizer, response)).correct;
}

type Verifier<P extends Problem> = Pick<TaskFamily<P['data']>, 'tokenizer' | 'checkAnswer'>;

/**
 * The chance that at least one of k responses is right, given how many of n were: 1 - C(n - c, k) / C(n, k), without bias
 * (Chen et al. 2021, arXiv 2107.03374, eq. 1).
 *
 * @param n responses that were sampled
 * @param correct how many of them were right, 0 to n
 * @param k 1 to n
 * @throws RangeError for numbers that are not whole or outside their ranges
 * @example
 * passAtK(4, 1, 2); // 0.5
 */
export function passAtK(n: number, correct: number, k: number): number {
  const ranges = { n: [1, Infinity, n], correct: [0, n, correct], k: [1, n, k] } as const;
  for (const [name, [least, most, value]] of Object.entries(ranges)) {
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${value}`);
    }
  }
  let miss = 1;
  for (let i = 0; i < k; i++) miss *= Math.max(0, n - correct - i) / (n - i);
  return 1 - miss;
}

export interface EvaluationOptions extends Partial<SamplingOptions> {
  random: Random;
  /** The k of `passAtK`, none above n; only 1 unless told. */
  ks?: readonly number[];
}

/** How good a policy is at some problems. */
export interface PolicyEvaluation<P = unknown> {
  /** Share of right responses, over all responses. */
  readonly accuracy: number;
  /** pass@k for each k that was asked for, averaged over the problems. */
  readonly passAtK: readonly number[];
  /** Mean length in tokens. */
  readonly responseLength: number;
  /** Share of responses that ended of themselves. */
  readonly ended: number;
  /** The responses themselves, one group a problem. */
  readonly groups: readonly (readonly LanguageRollout<P>[])[];
}

/**
 * Samples responses to problems of a family and has them verified.
 *
 * @param options.maxTokens as many as the longest gold solution of these problems' difficulties unless told
 * @param options.stop the tokenizer's end-of-sequence token unless told
 * @throws RangeError for no problems, or a k above n
 * @example
 * evaluatePolicy(gpt, family, problems, { n: 16, ks: [1, 4, 16], random: new Random(0, 'evaluation') }).passAtK;
 */
export function evaluatePolicy<P extends Problem>(
  gpt: Gpt,
  family: TaskFamily<P['data']>,
  problems: readonly P[],
  { random, ks = [1], n = 1, maxTokens, stop = [family.tokenizer.eos], ...how }: EvaluationOptions,
): PolicyEvaluation<P> {
  if (problems.length === 0) throw new RangeError('problems must not be empty');
  const difficulties = new Set(problems.map(({ difficulty }) => difficulty));
  const room = maxTokens ?? Math.max(...[...difficulties].map((difficulty) => family.maxSolutionTokens(difficulty)));
  const groups = sampleRollouts(gpt, promptsOf(family, problems), { n, maxTokens: room, stop, ...how }, random);
  const right = groups.map((group) => group.filter((rollout) => isCorrect(family, rollout)).length);
  const all = groups.flat();
  return {
    accuracy: mean(right) / n,
    passAtK: ks.map((k) => mean(right.map((correct) => passAtK(n, correct, k)))),
    responseLength: mean(all.map(ownLength)),
    ended: mean(all.map(({ ended }) => Number(ended))),
    groups,
  };
}

/** Share of problems that are answered rightly when every token is the likeliest one. */
export function greedyAccuracy<P extends Problem>(
  gpt: Gpt,
  family: TaskFamily<P['data']>,
  problems: readonly P[],
  options: Pick<EvaluationOptions, 'maxTokens' | 'stop'> = {},
): number {
  const random = new Random(0, 'nothing is drawn');
  return evaluatePolicy(gpt, family, problems, { ...options, random, temperature: 0 }).accuracy;
}
