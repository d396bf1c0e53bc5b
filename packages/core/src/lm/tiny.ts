import type { Tokenizer } from '../env/index.ts';
import { type Gpt, type GptSample, sampleGpt } from '../nn/index.ts';
import { Random } from '../stats/index.ts';
import {
  type Failure,
  failure,
  type Generation,
  type HiddenStates,
  type LanguageModel,
  type Likelihood,
  type Scored,
  type TokenLogProb,
} from './language-model.ts';
import { sleep } from './retry.ts';
import { checkPairs, checkPrompts, cutAtStop, type Sampling, sampleSeed, samplingOf } from './sampling.ts';
import { isFailure, Spelling, settle, type Writing } from './spelling.ts';

export interface TinyModelOptions {
  /** Looked at anew by each call: a model in training speaks as it has learned so far. Its outputs are left alone. */
  gpt: Gpt;
  /** With as many tokens as the GPT's vocabulary. */
  tokenizer: Tokenizer;
  /** For reports; `tiny` unless told. */
  name?: string;
  /** A whole number, for samples without a seed of their own, so that equal calls always give equal samples; 0 unless told. */
  seed?: number;
}

/** Samples, pairs or texts between two looks at the signal. */
const BATCH = 256;

/**
 * A tiny GPT as a language model. What it reads are the prompt's tokens, directly followed by those of the response and the
 * end-of-sequence token: nothing is put in front.
 *
 * - A sample ends where the context ends, at the latest, as it does at `maxTokens`. A prompt that leaves no room, has a
 *   character that is no token, or is empty, is `refused`; a conversation is `unsupported`.
 * - The tokens of prompt + text are those of the prompt and then those of the sample. So at word level the text begins with
 *   a space where the prompt ends in a word; the first of `tokens` has it in any case.
 * - `tokens` are those of the text and of the stop string. The end of the sequence is none of them, but is counted in
 *   `count.completion`. A continuation that is closed by `<eos>` is scored with its end.
 * - Log-probabilities that are generated and scored agree up to rounding, about 1e-5.
 *
 * @throws RangeError for a tokenizer that does not fit the GPT, or a seed that is no whole number
 * @example
 * const { tokenizer } = chainMod();
 * const gpt = new Gpt({ vocabulary: tokenizer.size, context: 64, width: 64, layers: 2, heads: 4 }, new Random(0, 'weights'));
 * const lm = tinyModel({ gpt, tokenizer });
 * const [lines] = await lm.generate(['3+4*2=?'], { n: 8, stop: ['\n'], seed: 1 });
 */
