import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage, titleKey } from './page.ts';

const first =
  `A first abstract that says enough about its subject to be taken for one, in a line that is long enough to be no
title at all, since it goes on and on until the reader has understood that nothing is going to happen in it.`.replace(
    /\n/g,
    ' ',
  );
const second = `${first} It has more to say, and an address: https://example.org/code`;
const third = `${first} It is the last one and is all there.`;
const papers = [
  ['Rewards, Considered: A Study', first],
  ['Why Not?', second],
  ['Exploring Is Enough... for Now', third],
];
const header = 'new\n\nGet papers by mail!\n\nSubscribe\n\nDaily Papers\n\nbyeditors\n\nAug 20\n\n';
const page = header + papers.map(([title, abstract]) => `${title}\n\n${abstract}`).join('\n\n');
const pairs = (text: string) => parsePage(text).papers.map(({ title, abstract }) => [title, abstract]);

function wrapped(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

describe('parsePage', () => {
  it('reads the date and every paper, in order, with its place and line', () => {
    const { date, papers: found, problems } = parsePage(page);
    expect({ date, problems }).toEqual({ date: 'Aug 20', problems: [] });
    expect(found.map(({ title, abstract }) => [title, abstract])).toEqual(papers);
    expect(found.map(({ position, line, cutShort }) => [position, line, cutShort])).toEqual([
      [1, 13, false],
      [2, 17, false],
      [3, 21, false],
    ]);
  });

  it.each([
    ['carriage returns', page.replaceAll('\n', '\r\n')],
    ['old line ends', page.replaceAll('\n', '\r')],
    ['a byte order mark and trailing spaces', `\ufeff${page.replaceAll('\n', ' \n')}  \n\n\n`],
    ['odd spaces', page.replaceAll(' ', '\u00a0 \t')],
    ['zero-width characters', page.replaceAll('a', 'a\u200b')],
    ['three blank lines each', page.replaceAll('\n\n', '\n\n\n\n')],
    ['no blank lines', page.replaceAll('\n\n', '\n')],
    ['blank lines between papers only', header + papers.map((paper) => paper.join('\n')).join('\n\n')],
    [
      'lines wrapped at 70',
      header +
        papers
          .flat()
          .map((text) => wrapped(text, 70))
          .join('\n\n'),
    ],
    ['vote counts in between', page.replaceAll('\n\n', '\n\n42\n\n').replace('Aug 20\n\n42', 'Aug 20')],
    ['the month written out', page.replace('Aug 20', 'August 20th')],
    ['the day first', page.replace('Aug 20', '20 Aug')],
  ])('understands %s', (_, text) => {
    expect(pairs(text)).toEqual(papers);
    expect(parsePage(text).date).toBe('Aug 20');
  });

  it('tells titles from abstracts in wrapped text without blank lines when lines show it', () => {
    const text = header + papers.map((paper) => paper.map((part) => wrapped(part, 70)).join('\n')).join('\n\n');
    expect(pairs(text)).toEqual(papers);
  });

  it('keeps a year', () => {
    expect(parsePage(page.replace('Aug 20', 'Sept. 3, 2025')).date).toBe('Sep 3, 2025');
  });

  it.each([
    [40, false],
    [page.length - 1, true],
    [page.length - 20, true],
    [page.length - third.length + 5, true],
  ])('of the first %d characters: the last abstract cut short %s', (length, cutShort) => {
    const { papers: found } = parsePage(page.slice(0, length));
    expect(found.some((paper) => paper.cutShort)).toBe(cutShort);
    expect(found.slice(0, -1).every((paper) => !paper.cutShort)).toBe(true);
  });

  it('takes an ellipsis, an abbreviation and a known break for a cut', () => {
    expect(parsePage(page.replace(first, `${first.slice(0, -1)}…`)).papers.map((paper) => paper.cutShort)).toEqual([
      true,
      false,
      false,
    ]);
    expect(parsePage(`${page.slice(0, -1)} e.g.`).papers[2].cutShort).toBe(true);
    expect(parsePage(page, { brokenOff: true }).papers[2].cutShort).toBe(true);
  });

  it('leaves out a title without an abstract and says so', () => {
    const { papers: found, problems } = parsePage(page.replace(`${first}\n\n`, ''));
    expect(found).toHaveLength(2);
    expect(problems).toEqual([{ line: 13, message: '"Rewards, Considered: A Study" has no abstract; left out' }]);
    const end = parsePage(`${page}\n\nA Title at the Very End`);
    expect(end.papers.map(({ cutShort }) => cutShort)).toEqual([false, false, false]);
    expect(end.problems).toEqual([
      { line: 25, message: '"A Title at the Very End" has no abstract, the page ends here; left out' },
    ]);
  });

  it('takes a second paragraph as part of the abstract and says so', () => {
    const { papers: found, problems } = parsePage(page.replace(second, `${first}\n\n${second}`));
    expect(found[1].abstract).toBe(`${first}\n\n${second}`);
    expect(problems).toEqual([{ line: 21, message: 'a paragraph without a title is taken as part of "Why Not?"' }]);
  });

  it('leaves out an abstract that is none', () => {
    const { papers: found, problems } = parsePage(page.replace(second, 'word '.repeat(3000)));
    expect(found.map(({ title }) => title)).toEqual([papers[0][0], papers[2][0]]);
    expect(problems[0]).toEqual({
      line: 17,
      message: '"Why Not?" has an abstract of 14999 characters (at most 10000); left out',
    });
  });

  it.each([
    ['', 1, 'there is no text'],
    [' \n\u200b\n', 1, 'there is no text'],
    [
      '\n\n# Read me\n\nInstall it.',
      3,
      'a daily page has the line "Daily Papers" near its top; this text begins with "# Read me"',
    ],
    [
      'Daily Papers\n\nOne\n\nTwo.',
      1,
      'after "Daily Papers" there should be a date such as "Aug 20", and there is none',
    ],
    [
      'Daily Papers\n\nAug 40\n\nTwo.',
      1,
      'after "Daily Papers" there should be a date such as "Aug 20", and there is none',
    ],
  ])('says why %j is no page', (text, line, message) => {
    expect(parsePage(text)).toEqual({ date: null, papers: [], problems: [{ line, message }] });
  });

  it('says that nothing follows the date', () => {
    expect(parsePage('Daily Papers\nAug 20\n')).toEqual({
      date: 'Aug 20',
      papers: [],
      problems: [{ line: 2, message: 'no paper follows the date "Aug 20"' }],
    });
  });

  const anything = fc.string({
    unit: fc.oneof(fc.constantFrom('\n', '\n\n', ' ', '.', 'a', '\u0000'), fc.string({ unit: 'binary' })),
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (text, withHeader) => {
        const { date, papers: found } = parsePage(withHeader ? header + text : text);
        expect(date === null).toBe(!withHeader);
        for (const { title, abstract } of found) expect(Math.min(title.length, abstract.length)).toBeGreaterThan(0);
      }),
    );
  });

  it('reads again what it has read', () => {
    const line = fc.oneof(
      fc.lorem({ mode: 'sentences', maxCount: 6 }),
      fc.lorem({ maxCount: 8 }),
      fc.constantFrom('', '7', first, second),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const once = pairs(header + lines.join('\n'));
        expect(pairs(header + once.flat().join('\n\n'))).toEqual(once);
      }),
    );
  });
});

describe('titleKey', () => {
  it('folds case, accents, forms, punctuation and spacing', () => {
    expect(titleKey('Réward—Shaping:  “Ａ” Study')).toBe(titleKey('REWARD shaping a study'));
    expect(titleKey('x'.repeat(1000))).toHaveLength(400);
    expect(titleKey('?!')).toBe('');
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        (title) => titleKey(titleKey(title)) === titleKey(title),
      ),
    );
  });
});
