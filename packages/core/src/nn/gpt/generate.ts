import type { Random } from '../../stats/index.ts';
import { type Kernels, type Pointer, kernels as sharedKernels } from '../kernels/kernels.ts';
import { type GptPointers, paddedColumns, paddedRows, place } from './arena.ts';
import type { Gpt } from './gpt.ts';
import { attend, forward, pack, takePanel } from './pass.ts';

export interface SampleOptions {
  /** Most new tokens of a sample: one number for all prompts, or one for each. */
  maxTokens: number | readonly number[];
  /** Gives each sample a stream of its own, so that it depends neither on the batch nor on the other samples. */
  random: (prompt: number, sample: number) => Random;
  /** Samples for each prompt; 1 unless told. */
  n?: number;
  /** At least 0, where 0 takes the likeliest token; 1 unless told. */
  temperature?: number;
  /** In (0, 1]: only from the likeliest tokens that together have this probability; 1 unless told. */
  topP?: number;
  /** Tokens that end a sample; each belongs to it. */
  stop?: readonly number[];
  /** Called with each new token that is none of `stop`; true ends the sample after it. */
  enough?: (prompt: number, sample: number, token: number) => boolean;
}

export interface GptSample {
  /** The new tokens, with the one that ended it. */
  readonly tokens: Int32Array;
  /** Log-probability of each under the model itself, before temperature and top-p, in nats. */
  readonly logProbs: Float32Array;
  /** Whether a stop token ended it; otherwise it was cut at `maxTokens`, or was enough. */
  readonly ended: boolean;
}

/** Samples that go on side by side: their keys and values should stay within the last cache. */
const SLOTS = 64;

/** Rows of prompts that are read at once: they should stay within the second cache. */
const ROWS = 512;

/**
 * Samples continuations, many at a time, with a cache of keys and values. A prompt is read once for all its samples.
 *
 * @param prompts token lists, none empty; with `maxTokens` they must fit the context
 * @returns `result[i][j]` is sample j of prompt i
 * @throws RangeError naming the option or prompt that cannot be, or when the model's parameters give no probabilities
 * @example
 * const [samples] = sampleGpt(gpt, [[1, 5, 7]], { n: 4, maxTokens: 20, stop: [2], random: (i, j) => new Random(0, i, j) });
 */
export function sampleGpt(gpt: Gpt, prompts: readonly ArrayLike<number>[], options: SampleOptions): GptSample[][] {
  const { n = 1, temperature = 1, topP = 1 } = options;
  const most = limitsOf(options.maxTokens, prompts.length);
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`n must be a positive whole number, got ${n}`);
  if (!(temperature >= 0 && temperature < Infinity)) {
    throw new RangeError(`temperature must be at least 0 and finite, got ${temperature}`);
  }
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`topP must lie in (0, 1], got ${topP}`);
  const { context, vocabulary } = gpt.shape;
  for (const [i, prompt] of prompts.entries()) {
    if (prompt.length < 1) throw new RangeError(`prompts[${i}] must not be empty`);
    if (prompt.length + most[i] > context + 1) {
      throw new RangeError(
        `prompts[${i}] and maxTokens must fit the context of ${context}, got ${prompt.length} and ${most[i]}`,
      );
    }
    for (let t = 0; t < prompt.length; t++) {
      if (!(Number.isInteger(prompt[t]) && prompt[t] >= 0 && prompt[t] < vocabulary)) {
        throw new RangeError(
          `prompts[${i}][${t}] must be a whole number from 0 to ${vocabulary - 1}, got ${prompt[t]}`,
        );
      }
    }
  }
  const samples: GptSample[][] = prompts.map(() => []);
  const slots = prompts.flatMap((prompt, i) =>
    Array.from({ length: n }, (_, j): Slot => {
      const tokens = Int32Array.from(prompt);
      const random = options.random(i, j);
      return { prompt: i, sample: j, tokens, most: most[i], random, out: [], logProbs: [], ended: false };
    }),
  );
  const k = sharedKernels();
  k.scope(() => {
    const at = place(k, gpt.shape, gpt.parameters);
    for (let from = 0; from < slots.length; from += SLOTS) {
      k.scope(() => new Sampler(k, gpt, at, slots.slice(from, from + SLOTS), options).run());
    }
  });
  for (const { prompt, out, logProbs, ended } of slots) {
    samples[prompt].push({ tokens: Int32Array.from(out), logProbs: Float32Array.from(logProbs), ended });
  }
  return samples;
}

