/** A piece of running text. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'math'; tex: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis'; text: string }
  | { kind: 'link'; text: string; url: string };

/** Formulae and code come first: nothing inside them is markup. */
const patterns = [
  /(?<!\\)\$(?<math>[^$\n]+(?:\n[^$\n]+)*)(?<!\\)\$/,
  /`(?<code>[^`\n]+)`/,
  /\*\*(?<strong>[^*\n]+)\*\*/,
  /(?<![\w*])\*(?<emphasis>[^*\s][^*\n]*)\*(?![\w*])/,
  /\[(?<label>[^\]\n]+)\]\((?<url>https?:\/\/[^)\s]+)\)/,
];
const markup = new RegExp(patterns.map(({ source }) => source).join('|'), 'g');

/** Splits a paragraph of the papers' Markdown (no headings, no nesting) with TeX between dollar signs. */
export function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of paragraph.matchAll(markup)) {
    if (match.index > end) pieces.push(plain(paragraph.slice(end, match.index)));
    pieces.push(pieceOf(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < paragraph.length) pieces.push(plain(paragraph.slice(end)));
  return pieces;
}

/** Paragraphs, and lists where each line starts with a dash. */
export function blocksOf(text: string): { kind: 'paragraph' | 'list'; items: string[] }[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const lines = block.split('\n');
      return lines.every((line) => line.startsWith('- '))
        ? { kind: 'list' as const, items: lines.map((line) => line.slice(2)) }
        : { kind: 'paragraph' as const, items: [block] };
    });
}

/** The text without its markup, formulae as TeX: for titles, descriptions and search results. */
export function plainText(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.kind === 'math' ? piece.tex : piece.text))
    .join('')
    .replace(/\s+/g, ' ');
}

function plain(text: string): Piece {
  return { kind: 'text', text: text.replaceAll('\\$', '$') };
}

function pieceOf({ math, code, strong, emphasis, label, url }: Record<string, string | undefined>): Piece {
  if (math !== undefined) return { kind: 'math', tex: math };
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis };
  return { kind: 'link', text: label ?? '', url: url ?? '' };
}