export function tinyModel({ gpt, tokenizer, name = 'tiny', seed = 0 }: TinyModelOptions): Required<LanguageModel> {
  const { vocabulary, context, width } = gpt.shape;
  if (tokenizer.size !== vocabulary) {
    throw new RangeError(`tokenizer must have the ${vocabulary} tokens of the model, got ${tokenizer.size}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, got ${seed}`);
  const language = gpt.language();
  const spelling = new Spelling(tokenizer);

  function sample(batch: readonly Item[], sampling: Sampling): Generation[][] {
    const { n, maxTokens, temperature, topP, stop, logProbs } = sampling;
    const writings = batch.map(({ text, tokens }) =>
      Array.from({ length: n }, () => spelling.write(text, tokens, stop)),
    );
    const prompts = batch.map(({ tokens }) => tokens);
    const samples = sampleGpt(gpt, prompts, {
      n,
      // The last token is not read, so the context has room for all but one.
      maxTokens: prompts.map(({ length }) => Math.min(maxTokens, context + 1 - length)),
      temperature,
      topP,
      stop: [tokenizer.eos],
      random: (i, j) => new Random(sampleSeed(sampling.seed ?? seed, batch[i].position, j), 'tokens'),
      enough: (i, j, token) => writings[i][j].add(token),
    });
    const flat = samples.flatMap((group, i) => group.map((each) => ({ prompt: prompts[i], ...each })));
    const top = logProbs ? likeliest(flat, logProbs) : [];
    return samples.map((group, i) =>
      group.map((each, j) => generated(prompts[i].length, each, writings[i][j], sampling, top[i * n + j] ?? [])),
    );
  }

  /** For each sample the likeliest tokens in each of its places, best first. */
  function likeliest(samples: readonly (GptSample & { prompt: Int32Array })[], most: number) {
    const sequences = samples.map(({ prompt, tokens }) => ({
      tokens: Int32Array.of(...prompt, ...tokens),
      from: prompt.length,
    }));
    return language.distributions(sequences).map((rows, s) => {
      const { tokens, from } = sequences[s];
      return Array.from(samples[s].tokens, (_, t): TokenLogProb['top'] => {
        const row = rows.subarray(t * vocabulary, (t + 1) * vocabulary);
        const order = [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, most);
        return order.map((v) => ({ token: spelling.piece(tokens[from + t - 1], v), logProb: Math.log(row[v]) }));
      });
    });
  }

  return {
    name,
    capabilities: {
      texts: true,
      conversations: false,
      prefill: false,
      score: true,
      seeds: true,
      topLogProbs: vocabulary,
    },

    async generate(prompts, given, signal) {
      const sampling = samplingOf(given);
      checkPrompts(prompts);
      if ((sampling.logProbs ?? 0) > vocabulary) {
        throw new RangeError(`logProbs must be at most ${vocabulary} for this model, got ${sampling.logProbs}`);
      }
      signal?.throwIfAborted();
      const { n } = sampling;
      const items = prompts.map((text, position): Item | Failure => {
        if (typeof text !== 'string') return conversation;
        const tokens = spelling.encode(text, 'the prompt', context);
        return isFailure(tokens) ? tokens : { position, text, tokens };
      });
      const results: Generation[][] = [];
      for await (const batch of batchesOf(items, Math.max(1, Math.floor(BATCH / n)), signal)) {
        const settled = settle(batch, (able) => sample(able, sampling));
        results.push(...settled.map((group) => (isFailure(group) ? new Array<Generation>(n).fill(group) : group)));
      }
      return results;
    },

    async score(pairs, signal) {
      checkPairs(pairs);
      signal?.throwIfAborted();
      const results: Scored[] = [];
      for await (const batch of batchesOf(pairs, BATCH, signal)) {
        const joined = batch.map((pair) =>
          typeof pair.prompt === 'string' ? spelling.join(pair.prompt, pair, context + 1) : conversation,
        );
        const settled = settle(joined, (able) =>
          language.read(able).map(({ logProbs }, i): Likelihood => {
            const pieces = spelling.pieces(able[i].tokens).slice(able[i].from);
            const tokens = pieces.map((token, t) => ({ token, logProb: logProbs[t], top: [] }));
            return { ok: true, tokens, logProb: tokens.reduce((sum, { logProb }) => sum + logProb, 0) };
          }),
        );
        results.push(...settled);
      }
      return results;
    },

    async hiddenStates(texts, signal) {
      for (const [i, text] of texts.entries()) {
        if (typeof text !== 'string') throw new TypeError(`texts[${i}] must be a text, got ${typeof text}`);
      }
      signal?.throwIfAborted();
      const results: (HiddenStates | Failure)[] = [];
      for await (const batch of batchesOf(texts, BATCH, signal)) {
        const encoded = batch.map((text) => spelling.encode(text, 'the text', context));
        const settled = settle(encoded, (able) =>
          language
            .hidden(able)
            .map((values, i): HiddenStates => ({ ok: true, tokens: spelling.pieces(able[i]), width, values })),
        );
        results.push(...settled);
      }
      return results;
    },
  };
}

/** A prompt to go on with, and its place in the call. */
interface Item {
  position: number;
  text: string;
  tokens: Int32Array;
}

const conversation = failure(
  'unsupported',
  'this model goes on with texts and knows no conversations: write the conversation as one text',
);

function generated(
  promptTokens: number,
  { tokens, logProbs, ended }: GptSample,
  { pieces, text: whole }: Writing,
  sampling: Sampling,
  top: readonly TokenLogProb['top'][],
): Generation {
  const { text, stopString } = cutAtStop(whole, sampling.stop);
  return {
    ok: true,
    text,
    finish: stopString !== null ? 'stop' : ended ? 'end' : 'length',
    stopString,
    reasoning: null,
    tokens:
      sampling.logProbs === null
        ? null
        : pieces.map((token, t) => ({ token, logProb: logProbs[t], top: top[t] ?? [] })),
    count: { prompt: promptTokens, completion: tokens.length },
  };
}

/** Batch after batch. Others get their turn between two of them, and may abort. */
async function* batchesOf<T>(items: readonly T[], size: number, signal?: AbortSignal): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await sleep(0, signal);
    yield items.slice(from, from + size);
  }
}