function limitsOf(maxTokens: number | readonly number[], prompts: number): readonly number[] {
  const all = typeof maxTokens === 'number' ? Array<number>(prompts).fill(maxTokens) : maxTokens;
  if (all.length !== prompts) throw new RangeError(`maxTokens must have length ${prompts}, got ${all.length}`);
  for (const value of typeof maxTokens === 'number' ? [maxTokens] : all) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`maxTokens must be a positive whole number, got ${value}`);
    }
  }
  return all;
}

interface Slot {
  readonly prompt: number;
  readonly sample: number;
  readonly tokens: Int32Array;
  /** Most new tokens. */
  readonly most: number;
  readonly random: Random;
  readonly out: number[];
  readonly logProbs: number[];
  ended: boolean;
}

class Sampler {
  readonly #k: Kernels;
  readonly #gpt: Gpt;
  readonly #at: GptPointers;
  readonly #slots: readonly Slot[];
  readonly #options: SampleOptions;
  readonly #panel: Pointer;
  /** Places of a slot in the cache. */
  readonly #room: number;
  readonly #caches: { keys: Pointer; values: Pointer }[];

  constructor(k: Kernels, gpt: Gpt, at: GptPointers, slots: readonly Slot[], options: SampleOptions) {
    this.#k = k;
    this.#gpt = gpt;
    this.#at = at;
    this.#slots = slots;
    this.#options = options;
    this.#panel = takePanel(k, gpt.shape);
    const longest = slots.reduce((length, { tokens, most }) => Math.max(length, tokens.length + most), 0);
    this.#room = Math.ceil(longest / 16) * 16;
    const size = slots.length * gpt.shape.width * this.#room;
    // Places not yet written are read in blocks and then left out; they must hold numbers all the same.
    this.#caches = Array.from({ length: gpt.shape.layers }, () => ({ keys: k.takeZeros(size), values: k.take(size) }));
  }

