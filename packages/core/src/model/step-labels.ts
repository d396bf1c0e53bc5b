import { positiveWhole } from '../lm/index.ts';

/** What completions from a prefix say of its last step. */
export interface StepLabel {
  /** Share of right completions: how likely the solution still succeeds. Null without completions. */
  soft: number | null;
  /** 1 when any completion is right, else 0; null without completions. It grows with their number. */
  hard: 0 | 1 | null;
  correct: number;
  /** Completions that came back. */
  count: number;
}

export interface StepLabelOptions<X, Y> {
  /** Completions asked for from each prefix. */
  completions: number;
  /** At most `n` completions of each prefix; what comes back short is missing, not wrong. */
  complete: (prefixes: readonly X[], n: number) => Completions<Y> | Promise<Completions<Y>>;
  isCorrect: (completion: Y, prefix: X) => boolean;
  /** Most prefixes in a call; all of them unless told. */
  batch?: number;
  signal?: AbortSignal;
}

/** Completions, prefix by prefix. */
export type Completions<Y> = readonly (readonly Y[])[];

/**
 * Monte-Carlo labels of steps (Math-Shepherd; Wang et al. 2023, arXiv 2312.08935: its soft and hard estimation): a
 * policy completes the solution from the prefix that a step ends, several times, and the answers are checked. Soft
 * labels are unbiased, with a variance of q(1 - q)/count: `binomialInterval(correct, count)` says how much they are
 * worth.
 *
 * @returns one label a prefix, in their order
 * @throws RangeError for numbers that are not positive and whole, or completions that do not fit the prefixes; the
 *   signal's reason when aborted
 * @example
 * const labels = await monteCarloLabels(['1+1=2 ', '1+1=3 '], {
 *   completions: 4,
 *   complete: (prefixes, n) => sampleMany(prefixes, n),
 *   isCorrect: (completion) => completion.endsWith('A2'),
 * });
 * labels[0]; // such as { soft: 0.75, hard: 1, correct: 3, count: 4 }
 */
export async function monteCarloLabels<X, Y>(
  prefixes: readonly X[],
  { completions, complete, isCorrect, batch = Math.max(1, prefixes.length), signal }: StepLabelOptions<X, Y>,
): Promise<StepLabel[]> {
  positiveWhole('completions', completions);
  positiveWhole('batch', batch);
  const labels: StepLabel[] = [];
  for (let from = 0; from < prefixes.length; from += batch) {
    signal?.throwIfAborted();
    const asked = prefixes.slice(from, from + batch);
    const answers = await complete(asked, completions);
    if (answers.length !== asked.length) {
      throw new RangeError(`complete must answer ${asked.length} prefixes, got ${answers.length}`);
    }
    answers.forEach((ours, i) => {
      if (ours.length > completions) {
        throw new RangeError(`complete must give at most ${completions} completions a prefix, got ${ours.length}`);
      }
      labels.push(stepLabel(ours.filter((completion) => isCorrect(completion, asked[i])).length, ours.length));
    });
  }
  return labels;
}

/**
 * The label of a step after which `correct` of `count` completions were right. A finished solution has itself for its
 * only completion.
 *
 * @throws RangeError for counts that are not whole numbers, or more right than there are
 * @example
 * stepLabel(1, 4); // { soft: 0.25, hard: 1, correct: 1, count: 4 }
 */
export function stepLabel(correct: number, count: number): StepLabel {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`count must be a whole number from 0, got ${count}`);
  if (!Number.isInteger(correct) || correct < 0 || correct > count) {
    throw new RangeError(`correct must be a whole number from 0 to ${count}, got ${correct}`);
  }
  if (count === 0) return { soft: null, hard: null, correct, count };
  return { soft: correct / count, hard: correct > 0 ? 1 : 0, correct, count };
}
