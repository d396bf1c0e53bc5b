/** Reads the text of a daily page of papers. Pure: no files, no database. */

export interface PageProblem {
  /** Line of the text, from 1. */
  line: number;
  message: string;
}

export interface PagePaper {
  title: string;
  abstract: string;
  /** The text broke off inside this abstract. A text that breaks off at the end of a sentence looks whole. */
  cutShort: boolean;
  /** Place on the page, from 1. */
  position: number;
  /** Line of the title, from 1. */
  line: number;
}

export interface Page {
  /** The day as pages print it, "Aug 20"; null when the text is no such page, and `problems` says why. */
  date: string | null;
  papers: PagePaper[];
  /** What was left out or decided, in order of lines. */
  problems: PageProblem[];
}

const LONGEST_TITLE = 300;
const LONGEST_ABSTRACT = 10_000;
const LONGEST_WRAPPED_LINE = 200;
const HEADER_WITHIN = 60; // lines with text; a page opens with a menu and a newsletter box
const DATE_WITHIN = 10;

/**
 * A title with spelling folded away: case, accents, Unicode forms, punctuation and spacing. Equal titles have equal
 * keys however they are typeset. At most 400 characters; empty for a text without letters and digits.
 *
 * @example
 * titleKey('STARC:  A General\u00a0Frame-work') === titleKey('Starc a general framework');
 */
export function titleKey(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, 400);
}

/** A run of text: a title, or a paragraph. */
interface Unit {
  line: number;
  text: string;
  /** Put together from lines that an editor broke, so a title may be hidden in it. */
  wrapped: boolean;
}

/**
 * Reads a page: the words "Daily Papers", soon after them a date, then titles and abstracts in turn. Byte order marks,
 * any line ends, odd spacing, wrapped lines and abstracts of several paragraphs are understood, and so are missing
 * blank lines where line lengths tell a title from an abstract. Never throws.
 *
 * @param options.brokenOff the text is known to be the beginning of a longer one
 */
export function parsePage(text: string, { brokenOff = false }: { brokenOff?: boolean } = {}): Page {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(clean);
  const start = findStart(lines);
  if ('problem' in start) return { date: null, papers: [], problems: [start.problem] };
  const { papers, problems } = pairUp(unitsOf(lines, start.next), brokenOff);
  if (papers.length === 0 && problems.length === 0) {
    problems.push({ line: start.next, message: `no paper follows the date "${start.date}"` });
  }
  return { date: start.date, papers, problems };
}

