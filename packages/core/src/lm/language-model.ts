/** One turn of a conversation. */
export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/**
 * A text, or a conversation. A model that continues texts goes on where the text ends; a chat model reads a text as one
 * message of the user. A conversation whose last message is the assistant's asks for the rest of that message
 * (prefill), as step-wise search does; any other asks for an answer.
 */
export type Prompt = string | readonly Message[];

export interface GenerateOptions {
  /** Samples for each prompt; 1 unless told. */
  n?: number;
  /** Most tokens of a sample; 1024 unless told. */
  maxTokens?: number;
  /** At least 0, where 0 always takes the likeliest token; 1 unless told. */
  temperature?: number;
  /** In (0, 1]: samples only from the likeliest tokens that together have this probability; 1 unless told. */
  topP?: number;
  /** Strings that end a sample. They are not part of its text. */
  stop?: readonly string[];
  /** A whole number. Equal calls with equal seeds give equal samples, as far as the model keeps its word. */
  seed?: number;
  /** Asks for the log-probability of each token, and of this many of the likeliest tokens in its place (0 for none). */
  logProbs?: number;
}

/**
 * A token and its natural log-probability under the model itself, before temperature and top-p (servers that report it
 * afterwards exist: vLLM's `--logprobs-mode` decides). Some write -9999 for minus infinity.
 */
export interface TokenLogProb {
  token: string;
  logProb: number;
  /** The likeliest tokens in this place, best first; empty unless asked for. */
  top: readonly { token: string; logProb: number }[];
}

/**
 * Why a sample ended: the model ended it, a stop string came up, one of the two (many servers do not tell which), the
 * limit of tokens was met, or something that the server names and we do not know.
 */
export type Finish = 'end' | 'stop' | 'end-or-stop' | 'length' | 'other';

/** Tokens of one sample. A prompt that several samples share is counted with each of them. */
export interface TokenCount {
  prompt: number;
  completion: number;
}

export interface Generated {
  ok: true;
  /** What the model wrote, without the prompt, a prefill or the stop string. */
  text: string;
  finish: Finish;
  /** The stop string that ended it; null where there was none or the model does not tell. */
  stopString: string | null;
  /** Thoughts that the server keeps apart from the text; null where there are none. */
  reasoning: string | null;
  /** Null unless log-probabilities were asked for. */
  tokens: readonly TokenLogProb[] | null;
  /** Null where the model does not tell. */
  count: TokenCount | null;
}

/**
 * What went wrong with one item of a batch.
 * - `unsupported`: this model cannot do what was asked
 * - `boundary`: prompt and continuation share a token, so the continuation has no log-probability of its own
 * - `refused`: the server does not take the request as it stands (key, model, parameters)
 * - `filtered`: the server withheld the answer
 * - `unavailable`: overloaded, broken or out of reach, after all retries
 * - `timeout`: too slow, after all retries
 * - `malformed`: an answer that breaks the protocol
 * - `budget`: the budget was spent before this item's turn
 */
export type FailureKind =
  | 'unsupported'
  | 'boundary'
  | 'refused'
  | 'filtered'
  | 'unavailable'
  | 'timeout'
  | 'malformed'
  | 'budget';

/** No result for one item, with the reason: never an empty text and never a number. */
export interface Failure {
  ok: false;
  kind: FailureKind;
  /** A sentence for a person: what happened, and what would be right. */
  reason: string;
}

export type Generation = Generated | Failure;

/** A text whose probability is asked for, after a prompt. */
export interface ScorePair {
  prompt: Prompt;
  /** Not empty. */
  continuation: string;
}

export interface Likelihood {
  ok: true;
  /** The continuation's tokens; white space that the prompt ends in may be part of the first. */
  tokens: readonly TokenLogProb[];
  /** log p(continuation | prompt): the sum over `tokens`. */
  logProb: number;
}

export type Scored = Likelihood | Failure;

/** The last layer's activations at each token of a text. */
export interface HiddenStates {
  ok: true;
  tokens: readonly string[];
  width: number;
  /** One row of `width` numbers a token. */
  values: Float32Array;
}

export interface Capabilities {
  /** Goes on with a text as it stands, without a chat template around it. */
  texts: boolean;
  /** Answers conversations. */
  conversations: boolean;
  /** Goes on with an assistant's message that has been begun. */
  prefill: boolean;
  /** `score` can work. */
  score: boolean;
  /** Honours seeds. */
  seeds: boolean;
  /** Most alternatives a token; null where there are no log-probabilities at all. */
  topLogProbs: number | null;
}

/**
 * Something that writes text and tells how likely a text is. What one item of a batch cannot get is a `Failure` in its
 * place, and the others stand. Arguments that no model could take throw TypeError or RangeError before anything is sent.
 *
 * @example
 * async function yesNo(lm: LanguageModel, question: string): Promise<number | null> {
 *   const pairs = [' yes', ' no'].map((continuation) => ({ prompt: question, continuation }));
 *   const [yes, no] = await lm.score(pairs);
 *   return yes.ok && no.ok ? 1 / (1 + Math.exp(no.logProb - yes.logProb)) : null;
 * }
 */
export interface LanguageModel {
  /** For reports. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /**
   * Samples for each prompt: `result[i][j]` is sample j of prompt i. Rejects with the signal's reason when aborted, and
   * with BudgetExceeded when the budget was spent before the call.
   */
  generate(prompts: readonly Prompt[], options?: GenerateOptions, signal?: AbortSignal): Promise<Generation[][]>;
  /** How likely each continuation is. Rejects as `generate` does. */
  score(pairs: readonly ScorePair[], signal?: AbortSignal): Promise<Scored[]>;
  /** Only models whose weights are at hand have it. */
  hiddenStates?(texts: readonly string[], signal?: AbortSignal): Promise<(HiddenStates | Failure)[]>;
}

/** @example failure('unsupported', 'this model gives no log-probabilities'); */
export function failure(kind: FailureKind, reason: string): Failure {
  return { ok: false, kind, reason };
}
