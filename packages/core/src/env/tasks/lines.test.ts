import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSpans, responseLines, splitLines } from './lines.ts';
import { createTokenizer } from './tokenizer.ts';

const tokenizer = createTokenizer([...'0123456789+=A']);
const { eos } = tokenizer;
const encode = (text: string) => [...tokenizer.encode(text)];

describe('lineSpans', () => {
  it('gives each line its newline, and the last one the end of the sequence', () => {
    const ids = [...encode('3+4=7\nA7'), eos];
    expect(lineSpans(tokenizer, ids)).toEqual([
      { start: 0, end: 6 },
      { start: 6, end: 9 },
    ]);
    expect(responseLines(tokenizer, ids)).toEqual(['3+4=7', 'A7']);
    expect(lineSpans(tokenizer, [...encode('A7\n'), eos, ...encode('A8')])).toEqual([{ start: 0, end: 4 }]);
  });

  it('joins blank lines to the line before', () => {
    const ids = encode('\n\n1\n\n2\n');
    expect(lineSpans(tokenizer, ids)).toEqual([
      { start: 0, end: 5 },
      { start: 5, end: 7 },
    ]);
    expect(responseLines(tokenizer, ids)).toEqual(['1', '2']);
  });

  it('cuts a giant line', () => {
    expect(responseLines(tokenizer, encode('3+4=77+1=8A8'), 5)).toEqual(['3+4=7', '7+1=8', 'A8']);
    expect(responseLines(tokenizer, encode('12345\n6'), 5)).toEqual(['12345', '6']);
    expect(() => lineSpans(tokenizer, [4], 0)).toThrow('longest must be at least 1, got 0');
  });

  it('makes one line of a response without content, and none of nothing', () => {
    expect(lineSpans(tokenizer, [eos])).toEqual([{ start: 0, end: 1 }]);
    expect(responseLines(tokenizer, [eos])).toEqual(['']);
    expect(responseLines(tokenizer, encode('\n\n'))).toEqual(['']);
    expect(lineSpans(tokenizer, [])).toEqual([]);
  });

  it('covers every response without gap or overlap, with content in every span', () => {
    const ids = fc.array(fc.nat(tokenizer.size - 1), { maxLength: 50 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 12 }), (sequence, longest) => {
        const spans = lineSpans(tokenizer, sequence, longest);
        const end = sequence.indexOf(eos) < 0 ? sequence.length : sequence.indexOf(eos) + 1;
        expect(spans.at(-1)?.end ?? 0).toBe(end);
        spans.forEach(({ start, end }, i) => {
          expect(start).toBe(i === 0 ? 0 : spans[i - 1].end);
          expect(end).toBeGreaterThan(start);
        });
        const lines = responseLines(tokenizer, sequence, longest);
        const content = sequence.slice(0, end).filter((id) => id !== eos && id !== tokenizer.newline);
        expect(lines.join('')).toBe(tokenizer.decode(content));
        if (content.length > 0) expect(lines).not.toContain('');
      }),
    );
  });
});

describe('splitLines', () => {
  it('splits text by the same rules', () => {
    expect(splitLines('3+4=7\r\n\n A7 \n')).toEqual(['3+4=7', 'A7']);
    expect(splitLines('')).toEqual([]);
    expect(splitLines('abcdef\ng', 4)).toEqual(['abcd', 'ef', 'g']);
    expect(splitLines('  \n')).toEqual(['']);
  });

  it('agrees with the split of tokens', () => {
    const text = fc.string({ unit: fc.constantFrom('1', 'A', '=', '\n'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (response, longest) => {
        expect(splitLines(response, longest)).toEqual(responseLines(tokenizer, encode(response), longest));
      }),
    );
  });
});
