import type { Db } from '../db/open.ts';
import type { SentenceEncoder } from './encoder.ts';
import { encodeRecords } from './import.ts';

/** Encodes for search what has no vector yet, behind the server's back: nobody waits for it. */
export interface Encoding {
  /** Something may be new: look again. */
  again(): void;
  close(): Promise<void>;
}

/** Starts at once. `onError` hears of a failure; the next `again` tries anew. */
export function backgroundEncoding(db: Db, encoder: SentenceEncoder, onError: (error: unknown) => void): Encoding {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const again = () => {
    running = running.then(async () => {
      if (stop.signal.aborted) return;
      await encodeRecords(db, encoder, { signal: stop.signal }).catch((error) => {
        if (!stop.signal.aborted) onError(error);
      });
    });
  };
  again();
  return {
    again,
    async close() {
      stop.abort(new Error('the server is closing'));
      await encoder.close();
      await running;
    },
  };
}
