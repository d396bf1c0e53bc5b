import { Random } from '../stats/index.ts';
import type { GenerateOptions, Message, Prompt, ScorePair } from './language-model.ts';

/** Options of `generate`, complete and checked. */
export interface Sampling {
  n: number;
  maxTokens: number;
  temperature: number;
  topP: number;
  stop: readonly string[];
  seed: number | null;
  logProbs: number | null;
}

/**
 * Fills in the defaults, in the one place where every model takes them from. Throws RangeError naming the option.
 *
 * @example
 * samplingOf({ n: 4, stop: ['\n'] }).temperature; // 1
 */
export function samplingOf(options: GenerateOptions = {}): Sampling {
  const { n = 1, maxTokens = 1024, temperature = 1, topP = 1, stop = [], seed = null, logProbs = null } = options;
  positiveWhole('n', n);
  positiveWhole('maxTokens', maxTokens);
  if (!(temperature >= 0 && temperature < Infinity)) {
    throw new RangeError(`temperature must be at least 0 and finite, got ${temperature}`);
  }
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`topP must lie in (0, 1], got ${topP}`);
  if (stop.includes('')) throw new RangeError('stop must not hold an empty string: it would end every sample at once');
  if (seed !== null && !Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, got ${seed}`);
  if (logProbs !== null && !(Number.isInteger(logProbs) && logProbs >= 0)) {
    throw new RangeError(`logProbs must be a whole number of at least 0, got ${logProbs}`);
  }
  return { n, maxTokens, temperature, topP, stop, seed, logProbs };
}

/** Throws RangeError for a number that is not whole or not positive. */
export function positiveWhole(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a positive whole number, got ${value}`);
  }
}

const roles: readonly Message['role'][] = ['system', 'user', 'assistant'];

/** Throws TypeError or RangeError naming the prompt that is none, such as `prompts[3][0].role`. */
export function checkPrompt(prompt: Prompt, name: string): void {
  if (typeof prompt === 'string') return;
  if (!Array.isArray(prompt)) throw new TypeError(`${name} must be a text or a list of messages, got ${typeof prompt}`);
  if (prompt.length === 0) throw new RangeError(`${name} must hold at least one message, got none`);
  for (const [i, { role, content }] of prompt.entries()) {
    if (!roles.includes(role))
      throw new RangeError(`${name}[${i}].role must be one of ${roles.join(', ')}, got ${role}`);
    if (typeof content !== 'string') {
      throw new TypeError(`${name}[${i}].content must be a text, got ${typeof content}`);
    }
  }
}

/** Checks what `generate` is given. */
export function checkPrompts(prompts: readonly Prompt[]): void {
  for (const [i, prompt] of prompts.entries()) checkPrompt(prompt, `prompts[${i}]`);
}

/** Checks what `score` is given. */
export function checkPairs(pairs: readonly ScorePair[]): void {
  for (const [i, { prompt, continuation }] of pairs.entries()) {
    checkPrompt(prompt, `pairs[${i}].prompt`);
    if (typeof continuation !== 'string') {
      throw new TypeError(`pairs[${i}].continuation must be a text, got ${typeof continuation}`);
    }
    if (continuation === '') throw new RangeError(`pairs[${i}].continuation must not be empty`);
  }
}

/**
 * The seed of one sample, in [0, 2^31) as servers want it: samples of a call are independent of each other, even those of
 * equal prompts, and sample j stays the same however many are asked for. The prompt counts by its position in the call.
 *
 * @example
 * sampleSeed(7, 0, 0) === sampleSeed(7, 0, 0); // true
 */
export function sampleSeed(seed: number, prompt: number, sample: number): number {
  return new Random(seed, 'sample', prompt, sample).uint32() >>> 1;
}

/** Whether a prompt asks for the rest of an assistant's message. */
export function isPrefilled(prompt: Prompt): boolean {
  return typeof prompt !== 'string' && prompt.at(-1)?.role === 'assistant';
}

/**
 * The text before the first stop string in it, and that string (of two that begin in the same place the longer).
 *
 * @example
 * cutAtStop('one\ntwo', ['\n']); // { text: 'one', stopString: '\n' }
 */
export function cutAtStop(text: string, stop: readonly string[]): { text: string; stopString: string | null } {
  let at = text.length;
  let stopString: string | null = null;
  for (const candidate of stop) {
    const found = text.indexOf(candidate);
    if (found < 0 || found > at) continue;
    if (stopString !== null && found === at && candidate.length <= stopString.length) continue;
    at = found;
    stopString = candidate;
  }
  return { text: text.slice(0, at), stopString };
}
