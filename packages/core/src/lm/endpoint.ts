import { Random } from '../stats/index.ts';
import { type Api, type Body, type Dialect, dialects } from './dialect.ts';
import { type Connection, postJson, RequestFailure } from './http.ts';
import {
  type Failure,
  failure,
  type GenerateOptions,
  type Generation,
  type LanguageModel,
  type Message,
  type Prompt,
  type Scored,
  type ScorePair,
} from './language-model.ts';
import { Limiter } from './limiter.ts';
import { generateBody, scoreBody, type Target, whyNotPrompt } from './request.ts';
import { type Answer, generationOf, likelihoodOf, readAnswer, usageOf } from './response.ts';
import { type RetryPolicy, retry, retryPolicy } from './retry.ts';
import { checkPairs, checkPrompts, positiveWhole, type Sampling, sampleSeed, samplingOf } from './sampling.ts';
import { BudgetExceeded, Meter } from './usage.ts';

export interface EndpointOptions {
  /** What comes before `/chat/completions`: `http://localhost:8000/v1`. A query is kept (Azure's `api-version`). */
  baseUrl: string;
  model: string;
  /** Sent as `authorization: Bearer …`. Never part of an error. */
  key?: string;
  /** Further headers. Their values are never part of an error either. */
  headers?: Readonly<Record<string, string>>;
  /** `chat` unless told. */
  api?: Api;
  /** What kind of server it is; `compatible`, the least common denominator, unless told. */
  dialect?: keyof typeof dialects | Dialect;
  /**
   * Writes a conversation as one text, for the completions API: the model's chat template. A conversation that ends in
   * the assistant's message is left open there.
   */
  render?: (messages: readonly Message[]) => string;
  /** For each attempt; 120,000 unless told. */
  timeoutMs?: number;
  /**
   * Has answers sent piece by piece. Needed for answers that take longer than 5 minutes: Node's `fetch` gives up on a
   * server that is silent for so long.
   */
  stream?: boolean;
  /** Requests at once; 8 unless told. */
  concurrency?: number;
  retry?: Partial<RetryPolicy>;
  /** Jitter of the retries. Processes that share a server should differ in it. */
  random?: Random;
  /** Counts tokens and keeps to a budget; one without limits unless told. */
  meter?: Meter;
  /** Further fields of each request, which win over all others: `{ reasoning_effort: 'low' }`. */
  body?: Body;
  fetch?: typeof fetch;
}

export interface Endpoint extends LanguageModel {
  readonly meter: Meter;
}

/**
 * A model behind any server that speaks OpenAI's chat or completions protocol. Requests that fail for the moment are
 * tried again with growing pauses; what fails for good is a `Failure` in its item's place, and the rest of the batch
 * stands. Written on `fetch` alone: the official client is 385 kB in a browser's bundle, reads keys, organisation and
 * address from the environment, and neither checks what it receives nor takes a seed for its jitter.
 *
 * Samples with a seed are reproducible as far as the server keeps its word; with a dialect that draws `n` at once only as
 * a group, for the same `n`.
 *
 * @throws TypeError or RangeError for options out of range, naming them
 * @example
 * const lm = endpoint({ baseUrl: 'http://localhost:8000/v1', model: 'Qwen/Qwen3-8B', dialect: 'vllm' });
 * const [samples] = await lm.generate(['What is 17 * 23?'], { n: 4, temperature: 0.7, seed: 1 });
 * for (const sample of samples) console.log(sample.ok ? sample.text : sample.reason);
 * lm.meter.totals.completionTokens;
 */
