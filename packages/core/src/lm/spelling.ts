import type { Tokenizer } from '../env/index.ts';
import { type Failure, failure, type ScorePair } from './language-model.ts';

/** Between texts and the tokens of a small closed vocabulary, for a model with a context. */
export class Spelling {
  readonly #tokenizer: Tokenizer;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** The tokens of a text, at least one and `most` at most, or what is wrong; `what` is the text's name in a sentence. */
  encode(text: string, what: string, most: number): Int32Array | Failure {
    const tokens = this.#read(text);
    if (isFailure(tokens)) return tokens;
    if (tokens.length === 0) return failure('refused', `${what} holds no token: the model needs at least one`);
    if (tokens.length <= most) return tokens;
    return failure('refused', `${what} must have at most ${most} tokens to fit the context, got ${tokens.length}`);
  }

  /** The tokens of prompt and continuation, and how many are the prompt's. */
  join(prompt: string, { continuation }: ScorePair, most: number): { tokens: Int32Array; from: number } | Failure {
    const tokens = this.encode(prompt + continuation, 'prompt and continuation together', most);
    if (isFailure(tokens)) return tokens;
    const [before, after] = [this.#read(prompt), this.#read(continuation)];
    if (isFailure(before) || isFailure(after) || before.length + after.length !== tokens.length) {
      return failure(
        'boundary',
        'a token spans the end of the prompt and the start of the continuation; move the whole of it into one of the two',
      );
    }
    if (after.length === 0) return failure('refused', 'the continuation holds no token');
    if (before.length > 0) return { tokens, from: before.length };
    return failure('unsupported', 'the first token of a text has no log-probability: give a prompt before it');
  }

  /** The text of a token where it stands: at word level with the space before it. */
  piece(previous: number | undefined, token: number): string {
    const { tokens } = this.#tokenizer;
    if (previous === undefined) return tokens[token];
    return this.#tokenizer.decode([previous, token]).slice(tokens[previous].length);
  }

  /** Pieces that spell the text when they are joined. */
  pieces(tokens: Int32Array): string[] {
    return Array.from(tokens, (token, t) => this.piece(tokens[t - 1], token));
  }

  /** A sample that begins after this prompt. */
  write(prompt: string, tokens: Int32Array, stop: readonly string[]): Writing {
    const spaced = this.#tokenizer.level === 'word' && /[^\S\n]$/.test(prompt);
    return new Writing(this, tokens[tokens.length - 1], spaced, stop);
  }

  #read(text: string): Int32Array | Failure {
    try {
      return this.#tokenizer.encode(text);
    } catch (error) {
      if (error instanceof RangeError) return failure('refused', error.message);
      throw error;
    }
  }
}

/** A sample while it is written. */
export class Writing {
  readonly #spelling: Spelling;
  readonly #stop: readonly string[];
  #previous: number;
  /** Whether the prompt has the space before the first word already. */
  readonly #spaced: boolean;
  readonly pieces: string[] = [];
  text = '';

  constructor(spelling: Spelling, previous: number, spaced: boolean, stop: readonly string[]) {
    this.#spelling = spelling;
    this.#previous = previous;
    this.#spaced = spaced;
    this.#stop = stop;
  }

  /** Gives whether a stop string is complete now: it ends in the new piece, but may begin in any before. */
  add(token: number): boolean {
    const piece = this.#spelling.piece(this.#previous, token);
    const before = this.text.length;
    this.text += this.#spaced && before === 0 ? piece.replace(/^ /, '') : piece;
    this.#previous = token;
    this.pieces.push(piece);
    return this.#stop.some((stop) => this.text.includes(stop, Math.max(0, before - stop.length + 1)));
  }
}

export function isFailure(item: object): item is Failure {
  return 'ok' in item && item.ok === false;
}

/** Does the work for the items that are no failures; the failures keep their places. */
export function settle<T extends object, R>(
  items: readonly (T | Failure)[],
  work: (able: readonly T[]) => readonly R[],
): (R | Failure)[] {
  const results = work(items.filter((item): item is T => !isFailure(item))).values();
  return items.map((item) => (isFailure(item) ? item : results.next().value!));
}
