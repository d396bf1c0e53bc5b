import { Random } from '../stats/index.ts';
import { failure, type Generation, type LanguageModel, type Prompt, type Scored } from './language-model.ts';
import { type Reply, ReplyTree, wordTokens } from './reply-tree.ts';
import { checkPairs, checkPrompts, cutAtStop, type Sampling, sampleSeed, samplingOf } from './sampling.ts';

export interface SimulatedOptions {
  /** For reports; `simulated` unless told. */
  name?: string;
  /** What it may say to a prompt: one text, or several with their weights. Must depend on nothing but the prompt. */
  reply: (prompt: Prompt) => string | readonly Reply[];
  /**
   * Standard deviation, in nats, of an error that is added to the log-weight of each reply. The error belongs to the
   * prompt and the reply: asking again gives the same one, as with a real model that is wrong. 0 unless told.
   */
  noise?: number;
  /** Probability that an item fails as an overloaded server would; 0 unless told. */
  failures?: number;
  /** Of noise and failures, and of samples for which no seed is given; 0 unless told. */
  seed?: number | string;
}

/**
 * A language model that says what it is told to: for tests, and for experiments in which a labelled noisy oracle stands in
 * for a big model. A deterministic function of prompt and seed; tokens are words. Generated and scored log-probabilities
 * are exact and agree with each other.
 *
 * @example
 * const judge = simulatedModel({
 *   reply: (prompt) => {
 *     const good = typeof prompt === 'string' && prompt.includes('4');
 *     return [{ text: 'YES', weight: good ? 9 : 1 }, { text: 'NO', weight: good ? 1 : 9 }];
 *   },
 *   noise: 0.5,
 * });
 * const [[verdict]] = await judge.generate(['2 + 2 = 4?'], { temperature: 0, logProbs: 2 });
 */
export function simulatedModel(options: SimulatedOptions): LanguageModel {
  const { name = 'simulated', reply, noise = 0, failures = 0, seed = 0 } = options;
  if (!(noise >= 0 && noise < Infinity)) throw new RangeError(`noise must be at least 0 and finite, got ${noise}`);
  if (!(failures >= 0 && failures <= 1)) throw new RangeError(`failures must lie in [0, 1], got ${failures}`);

  const treeFor = (prompt: Prompt, key: string): ReplyTree => {
    const replies = reply(prompt);
    if (typeof replies === 'string') return new ReplyTree([{ text: replies, weight: 1 }]);
    if (noise === 0) return new ReplyTree(replies);
    return new ReplyTree(
      replies.map(({ text, weight }) => {
        const error = noise * new Random(seed, 'noise', key, text).normal();
        return { text, weight: weight * Math.exp(error) };
      }),
    );
  };
  const fails = (...item: (number | string)[]) => failures > 0 && new Random(seed, 'failure', ...item).bool(failures);

  return {
    name,
    capabilities: {
      texts: true,
      conversations: true,
      prefill: true,
      score: true,
      seeds: true,
      topLogProbs: Number.POSITIVE_INFINITY,
    },

    async generate(prompts, given, signal) {
      const sampling = samplingOf(given);
      checkPrompts(prompts);
      signal?.throwIfAborted();
      return prompts.map((prompt, position) => {
        const key = keyOf(prompt);
        const tree = treeFor(prompt, key);
        const promptTokens = countTokens(prompt);
        return Array.from({ length: sampling.n }, (_, sample): Generation => {
          if (fails('generate', key, sampling.seed ?? '', position, sample)) return overloaded;
          const stream = sampling.seed === null ? seed : sampleSeed(sampling.seed, position, sample);
          return generated(tree, new Random(stream, 'sample', key, sample), sampling, promptTokens);
        });
      });
    },

    async score(pairs, signal) {
      checkPairs(pairs);
      signal?.throwIfAborted();
      return pairs.map(({ prompt, continuation }): Scored => {
        const key = keyOf(prompt);
        if (fails('score', key, continuation)) return overloaded;
        const tokens = wordTokens(continuation);
        const logProbs = treeFor(prompt, key).logProbs(tokens);
        if (logProbs === null) {
          const what = JSON.stringify(continuation);
          return failure(
            'unsupported',
            `the simulated model never says ${what} here, so its log-probability is not finite`,
          );
        }
        return {
          ok: true,
          tokens: tokens.map((token, i) => ({ token, logProb: logProbs[i], top: [] })),
          logProb: logProbs.reduce((sum, logProb) => sum + logProb, 0),
        };
      });
    },
  };
}

const overloaded = failure('unavailable', 'simulated failure of an overloaded server');

function generated(tree: ReplyTree, rng: Random, sampling: Sampling, promptTokens: number): Generation {
  const { temperature, topP, maxTokens, stop, logProbs } = sampling;
  const enough = (tokens: readonly string[]) => stop.length > 0 && cutAtStop(tokens.join(''), stop).stopString !== null;
  const walk = tree.walk(rng, { temperature, topP, maxTokens, enough });
  const { text, stopString } = cutAtStop(walk.tokens.join(''), stop);
  const tokens = walk.tokens.map((token, i) => ({
    token,
    logProb: walk.logProbs[i],
    top: walk.alternatives[i].slice(0, logProbs ?? 0),
  }));
  return {
    ok: true,
    text,
    finish: stopString !== null ? 'stop' : walk.ended ? 'end' : 'length',
    stopString,
    reasoning: null,
    tokens: logProbs === null ? null : tokens,
    count: { prompt: promptTokens, completion: walk.tokens.length },
  };
}

/** Equal for equal prompts. */
function keyOf(prompt: Prompt): string {
  return typeof prompt === 'string' ? prompt : JSON.stringify(prompt.map(({ role, content }) => [role, content]));
}

function countTokens(prompt: Prompt): number {
  const texts = typeof prompt === 'string' ? [prompt] : prompt.map(({ content }) => content);
  return texts.reduce((sum, text) => sum + wordTokens(text).length, 0);
}
