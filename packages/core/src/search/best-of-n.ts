import { type Generated, type Generation, type LanguageModel, type Prompt, positiveWhole } from '../lm/index.ts';
import type { Scorer } from './scorer.ts';
import { generateOptions, type SearchOptions, type SearchReport, SearchRun } from './search-run.ts';

export interface BestOfNOptions extends SearchOptions {
  /** Samples for each prompt. */
  n: number;
}

/** The samples of one prompt with their scores. */
export interface ScoredSamples extends SearchReport {
  /** In the order in which they were drawn, failures among them. */
  samples: readonly Generation[];
  /** Of each sample; null for failures and abstentions. */
  scores: readonly (number | null)[];
}

export interface BestOfN extends ScoredSamples {
  /** The sample with the highest score, the first of equals; null when no sample has a score. */
  best: { at: number; score: number; sample: Generated } | null;
}

/**
 * Best-of-n: draws n responses to each prompt and keeps the one that the scorer likes best. Judge what comes out by
 * something other than the scorer: the larger n, the more its mistakes are what is selected (Gao et al. 2022, arXiv
 * 2210.10760).
 *
 * @returns one outcome a prompt
 * @throws RangeError for options out of range, or a scorer that gives too few scores or one that is not finite; the
 *   signal's reason when aborted; BudgetExceeded when the model's budget was spent before
 * @example
 * const lm = simulatedModel({ reply: () => [{ text: '4', weight: 1 }, { text: 'four', weight: 1 }] });
 * const [{ best }] = await bestOfN(lm, ['2 + 2?'], (items) => items.map(({ response }) => -response.length), { n: 8 });
 * best?.sample.text; // '4'
 */
export async function bestOfN(
  lm: LanguageModel,
  prompts: readonly Prompt[],
  scorer: Scorer,
  options: BestOfNOptions,
): Promise<BestOfN[]> {
  const all = await scoredSamples(lm, prompts, scorer, options);
  return all.map((scored) => {
    const { samples, scores } = scored;
    let best: BestOfN['best'] = null;
    for (const [at, sample] of samples.entries()) {
      const score = scores[at];
      if (sample.ok && score !== null && (best === null || score > best.score)) best = { at, score, sample };
    }
    return { ...scored, best };
  });
}

/** Draws samples for each prompt and scores those that are none of failures; without a scorer no sample has a score. */
export async function scoredSamples(
  lm: LanguageModel,
  prompts: readonly Prompt[],
  scorer: Scorer | null,
  options: BestOfNOptions,
): Promise<ScoredSamples[]> {
  const { n } = options;
  positiveWhole('n', n);
  const run = new SearchRun(lm, prompts.length, options);
  const jobs = prompts.map((prompt, index) => ({ index, prompt }));
  const drawn = await run.draw(jobs, { ...generateOptions(options), n });
  const good = drawn.flatMap((samples, index) =>
    samples.flatMap((sample, at) => (sample.ok ? [{ index, at, sample }] : [])),
  );
  const scores = drawn.map((samples) => new Array<number | null>(samples.length).fill(null));
  if (scorer !== null) {
    const items = good.map(({ index, sample }) => ({
      prompt: prompts[index],
      index,
      response: sample.text,
      steps: [sample.text],
      complete: sample.finish !== 'length' && sample.finish !== 'other',
      samples: [sample],
    }));
    const given = await run.score('scorer', scorer, items);
    for (const [i, { index, at }] of good.entries()) scores[index][at] = given[i];
  }
  run.finished(prompts.length);
  return drawn.map((samples, index) => ({ ...run.report(index), samples, scores: scores[index] }));
}
