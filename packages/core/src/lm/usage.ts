/** Tokens of one request, as the server counts them. */
export interface Usage {
  promptTokens: number;
  /** The part of `promptTokens` that came from the server's cache. */
  cachedTokens: number;
  /** All samples and hidden reasoning together. */
  completionTokens: number;
}

/** Money for a million tokens, in whatever currency the budget is in. */
export interface Price {
  prompt: number;
  completion: number;
  /** Of prompt tokens from the cache; as `prompt` unless told. */
  cached?: number;
}

/** What may be spent in all; no limit where a field is absent. */
export interface Budget {
  /** HTTP requests, retries included. */
  requests?: number;
  /** Prompt and completion tokens together. */
  tokens?: number;
  cost?: number;
}

export interface Totals extends Usage {
  requests: number;
  /** Answers whose tokens (or, with a budget of cost, whose price) nobody told; the other totals lack them. */
  unknown: number;
  /** 0 without a price. */
  cost: number;
}

/** The budget is spent, or cannot be kept. */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
  readonly totals: Totals;

  constructor(message: string, totals: Totals) {
    super(message);
    this.totals = totals;
  }
}

/**
 * Adds up what a model costs, and says stop when a budget is spent. The tokens of a request are known when its answer is
 * there, so requests that are under way when the limit is met still count: at most as many as run at once. Meters nest:
 * two models with a price each may share one budget.
 *
 * @example
 * const run = new Meter({ budget: { cost: 5 } });
 * const judge = new Meter({ price: { prompt: 0.15, completion: 0.6 }, within: run });
 * judge.add({ promptTokens: 2_000_000, cachedTokens: 0, completionTokens: 1_000_000 });
 * run.totals.cost; // 0.9
 */
export class Meter {
  readonly #price: Price | null;
  readonly #budget: Budget;
  readonly #within: Meter | null;
  readonly #totals: Totals = {
    requests: 0,
    unknown: 0,
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    cost: 0,
  };

  /** @param options.within the meter that counts all this one counts, and whose budget also holds */
  constructor({ price, budget = {}, within }: { price?: Price; budget?: Budget; within?: Meter } = {}) {
    for (const [name, value] of [...Object.entries(price ?? {}), ...Object.entries(budget)]) {
      if (!(value >= 0)) throw new RangeError(`${name} must be at least 0, got ${value}`);
    }
    this.#price = price ?? null;
    this.#budget = budget;
    this.#within = within ?? null;
  }

  /** What was spent so far. */
  get totals(): Totals {
    return { ...this.#totals };
  }

  /** Throws BudgetExceeded, with what was spent and what was allowed, unless there is something left. */
  check(): void {
    const { requests, promptTokens, completionTokens, cost, unknown } = this.#totals;
    const spent = { requests, tokens: promptTokens + completionTokens, cost };
    for (const name of ['requests', 'tokens', 'cost'] as const) {
      const limit = this.#budget[name];
      if (limit === undefined) continue;
      if (spent[name] >= limit) {
        throw new BudgetExceeded(
          `the budget of ${limit} ${name} is spent (${spent[name]} so far); raise budget.${name} to go on`,
          this.totals,
        );
      }
      if (name !== 'requests' && unknown > 0) {
        throw new BudgetExceeded(
          `a budget of ${limit} ${name} cannot be kept: ${unknown} answers came without token counts${name === 'cost' ? ' or a price' : ''}; limit budget.requests instead`,
          this.totals,
        );
      }
    }
    this.#within?.check();
  }

  /** Counts a request that is about to be sent. Throws BudgetExceeded, and counts nothing, when nothing is left. */
  request(): void {
    this.check();
    for (let meter: Meter | null = this; meter !== null; meter = meter.#within) meter.#totals.requests++;
  }

  /** Counts an answer's tokens; null where the server did not tell. */
  add(usage: Usage | null): void {
    this.#add(usage, usage === null || this.#price === null ? null : costOf(usage, this.#price));
  }

  #add(usage: Usage | null, cost: number | null): void {
    const totals = this.#totals;
    if (usage === null || (cost === null && this.#budget.cost !== undefined)) totals.unknown++;
    totals.promptTokens += usage?.promptTokens ?? 0;
    totals.cachedTokens += usage?.cachedTokens ?? 0;
    totals.completionTokens += usage?.completionTokens ?? 0;
    totals.cost += cost ?? 0;
    if (this.#within !== null) this.#within.#add(usage, cost);
  }
}

function costOf(usage: Usage, { prompt, completion, cached = prompt }: Price): number {
  const fresh = usage.promptTokens - usage.cachedTokens;
  return (fresh * prompt + usage.cachedTokens * cached + usage.completionTokens * completion) / 1e6;
}
