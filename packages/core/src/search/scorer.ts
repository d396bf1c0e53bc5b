import type { Generated, Prompt } from '../lm/index.ts';
import type { Awaitable } from './sampler.ts';

/** What a search hands to its scorer: a response, or as much of one as is written. */
export interface SearchItem {
  prompt: Prompt;
  /** The prompt's position in the call, for what a scorer knows about each prompt, such as its reference answer. */
  index: number;
  /** The text so far: in best-of-n and voting the whole response. */
  response: string;
  /** Its steps, without what separates them; in best-of-n and voting the response alone. */
  steps: readonly string[];
  /** Whether the response has come to its end, rather than to a limit of tokens or the end of a step. */
  complete: boolean;
  /** What the model gave for each step. */
  samples: readonly Generated[];
}

/**
 * Scores a batch, higher for better: one finite number an item, or null where it has none to give. An item without a
 * score takes no part and is counted; it is never a zero. Items of one prompt stand next to each other, and all that are
 * due come in one call. A scorer that rejects ends the search.
 *
 * @example
 * const short: Scorer = (items) => items.map(({ response }) => -response.length);
 */
export type Scorer = (
  items: readonly SearchItem[],
  signal?: AbortSignal,
) => Awaitable<readonly (number | null)[] | Float64Array | Float32Array>;
