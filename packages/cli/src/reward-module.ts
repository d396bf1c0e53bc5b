import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Message } from '@laurel/core/lm';
import type { Scorer } from '@laurel/core/search';
import { UsageError } from '@laurel/server';
import type { Question } from './questions.ts';

/** What the default export of a reward module is given, one a response. */
interface RewardItem {
  prompt: string | readonly Message[];
  /** The whole response; in a beam as much of it as is written. */
  response: string;
  /** In a beam its steps so far, the last of them new; else the response alone. */
  steps: readonly string[];
  /** Whether the response has come to its end. */
  complete: boolean;
  /** Null where the prompt has none. */
  reference: string | null;
  /** The prompt's line of the input as it stands, with whatever else it holds. */
  record: unknown;
}

/** A number an item, higher for better; null for one it has no score for. At once or as a promise. */
type RewardFunction = (items: readonly RewardItem[], signal?: AbortSignal) => ReturnType<Scorer>;

/** Loads a reward from a JavaScript or TypeScript module. Throws UsageError when there is none. */
export async function loadReward(path: string): Promise<(question: Question) => Scorer> {
  const file = resolve(path);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) {
    throw new UsageError(
      `--reward must be exact-match, model-likelihood, vote or a module's path; there is no file ${path}`,
    );
  }
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw new UsageError(`--reward ${path} cannot be loaded: ${why}`);
  }
  if (typeof module.default !== 'function') {
    throw new UsageError(`--reward ${path} must export a function by default, got ${typeof module.default}`);
  }
  const reward = module.default as RewardFunction; // what it gives is checked at each call
  return ({ reference, record }) =>
    (items, signal) =>
      reward(
        items.map(({ prompt, response, steps, complete }) => ({
          prompt,
          response,
          steps,
          complete,
          reference,
          record,
        })),
        signal,
      );
}
