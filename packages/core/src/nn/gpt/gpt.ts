import type { Random } from '../../stats/index.ts';
import { type Kernels, type Pointer, kernels as sharedKernels } from '../kernels/kernels.ts';
import { collect, type GptPointers, paddedColumns, paddedRows, place } from './arena.ts';
import { backward, forward, pack, type Trace, takePanel } from './pass.ts';
import { type GptShape, initialParameters, sizeOfGpt } from './shape.ts';

/** A sequence of tokens to read. */
export interface GptSequence {
  readonly tokens: ArrayLike<number>;
  /** The first token that is asked for (a prompt's length): tokens before it are only read. At least 1. */
  readonly from: number;
}

/** What a model says of a sequence. */
export interface GptReading {
  /** log p(token | all before it) of each token from `from` on, in nats: the sequence's length less `from`. */
  readonly logProbs: Float32Array;
  /** Entropy in nats of the distribution that each of these tokens was one of. */
  readonly entropies: Float32Array;
  /** For each of the shape's outputs in order, its value after each token of the sequence: place t has read tokens 0 to t. */
  readonly outputs: readonly Float32Array[];
}

/** The gradient of a loss by a reading: arrays as long as the reading's own; what is absent is 0. */
export interface GptCotangent {
  readonly logProbs?: ArrayLike<number>;
  readonly entropies?: ArrayLike<number>;
  readonly outputs?: readonly ArrayLike<number>[];
}

/** Rows that are worked on at once: enough to keep the kernels busy, few enough for the second cache. */
const CHUNK = 512;

/**
 * A tiny GPT: pre-norm transformer with learned positions (Radford et al. 2019), trained and run on hand-written WebAssembly
 * kernels. It owns nothing but its parameter vector, so it needs no disposing and can be copied, sent and kept at will.
 * On one machine equal calls give equal bits; processors with and without fused multiply-add differ in the last ones.
 *
 * @example
 * const gpt = new Gpt({ vocabulary: 20, context: 40, width: 32, layers: 1, heads: 4 }, new Random(0, 'weights'));
 * const [{ logProbs }] = gpt.read([{ tokens: [1, 5, 7, 2], from: 1 }]); // three numbers near -log 20
 */
export class Gpt {
  readonly shape: GptShape;
  readonly parameters: Float32Array;

  /**
   * @param init a stream for fresh parameters, or parameters to take over (not copied)
   * @throws RangeError naming what is wrong with the shape, or when the number of parameters does not fit it
   */
  constructor(shape: GptShape, init: Random | Float32Array) {
    const size = sizeOfGpt(shape);
    if (init instanceof Float32Array && init.length !== size) {
      throw new RangeError(`parameters must be ${size} numbers for this shape, got ${init.length}`);
    }
    this.shape = shape;
    this.parameters = init instanceof Float32Array ? init : initialParameters(shape, init);
  }

  clone(): Gpt {
    return new Gpt(this.shape, this.parameters.slice());
  }

  /**
   * A copy with other scalar outputs (new ones begin at 0), such as a reward model that starts from a policy.
   *
   * @example
   * const scorer = policy.withOutputs(['step']);
   */
  withOutputs(outputs: readonly string[]): Gpt {
    const shape = { ...this.shape, outputs };
    const parameters = new Float32Array(sizeOfGpt(shape));
    const shared = sizeOfGpt({ ...this.shape, outputs: [] });
    parameters.set(this.parameters.subarray(0, shared));
    return new Gpt(shape, parameters);
  }

  /**
   * The language half of a GPT with outputs: the same parameters, not a copy, so that it learns when this one does. It reads
   * one token more, because nothing is asked after the last.
   *
   * @example
   * policyWithValue.language().read([{ tokens, from: 1 }]);
   */
  language(): Gpt {
    const shape = { ...this.shape, outputs: [] };
    return new Gpt(shape, this.parameters.subarray(0, sizeOfGpt(shape)));
  }

  /**
   * Reads sequences: log-probabilities, entropies and outputs.
   *
   * @throws RangeError for an empty sequence or one longer than the context, a token that does not exist, or a `from` below 1
   */
  read(sequences: readonly GptSequence[]): GptReading[] {
    check(this.shape, sequences);
    const readings: GptReading[] = [];
    const k = sharedKernels();
    k.scope(() => {
      const at = place(k, this.shape, this.parameters);
      for (const chunk of chunksOf(sequences, 1)) {
        k.scope(() => {
          readings.push(...new Pass(k, this.shape, at, chunk, false).readings);
        });
      }
    });
    return readings;
  }

