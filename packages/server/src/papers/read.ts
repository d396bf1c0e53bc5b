import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../settings.ts';

/** 16 MB: two hundred times an ordinary page. */
const LARGEST_PAGE = 16 * 1024 * 1024;

/** A file by its path, or bytes with the name that errors give them. */
export type PageSource = string | { name: string; bytes: Uint8Array };

/** A page's text with the name that errors give it. */
export interface PageText {
  name: string;
  text: string;
  /** The text ended inside a character, so it is the beginning of a longer one. */
  brokenOff: boolean;
}

/**
 * Reads a page's file. A larger one than 16 MB is refused by its size, without reading it; a pipe is read up to that
 * limit. Rejects with UsageError, naming the file and what is wrong: not there, a folder, too large, empty, no UTF-8
 * text.
 */
export async function readPage(
  path: string,
  onProgress: (bytes: number, total: number | null) => void = () => {},
): Promise<PageText> {
  const name = basename(path);
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new UsageError(`${path} is a folder; give the file with the page's text`);
    if (info.size > LARGEST_PAGE) throw tooLarge(name, info.size);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of createReadStream(path)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST_PAGE) throw tooLarge(name, null);
      onProgress(size, info.isFile() ? info.size : null);
    }
    return decodePage(name, Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : null;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : error.message;
    throw new UsageError(`cannot read ${path}: ${why}`);
  }
}

/** Checks that bytes are the text of a page. Throws UsageError as `readPage` does. */
export function decodePage(name: string, bytes: Uint8Array): PageText {
  if (bytes.length > LARGEST_PAGE) throw tooLarge(name, bytes.length);
  if (bytes.length === 0) throw new UsageError(`${name} is empty`);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UsageError(`${name} is UTF-16 text; save it as UTF-8`);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new UsageError(`${name} is not text: its byte ${zero} is zero`);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(bytes, { stream: true });
    return { name, text, brokenOff: endsInsideCharacter(decoder) };
  } catch {
    throw new UsageError(`${name} is not UTF-8 text; save it as UTF-8`);
  }
}

/** A file cut in the middle may end inside a character; that is no reason to refuse what comes before. */
function endsInsideCharacter(decoder: TextDecoder): boolean {
  try {
    decoder.decode();
    return false;
  } catch {
    return true;
  }
}

function tooLarge(name: string, size: number | null): UsageError {
  const limit = `a page may have at most ${LARGEST_PAGE / 1024 / 1024} MB`;
  if (size === null) return new UsageError(`${name} is too large: ${limit}`);
  return new UsageError(`${name} is too large: it has ${(size / 1024 / 1024).toFixed(1)} MB, ${limit}`);
}
