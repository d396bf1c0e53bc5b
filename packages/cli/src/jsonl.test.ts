import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonLine, readJsonl } from './jsonl.ts';

/** All lines, of a file that comes in the given pieces. */
async function read(pieces: readonly (string | Buffer)[], longest?: number): Promise<JsonLine[]> {
  const chunks = (async function* () {
    for (const piece of pieces) yield Buffer.from(piece);
  })();
  const lines: JsonLine[] = [];
  for await (const some of readJsonl(chunks, longest === undefined ? {} : { longest })) lines.push(...some);
  return lines;
}

const values = async (...pieces: (string | Buffer)[]) =>
  (await read(pieces)).map((line) => (line.ok ? line.value : line.reason));

describe('readJsonl', () => {
  it('reads the same however the bytes are cut into chunks', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.record({ text: fc.string({ unit: 'grapheme' }) }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, fc.constantFrom('\n', '\r\n', '\n\n', '\n  \r\n')), { maxLength: 8 }),
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 12 }),
        async (lines, mark, cuts) => {
          const text = lines.map(([one, end]) => `${JSON.stringify(one)}${end}`).join('');
          const bytes = Buffer.from((mark ? '\ufeff' : '') + text.trimEnd());
          const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
          expect(await values(...pieces)).toEqual(lines.map(([one]) => JSON.parse(JSON.stringify(one))));
        },
      ),
    );
  });

  it('counts lines as an editor does, blank ones too', async () => {
    expect((await read(['\n\n{"a":1}\r\n\r\n2\n'])).map(({ line }) => line)).toEqual([3, 5]);
  });

  it('says what is wrong with a line and goes on', async () => {
    const invalid = Buffer.from([0x22, 0xc3, 0x28, 0x22, 0x0a]);
    expect(await values('{"a":}\n', invalid, '{"b":2}\n', '{"c":')).toEqual([
      expect.stringMatching(/^is not JSON: .*\}/),
      'is not UTF-8',
      { b: 2 },
      'is cut off: the file ends before the record does',
    ]);
    expect(await values('1\n"caf', Buffer.from([0xc3]))).toEqual([
      1,
      'is cut off: the file ends before the record does',
    ]);
    expect(await values('{"a": 1} {"b": 2}\n')).toEqual([expect.stringMatching(/^is not JSON/)]);
    // A mark in the middle of the file is no mark.
    expect(await values('1\n\ufeff2\n')).toEqual([1, expect.stringMatching(/^is not JSON/)]);
  });

  it('lets a line that is too long go by without keeping it', async () => {
    const long = `"${'x'.repeat(40)}"`;
    expect(
      await read([`"${'x'.repeat(8)}"\n`, long.slice(0, 7), long.slice(7, 30), `${long.slice(30)}\n3\n`], 10),
    ).toEqual([
      { line: 1, bytes: 10, ok: true, value: 'xxxxxxxx' },
      { line: 2, bytes: 42, ok: false, reason: 'is longer than 10 bytes' },
      { line: 3, bytes: 1, ok: true, value: 3 },
    ]);
    expect(await read([long], 10)).toEqual([{ line: 1, bytes: 42, ok: false, reason: 'is longer than 10 bytes' }]);
  });

  it('takes the next chunk only when the lines of the last were taken', async () => {
    let given = 0;
    const chunks = (async function* () {
      for (; given < 100; given++) yield Buffer.from('1\n');
    })();
    for await (const _ of readJsonl(chunks)) if (given === 3) break;
    expect(given).toBe(3);
  });
});
