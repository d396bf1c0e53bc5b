import { type RepetitionCurve, repetitionProbe } from '@laurel/core/assess';
import { encodeResponse } from '@laurel/core/env';
import { mean, Random } from '@laurel/core/stats';
import type { ChainProcessModel } from '../lab/process-model.ts';
import { type ChainTask, familyOf, heldOutProblems } from '../lab/task.ts';
import { type Refinement, refine, refinements } from './refine.ts';

export interface ProbeResult {
  solutions: number;
  curves: { refinement: Refinement; total: number[]; gain: RepetitionCurve['gain']; farmedFrom: number | null }[];
  /** A solution with all copies and the score of each line. */
  text: string;
}

/** A line, with the prompt of its solution. */
interface Line {
  prompt: string;
  text: string;
}

/**
 * Puts copies of a restated result before the answer of right solutions, in the style of the demonstrations, and adds up the
 * rewards; nothing is trained.
 *
 * @throws RangeError when no solution leaves room for the copies
 */
export async function runProbe(
  task: ChainTask,
  models: ChainProcessModel,
  eta: number,
  { wanted, copies }: { wanted: number; copies: number },
  seed: number,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const family = familyOf(task);
  const { tokenizer } = family;
  const random = new Random(seed, 'clip-delta', 'probe');
  const most = task.room - 3 * copies;
  const solutions = heldOutProblems(task, 'test', 4 * wanted, random.split('problems'))
    .map((problem) => family.solve(problem, random).map((text): Line => ({ prompt: problem.prompt, text })))
    .filter(
      (lines) =>
        encodeResponse(
          tokenizer,
          lines.map(({ text }) => text),
        ).length <= most,
    )
    .slice(0, wanted);
  /** What a restatement says depends on the solution: its result, as the answer has it. */
  const written = (lines: readonly Line[]) => {
    const result = lines[lines.length - 1].text.slice(1);
    return lines.map(({ text }) => (text === 'R' ? `R${result}` : text));
  };
  const scoresOf = (all: readonly (readonly Line[])[]) =>
    models.lines(
      all.map((lines) => ({
        prompt: tokenizer.encode(lines[0].prompt),
        response: encodeResponse(tokenizer, written(lines)),
      })),
    );
  const penalty = mean(scoresOf(solutions).flatMap((scores) => [...scores]));
  const curves = await repetitionProbe<Line>({
    solutions,
    filler: [{ prompt: '', text: 'R' }],
    maxCopies: copies,
    score: scoresOf,
    refine: Object.fromEntries(
      refinements.map((name) => [name, (scores: ArrayLike<number>) => refine(name, scores, { eta, penalty })]),
    ),
    signal,
  });
  const [first] = solutions;
  const padded = [
    ...first.slice(0, -1),
    ...new Array<Line>(copies).fill({ prompt: '', text: 'R' }),
    ...first.slice(-1),
  ];
  const [scores] = scoresOf([padded]);
  return {
    solutions: solutions.length,
    curves: curves.map(({ total, gain, farmedFrom }, i) => ({ refinement: refinements[i], total, gain, farmedFrom })),
    text: `${first[0].prompt} ${written(padded)
      .map((line, k) => `${line} (${scores[k].toFixed(2)})`)
      .join(' → ')}`,
  };
}
