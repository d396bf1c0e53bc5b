import {
  BudgetExceeded,
  type Failure,
  failure,
  type GenerateOptions,
  type Generation,
  type LanguageModel,
  type Price,
  type Prompt,
} from '../lm/index.ts';
import type { Scorer, SearchItem } from './scorer.ts';

/** What every search over a language model can be told. Of `GenerateOptions` all but `n`, with their defaults. */
export interface SearchOptions extends Omit<GenerateOptions, 'n'> {
  /** Makes `usage.cost` known. */
  price?: Price;
  signal?: AbortSignal;
  /** Called whenever samples or scores have come in, and when a search has ended. */
  onProgress?: (progress: SearchProgress) => void;
}

/** How far a search is, over all its prompts. */
export interface SearchProgress {
  /** Samples drawn so far, failures included. */
  samples: number;
  /** Items scored so far, abstentions included. */
  scored: number;
  /** Prompts that are done, and all. */
  finished: number;
  prompts: number;
}

/** What was spent on one prompt. A prompt that several samples share counts with each of them. */
export interface SearchUsage {
  /** Samples asked for, failures included. */
  samples: number;
  promptTokens: number;
  completionTokens: number;
  /** Samples of which nobody told how many tokens they took; the sums lack them. */
  unknown: number;
  /** Items handed to the scorer. */
  scored: number;
  /** In the currency of `price`, without the discount for cached tokens; null without a price or with `unknown`. */
  cost: number | null;
}

/** What every search tells of each prompt beside its outcome. */
export interface SearchReport {
  /** Samples that came to nothing. They have no score and take no part. */
  failed: number;
  /** The first of their reasons; null without failures. */
  failure: Failure | null;
  /** Items to which the scorer gave no score. */
  abstained: number;
  usage: SearchUsage;
}

/** Draws and scores for a search over several prompts, and keeps the account of each. */
export class SearchRun {
  readonly #lm: LanguageModel;
  readonly #options: SearchOptions;
  readonly #reports: SearchReport[];
  readonly #progress: SearchProgress;

  constructor(lm: LanguageModel, prompts: number, options: SearchOptions) {
    this.#lm = lm;
    this.#options = options;
    const cost = options.price === undefined ? null : 0;
    const usage = { samples: 0, promptTokens: 0, completionTokens: 0, unknown: 0, scored: 0, cost };
    this.#reports = Array.from({ length: prompts }, () => ({
      failed: 0,
      failure: null,
      abstained: 0,
      usage: { ...usage },
    }));
    this.#progress = { samples: 0, scored: 0, finished: 0, prompts };
  }

  /**
   * Samples for each job. A budget that runs out between two calls is the failure of what was still to come, so that
   * what was paid for is not lost.
   */
  async draw(
    jobs: readonly { index: number; prompt: Prompt; cannot?: Failure | null }[],
    given: GenerateOptions,
  ): Promise<Generation[][]> {
    const { signal } = this.#options;
    const n = given.n ?? 1;
    signal?.throwIfAborted();
    const able = jobs.filter(({ cannot }) => !cannot);
    let drawn: Generation[][] = [];
    try {
      if (able.length > 0) {
        drawn = await this.#lm.generate(
          able.map(({ prompt }) => prompt),
          given,
          signal,
        );
      }
    } catch (error) {
      if (!(error instanceof BudgetExceeded) || this.#progress.samples === 0) throw error;
      const spent = failure('budget', error.message);
      drawn = able.map(() => new Array<Generation>(n).fill(spent));
    }
    signal?.throwIfAborted();
    let next = 0;
    const all = jobs.map(({ cannot }) => (cannot ? new Array<Generation>(n).fill(cannot) : drawn[next++]));
    for (const [j, samples] of all.entries()) for (const sample of samples) this.#count(jobs[j].index, sample);
    this.#progress.samples += jobs.length * n;
    this.#tell();
    return all;
  }

  async score(name: string, scorer: Scorer, items: readonly SearchItem[]): Promise<(number | null)[]> {
    const scores = await scoresOf(name, scorer, items, this.#options.signal);
    for (const [i, { index }] of items.entries()) {
      const report = this.#reports[index];
      report.usage.scored++;
      if (scores[i] === null) report.abstained++;
    }
    this.#progress.scored += items.length;
    if (items.length > 0) this.#tell();
    return scores;
  }

  /** Says how many prompts are done. */
  finished(prompts: number): void {
    if (prompts === this.#progress.finished) return;
    this.#progress.finished = prompts;
    this.#tell();
  }

  report(index: number): SearchReport {
    return this.#reports[index];
  }

  #count(index: number, sample: Generation): void {
    const report = this.#reports[index];
    const { usage } = report;
    usage.samples++;
    if (!sample.ok) {
      report.failed++;
      report.failure ??= sample;
      return;
    }
    if (sample.count === null) {
      usage.unknown++;
      usage.cost = null;
      return;
    }
    const { prompt, completion } = sample.count;
    usage.promptTokens += prompt;
    usage.completionTokens += completion;
    const { price } = this.#options;
    if (price && usage.cost !== null) usage.cost += (prompt * price.prompt + completion * price.completion) / 1e6;
  }

  #tell(): void {
    this.#options.onProgress?.({ ...this.#progress });
  }
}

/** What a model is told, without what only the search is. */
export function generateOptions(options: SearchOptions): GenerateOptions {
  const { maxTokens, temperature, topP, stop, seed, logProbs } = options;
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stop !== undefined && { stop }),
    ...(seed !== undefined && { seed }),
    ...(logProbs !== undefined && { logProbs }),
  };
}

/** Calls a scorer and checks what it gives. Throws TypeError or RangeError naming the item. */
async function scoresOf(
  name: string,
  scorer: Scorer,
  items: readonly SearchItem[],
  signal: AbortSignal | undefined,
): Promise<(number | null)[]> {
  if (items.length === 0) return [];
  const scores: unknown = await scorer(items, signal);
  signal?.throwIfAborted();
  if (!Array.isArray(scores) && !ArrayBuffer.isView(scores)) {
    throw new TypeError(`${name} must give a list of scores, got ${scores === null ? 'null' : typeof scores}`);
  }
  const list: unknown[] = Array.from(scores as ArrayLike<unknown>);
  if (list.length !== items.length) {
    throw new RangeError(`${name} must give ${items.length} scores, one an item, got ${list.length}`);
  }
  return list.map((score, i) => {
    if (score === null || (typeof score === 'number' && Number.isFinite(score))) return score;
    throw new RangeError(`${name} must give finite numbers, or null for no score, got ${score} for item ${i}`);
  });
}
