/** Turns text into token numbers and back, exactly, over a small closed vocabulary. */
export interface Tokenizer {
  /** The vocabulary: `tokens[id]` is the text of a token. The four specials come first. */
  readonly tokens: readonly string[];
  readonly size: number;
  readonly pad: number;
  readonly bos: number;
  readonly eos: number;
  readonly newline: number;
  /** `word`: tokens are separated by spaces in text. `character`: they stand side by side. */
  readonly level: TokenLevel;
  /** The tokens of a text. Specials may be spelled out, as `<eos>`. Throws RangeError naming what is unknown, and where. */
  encode(text: string): Int32Array;
  /** The text of tokens, specials spelled out: the inverse of `encode`. Throws RangeError for a number that is no token. */
  decode(ids: ArrayLike<number>): string;
}

export type TokenLevel = 'character' | 'word';

const specials = ['<pad>', '<bos>', '<eos>', '\n'] as const;

/**
 * A tokenizer. At `character` level a token may be longer than a character (`chk`), as long as no token begins another:
 * such a code is read in one way only, so `decode(encode(text))` is the text and `encode(decode(ids))` the tokens. At
 * `word` level both hold for texts with single spaces and no spaces at the ends of lines.
 *
 * @param tokens the vocabulary without the specials `<pad>`, `<bos>`, `<eos>` and newline, which get the numbers 0 to 3
 * @throws RangeError for an empty vocabulary, an empty token, one with white space, one given twice, or one that begins another
 * @example
 * const tokenizer = createTokenizer([...'0123456789+-*=?A']);
 * tokenizer.encode('3+4=7\n'); // 6 tokens, the last tokenizer.newline
 */
export function createTokenizer(tokens: readonly string[], level: TokenLevel = 'character'): Tokenizer {
  const all: readonly string[] = [...specials, ...tokens];
  const ids = new Map(all.map((token, id) => [token, id]));
  assertVocabulary(tokens, all, level);
  const longest = Math.max(...all.map((token) => token.length));

  const unknown = (token: string, at: number, text: string) =>
    new RangeError(
      `unknown token ${JSON.stringify(token)} at ${at} of ${JSON.stringify(text)}; the tokens are: ${tokens.join(' ')}`,
    );

  const encodeCharacters = (text: string): number[] => {
    const out: number[] = [];
    for (let at = 0; at < text.length; ) {
      let id: number | undefined;
      let length = 0;
      while (id === undefined && length < longest && at + length < text.length) {
        length++;
        id = ids.get(text.slice(at, at + length));
      }
      if (id === undefined) throw unknown(String.fromCodePoint(text.codePointAt(at) ?? 0), at, text);
      out.push(id);
      at += length;
    }
    return out;
  };

  const encodeWords = (text: string): number[] =>
    Array.from(text.matchAll(/\n|[^\s]+/g), ({ 0: word, index }) => {
      const id = ids.get(word);
      if (id === undefined) throw unknown(word, index, text);
      return id;
    });

  return {
    tokens: all,
    size: all.length,
    pad: 0,
    bos: 1,
    eos: 2,
    newline: 3,
    level,
    encode: (text) => Int32Array.from(level === 'word' ? encodeWords(text) : encodeCharacters(text)),
    decode: (sequence) => {
      let text = '';
      for (let i = 0; i < sequence.length; i++) {
        const token = all[sequence[i]];
        if (token === undefined) {
          throw new RangeError(`ids[${i}] must be a whole number from 0 to ${all.length - 1}, got ${sequence[i]}`);
        }
        if (level === 'word' && text !== '' && token !== '\n' && !text.endsWith('\n')) text += ' ';
        text += token;
      }
      return text;
    },
  };
}

/**
 * The same tokenizer with further tokens, which come after the old ones: old numbers keep their meaning.
 *
 * @example
 * const judging = extendTokenizer(chainMod().tokenizer, ['S', 'J', '|', ';', ' ', 'ok', 'no']);
 */
export function extendTokenizer(tokenizer: Tokenizer, tokens: readonly string[]): Tokenizer {
  return createTokenizer([...tokenizer.tokens.slice(specials.length), ...tokens], tokenizer.level);
}

/** The tokens of a response: its lines, joined by newlines, closed by the end-of-sequence token. */
export function encodeResponse(tokenizer: Tokenizer, lines: readonly string[]): Int32Array {
  const body = tokenizer.encode(lines.join('\n'));
  const out = new Int32Array(body.length + 1);
  out.set(body);
  out[body.length] = tokenizer.eos;
  return out;
}

/**
 * The text of a response up to its end-of-sequence token, or all of it when it was cut before one. Padding or a second
 * beginning inside a response is no text of the language; it shows as `<pad>` or `<bos>` and fails every checker.
 */
export function decodeResponse(tokenizer: Tokenizer, ids: ArrayLike<number>): string {
  const response = Int32Array.from(ids);
  const end = response.indexOf(tokenizer.eos);
  return tokenizer.decode(end < 0 ? response : response.subarray(0, end));
}

function assertVocabulary(tokens: readonly string[], all: readonly string[], level: TokenLevel): void {
  if (tokens.length === 0) throw new RangeError('tokens must not be empty');
  const seen = new Set<string>(specials);
  for (const token of tokens) {
    // A single space is a fine character, but at word level spaces separate.
    if (token === '' || (/\s/.test(token) && !(level === 'character' && token === ' '))) {
      throw new RangeError(`tokens must be words without white space, got ${JSON.stringify(token)}`);
    }
    if (seen.has(token)) throw new RangeError(`tokens must differ, got ${JSON.stringify(token)} twice`);
    seen.add(token);
  }
  if (level === 'word') return;
  // In sorted order a token that begins any other begins its successor.
  const sorted = [...all].sort();
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i].startsWith(sorted[i - 1])) {
      throw new RangeError(
        `no token may begin another, got ${JSON.stringify(sorted[i - 1])} and ${JSON.stringify(sorted[i])}`,
      );
    }
  }
}