  /**
   * What could have come in the place of each token that is asked for: for each sequence the probabilities of the whole
   * vocabulary, [tokens from `from` on, vocabulary], by rows.
   *
   * @throws RangeError as `read` does
   * @example
   * const [rows] = gpt.distributions([{ tokens: [1, 5, 7], from: 2 }]);
   * rows[7]; // p(7 | 1, 5): rows.length is the vocabulary's
   */
  distributions(sequences: readonly GptSequence[]): Float32Array[] {
    check(this.shape, sequences);
    const k = sharedKernels();
    return k.scope(() => {
      const at = place(k, this.shape, this.parameters);
      return chunksOf(sequences, 1).flatMap((chunk) =>
        k.scope(() => new Pass(k, this.shape, at, chunk, false).distributions()),
      );
    });
  }

  /**
   * The last layer's activations after the final norm, at every token: for each sequence [tokens, width], by rows.
   *
   * @throws RangeError for an empty sequence or one longer than the context, or a token that does not exist
   */
  hidden(sequences: readonly ArrayLike<number>[]): Float32Array[] {
    const given = sequences.map((tokens) => ({ tokens, from: Math.max(1, tokens.length) }));
    check(this.shape, given, true);
    const k = sharedKernels();
    const { width } = this.shape;
    return k.scope(() => {
      const at = place(k, this.shape, this.parameters);
      return chunksOf(given, 1).flatMap((chunk) =>
        k.scope(() => {
          const panel = takePanel(k, this.shape);
          const lists = chunk.map(({ tokens }) => Int32Array.from(tokens));
          const trace = forward(k, this.shape, at, pack(k, this.shape.heads, lists), panel, { keep: false });
          let row = 0;
          return lists.map(({ length }) => {
            const values = k.floats(trace.final + row * width * 4, length * width).slice();
            row += length;
            return values;
          });
        }),
      );
    });
  }

  /**
   * Adds the gradient of a loss to `into`. The loss sees the readings of `together` neighbouring sequences at a time (1
   * unless told; 2 for pairs), and gives its gradient by each of them.
   *
   * @param gradientOf from neighbouring readings and the index of the first to a cotangent each
   * @param into as long as the parameters
   * @throws RangeError as `read` does, or for cotangents of other lengths than the readings
   * @example
   * // Cross-entropy, summed over tokens: d(-log p) = -1.
   * gpt.addGradient(batch, (readings) => readings.map(({ logProbs }) => ({ logProbs: logProbs.map(() => -1) })), gradient);
   */
  addGradient(
    sequences: readonly GptSequence[],
    gradientOf: (readings: readonly GptReading[], first: number) => readonly GptCotangent[],
    into: Float32Array,
    together = 1,
  ): void {
    check(this.shape, sequences);
    if (into.length !== this.parameters.length) {
      throw new RangeError(`into must be ${this.parameters.length} numbers, got ${into.length}`);
    }
    if (!Number.isSafeInteger(together) || together < 1) {
      throw new RangeError(`together must be a positive whole number, got ${together}`);
    }
    if (sequences.length % together !== 0) {
      throw new RangeError(`sequences must come in groups of ${together}, got ${sequences.length}`);
    }
    const k = sharedKernels();
    k.scope(() => {
      const at = place(k, this.shape, this.parameters);
      const gradient = place(k, this.shape);
      let first = 0;
      for (const chunk of chunksOf(sequences, together)) {
        k.scope(() => {
          const pass = new Pass(k, this.shape, at, chunk, true);
          const cotangents: GptCotangent[] = [];
          for (let i = 0; i < chunk.length; i += together) {
            const given = gradientOf(pass.readings.slice(i, i + together), first + i);
            if (given.length !== together) {
              const last = first + i + together - 1;
              throw new RangeError(
                `gradientOf must give a cotangent for each of the sequences ${first + i} to ${last}, got ${given.length}`,
              );
            }
            cotangents.push(...given);
          }
          pass.backward(gradient, cotangents, first);
        });
        first += chunk.length;
      }
      collect(k, this.shape, gradient, into);
    });
  }
}

