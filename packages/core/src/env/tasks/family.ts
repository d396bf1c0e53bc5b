import type { Plain } from '../../paper/index.ts';
import type { Random } from '../../stats/index.ts';
import type { Tokenizer } from './tokenizer.ts';

/** One problem of a family, as plain data. */
export interface Problem<D extends Plain = Plain> {
  /** Name of the family. */
  readonly family: string;
  /** The canonical problem as text: equal problems have equal ids, however they are worded. `splitOf` goes by it. */
  readonly id: string;
  /** A whole number within the family's `difficulties`. */
  readonly difficulty: number;
  /** What a solver reads. A response follows it directly. */
  readonly prompt: string;
  /** The reference answer. */
  readonly answer: string;
  /** The problem in the family's own terms: what its checker reads. */
  readonly data: D;
}

/**
 * What an exact checker says of one line. It judges the line as it follows from the lines before it: after a slip, a line
 * that goes on rightly from the wrong result is `right`, so the first `wrong` line is the first error. `onTrack` says
 * the other thing: whether the state after the line is one from which right lines lead to the right answer.
 */
export interface LineVerdict {
  /** `neutral`: well-formed and harmless, but claims or changes nothing. */
  readonly verdict: 'right' | 'wrong' | 'neutral';
  /** A few words; for a wrong line, what would have been right. */
  readonly reason: string;
  readonly onTrack: boolean;
}

/** What the verifier says of a whole response. */
export interface AnswerVerdict {
  readonly correct: boolean;
  /** The answer that was read, whatever it is worth: what a majority vote counts. Null when there is none to read. */
  readonly answer: string | null;
  readonly reason: string;
}

/**
 * A family of problems with step-wise solutions written as lines, and an exact checker for answers and for single lines:
 * data plus a checker. A response is lines joined by newlines; the end-of-sequence token closes it.
 */
export interface TaskFamily<D extends Plain = Plain> {
  readonly name: string;
  readonly tokenizer: Tokenizer;
  /** The least and the greatest difficulty; what it counts is the family's own (operations, numbers, sub-goals). */
  readonly difficulties: { readonly least: number; readonly most: number };
  /** Most tokens that a prompt of this difficulty has. */
  maxPromptTokens(difficulty: number): number;
  /** Most tokens that a gold response has, its end-of-sequence token counted. Policies that ramble need more room. */
  maxSolutionTokens(difficulty: number): number;
  /** Draws a problem. Throws RangeError for a difficulty outside `difficulties`. */
  sample(rng: Random, difficulty: number): Problem<D>;
  /** Gold lines, each right. Without `rng` always the same plain ones; with it, in the varied style that the family allows. */
  solve(problem: Problem<D>, rng?: Random): string[];
  /** Judges a whole response. */
  checkAnswer(problem: Problem<D>, response: string): AnswerVerdict;
  /** Judges every line: one verdict a line, in order. */
  checkLines(problem: Problem<D>, lines: readonly string[]): LineVerdict[];
}

/** Index of the first wrong line, -1 for none (the convention of ProcessBench). @example firstError(family.checkLines(problem, lines)) */
export function firstError(verdicts: readonly LineVerdict[]): number {
  return verdicts.findIndex(({ verdict }) => verdict === 'wrong');
}

/** Throws RangeError unless the difficulty is a whole number that the family offers. */
export function assertDifficulty(difficulty: number, { least, most }: TaskFamily['difficulties']): void {
  if (!Number.isInteger(difficulty) || difficulty < least || difficulty > most) {
    throw new RangeError(`difficulty must be a whole number from ${least} to ${most}, got ${difficulty}`);
  }
}

/**
 * The verdict on an answer that stands on the last line, and there alone: a response that goes on after an answer, or
 * offers two, is hedging and not correct.
 *
 * @param lines the response, split
 * @param read the answer that a line gives, null for a line of another kind
 * @param expected the reference answer
 * @example
 * judgeLastLine(['3+4=7', 'A7'], (line) => /^A(\d)$/.exec(line)?.[1] ?? null, '7'); // correct
 */
export function judgeLastLine(
  lines: readonly string[],
  read: (line: string) => string | null,
  expected: string,
): AnswerVerdict {
  const answer = lines.length > 0 ? read(lines[lines.length - 1]) : null;
  if (answer === null) return { correct: false, answer, reason: 'the last line is no answer' };
  if (lines.slice(0, -1).some((line) => read(line) !== null)) {
    return { correct: false, answer, reason: 'more than one answer' };
  }
  if (answer !== expected) return { correct: false, answer, reason: `the answer is ${expected}` };
  return { correct: true, answer, reason: 'the answer is right' };
}
