import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { UsageError } from '@laurel/server';

/** Takes whole lines, no faster than they are written. */
export interface LinesOut {
  /** False when nobody reads any more, as behind `head`: then stop. */
  write(lines: string): Promise<boolean>;
  /** Makes what was written count. */
  commit(): Promise<void>;
  /** Takes back what can be taken back. */
  abandon(): Promise<void>;
}

/** Lines to a stream such as standard output. */
export function linesTo(stream: Writable): LinesOut {
  let gone = false;
  // The callback below hears of it as well; unheard, the event would end the process.
  stream.on('error', () => {});
  return {
    async write(lines) {
      if (gone) return false;
      const error = await new Promise<Error | null | undefined>((resolve) => stream.write(lines, resolve));
      if (!error) return true;
      if ('code' in error && error.code === 'EPIPE') gone = true;
      else throw error;
      return false;
    },
    async commit() {},
    async abandon() {},
  };
}

/** Lines to a file that is there only when it is whole: they go to one beside it, which takes its name at the end. */
export async function linesToFile(file: string): Promise<LinesOut> {
  const partial = `${file}.${process.pid}.part`;
  const handle = await open(partial, 'wx').catch((error: Error) => {
    throw new UsageError(`${file}: ${error.message}`);
  });
  return {
    async write(lines) {
      await handle.appendFile(lines);
      return true;
    },
    async commit() {
      await handle.close();
      await rename(partial, file);
    },
    async abandon() {
      await handle.close();
      await rm(partial, { force: true });
    },
  };
}
