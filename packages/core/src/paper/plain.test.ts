import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertPlain, canonicalJson, sha256 } from './plain.ts';

describe('plain data', () => {
  it('is what JSON keeps', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assertPlain(value);
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('names the place of what is not', () => {
    expect(() => assertPlain({ curve: [1, Number.NaN] }, 'result')).toThrow(
      'result.curve[1] must be a finite number, got NaN',
    );
    expect(() => assertPlain({ a: new Map() })).toThrow('value.a must be plain data (JSON), got Map');
    expect(() => assertPlain([new Float64Array(1)])).toThrow('value[0] must be plain data (JSON), got Float64Array');
    expect(() => assertPlain({ f: () => 1 })).toThrow('got function');
  });

  it('has one text whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }));
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it('hashes as SHA-256 does', async () => {
    expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