  run(): void {
    this.#k.scope(() => this.#readPrompts());
    const k = this.#k;
    const { width } = this.#gpt.shape;
    const count = this.#slots.length;
    const tall = paddedRows(count);
    const x = k.take(tall * width);
    const buffers = {
      x,
      middle: x,
      moments1: k.take(2 * tall),
      normed1: k.take(tall * width),
      qkv: k.take(tall * 3 * width),
      attended: k.take(tall * width),
      moments2: k.take(2 * tall),
      normed2: k.take(tall * width),
      hidden: k.take(tall * 4 * width),
      active: k.take(tall * 4 * width),
    };
    const stride = paddedColumns(this.#gpt.shape.vocabulary);
    const probabilities = k.take(tall * stride);
    const [ids, places, slots, targets] = [k.take(count), k.take(count), k.take(count), k.take(count)];
    const [logProbs, entropies] = [k.take(tall), k.take(tall)];
    const scratch = k.take(this.#room);
    k.ints(targets, count).fill(-1);

    let active = this.#slots.map((_, s) => s);
    for (let step = 0; active.length > 0; step++) {
      const rows = active.length;
      const idsView = k.ints(ids, rows);
      const placesView = k.ints(places, rows);
      active.forEach((s, r) => {
        const { tokens, out } = this.#slots[s];
        idsView[r] = step === 0 ? tokens[tokens.length - 1] : out[step - 1];
        placesView[r] = tokens.length - 1 + step;
      });
      k.ints(slots, rows).set(active);
      const { run } = k;
      const { heads, vocabulary } = this.#gpt.shape;
      run.embed(ids, places, this.#at.tokens, this.#at.positions, x, rows, width);
      this.#at.layers.forEach((w, l) => {
        const { keys, values } = this.#caches[l];
        attend(k, this.#gpt.shape, w, buffers, rows, this.#panel, () => {
          run.remember(buffers.qkv, slots, places, keys, values, rows, width, this.#room);
          const { qkv, attended } = buffers;
          run.recall(qkv, slots, places, keys, values, attended, rows, width, heads, this.#room, scratch);
        });
        run.matmul(buffers.active, w.out, w.outBias, x, rows, 4 * width, width, 1, this.#panel);
      });
      run.layerNorm(x, this.#at.lnGain, this.#at.lnBias, buffers.normed1, buffers.moments1, rows, width);
      run.matmul(buffers.normed1, this.#at.head, 0, probabilities, rows, width, stride, 0, this.#panel);
      run.distribution(probabilities, targets, logProbs, entropies, rows, vocabulary, stride);
      const view = k.floats(probabilities, rows * stride);
      active = active.filter((s, r) => this.#choose(this.#slots[s], view, r * stride));
    }
  }

  /** Reads all but the last token of each prompt into the cache. */
  #readPrompts(): void {
    const k = this.#k;
    const size = this.#gpt.shape.width * this.#room;
    // Neighbouring samples of one prompt share what is read; the last token is read by each in its first step.
    const first = this.#slots.flatMap(({ prompt, tokens }, s) =>
      tokens.length > 1 && (s === 0 || this.#slots[s - 1].prompt !== prompt) ? [s] : [],
    );
    for (let from = 0, to = 0; from < first.length; from = to) {
      let rows = 0;
      while (to < first.length && (to === from || rows < ROWS)) rows += this.#slots[first[to++]].tokens.length - 1;
      k.scope(() => this.#readPromptsOf(first.slice(from, to)));
    }
    for (const cache of this.#caches) {
      for (const pointer of [cache.keys, cache.values]) {
        const view = k.floats(pointer, this.#slots.length * size);
        for (let s = 1; s < this.#slots.length; s++) {
          if (this.#slots[s].prompt === this.#slots[s - 1].prompt) view.copyWithin(s * size, (s - 1) * size, s * size);
        }
      }
    }
  }

  #readPromptsOf(first: readonly number[]): void {
    const k = this.#k;
    const { width, heads } = this.#gpt.shape;
    const lists = first.map((s) => this.#slots[s].tokens.subarray(0, -1));
    const packed = pack(k, heads, lists);
    const slots = k.takeInts(lists.flatMap(({ length }, i) => Array<number>(length).fill(first[i])));
    forward(k, this.#gpt.shape, this.#at, packed, this.#panel, {
      keep: false,
      onQkv: (l, qkv) => {
        const { keys, values } = this.#caches[l];
        k.run.remember(qkv, slots, packed.places, keys, values, packed.rows, width, this.#room);
      },
    });
  }

  /** Takes the next token of a sample; gives whether the sample goes on. */
  #choose(slot: Slot, probabilities: Float32Array, from: number): boolean {
    const { vocabulary } = this.#gpt.shape;
    const { temperature = 1, topP = 1, stop = [], enough } = this.#options;
    const row = probabilities.subarray(from, from + vocabulary);
    const token =
      temperature === 1 && topP === 1 ? draw(row, 1, slot.random) : drawFrom(row, temperature, topP, slot.random);
    slot.out.push(token);
    if (Number.isNaN(row[token])) throw new RangeError('parameters must be finite: the model gives no probabilities');
    // A token with a probability below the least float can be drawn only by the last resort of `draw`.
    slot.logProbs.push(Math.log(Math.max(row[token], 1.2e-38)));
    slot.ended = stop.includes(token);
    return !slot.ended && !enough?.(slot.prompt, slot.sample, token) && slot.out.length < slot.most;
  }
}

/** An index in proportion to weights with this total. */
function draw(weights: Float32Array | Float64Array, total: number, random: Random): number {
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] <= 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) return i;
  }
  return last; // rounding left a little over
}

function drawFrom(row: Float32Array, temperature: number, topP: number, random: Random): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i] > row[best]) best = i;
  if (temperature === 0) return best;
  const weights = Float64Array.from(row, (p) => (p / row[best]) ** (1 / temperature));
  if (topP < 1) {
    const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a] || a - b);
    let left = topP * weights.reduce((sum, w) => sum + w, 0);
    for (const i of order) {
      if (left <= 0) weights[i] = 0;
      else left -= weights[i];
    }
  }
  return draw(
    weights,
    weights.reduce((sum, w) => sum + w, 0),
    random,
  );
}
