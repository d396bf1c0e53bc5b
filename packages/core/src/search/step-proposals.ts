import { positiveWhole } from '../lm/index.ts';
import { type Gpt, sampleGpt } from '../nn/index.ts';
import type { Random } from '../stats/index.ts';

export interface StepProposalOptions {
  gpt: Gpt;
  /** Token lists, none empty. */
  prompts: readonly ArrayLike<number>[];
  /** Tokens that end a step; each belongs to it. */
  stop: readonly number[];
  /** The token that ends a response, and its last step. */
  end: number;
  /** Most tokens of a whole response; with the longest prompt it must fit the context. */
  maxTokens: number;
  /** Split by prompt, response so far and position. */
  random: Random;
  /** At least 0; 1 unless told. */
  temperature?: number;
}

/** A response to one of the prompts, as far as it is written. */
export interface ResponsePrefix {
  /** Which prompt. */
  readonly index: number;
  readonly tokens: readonly number[];
}

/** A next step. */
export interface ProposedStep {
  readonly tokens: readonly number[];
  /** `end`: with it the response is complete. `cut`: it came to the limit of tokens. */
  readonly finish: 'step' | 'end' | 'cut';
}

/**
 * Next steps of a tiny GPT, many responses at a time. Behind each prefix stands one fixed list of samples, of which everybody
 * who asks for n sees the first n: searches that share proposals, whatever their scorers and numbers of candidates,
 * choose among the same steps, which makes their difference the scorers' own, and each list is sampled once.
 *
 * @example
 * const { eos, newline } = tokenizer;
 * const proposals = new StepProposals({ gpt, prompts, stop: [newline], end: eos, maxTokens: 40, random: new Random(0, 'steps') });
 * const [[first]] = proposals.draw([{ index: 0, tokens: [] }], 8);
 */
export class StepProposals {
  readonly prompts: readonly Int32Array[];
  readonly #options: StepProposalOptions;
  readonly #known = new Map<string, readonly ProposedStep[]>();
  #sampled = 0;

  /** @throws RangeError when prompts and `maxTokens` do not fit the context */
  constructor(options: StepProposalOptions) {
    const { gpt, prompts, maxTokens } = options;
    positiveWhole('maxTokens', maxTokens);
    const longest = prompts.reduce((most, { length }) => Math.max(most, length), 0);
    // The last token is not read.
    if (longest + maxTokens > gpt.shape.context + 1) {
      throw new RangeError(
        `prompts and maxTokens must fit the context of ${gpt.shape.context}, got ${longest} and ${maxTokens}`,
      );
    }
    this.prompts = prompts.map((prompt) => Int32Array.from(prompt));
    this.#options = options;
  }

  /** Tokens sampled so far. */
  get sampledTokens(): number {
    return this.#sampled;
  }

  /**
   * The first n next steps of each prefix.
   *
   * @throws RangeError for an n that is not positive and whole, a prompt that does not exist, or a prefix that leaves no room
   */
  draw(prefixes: readonly ResponsePrefix[], n: number): (readonly ProposedStep[])[] {
    positiveWhole('n', n);
    const keys = prefixes.map(({ index, tokens }) => `${index}:${tokens.join()}`);
    const missing = new Map<string, ResponsePrefix>();
    prefixes.forEach((prefix, i) => {
      this.#check(prefix, i);
      if ((this.#known.get(keys[i])?.length ?? 0) < n) missing.set(keys[i], prefix);
    });
    this.#sample([...missing], n);
    return keys.map((key) => this.#known.get(key)?.slice(0, n) ?? []);
  }

  #check({ index, tokens }: ResponsePrefix, i: number): void {
    if (this.prompts[index] === undefined) {
      throw new RangeError(
        `prefixes[${i}].index must be a prompt's, from 0 to ${this.prompts.length - 1}, got ${index}`,
      );
    }
    if (tokens.length >= this.#options.maxTokens) {
      throw new RangeError(
        `prefixes[${i}] must leave room within ${this.#options.maxTokens} tokens, got ${tokens.length}`,
      );
    }
  }

  #sample(missing: readonly (readonly [key: string, prefix: ResponsePrefix])[], n: number): void {
    const { gpt, stop, end, maxTokens, random, temperature = 1 } = this.#options;
    const room = missing.map(([, { tokens }]) => maxTokens - tokens.length);
    // The stream of a sample does not depend on n, so a longer list begins with the shorter one.
    const samples = sampleGpt(
      gpt,
      missing.map(([, { index, tokens }]) => [...this.prompts[index], ...tokens]),
      {
        n,
        maxTokens: room,
        stop: [...stop, end],
        temperature,
        random: (i, j) => random.split(missing[i][0], j),
      },
    );
    samples.forEach((group, i) => {
      const steps = group.map(({ tokens, ended }): ProposedStep => {
        const over = tokens[tokens.length - 1] === end;
        return { tokens: Array.from(tokens), finish: over ? 'end' : ended && tokens.length < room[i] ? 'step' : 'cut' };
      });
      this.#known.set(missing[i][0], steps);
      for (const { tokens } of steps) this.#sampled += tokens.length;
    });
  }
}