export function endpoint(options: EndpointOptions): Endpoint {
  const { api = 'chat', concurrency = 8, stream = false, meter = new Meter() } = options;
  const dialect = dialectOf(options.dialect ?? 'compatible');
  if (api !== 'chat' && api !== 'completions') throw new RangeError(`api must be chat or completions, got ${api}`);
  positiveWhole('concurrency', concurrency);
  if (options.model === '') throw new RangeError('model must not be empty');
  const target: Target = {
    model: options.model,
    api,
    dialect,
    render: options.render ?? null,
    body: options.body ?? {},
  };
  const url = urlOf(options.baseUrl, api);
  const connection = connectionOf(options);
  const limiter = new Limiter(concurrency);
  const policy = retryPolicy(options.retry);
  const random = options.random ?? new Random('jitter', url.href, options.model);
  const scoring = dialect.score[api];
  const topLogProbs = dialect.topLogProbs[api];
  if (scoring !== null && api === 'chat' && dialect.prefill === null) {
    throw new RangeError("dialect.score.chat needs dialect.prefill: what is scored stands in the assistant's message");
  }

  /** One request, with its retries. It keeps its place in the limit while it waits: an overloaded server gets fewer. */
  async function ask(body: Body, signal: AbortSignal | undefined): Promise<Answer | Failure> {
    let attempts = 0;
    const attempt = async () => {
      meter.request();
      attempts++;
      const answer = readAnswer(await postJson(connection, url, body, signal));
      if (typeof answer === 'string') {
        meter.add(null);
        const what = `POST ${url.origin}${url.pathname} answered 200 with JSON that is no ${api} answer: ${answer}`;
        throw new RequestFailure('malformed', `${what}; check baseUrl and api`, { retry: false });
      }
      meter.add(usageOf(answer));
      return answer;
    };
    const again = (error: unknown) => (error instanceof RequestFailure ? error.again : { retry: false as const });
    try {
      return await limiter.run(() => retry(attempt, { again, random, policy, signal }), signal);
    } catch (error) {
      if (error instanceof BudgetExceeded) return failure('budget', error.message);
      if (!(error instanceof RequestFailure)) throw error;
      return failure(error.kind, attempts > 1 ? `${error.message} (tried ${attempts} times)` : error.message);
    }
  }

  async function samplesOf(
    prompt: Prompt,
    position: number,
    sampling: Sampling,
    signal: AbortSignal | undefined,
  ): Promise<Generation[]> {
    const { n, seed, logProbs } = sampling;
    const cannot =
      logProbs !== null && topLogProbs === null
        ? failure('unsupported', `this dialect gives no log-probabilities on the ${api} API; leave logProbs out`)
        : whyNotPrompt(target, prompt);
    if (cannot !== null) return new Array<Generation>(n).fill(cannot);
    const draw = async (from: number, many: number): Promise<Generation[]> => {
      const seeded = seed === null ? null : sampleSeed(seed, position, from);
      const body = generateBody(target, prompt, sampling, many, seeded);
      const answer = await ask(
        stream ? { ...body, stream: true, stream_options: { include_usage: true } } : body,
        signal,
      );
      if (!('choices' in answer)) return new Array<Generation>(many).fill(answer);
      return answer.choices.slice(0, many).map((_, i) => generationOf(answer, i, sampling, dialect));
    };
    const together = dialect.n ? await draw(0, n) : [];
    // One by one what the server did not draw together: gateways pass `n` on to models that take no notice of it.
    const missing = Array.from({ length: n - together.length }, (_, i) => draw(together.length + i, 1));
    return [...together, ...(await Promise.all(missing)).flat()];
  }

  return {
    name: options.model,
    meter,
    capabilities: {
      texts: api === 'completions',
      conversations: api === 'chat' || target.render !== null,
      prefill: api === 'chat' ? dialect.prefill !== null : target.render !== null,
      score: scoring !== null,
      seeds: dialect.seed,
      topLogProbs,
    },

    async generate(prompts: readonly Prompt[], given?: GenerateOptions, signal?: AbortSignal) {
      const sampling = samplingOf(given);
      checkPrompts(prompts);
      if (topLogProbs !== null && (sampling.logProbs ?? 0) > topLogProbs) {
        throw new RangeError(`logProbs must be at most ${topLogProbs} for this dialect, got ${sampling.logProbs}`);
      }
      signal?.throwIfAborted();
      meter.check();
      return Promise.all(prompts.map((prompt, i) => samplesOf(prompt, i, sampling, signal)));
    },

    async score(pairs: readonly ScorePair[], signal?: AbortSignal) {
      checkPairs(pairs);
      signal?.throwIfAborted();
      meter.check();
      return Promise.all(
        pairs.map(async (pair): Promise<Scored> => {
          if (scoring === null) return failure('unsupported', whyNotScore(api));
          const cannot = whyNotPrompt(target, pair.prompt);
          if (cannot !== null) return cannot;
          const answer = await ask(scoreBody(target, pair), signal);
          return 'choices' in answer ? likelihoodOf(answer, pair.continuation, scoring) : answer;
        }),
      );
    },
  };
}

function whyNotScore(api: Api): string {
  return (
    `this dialect does not score given texts on the ${api} API: use a server that does (vllm; sglang with api ` +
    'completions), or ask the model to judge instead'
  );
}

function dialectOf(given: keyof typeof dialects | Dialect): Dialect {
  if (typeof given !== 'string') return given;
  if (Object.hasOwn(dialects, given)) return dialects[given];
  throw new RangeError(`dialect must be one of ${Object.keys(dialects).join(', ')}, got ${given}`);
}

function urlOf(baseUrl: string, api: Api): URL {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RangeError('baseUrl must be an address such as http://localhost:8000/v1');
  }
  if (url.username !== '' || url.password !== '') {
    throw new RangeError('baseUrl must not hold a name and password: give key or headers instead');
  }
  if (/\/completions\/*$/.test(url.pathname)) {
    throw new RangeError(`baseUrl must end before /chat/completions, got ${url.origin}${url.pathname}`);
  }
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${api === 'chat' ? 'chat/completions' : 'completions'}`;
  return url;
}

function connectionOf({
  key,
  headers = {},
  timeoutMs = 120_000,
  fetch = globalThis.fetch,
}: EndpointOptions): Connection {
  // Beyond 2^31 - 1 a timer fires at once.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new RangeError(`timeoutMs must lie between 0 and ${2 ** 31 - 1}, got ${timeoutMs}`);
  }
  if (key === '') throw new RangeError('key must not be empty: leave it out for a server that needs none');
  const all = new Headers({ 'content-type': 'application/json', accept: 'application/json, text/event-stream' });
  const entries = Object.entries(headers);
  if (key !== undefined) entries.unshift(['authorization', `Bearer ${key}`]);
  for (const [name, value] of entries) {
    try {
      all.set(name, value);
    } catch {
      // Without the reason, which quotes the value.
      const what = name === 'authorization' ? 'key' : `headers.${name}`;
      throw new RangeError(`${what} must be a text that fits an HTTP header: one line, no other than Latin letters`);
    }
  }
  return { headers: all, timeoutMs, fetch: (input, init) => fetch(input, init) };
}
