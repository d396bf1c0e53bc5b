import { bestOfKValues, processAdvantages } from '@laurel/core/credit';
import { tinyModel } from '@laurel/core/lm';
import type { Gpt } from '@laurel/core/nn';
import { bestOfN, type Scorer, type SearchUsage, stepBeam } from '@laurel/core/search';
import { mean, Random } from '@laurel/core/stats';
import { type ChainTask, familyOf, heldOutProblems } from '../lab/task.ts';
import { SampledValues, type Written } from './values.ts';

/** One way to spend tokens on a problem. */
export interface SearchArm {
  name: string;
  /** Traces of a beam; null for best-of-n. */
  width: number | null;
  /** Samples of best-of-n; next lines of each trace of a beam. */
  samples: number;
  /** The prover is the best of so many attempts of the policy; null ranks by value alone. */
  k: number | null;
  alpha: number;
}

export interface SearchSetting {
  task: ChainTask;
  problems: number;
  /** Completions behind each value. */
  completions: number;
}

export interface SearchOutcome {
  accuracy: number;
  /** Tokens sampled for one problem, on average, without the completions behind values. */
  tokens: number;
  /** The first problems, with what was answered. */
  answers: { prompt: string; response: string; right: boolean }[];
}

/** Answers the same held-out problems by each search. All share the values of prefixes, which are sampled once. */
export async function searchChains(
  base: Gpt,
  arms: readonly SearchArm[],
  { task, problems: count, completions }: SearchSetting,
  seed: number,
  context: { signal: AbortSignal; progress(fraction: number, note?: string): void },
): Promise<{ arms: SearchOutcome[]; valueTokens: number }> {
  const family = familyOf(task);
  const { tokenizer } = family;
  const random = new Random(seed, 'pav', 'search');
  const problems = heldOutProblems(task, 'test', count, random.split('problems'));
  const prompts = problems.map(({ prompt }) => prompt);
  const lm = tinyModel({ gpt: base, tokenizer });
  const values = new SampledValues(base, task, completions, random.split('values'));
  const scorerBy =
    (score: (values: Float64Array) => number): Scorer =>
    async (items) => {
      const written = items.map(
        ({ index, response, complete }): Written => ({
          problem: problems[index],
          prompt: tokenizer.encode(prompts[index]),
          response: Int32Array.of(...tokenizer.encode(response), complete ? tokenizer.eos : tokenizer.newline),
        }),
      );
      return (await values.of(written, context.signal)).map(score);
    };
  const byValue = scorerBy((row) => row[row.length - 1]);
  const how = { seed, signal: context.signal };
  const outcomes: SearchOutcome[] = [];
  for (const { name, width, samples, k, alpha } of arms) {
    context.progress(outcomes.length / arms.length, name);
    let found: { text: string; usage: SearchUsage }[];
    if (width === null) {
      const picks = await bestOfN(lm, prompts, byValue, { ...how, n: samples, maxTokens: task.room });
      found = picks.map(({ best, usage }) => ({ text: best?.sample.finish === 'end' ? best.sample.text : '', usage }));
    } else {
      const byProgress = scorerBy((row) => {
        if (k === null) return row[row.length - 1];
        return row[row.length - 1] + alpha * processAdvantages(bestOfKValues(row.slice(-2), k))[0];
      });
      const beams = await stepBeam(lm, prompts, byProgress, {
        ...how,
        width,
        expand: samples,
        first: samples * width,
        maxSteps: task.operations + 2,
        maxTokens: 8,
        finalScorer: byValue,
      });
      found = beams.map(({ best, usage }) => ({ text: best?.complete ? best.text : '', usage }));
    }
    const right = found.map(({ text }, i) => family.checkAnswer(problems[i], text).correct);
    outcomes.push({
      accuracy: mean(right.map(Number)),
      tokens: mean(found.map(({ usage }) => usage.completionTokens)),
      answers: found.slice(0, 4).map(({ text }, i) => ({ prompt: prompts[i], response: text, right: right[i] })),
    });
  }
  return { arms: outcomes, valueTokens: values.sampledTokens / count };
}
