/** How well first errors were found. */
export interface FirstErrorScore {
  /** Harmonic mean of the two accuracies, in [0, 1]; 0 when either is 0. */
  f1: number;
  /** Share of the wrong solutions whose first error was named. */
  accError: number;
  /** Share of the right solutions that were found right. */
  accCorrect: number;
}

/** A solution whose steps were scored. */
export interface ScoredSolution {
  /** One score a step, high for good ones; at least one, none NaN. */
  scores: ArrayLike<number>;
  /** Index of the first wrong step; -1 when there is none. */
  firstError: number;
}

/**
 * How well a judge finds the first error, as ProcessBench counts it (Zheng et al. 2024, arXiv 2412.06559). The harmonic
 * mean does not reward one who finds errors everywhere, or nowhere.
 *
 * @param truth index of the first wrong step of each solution; -1 where there is none
 * @param predicted what the judge says; null where it gave no answer that could be read, which counts as wrong
 * @throws RangeError when lengths differ, an index is not a whole number from -1, or the solutions are all wrong or all
 *   right
 * @example
 * firstErrorScore([2, 0, -1, -1], [2, 1, -1, -1]); // { f1: 2/3, accError: 0.5, accCorrect: 1 }
 */
export function firstErrorScore(truth: ArrayLike<number>, predicted: ArrayLike<number | null>): FirstErrorScore {
  if (truth.length !== predicted.length) {
    throw new RangeError(`predicted must hold one index a solution, ${truth.length}, got ${predicted.length}`);
  }
  let [wrong, named, cleared] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    assertIndex(`truth[${i}]`, truth[i]);
    const guess = predicted[i];
    if (guess !== null) assertIndex(`predicted[${i}]`, guess);
    if (truth[i] >= 0) wrong++;
    if (truth[i] !== guess) continue;
    if (truth[i] >= 0) named++;
    else cleared++;
  }
  assertBoth(wrong, truth.length);
  return scoreOf(named / wrong, cleared / (truth.length - wrong));
}

/**
 * The first error that step scores point to: the first score below the threshold, or -1.
 *
 * @throws RangeError for a score or threshold that is not a number
 * @example
 * predictFirstError([0.9, 0.4, 0.2], 0.5); // 1
 */
export function predictFirstError(scores: ArrayLike<number>, threshold: number): number {
  if (Number.isNaN(threshold)) throw new RangeError('threshold must be a number, got NaN');
  let first = -1;
  for (let k = scores.length - 1; k >= 0; k--) {
    if (Number.isNaN(scores[k])) throw new RangeError(`scores[${k}] must be a number, got NaN`);
    if (scores[k] < threshold) first = k;
  }
  return first;
}

/**
 * The threshold with the highest F1 for `predictFirstError`, by an exact sweep: each solution is judged right on one
 * interval of thresholds, so only its ends matter. Tune on solutions that are not those you report.
 *
 * @returns the middle of the best interval (the lowest of equals), and the score there
 * @throws RangeError for a solution without steps, a score that is not finite, an index beyond the steps, or solutions
 *   that are all wrong or all right
 * @example
 * tuneThreshold([{ scores: [0.9, 0.2], firstError: 1 }, { scores: [0.8, 0.6], firstError: -1 }]);
 * // { threshold: 0.4, f1: 1, accError: 1, accCorrect: 1 }
 */
export function tuneThreshold(solutions: readonly ScoredSolution[]): FirstErrorScore & { threshold: number } {
  // A solution is judged right for thresholds in (from, to].
  const changes: { at: number; wrong: number; right: number }[] = [];
  let wrong = 0;
  let cleared = 0;
  solutions.forEach(({ scores, firstError }, i) => {
    assertIndex(`solutions[${i}].firstError`, firstError);
    if (scores.length <= Math.max(0, firstError)) {
      throw new RangeError(`solutions[${i}] must have a step ${Math.max(0, firstError)}, got ${scores.length} steps`);
    }
    let before = Infinity;
    let lowest = Infinity;
    for (let k = 0; k < scores.length; k++) {
      if (!Number.isFinite(scores[k])) {
        throw new RangeError(`solutions[${i}].scores[${k}] must be finite, got ${scores[k]}`);
      }
      if (k === firstError) before = lowest;
      lowest = Math.min(lowest, scores[k]);
    }
    if (firstError < 0) {
      cleared++;
      changes.push({ at: lowest, wrong: 0, right: -1 });
    } else {
      wrong++;
      if (scores[firstError] >= before) return; // an earlier step scores no better: no threshold will do
      changes.push({ at: scores[firstError], wrong: 1, right: 0 });
      if (before < Infinity) changes.push({ at: before, wrong: -1, right: 0 });
    }
  });
  assertBoth(wrong, solutions.length);
  const right = cleared;
  changes.sort((a, b) => a.at - b.at);
  let named = 0;
  // Below every score nothing is an error; that finds none, so anything else is as good or better.
  let best = { threshold: changes[0].at, ...scoreOf(0, 1) };
  for (let i = 0; i < changes.length; ) {
    const { at } = changes[i];
    for (; i < changes.length && changes[i].at === at; i++) {
      named += changes[i].wrong;
      cleared += changes[i].right;
    }
    const score = scoreOf(named / wrong, cleared / right);
    // Beyond the last change no solution is found right, so there is a next one whenever this is better.
    if (score.f1 > best.f1) best = { threshold: between(at, changes[i].at), ...score };
  }
  return best;
}

/** The middle, but never the lower end itself, where the judgement is another. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle > low ? middle : high;
}

function scoreOf(accError: number, accCorrect: number): FirstErrorScore {
  const f1 = accError === 0 || accCorrect === 0 ? 0 : (2 * accError * accCorrect) / (accError + accCorrect);
  return { f1, accError, accCorrect };
}

function assertIndex(name: string, value: number): void {
  if (!Number.isInteger(value) || value < -1) {
    throw new RangeError(`${name} must be the index of a step, or -1 for none, got ${value}`);
  }
}

function assertBoth(wrong: number, count: number): void {
  if (wrong === 0 || wrong === count) {
    throw new RangeError(`there must be solutions with an error and without, got ${wrong} with one of ${count}`);
  }
}
