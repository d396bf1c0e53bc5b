import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UsageError } from '@laurel/server';
import type { z } from 'zod';

/** A line of a JSONL file: what it holds, or why it holds nothing. Lines count from 1; blank ones are left out. */
export type JsonLine = { line: number; bytes: number } & ({ ok: true; value: unknown } | { ok: false; reason: string });

/** Longer lines are bad lines, and are never held in memory. */
const LONGEST_LINE = 64 * 2 ** 20;

/**
 * The lines of a stream of bytes, those of each chunk together. Takes both line ends, a byte order mark, and a last line
 * without an end. What is no UTF-8, no JSON, too long or cut off is a line with its reason. Holds a chunk and a line at a
 * time, and reads on only when the lines were taken.
 */
export async function* readJsonl(
  chunks: AsyncIterable<Buffer>,
  { longest = LONGEST_LINE }: { longest?: number } = {},
): AsyncGenerator<JsonLine[]> {
  /** The beginning of the line that the next chunk goes on with, and its length even where it is not kept. */
  let pieces: Buffer[] = [];
  let length = 0;
  let line = 0;

  const take = (piece: Buffer) => {
    length += piece.length;
    if (length <= longest) pieces.push(piece);
    else pieces = [];
  };
  const finish = (ended: boolean): JsonLine | null => {
    line++;
    const bytes = length;
    const text = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    if (bytes > longest) return { line, bytes, ok: false, reason: `is longer than ${longest} bytes` };
    return parsed(text, line, ended);
  };

  for await (const chunk of chunks) {
    const lines: JsonLine[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, at));
      from = at + 1;
      const found = finish(true);
      if (found) lines.push(found);
    }
    // A copy: the rest must not keep a whole chunk alive, nor change when its buffer is used again.
    if (from < chunk.length) take(Buffer.from(chunk.subarray(from)));
    if (lines.length > 0) yield lines;
  }
  const last = length > 0 ? finish(false) : null;
  if (last) yield [last];
}

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

function parsed(bytes: Buffer, line: number, ended: boolean): JsonLine | null {
  const bad = (reason: string): JsonLine => ({ line, bytes: bytes.length, ok: false, reason });
  // A character may be cut as well; that the line is cut off says more.
  if (!isUtf8(bytes)) return bad(ended ? 'is not UTF-8' : CUT);
  const text = bytes.toString('utf8');
  const plain = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (plain.trim() === '') return null;
  try {
    return { line, bytes: bytes.length, ok: true, value: JSON.parse(plain) };
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    return bad(ended ? `is not JSON: ${why}` : CUT);
  }
}

const CUT = 'is cut off: the file ends before the record does';

/** Opens a file, or standard input for `-`, for reading in chunks. Throws UsageError naming it. */
export async function openInput(file: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
  if (file === '-') return abortable(process.stdin, signal);
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new UsageError(`${file} is a folder`);
    }
    return abortable(handle.createReadStream({ highWaterMark: 2 ** 18 }), signal);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** A stream that waits for bytes that never come must end with the signal too. */
async function* abortable(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
  signal.throwIfAborted();
}

/** What a schema objects to, as `rewards[2]: must be …`. */
export function objection({ issues: [{ path, message }] }: z.ZodError): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place === '' ? message : `${place.replace(/^\./, '')}: ${message}`;
}
