import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer, decodeResponse, encodeResponse, extendTokenizer } from './tokenizer.ts';

const characters = createTokenizer([...'0123456789+-*=?A', 'chk', 'no']);
const words = createTokenizer(['go', 'take', 'mug', 'from', 'box', '.', ':'], 'word');

describe('createTokenizer', () => {
  it('numbers the specials first', () => {
    expect(characters.tokens.slice(0, 5)).toEqual(['<pad>', '<bos>', '<eos>', '\n', '0']);
    expect([characters.pad, characters.bos, characters.eos, characters.newline]).toEqual([0, 1, 2, 3]);
    expect(characters.size).toBe(22);
    expect([...characters.encode('3+4=7\nchk')]).toEqual([7, 14, 8, 17, 11, 3, 20]);
    expect([...words.encode('take mug\ngo box')]).toEqual([5, 6, 3, 4, 8]);
    expect(characters.encode('')).toHaveLength(0);
  });

  it.each([
    ['character', characters],
    ['word', words],
  ])('goes both ways at %s level', (_, tokenizer) => {
    const ids = fc.array(fc.nat(tokenizer.size - 1), { maxLength: 40 });
    fc.assert(
      fc.property(ids, (sequence) => {
        const text = tokenizer.decode(sequence);
        expect([...tokenizer.encode(text)]).toEqual(sequence);
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });

  it('names what it does not know', () => {
    expect(() => characters.encode('3+x')).toThrow('unknown token "x" at 2 of "3+x"; the tokens are: 0 1 2');
    expect(() => characters.encode('3+ch')).toThrow('unknown token "c" at 2');
    expect(() => characters.encode('3 4')).toThrow('unknown token " " at 1');
    expect(() => characters.encode('😀')).toThrow('unknown token "😀" at 0');
    expect(() => words.encode('take cup')).toThrow('unknown token "cup" at 5 of "take cup"');
    expect(() => words.decode([4, 99])).toThrow('ids[1] must be a whole number from 0 to 10, got 99');
    expect(() => words.decode([0.5])).toThrow('ids[0] must be');
  });

  it('refuses vocabularies that can be read in two ways', () => {
    expect(() => createTokenizer(['a', 'ab'])).toThrow('no token may begin another, got "a" and "ab"');
    expect(() => createTokenizer(['<'])).toThrow('no token may begin another');
    expect(createTokenizer(['a', 'ab'], 'word').size).toBe(6);
    expect(() => createTokenizer(['a', 'a'])).toThrow('tokens must differ, got "a" twice');
    expect(() => createTokenizer(['<eos>'])).toThrow('tokens must differ');
    expect(() => createTokenizer(['a b'])).toThrow('tokens must be words without white space, got "a b"');
    expect(() => createTokenizer([''], 'word')).toThrow('tokens must be words');
    expect(() => createTokenizer([' '], 'word')).toThrow('tokens must be words');
    expect(() => createTokenizer([])).toThrow('tokens must not be empty');
  });
});

describe('extendTokenizer', () => {
  it('keeps old numbers', () => {
    const more = extendTokenizer(characters, ['S', ' ']);
    expect(more.tokens.slice(0, characters.size)).toEqual(characters.tokens);
    expect([...more.encode('S 3')]).toEqual([22, 23, 7]);
    expect(extendTokenizer(words, ['cup']).level).toBe('word');
  });
});

describe('responses', () => {
  it('are lines, closed by the end of the sequence', () => {
    const ids = encodeResponse(characters, ['3+4=7', 'A7']);
    expect(ids).toHaveLength(9);
    expect(ids[8]).toBe(characters.eos);
    expect(decodeResponse(characters, ids)).toBe('3+4=7\nA7');
  });

  it('stop at the first end, and show what has no place in them', () => {
    const { eos, pad, bos } = characters;
    expect(decodeResponse(characters, [4, eos, 5, pad])).toBe('0');
    expect(decodeResponse(characters, [4, 5])).toBe('01');
    expect(decodeResponse(characters, [4, pad, bos])).toBe('0<pad><bos>');
    expect(decodeResponse(characters, [eos])).toBe('');
  });
});
