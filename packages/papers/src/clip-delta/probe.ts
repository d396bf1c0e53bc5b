import { type RepetitionCurve, repetitionProbe } from '@laurel/core/assess';
import { encodeResponse, responseLines } from '@laurel/core/env';
import type { Gpt } from '@laurel/core/nn';
import { isCorrect, promptsOf, sampleRollouts } from '@laurel/core/policy';
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

/** Puts copies of a restated result before the answer of right solutions and adds up the rewards; nothing is trained. */
export async function runProbe(
  policy: Gpt,
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
  const problems = heldOutProblems(task, 'test', 3 * wanted, random.split('problems'));
  const sampling = { maxTokens: task.room - 3 * copies, stop: [tokenizer.eos], n: 2 };
  const right = sampleRollouts(policy, promptsOf(family, problems), sampling, random.split('solutions'))
    .flat()
    .filter((rollout) => isCorrect(family, rollout))
    .slice(0, wanted);
  const solutions = right.map(({ problem, response }) =>
    responseLines(tokenizer, response).map((text): Line => ({ prompt: problem.prompt, text })),
  );
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
