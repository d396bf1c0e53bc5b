import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuationStart } from './continuation.ts';

describe('continuationStart', () => {
  it('finds the boundary of any tokenisation, behind whatever a template puts in front', () => {
    const piece = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(piece, { minLength: 1, maxLength: 6 }).filter((pieces) => pieces.join('').trim() !== ''),
        (prompt, continuation) => {
          const start = continuationStart(['<s>', ...prompt, ...continuation], continuation.join(''));
          expect(start).toBe(1 + prompt.length);
        },
      ),
    );
  });

  it('counts a first token that begins with white space of the prompt', () => {
    expect(continuationStart(['A', ':', ' yes', '!'], 'yes!')).toBe(2);
    expect(continuationStart(['A', ':\n', 'yes'], 'yes')).toBe(2);
  });

  it('refuses a token that reaches into the words of the prompt', () => {
    expect(continuationStart(['A:', 'foobar'], 'bar')).toMatchObject({ ok: false, kind: 'boundary' });
  });

  it('reads raw spellings and tokens that lost their space', () => {
    expect(continuationStart(['A', 'Ġyes', 'Ċ', 'Ġno'], ' yes\n no')).toBe(1);
    expect(continuationStart(['▁A', '▁yes'], ' yes')).toBe(1);
    expect(continuationStart(['A', 'yes', 'sir'], ' yes sir')).toBe(1);
    // A template that trims the message.
    expect(continuationStart(['<assistant>', 'yes'], '  yes ')).toBe(1);
  });

  it('refuses tokens that do not spell the continuation, such as those of a server that ignores echo', () => {
    for (const tokens of [[], ['4'], ['yes'], ['A', 'ye', '?']]) {
      expect(continuationStart(tokens, 'oh yes')).toMatchObject({ ok: false, kind: 'malformed' });
    }
  });
});