/** One chunk on its way through the model. */
class Pass {
  readonly readings: GptReading[];
  readonly #k: Kernels;
  readonly #shape: GptShape;
  readonly #at: GptPointers;
  readonly #sequences: readonly GptSequence[];
  readonly #panel: Pointer;
  readonly #trace: Trace;
  readonly #asked: number;
  readonly #askedRows: Pointer;
  readonly #askedFinal: Pointer;
  readonly #targets: Pointer;
  readonly #probabilities: Pointer;
  readonly #entropies: Pointer;

  constructor(k: Kernels, shape: GptShape, at: GptPointers, sequences: readonly GptSequence[], keep: boolean) {
    this.#k = k;
    this.#shape = shape;
    this.#at = at;
    this.#sequences = sequences;
    const { run } = k;
    const { width, vocabulary, outputs = [] } = shape;
    // Without outputs nothing is asked after the last token, so it is not read.
    const unread = outputs.length > 0 ? 0 : 1;
    const lists = sequences.map(({ tokens }) => Int32Array.from(tokens).subarray(0, tokens.length - unread));
    const rows: number[] = [];
    const targets: number[] = [];
    let row = 0;
    sequences.forEach(({ tokens, from }, s) => {
      for (let t = from; t < tokens.length; t++) {
        rows.push(row + t - 1);
        targets.push(tokens[t]);
      }
      row += lists[s].length;
    });
    this.#asked = rows.length;
    this.#panel = takePanel(k, shape);
    this.#trace = forward(k, shape, at, pack(k, shape.heads, lists), this.#panel, { keep });
    const tall = paddedRows(rows.length);
    const stride = paddedColumns(vocabulary);
    this.#askedRows = k.takeInts(rows);
    this.#targets = k.takeInts(targets);
    this.#askedFinal = k.take(tall * width);
    this.#probabilities = k.take(tall * stride);
    const logProbs = k.take(tall);
    this.#entropies = k.take(tall);
    run.gather(this.#askedRows, this.#trace.final, this.#askedFinal, rows.length, width);
    run.matmul(this.#askedFinal, at.head, 0, this.#probabilities, rows.length, width, stride, 0, this.#panel);
    run.distribution(this.#probabilities, this.#targets, logProbs, this.#entropies, rows.length, vocabulary, stride);
    const values = outputs.length > 0 ? k.take(paddedRows(row) * 8) : 0;
    if (outputs.length > 0) {
      run.matmul(this.#trace.final, at.outputsWeight, at.outputsBias, values, row, width, 8, 0, this.#panel);
    }
    const allLogProbs = k.floats(logProbs, rows.length);
    const allEntropies = k.floats(this.#entropies, rows.length);
    const allValues = k.floats(values, outputs.length > 0 ? row * 8 : 0);
    let asked = 0;
    let from = 0;
    this.readings = sequences.map(({ tokens, from: first }, s) => {
      const count = Math.max(0, tokens.length - first);
      const begin = from;
      from += lists[s].length;
      asked += count;
      return {
        logProbs: allLogProbs.slice(asked - count, asked),
        entropies: allEntropies.slice(asked - count, asked),
        outputs: outputs.map((_, o) => Float32Array.from(lists[s], (_, t) => allValues[(begin + t) * 8 + o])),
      };
    });
  }

  /** Before `backward`, which turns them into slopes. */
  distributions(): Float32Array[] {
    const { vocabulary } = this.#shape;
    const stride = paddedColumns(vocabulary);
    const all = this.#k.floats(this.#probabilities, this.#asked * stride);
    let row = 0;
    return this.readings.map(({ logProbs }) => {
      const rows = new Float32Array(logProbs.length * vocabulary);
      for (let t = 0; t < logProbs.length; t++, row++) {
        rows.set(all.subarray(row * stride, row * stride + vocabulary), t * vocabulary);
      }
      return rows;
    });
  }

  backward(gradient: GptPointers, cotangents: readonly GptCotangent[], first: number): void {
    const k = this.#k;
    const { run } = k;
    const { width, vocabulary, outputs = [] } = this.#shape;
    const { rows } = this.#trace.packed;
    const stride = paddedColumns(vocabulary);
    const onLogProbs = new Float32Array(this.#asked);
    const onEntropies = new Float32Array(this.#asked);
    const onOutputs = new Float32Array(outputs.length > 0 ? rows * 8 : 0);
    let asked = 0;
    let row = 0;
    this.readings.forEach((reading, s) => {
      const cotangent = cotangents[s];
      copy(cotangent.logProbs, onLogProbs, asked, reading.logProbs.length, `logProbs of cotangent ${first + s}`);
      copy(cotangent.entropies, onEntropies, asked, reading.entropies.length, `entropies of cotangent ${first + s}`);
      asked += reading.logProbs.length;
      if (outputs.length === 0) return;
      const { length } = this.#sequences[s].tokens;
      outputs.forEach((name, o) => {
        const values = cotangent.outputs?.[o];
        if (values === undefined) return;
        assertLength(values, length, `output ${name} of cotangent ${first + s}`);
        for (let t = 0; t < length; t++) onOutputs[(row + t) * 8 + o] = values[t];
      });
      row += length;
    });
    const dlogits = this.#probabilities;
    const a = k.takeFloats(onLogProbs);
    const b = k.takeFloats(onEntropies);
    run.distributionBackward(dlogits, this.#targets, a, b, this.#entropies, this.#asked, vocabulary, stride);
    const dasked = k.take(paddedRows(this.#asked) * width);
    run.matmulTransposed(dlogits, this.#at.head, dasked, this.#asked, width, stride, 0, this.#panel);
    run.weightGradient(this.#askedFinal, dlogits, gradient.head, 0, this.#asked, width, stride, this.#panel);
    const dfinal = k.takeZeros(paddedRows(rows) * width);
    run.scatterAdd(this.#askedRows, dasked, dfinal, this.#asked, width);
    if (outputs.length > 0) {
      const dvalues = k.takeZeros(paddedRows(rows) * 8);
      k.floats(dvalues, onOutputs.length).set(onOutputs);
      run.matmulTransposed(dvalues, this.#at.outputsWeight, dfinal, rows, width, 8, 1, this.#panel);
      const { outputsWeight, outputsBias } = gradient;
      run.weightGradient(this.#trace.final, dvalues, outputsWeight, outputsBias, rows, width, 8, this.#panel);
    }
    backward(k, this.#shape, this.#at, gradient, this.#trace, dfinal, this.#panel);
  }
}

function copy(from: ArrayLike<number> | undefined, to: Float32Array, at: number, length: number, name: string): void {
  if (from === undefined) return;
  assertLength(from, length, name);
  to.set(from, at);
}

function assertLength(values: ArrayLike<number>, length: number, name: string): void {
  if (values.length !== length) throw new RangeError(`${name} must have length ${length}, got ${values.length}`);
}

/** Neighbouring sequences that together stay below `CHUNK` rows, or one group of more. */
function chunksOf(sequences: readonly GptSequence[], together: number): GptSequence[][] {
  const chunks: GptSequence[][] = [];
  let rows = Infinity;
  for (let i = 0; i < sequences.length; i += together) {
    const group = sequences.slice(i, i + together);
    const size = group.reduce((sum, { tokens }) => sum + tokens.length, 0);
    if (rows + size > CHUNK) {
      chunks.push([]);
      rows = 0;
    }
    chunks.at(-1)!.push(...group);
    rows += size;
  }
  return chunks;
}

/** Where nothing is asked after the last token, that token is not read: it may be the first beyond the context, but not alone. */
function check(
  { context, vocabulary, outputs = [] }: GptShape,
  sequences: readonly GptSequence[],
  readsLast = outputs.length > 0,
): void {
  const [least, most] = readsLast ? [1, context] : [2, context + 1];
  for (const [i, { tokens, from }] of sequences.entries()) {
    if (tokens.length < least || tokens.length > most) {
      throw new RangeError(`sequences[${i}] must have ${least} to ${most} tokens, got ${tokens.length}`);
    }
    if (!(Number.isInteger(from) && from >= 1 && from <= tokens.length)) {
      throw new RangeError(`sequences[${i}].from must be a whole number from 1 to ${tokens.length}, got ${from}`);
    }
    for (let t = 0; t < tokens.length; t++) {
      if (!(Number.isInteger(tokens[t]) && tokens[t] >= 0 && tokens[t] < vocabulary)) {
        throw new RangeError(
          `sequences[${i}].tokens[${t}] must be a whole number from 0 to ${vocabulary - 1}, got ${tokens[t]}`,
        );
      }
    }
  }
}
