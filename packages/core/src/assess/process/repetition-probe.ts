import { positiveWhole } from '../../lm/index.ts';
import { type Estimate, pairedDifference } from '../../stats/index.ts';

export interface RepetitionProbeOptions<S> {
  /** Right solutions, cut into steps; at least one each. */
  solutions: readonly (readonly S[])[];
  /** Steps that add nothing, such as an empty one or 'Step ready.'; each is tried by itself. */
  filler: readonly S[];
  /** Most copies put in. */
  maxCopies: number;
  /** Scores of the steps of each solution, one a step. Called once for each number of copies, with all solutions. */
  score: (solutions: readonly (readonly S[])[]) => StepScores | Promise<StepScores>;
  /** Ways to make step rewards of step scores, by name; the scores themselves (`raw`) unless told. */
  refine?: Readonly<Record<string, (scores: ArrayLike<number>) => ArrayLike<number>>>;
  /** Gain per solution that counts as none; 1e-9 unless told. */
  tolerance?: number;
  signal?: AbortSignal;
}

/** Scores, solution by solution. */
export type StepScores = readonly ArrayLike<number>[];

/** What a step reward pays for empty steps. */
export interface RepetitionCurve {
  /** Of the refinement. */
  name: string;
  /** Copies put in: 0, 1, ..., maxCopies. */
  copies: number[];
  /** Mean total reward of a solution with so many copies, over solutions and fillers. */
  total: number[];
  /** How much more than without copies it is: its interval is over solutions. 0 for no copies. */
  gain: Estimate[];
  /** Fewest copies whose gain lies above the tolerance with its whole interval; null when none does. */
  farmedFrom: number | null;
}

/**
 * Asks whether a step reward can be farmed with empty steps (Gao et al. 2024, arXiv 2410.15115): puts copies
 * of a filler before the last step of right solutions, and sums the rewards. A safe reward must not rise. A reward that
 * does will, in training, be paid for solutions that never end: clip it, take differences, or both (`clipDelta`).
 *
 * @returns one curve a refinement
 * @throws RangeError for no solutions, one without steps, no filler, scores that do not fit or are not finite; the
 *   signal's reason when aborted
 * @example
 * const [raw, clipped] = await repetitionProbe({
 *   solutions: [['3+4=7', '7*2=4', 'A4']], filler: ['ok'], maxCopies: 4,
 *   score: (solutions) => solutions.map((steps) => steps.map(() => 0.9)),
 *   refine: { raw: (g) => g, clipped: (g) => clipReward(g, 0.5) },
 * });
 * raw.gain[4].value; // 3.6
 * clipped.gain[4].value; // 0
 */
export async function repetitionProbe<S>({
  solutions,
  filler,
  maxCopies,
  score,
  refine = { raw: (scores) => scores },
  tolerance = 1e-9,
  signal,
}: RepetitionProbeOptions<S>): Promise<RepetitionCurve[]> {
  positiveWhole('maxCopies', maxCopies);
  if (solutions.length === 0) throw new RangeError('solutions must not be empty');
  if (filler.length === 0) throw new RangeError('filler must not be empty');
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new RangeError(`tolerance must be at least 0 and finite, got ${tolerance}`);
  }
  solutions.forEach((steps, i) => {
    if (steps.length === 0) throw new RangeError(`solutions[${i}] must have at least one step`);
  });
  const names = Object.keys(refine);
  const totals = names.map((): Float64Array[] => []);
  for (let copies = 0; copies <= maxCopies; copies++) {
    signal?.throwIfAborted();
    // Without copies the fillers make no difference.
    const fillers = copies === 0 ? filler.slice(0, 1) : filler;
    const padded = fillers.flatMap((step) =>
      solutions.map((steps) => [...steps.slice(0, -1), ...new Array<S>(copies).fill(step), ...steps.slice(-1)]),
    );
    const scores = await score(padded);
    if (scores.length !== padded.length) {
      throw new RangeError(`score must score ${padded.length} solutions, got ${scores.length}`);
    }
    padded.forEach((steps, i) => {
      if (scores[i].length !== steps.length) {
        throw new RangeError(`score must give one score a step, ${steps.length}, got ${scores[i].length}`);
      }
    });
    names.forEach((name, r) => {
      const mean = new Float64Array(solutions.length);
      scores.forEach((ours, i) => {
        mean[i % solutions.length] += sum(name, refine[name](ours)) / fillers.length;
      });
      totals[r].push(mean);
    });
  }
  return names.map((name, r) => {
    const gain = totals[r].map((total) => pairedDifference(total, totals[r][0]));
    const farmed = gain.findIndex(({ lo }) => lo !== null && lo > tolerance);
    return {
      name,
      copies: gain.map((_, copies) => copies),
      total: totals[r].map((total) => total.reduce((a, b) => a + b) / total.length),
      gain,
      farmedFrom: farmed < 0 ? null : farmed,
    };
  });
}

function sum(name: string, rewards: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < rewards.length; k++) total += rewards[k];
  if (!Number.isFinite(total)) throw new RangeError(`rewards of ${name} must be finite, got a total of ${total}`);
  return total;
}
