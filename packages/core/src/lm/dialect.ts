import type { Plain } from '../paper/index.ts';

/** A request's body. */
export type Body = Record<string, Plain>;

/** The two ways to ask: `POST /chat/completions` and `POST /completions`. */
export type Api = 'chat' | 'completions';

/** In what one OpenAI-compatible server differs from another. */
export interface Dialect {
  /** Several samples in one request by `n`. Otherwise each sample is a request of its own. */
  n: boolean;
  /** Honours `seed`. */
  seed: boolean;
  /** How a chat request limits its length. */
  maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** Most alternatives a token; null where there are no log-probabilities. */
  topLogProbs: Record<Api, number | null>;
  /**
   * What makes the server go on with an assistant's message that ends the conversation: fields of the body and of that
   * message. Null where it would answer as if the message were complete.
   */
  prefill: { body: Body; message: Body } | null;
  /** How it scores a given text, if it does. */
  score: Record<Api, 'echo' | 'prompt_logprobs' | null>;
  /** The field of a choice that names the stop string that ended it, null or a number when none did. */
  stopField: 'stop_reason' | 'matched_stop' | null;
  /** Fields of every request. They switch off truncation that the server or the model's files would add unasked. */
  body: Body;
}

/** OpenAI's own API. Few of its completions models still take `echo`. */
const openai: Dialect = {
  n: true,
  seed: true,
  maxTokens: 'max_completion_tokens',
  topLogProbs: { chat: 20, completions: 5 },
  prefill: null,
  score: { chat: null, completions: 'echo' },
  stopField: null,
  body: {},
};

/** vLLM takes the defaults of temperature, top-p and top-k from the model's `generation_config.json`. */
const vllm: Dialect = {
  n: true,
  seed: true,
  maxTokens: 'max_tokens',
  topLogProbs: { chat: 20, completions: 20 },
  prefill: { body: { continue_final_message: true, add_generation_prompt: false }, message: {} },
  score: { chat: 'prompt_logprobs', completions: 'prompt_logprobs' },
  stopField: 'stop_reason',
  body: { top_p: 1, top_k: -1, min_p: 0, repetition_penalty: 1 },
};

const sglang: Dialect = {
  n: true,
  seed: true,
  maxTokens: 'max_tokens',
  topLogProbs: { chat: 20, completions: 20 },
  prefill: { body: { continue_final_message: true }, message: {} },
  score: { chat: null, completions: 'echo' },
  stopField: 'matched_stop',
  body: { top_p: 1, top_k: -1, min_p: 0, repetition_penalty: 1 },
};

/** llama.cpp's server ignores `echo` without a word. */
const llamaCpp: Dialect = {
  n: false,
  seed: true,
  maxTokens: 'max_tokens',
  topLogProbs: { chat: 20, completions: 20 },
  prefill: { body: {}, message: {} },
  score: { chat: null, completions: null },
  stopField: null,
  body: { top_p: 1, top_k: 0, min_p: 0, repeat_penalty: 1 },
};

/** DeepSeek's API; prefill needs its beta base URL. */
const deepseek: Dialect = {
  n: false,
  seed: false,
  maxTokens: 'max_tokens',
  topLogProbs: { chat: 20, completions: 20 },
  prefill: { body: {}, message: { prefix: true } },
  score: { chat: null, completions: null },
  stopField: null,
  body: {},
};

/** What nearly all servers have in common. */
const compatible: Dialect = {
  n: false,
  seed: true,
  maxTokens: 'max_tokens',
  topLogProbs: { chat: 20, completions: 5 },
  prefill: null,
  score: { chat: null, completions: 'echo' },
  stopField: null,
  body: {},
};

/**
 * The servers we know. For another one spread the nearest and change what differs.
 *
 * @example
 * endpoint({ baseUrl, model, dialect: { ...dialects.compatible, n: true } });
 */
export const dialects = { openai, vllm, sglang, llamaCpp, deepseek, compatible } satisfies Record<string, Dialect>;
