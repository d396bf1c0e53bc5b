import { definePaper, type Paper, type PaperInput } from '@laurel/core/paper';
import type { SentenceEncoder } from '../src/papers/encoder.ts';

/** A paper of made-up words. */
export function samplePaper(
  slug: string,
  title: string,
  otherTitles: string[] = [],
  more: Partial<Omit<PaperInput, 'claims'>> = {},
): Paper {
  return definePaper({
    slug,
    title,
    otherTitles,
    name: slug.toUpperCase(),
    arxiv: null,
    date: '2024-05',
    authors: ['A. Author'],
    venue: 'none',
    code: null,
    tags: ['made up', 'sample'],
    rooms: ['stats'],
    summary: `${title}. ${'This sentence is here to make the summary long enough. '.repeat(4)}`,
    method: [{ text: 'Do one thing first.' }, { text: 'Then do another.' }],
    pitfalls: ['It is made up.'],
    claims: {
      only: {
        statement: 'One thing holds.',
        reported: 'qualitative',
        setting: 'none',
        baseline: null,
        test: 'record',
        judged: 'not',
      },
    },
    ...more,
  });
}

/** A stand-in that needs no model: words are directions, so texts are alike when they share words. Counts its work. */
export function wordEncoder(): SentenceEncoder & { readonly encoded: string[] } {
  const dimensions = 64;
  const encoded: string[] = [];
  return {
    name: 'words-64',
    dimensions,
    encoded,
    async encode(texts) {
      encoded.push(...texts);
      return texts.map((text) => {
        const vector = new Float32Array(dimensions);
        for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
          let hash = 7;
          for (const letter of word) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
          vector[hash % dimensions] += 1;
        }
        const length = Math.hypot(...vector) || 1;
        return vector.map((x) => x / length);
      });
    },
    async close() {},
  };
}
