import type { Tokenizer } from './tokenizer.ts';

/** Where a line lies in a response: from `start` up to and without `end`, its newline included. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a response of tokens into lines, the steps that process rewards are about. The spans lie end to end and cover
 * the response up to and with its end-of-sequence token; what comes after that is left out. A blank line belongs to the
 * line before it (the first ones to the first line), so every span has something in it, save that a response with no
 * content at all is one line. A policy may leave newlines out, to make one giant step or because it rambles on: a line
 * longer than `longest` tokens is cut into pieces of that length.
 *
 * @param ids the response without its prompt
 * @param longest most tokens of a line, its newline not counted
 * @throws RangeError for a `longest` below 1
 * @example
 * const { tokenizer } = chainMod();
 * lineSpans(tokenizer, encodeResponse(tokenizer, ['3+4=7', 'A7'])); // [{ start: 0, end: 6 }, { start: 6, end: 9 }]
 */
export function lineSpans(tokenizer: Tokenizer, ids: ArrayLike<number>, longest = Infinity): LineSpan[] {
  let length = 0;
  while (length < ids.length && ids[length] !== tokenizer.eos) length++;
  return spans(length, Math.min(length + 1, ids.length), (i) => ids[i] === tokenizer.newline, longest);
}

/** The lines of a response of tokens as text, one for each of its `lineSpans`. */
export function responseLines(tokenizer: Tokenizer, ids: ArrayLike<number>, longest = Infinity): string[] {
  const all = Int32Array.from(ids);
  return lineSpans(tokenizer, all, longest).map(({ start, end }) => {
    const kept = all.subarray(start, end).filter((id) => id !== tokenizer.newline && id !== tokenizer.eos);
    return tokenizer.decode(kept);
  });
}

/**
 * The lines of a text, by the same rules, without white space at their ends. A text without a character has no lines.
 *
 * @param longest most characters of a line
 * @throws RangeError for a `longest` below 1
 * @example
 * splitLines('3+4=7\n\nA7\n'); // ['3+4=7', 'A7']
 */
export function splitLines(text: string, longest = Infinity): string[] {
  const lines = spans(text.length, text.length, (i) => text[i] === '\n', longest);
  return lines.map(({ start, end }) => text.slice(start, end).trim());
}

/** Spans over places 0 to `length`, the last one reaching to `end`. */
function spans(length: number, end: number, isNewline: (i: number) => boolean, longest: number): LineSpan[] {
  if (!(longest >= 1)) throw new RangeError(`longest must be at least 1, got ${longest}`);
  const ends: number[] = [];
  let content = 0;
  for (let i = 0; i < length; i++) {
    if (!isNewline(i)) {
      if (content === longest) {
        ends.push(i);
        content = 0;
      }
      content++;
    } else if (content > 0) {
      ends.push(i + 1);
      content = 0;
    } else if (ends.length > 0) {
      ends[ends.length - 1] = i + 1;
    }
  }
  if (content > 0 || (ends.length === 0 && end > 0)) ends.push(end);
  else if (ends.length > 0) ends[ends.length - 1] = end;
  return ends.map((to, i) => ({ start: i === 0 ? 0 : ends[i - 1], end: to }));
}