/** One kind of space, no control or zero-width characters. */
function clean(line: string): string {
  return line
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const monthFirst = new RegExp(`^${month} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?$`, 'i');
const dayFirst = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? ${month}(?:,? (\\d{4}))?$`, 'i');

/** A date line as pages print it ("Aug 20", "Aug 20, 2025"); null for any other line. */
function pageDate(line: string): string | null {
  const first = monthFirst.exec(line);
  const second = dayFirst.exec(line);
  const [name, digits, year] = first ? first.slice(1) : second ? [second[2], second[1], second[3]] : [];
  if (name === undefined || digits === undefined) return null;
  const day = Number(digits);
  const short = months.find((known) => name.toLowerCase().startsWith(known.toLowerCase()));
  return day < 1 || day > 31 ? null : `${short} ${day}${year ? `, ${year}` : ''}`;
}

function findStart(lines: string[]): { date: string; next: number } | { problem: PageProblem } {
  let texts = 0;
  let header: number | null = null;
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    texts++;
    if (header !== null) {
      const date = pageDate(line);
      if (date !== null) return { date, next: i + 1 };
    } else if (line.length <= LONGEST_TITLE && titleKey(line).startsWith('dailypapers')) {
      header = i;
      texts = 0;
    }
    if (texts >= (header === null ? HEADER_WITHIN : DATE_WITHIN)) break;
  }
  if (texts === 0 && header === null) return { problem: { line: 1, message: 'there is no text' } };
  if (header !== null) {
    return {
      problem: {
        line: header + 1,
        message: 'after "Daily Papers" there should be a date such as "Aug 20", and there is none',
      },
    };
  }
  const first = lines.findIndex((line) => line !== '');
  return {
    problem: {
      line: first + 1,
      message: `a daily page has the line "Daily Papers" near its top; this text begins with ${shown(lines[first] ?? '')}`,
    },
  };
}

/** Titles and paragraphs from line `from` (0-based) on. */
function unitsOf(lines: string[], from: number): Unit[] {
  const blocks: Unit[][] = [];
  let open = false;
  const lengths: number[] = [];
  for (let i = from; i < lines.length; i++) {
    const text = lines[i];
    // A line without letters is a vote count or a rule.
    if (!/\p{L}/u.test(text)) {
      open = false;
      continue;
    }
    if (open) blocks.at(-1)?.push({ line: i + 1, text, wrapped: false });
    else blocks.push([{ line: i + 1, text, wrapped: false }]);
    open = true;
    if (text.length <= LONGEST_WRAPPED_LINE) lengths.push(text.length);
  }
  // Where wrapped text was wrapped. Not the longest line: an address cannot be wrapped.
  const width = lengths.sort((a, b) => a - b)[Math.floor(lengths.length * 0.97)] ?? 0;
  return blocks.flatMap((block) => splitBlock(block, width));
}

/** Where blank lines are missing inside a block, the lengths of lines show which are titles. */
function splitBlock(block: Unit[], width: number): Unit[] {
  if (block.length === 1) return block;
  const isLong = (text: string) => text.length > LONGEST_WRAPPED_LINE;
  if (block.some(({ text }) => isLong(text))) {
    const parts: Unit[][] = [];
    for (const [i, line] of block.entries()) {
      const before = block[i - 1]?.text;
      // The last, short line of a paragraph ends a sentence, which a title does not; two short lines are a wrapped
      // title.
      const continues =
        before !== undefined &&
        !isLong(line.text) &&
        (isLong(before) ? !looksLikeTitle(line.text) : looksLikeTitle(before));
      if (continues) parts.at(-1)?.push(line);
      else parts.push([line]);
    }
    return parts.map(joined);
  }
  // All lines are short: wrapped text. A line that had room for the next word was ended on purpose.
  const parts: Unit[][] = [];
  for (const [i, line] of block.entries()) {
    const before = block[i - 1];
    const word = line.text.split(' ', 1)[0];
    const hard = before !== undefined && before.text.length + 1 + word.length <= width;
    if (before === undefined || hard) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  const pieces = parts.map(joined);
  const isTitle = pieces.map(({ text }) => looksLikeTitle(text));
  const repeats = isTitle.filter((each, i) => i > 0 && each === isTitle[i - 1]).length;
  const substantial = pieces.every(({ text }, i) => isTitle[i] || isLong(text));
  // Titles and abstracts take turns, but for a title that fills its line. Lines broken by hand do not: one paragraph.
  return substantial && pieces.length > 1 && repeats * 5 <= pieces.length ? pieces : [joined(block)];
}

function joined(lines: Unit[]): Unit {
  let text = '';
  for (const line of lines) text += `${text === '' || /\p{L}-$/u.test(text.slice(-3)) ? '' : ' '}${line.text}`;
  return { line: lines[0].line, text, wrapped: lines.length > 1 };
}

/** Short, and without a full stop or an address at its end. */
function looksLikeTitle(text: string): boolean {
  return text.length <= LONGEST_TITLE && (!text.endsWith('.') || text.endsWith('..')) && !endsInAddress(text);
}

function endsInAddress(text: string): boolean {
  return /https?:\/\/\S+$/.test(text.slice(-200));
}

function pairUp(units: Unit[], brokenOff: boolean): { papers: PagePaper[]; problems: PageProblem[] } {
  const papers: PagePaper[] = [];
  const problems: PageProblem[] = [];
  const leftOut = (line: number, why: string) => problems.push({ line, message: `${why}; left out` });
  let title: Unit | null = null;
  for (const [i, unit] of units.entries()) {
    const next = units[i + 1];
    if (title === null) {
      const last = papers.at(-1);
      if (looksLikeTitle(unit.text)) title = unit;
      else if (last === undefined) leftOut(unit.line, 'a paragraph stands before the first title');
      else if (unit.wrapped) {
        leftOut(unit.line, `a paragraph after ${shown(last.title)} has no title that can be told from it`);
      } else if (last.abstract.length + unit.text.length >= LONGEST_ABSTRACT) {
        leftOut(
          unit.line,
          `a paragraph would make the abstract of ${shown(last.title)} longer than ${LONGEST_ABSTRACT} characters`,
        );
      } else {
        last.abstract += `\n\n${unit.text}`;
        problems.push({
          line: unit.line,
          message: `a paragraph without a title is taken as part of ${shown(last.title)}`,
        });
      }
    } else if (looksLikeTitle(unit.text) && next !== undefined && !looksLikeTitle(next.text)) {
      leftOut(title.line, `${shown(title.text)} has no abstract`);
      title = unit;
    } else {
      if (unit.text.length > LONGEST_ABSTRACT) {
        leftOut(
          title.line,
          `${shown(title.text)} has an abstract of ${unit.text.length} characters (at most ${LONGEST_ABSTRACT})`,
        );
      } else {
        papers.push({
          title: title.text,
          abstract: unit.text,
          cutShort: false,
          position: papers.length + 1,
          line: title.line,
        });
      }
      title = null;
    }
  }
  if (title !== null) leftOut(title.line, `${shown(title.text)} has no abstract, the page ends here`);
  for (const paper of papers) paper.cutShort = /(?:…|\.\.\.)$/.test(paper.abstract);
  const last = papers.at(-1);
  // After a lone title the abstract before it is known to be whole.
  if (last !== undefined && title === null) last.cutShort ||= brokenOff || !endsWhole(last.abstract);
  problems.sort((a, b) => a.line - b.line);
  return { papers, problems };
}

/** Whether a text ends where a sentence or an address does. */
function endsWhole(text: string): boolean {
  const end = text.slice(-200);
  if (/\b(?:e\.g|i\.e|et al|vs|cf|fig|eq|sec|resp|approx|w\.r\.t)\.$/i.test(end)) return false;
  return /[.!?。][\p{Pe}\p{Pf}"'*$]*$/u.test(end) || endsInAddress(end);
}

function shown(text: string): string {
  const printable = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '·');
  return `"${printable.length > 60 ? `${printable.slice(0, 60)}…` : printable}"`;
}
