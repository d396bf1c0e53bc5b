import { type ChainData, lineSpans, type Problem } from '@laurel/core/env';
import { monteCarloLabels } from '@laurel/core/model';
import { type Gpt, sampleGpt } from '@laurel/core/nn';
import { isCorrect, type LanguageRollout } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';
import { type ChainTask, familyOf } from '../lab/task.ts';

/** A response, finished or cut at the end of a line. */
export type Written = Pick<LanguageRollout<Problem<ChainData>>, 'problem' | 'prompt' | 'response'>;

/** Q^π of a fixed policy after each line and before the first, by completions of its own. Each prefix is asked about once. */
export class SampledValues {
  readonly #gpt: Gpt;
  readonly #task: ChainTask;
  readonly #completions: number;
  readonly #random: Random;
  readonly #known = new Map<string, number>();
  /** Tokens spent on completions so far. */
  sampledTokens = 0;

  constructor(gpt: Gpt, task: ChainTask, completions: number, random: Random) {
    this.#gpt = gpt;
    this.#task = task;
    this.#completions = completions;
    this.#random = random;
  }

  /** One value before the first line and one after each, for each response. */
  async of(written: readonly Written[], signal: AbortSignal): Promise<Float64Array[]> {
    const { tokenizer } = familyOf(this.#task);
    const rows = written.map(({ problem, prompt, response }) =>
      [0, ...lineSpans(tokenizer, response).map(({ end }) => end)].map((end): Prefix => {
        const part = response.subarray(0, end);
        return { problem, prompt, part, key: `${problem.prompt} ${part.join(' ')}` };
      }),
    );
    const missing = new Map<string, Prefix>();
    for (const prefix of rows.flat()) {
      if (!this.#known.has(prefix.key) && !this.#settled(prefix)) missing.set(prefix.key, prefix);
    }
    const prefixes = [...missing.values()];
    const labels = await monteCarloLabels<Prefix, Int32Array>(prefixes, {
      completions: this.#completions,
      complete: (asked, n) => this.#complete(asked, n),
      isCorrect: (completion, { problem, part }) => this.#right(problem, Int32Array.of(...part, ...completion)),
      batch: 256,
      signal,
    });
    for (const [i, { soft }] of labels.entries()) this.#known.set(prefixes[i].key, soft ?? 0);
    return rows.map((row) => Float64Array.from(row, (prefix) => this.#known.get(prefix.key) ?? 0));
  }

  /** What has come to its end, or to the end of its room, is its own only completion. */
  #settled({ problem, part, key }: Prefix): boolean {
    const over = part.at(-1) === familyOf(this.#task).tokenizer.eos || part.length >= this.#task.room;
    if (over) this.#known.set(key, Number(this.#right(problem, part)));
    return over;
  }

  #right(problem: Problem<ChainData>, response: Int32Array): boolean {
    const family = familyOf(this.#task);
    const ended = response.at(-1) === family.tokenizer.eos;
    return isCorrect(family, { problem, response, ended, prompt: response, logProbs: new Float32Array() });
  }

  #complete(asked: readonly Prefix[], n: number): Int32Array[][] {
    const samples = sampleGpt(
      this.#gpt,
      asked.map(({ prompt, part }) => [...prompt, ...part]),
      {
        n,
        maxTokens: asked.map(({ part }) => this.#task.room - part.length),
        stop: [familyOf(this.#task).tokenizer.eos],
        random: (i, j) => this.#random.split(asked[i].key, j),
      },
    );
    return samples.map((group) =>
      group.map(({ tokens }) => {
        this.sampledTokens += tokens.length;
        return tokens;
      }),
    );
  }
}

interface Prefix extends Omit<Written, 'response'> {
  part: Int32Array;
  key: string;
}
