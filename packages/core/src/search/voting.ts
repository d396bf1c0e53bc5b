import type { LanguageModel, Prompt } from '../lm/index.ts';
import { type BestOfNOptions, type ScoredSamples, scoredSamples } from './best-of-n.ts';
import { canonicalAnswer, finalAnswer } from './final-answer.ts';
import type { Scorer } from './scorer.ts';

/** What was voted for, and by whom. */
export interface Votes {
  answer: string;
  /** The sum of its votes' weights. */
  weight: number;
  /** Positions of its votes, in order. */
  votes: number[];
}

/**
 * Adds up votes. Answers are the same when their texts are; null is no vote, and neither is a vote whose weight is null.
 *
 * @param answers one a voter
 * @param weights one a voter, finite; 1 each unless given
 * @returns the answers in falling order of weight, among equals the one first given; empty when nobody voted
 * @throws RangeError for weights of another number, or one that is not finite
 * @example
 * tallyVotes(['4', '5', null, '5']); // [{ answer: '5', weight: 2, votes: [1, 3] }, { answer: '4', weight: 1, votes: [0] }]
 * tallyVotes(['4', '5', '5'], [0.9, 0.2, 0.3])[0].answer; // '4'
 */
export function tallyVotes(
  answers: readonly (string | null)[],
  weights: readonly (number | null)[] = answers.map(() => 1),
): Votes[] {
  if (weights.length !== answers.length) {
    throw new RangeError(`weights must hold one number an answer, ${answers.length}, got ${weights.length}`);
  }
  const tally = new Map<string, Votes>();
  for (const [i, answer] of answers.entries()) {
    const weight = weights[i];
    if (answer === null || weight === null) continue;
    if (!Number.isFinite(weight)) throw new RangeError(`weights[${i}] must be finite, got ${weight}`);
    const votes = tally.get(answer);
    if (votes) {
      votes.weight += weight;
      votes.votes.push(i);
    } else tally.set(answer, { answer, weight, votes: [i] });
  }
  return [...tally.values()].sort((a, b) => b.weight - a.weight);
}

/** The answer of a response in the form in which equal answers are equal texts; null where it gives none. */
export type Extract = (response: string, index: number) => string | null;

/** The final answer, written in one way. */
export function extractAnswer(response: string): string | null {
  const answer = finalAnswer(response);
  return answer === null ? null : canonicalAnswer(answer);
}

export interface VotingOptions extends BestOfNOptions {
  /** `extractAnswer` unless told. */
  extract?: Extract;
  /** Weighs the votes; without a scorer each counts 1, and the vote is by majority. */
  scorer?: Scorer;
  /**
   * Makes a score into a weight: the logistic function of the score unless told, as for implicit rewards (arXiv
   * 2412.01981). A score in [0, 1] can be its own weight; mean log-probabilities take `Math.exp`. With weights below
   * zero a vote speaks against its answer.
   */
  weight?: (score: number) => number;
}

export interface Election extends ScoredSamples {
  /** The answer with the greatest weight, the one first given among equals; null when no sample votes. */
  answer: string | null;
  /** All answers, in falling order of weight; `votes` are positions in `samples`. */
  tally: readonly Votes[];
  /** Samples in which no answer was found. */
  unanswered: number;
}

/**
 * Self-consistency (Wang et al. 2022, arXiv 2203.11171): draws n responses to each prompt and takes the answer that most
 * of them come to; with a scorer each vote counts by its response's score (weighted voting).
 *
 * @returns one outcome a prompt
 * @throws as `bestOfN`; RangeError for a weight that is not finite
 * @example
 * const lm = simulatedModel({ reply: () => [{ text: 'It is 4', weight: 2 }, { text: 'I guess 5', weight: 1 }] });
 * const [{ answer, tally }] = await vote(lm, ['2 + 2?'], { n: 15, seed: 1 });
 * answer; // '4'
 */
export async function vote(lm: LanguageModel, prompts: readonly Prompt[], options: VotingOptions): Promise<Election[]> {
  const { extract = extractAnswer, scorer = null, weight = logistic } = options;
  const all = await scoredSamples(lm, prompts, scorer, options);
  return all.map((scored, index) => {
    const { samples, scores } = scored;
    const answers = samples.map((sample) => (sample.ok ? extract(sample.text, index) : null));
    const weights = scorer === null ? undefined : scores.map((score) => (score === null ? null : weight(score)));
    const tally = tallyVotes(answers, weights);
    const unanswered = samples.filter((sample, i) => sample.ok && answers[i] === null).length;
    return { ...scored, answer: tally[0]?.answer ?? null, tally, unanswered };
  });
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
