import type { Paper } from '@laurel/core/paper';
import { titleKey } from './page.ts';

/** Which entry of the catalogue a title means. `note` says what a reader should check. */
export type Match = { slug: string; note: string | null } | { slug: null; note: string | null };

/** A title's words as they lie in its key. */
interface Spelling {
  slug: string;
  title: string;
  key: string;
  /** The word that each character of the key belongs to. */
  words: readonly Word[];
  letters: ReadonlyMap<string, number>;
}

interface Word {
  /** Position of its first character in the key. */
  start: number;
  /** Letters that may differ. */
  slips: number;
}

/**
 * Finds the catalogue's entry for a printed title: by the title's key (case, accents, punctuation and spacing do not
 * count), by the same key of its other titles, and else by spelling: every word may differ by a letter or two, but not
 * if it is short, a number or a numeral, and not by two letters at its beginning. So "optimisation" finds
 * "optimization", while "Part I" does not find "Part II", nor "unsupervised" "supervised", nor "with" "without". A
 * match by spelling carries a note, and a title that fits two entries is left alone with a note.
 */
export function catalogueMatcher(catalogue: readonly Paper[]): (title: string) => Match {
  const spellings = catalogue.flatMap(({ slug, title, otherTitles }) =>
    [title, ...otherTitles].map((each) => spellingOf(slug, each)),
  );
  const byKey = new Map<string, Set<string>>();
  for (const { key, slug } of spellings) byKey.set(key, (byKey.get(key) ?? new Set()).add(slug));
  return (title) => {
    const key = titleKey(title);
    const exact = byKey.get(key);
    if (exact) return decide(title, [...exact], () => null);
    const letters = countLetters(key);
    const close = spellings.filter((spelling) => isSameSpelling(key, letters, spelling));
    return decide(
      title,
      [...new Set(close.map(({ slug }) => slug))],
      () => `"${title}" is taken for "${close[0].title}"`,
    );
  };
}

function decide(title: string, slugs: string[], note: () => string | null): Match {
  if (slugs.length === 1) return { slug: slugs[0], note: note() };
  if (slugs.length === 0) return { slug: null, note: null };
  return { slug: null, note: `"${title}" fits more than one entry (${slugs.join(', ')}), so it is matched to none` };
}

function spellingOf(slug: string, title: string): Spelling {
  const key = titleKey(title);
  const words: Word[] = [];
  for (const [part] of title.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const text = titleKey(part);
    const start = words.length;
    // A number, a numeral or a small word changes the meaning with one letter.
    const slips = /\p{N}|^[ivx]+$/u.test(text) || text.length < 4 ? 0 : text.length < 8 ? 1 : 2;
    const word = { start, slips };
    for (let i = 0; i < text.length; i++) words.push(word);
  }
  return { slug, title, key, words: words.slice(0, key.length), letters: countLetters(key) };
}

function countLetters(key: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of key) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

/** Whether `key` is the title with slips of the pen only. */
function isSameSpelling(key: string, letters: ReadonlyMap<string, number>, spelling: Spelling): boolean {
  const most = Math.floor(spelling.key.length / 12); // letters that may differ in all
  if (most === 0 || Math.abs(key.length - spelling.key.length) > most) return false;
  let apart = 0;
  for (const [letter, count] of letters) apart += Math.max(0, count - (spelling.letters.get(letter) ?? 0));
  if (apart > most) return false;
  const edits = editsBetween(spelling.key, key);
  if (edits.length > most) return false;
  const left = new Map(spelling.words.map((word) => [word, word.slips]));
  const begun = new Set<Word>(); // words that differ in their first letter
  for (const { at, kind } of edits) {
    const [before, after] = [spelling.words[at - 1], spelling.words[at]];
    if (kind === 'swap' && after !== spelling.words[at + 1]) return false;
    // A letter put between two words may belong to either.
    const between = kind === 'insert' && before !== after;
    for (const word of between ? [before, after] : [after]) {
      if (word === undefined) continue;
      left.set(word, (left.get(word) ?? 0) - 1);
      if (between || after.start === at) begun.add(word);
    }
  }
  // Two letters before or at the beginning of a word can be a prefix that turns its meaning round.
  return [...left].every(([word, rest]) => rest >= 0 && (!begun.has(word) || word.slips - rest <= 1));
}

interface Edit {
  /** `swap`: two neighbours in the other order. */
  kind: 'replace' | 'delete' | 'insert' | 'swap';
  /** Position in the first text; an insertion stands before it. */
  at: number;
}

/** A shortest list of edits that turns `from` into `to` (Damerau and Levenshtein, neighbours swapped once). */
function editsBetween(from: string, to: string): Edit[] {
  const width = to.length + 1;
  const cost = new Uint16Array((from.length + 1) * width);
  const differ = (i: number, j: number) => (from[i - 1] === to[j - 1] ? 0 : 1);
  const swapped = (i: number, j: number) =>
    i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] && from[i - 1] !== from[i - 2];
  for (let i = 0; i <= from.length; i++) {
    for (let j = 0; j <= to.length; j++) {
      if (i === 0 || j === 0) {
        cost[i * width + j] = i + j;
        continue;
      }
      cost[i * width + j] = Math.min(
        cost[(i - 1) * width + j - 1] + differ(i, j),
        cost[(i - 1) * width + j] + 1,
        cost[i * width + j - 1] + 1,
        swapped(i, j) ? cost[(i - 2) * width + j - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  const edits: Edit[] = [];
  for (let i = from.length, j = to.length; i > 0 || j > 0; ) {
    const here = cost[i * width + j];
    if (i > 0 && j > 0 && cost[(i - 1) * width + j - 1] + differ(i, j) === here) {
      if (differ(i, j) === 1) edits.push({ kind: 'replace', at: i - 1 });
      i--;
      j--;
    } else if (swapped(i, j) && cost[(i - 2) * width + j - 2] + 1 === here) {
      i -= 2;
      j -= 2;
      edits.push({ kind: 'swap', at: i });
    } else if (i > 0 && cost[(i - 1) * width + j] + 1 === here) {
      edits.push({ kind: 'delete', at: --i });
    } else {
      edits.push({ kind: 'insert', at: i });
      j--;
    }
  }
  return edits;
}
