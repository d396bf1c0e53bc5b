import type { Problem, TaskFamily } from '../../env/index.ts';
import { type Gpt, type GptSequence, sampleGpt } from '../../nn/index.ts';
import type { Random } from '../../stats/index.ts';

/** What a policy is asked, as tokens. */
export interface LanguagePrompt<P = unknown> {
  /** At least one. */
  readonly tokens: ArrayLike<number>;
  /** Whatever a reward needs to know about it: a problem of a family, say. */
  readonly problem: P;
}

/** A prompt and a response to it: a demonstration. A `LanguageRollout` is one. */
export interface LanguageExample {
  readonly prompt: ArrayLike<number>;
  readonly response: ArrayLike<number>;
  /**
   * 1 for each response token that the policy wrote, 0 for what the world wrote between its turns; all 1 when absent.
   * Tokens that are not its own are read, and take no part in any loss, divergence or length.
   */
  readonly own?: ArrayLike<number>;
}

/** One response as it was sampled: what every way to improve a language policy learns from. */
export interface LanguageRollout<P = unknown> extends LanguageExample {
  readonly prompt: Int32Array;
  /** With the token that ended it. */
  readonly response: Int32Array;
  readonly own?: Uint8Array;
  /** Log-probability of each response token under the policy that sampled it, before temperature and top-p, in nats. */
  readonly logProbs: Float32Array;
  /** Whether a stop token ended it; otherwise it was cut. */
  readonly ended: boolean;
  readonly problem: P;
}

export interface SamplingOptions {
  /** Most tokens of a response. */
  maxTokens: number;
  /** Tokens that end a response; each belongs to it. */
  stop: readonly number[];
  /** Responses to each prompt; 1 unless told. */
  n?: number;
  /** At least 0, where 0 takes the likeliest token; 1 unless told. Ratios and divergences are exact at 1 alone. */
  temperature?: number;
  /** In (0, 1]; 1 unless told. */
  topP?: number;
}

/**
 * Samples a group of responses to each prompt. The stream is split by prompt and response, so that none depends on the rest.
 *
 * @returns `result[i][j]` is response j to prompt i
 * @throws RangeError as `sampleGpt`
 * @example
 * const prompts = promptsOf(family, problems);
 * const options = { n: 8, maxTokens: 20, stop: [family.tokenizer.eos] };
 * const groups = sampleRollouts(gpt, prompts, options, new Random(0, 'rollouts'));
 */
export function sampleRollouts<P>(
  gpt: Gpt,
  prompts: readonly LanguagePrompt<P>[],
  options: SamplingOptions,
  random: Random,
): LanguageRollout<P>[][] {
  const lists = prompts.map(({ tokens }) => Int32Array.from(tokens));
  const samples = sampleGpt(gpt, lists, { ...options, random: (i, j) => random.split(i, j) });
  return samples.map((group, i) =>
    group.map(({ tokens, logProbs, ended }) => ({
      prompt: lists[i],
      response: tokens,
      logProbs,
      ended,
      problem: prompts[i].problem,
    })),
  );
}

/** The prompts of a family's problems. @example promptsOf(family, [family.sample(rng, 2)]) */
export function promptsOf<P extends Problem>(
  { tokenizer }: Pick<TaskFamily, 'tokenizer'>,
  problems: readonly P[],
): LanguagePrompt<P>[] {
  return problems.map((problem) => ({ tokens: tokenizer.encode(problem.prompt), problem }));
}

/** Prompt and response as one sequence whose response is asked for. Throws RangeError for an empty prompt or response. */
export function sequenceOf({ prompt, response }: LanguageExample): GptSequence {
  if (prompt.length === 0) throw new RangeError('prompt must not be empty');
  if (response.length === 0) throw new RangeError('response must not be empty');
  const tokens = new Int32Array(prompt.length + response.length);
  tokens.set(prompt);
  tokens.set(response, prompt.length);
  return { tokens, from: prompt.length };
}

/**
 * 1 for each token of the response that is the policy's own.
 *
 * @throws RangeError when `own` is not as long as the response, or nothing is the policy's own
 */
export function ownTokens({ response, own }: LanguageExample): Uint8Array {
  if (own === undefined) return new Uint8Array(response.length).fill(1);
  if (own.length !== response.length) {
    throw new RangeError(`own must hold one number a response token, ${response.length}, got ${own.length}`);
  }
  const mask = Uint8Array.from(own, (x) => (x === 0 ? 0 : 1));
  if (!mask.includes(1)) throw new RangeError('own must be 1 for at least one token of the response');
  return mask;
}

/** How many tokens of the response are the policy's own. Errors as `ownTokens`. */
export function ownLength(example: LanguageExample): number {
  return example.own === undefined ? example.response.length : ownTokens(example).reduce((sum, x) => sum + x, 0);
}
