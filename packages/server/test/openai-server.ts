import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** What happens to one request instead of an answer, or before it. */
export type Behaviour =
  | { kind: 'answer' }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'text'; text: string; contentType?: string }
  | { kind: 'slow'; ms: number }
  | { kind: 'cut' }
  | { kind: 'hang' };

const messageSchema = z.looseObject({ role: z.string(), content: z.string() });
const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema).min(1).optional(),
  prompt: z.string().optional(),
  n: z.int().min(1).default(1),
  max_tokens: z.int().min(0).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  temperature: z.number().default(1),
  stop: z.array(z.string()).max(4).default([]),
  seed: z.int().min(0).optional(),
  logprobs: z.union([z.boolean(), z.int().max(20)]).optional(),
  top_logprobs: z.int().max(20).default(0),
  echo: z.boolean().default(false),
  prompt_logprobs: z.int().optional(),
  continue_final_message: z.boolean().default(false),
  stream: z.boolean().default(false),
});
type RequestBody = z.output<typeof bodySchema>;

export interface Recorded {
  path: string;
  headers: IncomingHttpHeaders;
  body: RequestBody;
}

/** What the server can do; an answer's other properties follow from the request. */
export interface ServerOptions {
  /** Gives one choice whatever `n` says. */
  ignoresN?: boolean;
  /** Scores nothing and generates nothing when asked to echo. */
  ignoresEcho?: boolean;
  withoutUsage?: boolean;
  /** Names the stop string of a choice, as vLLM does. */
  tellsStop?: boolean;
  reasoning?: string;
}

/** Words, each with the space before it. */
const words = (text: string) => text.match(/\s*\S+|\s+$/g) ?? [];

/** The model: a log-probability of any token in any context, computed and not learned. */
export function logProbOf(context: string, token: string): number {
  let hash = 7;
  for (const character of `${context}|${token}`) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 10_007;
  return -(hash % 1000) / 250;
}

/** What the model says to a prompt. */
export function answerTo(prompt: string, seed: number | undefined, index: number, temperature: number): string {
  return temperature === 0 ? `certainly: ${prompt}\nThe end.` : `draw ${seed ?? 'free'}/${index}: ${prompt}\nThe end.`;
}

/** The prompt's tokens: a conversation's roles are tokens of their own. */
function promptTokens({ messages, prompt, continue_final_message }: RequestBody): string[] {
  if (!messages) return words(prompt ?? '');
  const said = messages.flatMap(({ role, content }) => [`<|${role}|>`, ...words(content)]);
  return continue_final_message ? said : [...said, '<|assistant|>'];
}

function scored(tokens: readonly string[], before = ''): { token: string; logprob: number | null }[] {
  let context = before;
  return tokens.map((token) => {
    const logprob = context === '' ? null : logProbOf(context, token);
    context += token;
    return { token, logprob };
  });
}

function choicesOf(body: RequestBody, options: ServerOptions) {
  const prompt = body.messages ? (body.messages.at(-1)?.content ?? '') : (body.prompt ?? '');
  const limit = body.max_tokens ?? body.max_completion_tokens ?? 16;
  return Array.from({ length: options.ignoresN ? 1 : body.n }, (_, index) => {
    const whole = answerTo(prompt, body.seed, index, body.temperature);
    const stops = body.stop.filter((stop) => whole.includes(stop)).sort((a, b) => whole.indexOf(a) - whole.indexOf(b));
    const shortened = stops.length > 0 ? whole.slice(0, whole.indexOf(stops[0])) : whole;
    const tokens = words(shortened);
    const kept = tokens.slice(0, limit);
    return {
      index,
      tokens: kept,
      text: kept.join(''),
      finish_reason: kept.length < tokens.length ? 'length' : 'stop',
      ...(options.tellsStop ? { stop_reason: stops[0] ?? null } : {}),
    };
  });
}

function answer(body: RequestBody, options: ServerOptions) {
  const given = promptTokens(body);
  const context = given.join('');
  const choices = choicesOf(body, options);
  const promptLogProbs = scored(given).map(({ token, logprob }, i) =>
    logprob === null ? null : { [String(1000 + i)]: { logprob, rank: 1, decoded_token: token } },
  );
  const completionTokens = choices.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return {
    id: 'answer-1',
    model: body.model,
    choices: choices.map(({ tokens, text, ...rest }) => {
      const echoed = body.echo && !options.ignoresEcho ? given : [];
      const all = [...scored(echoed), ...scored(tokens, context)];
      if (!body.messages) {
        const logprobs = {
          tokens: all.map(({ token }) => token),
          token_logprobs: all.map(({ logprob }) => logprob),
          top_logprobs: all.map(({ token, logprob }) => (logprob === null ? null : { [token]: logprob, other: -9 })),
          text_offset: all.map(() => 0),
        };
        return {
          ...rest,
          text: echoed.join('') + text,
          logprobs: body.logprobs === undefined ? null : logprobs,
          ...(body.prompt_logprobs === undefined ? {} : { prompt_logprobs: promptLogProbs }),
        };
      }
      const content = all.map(({ token, logprob }) => ({
        token,
        logprob,
        top_logprobs: [{ token, logprob }].slice(0, body.top_logprobs),
      }));
      return {
        ...rest,
        message: { role: 'assistant', content: text, reasoning_content: options.reasoning ?? null },
        logprobs: body.logprobs === true ? { content } : null,
      };
    }),
    ...(body.messages && body.prompt_logprobs !== undefined ? { prompt_logprobs: promptLogProbs } : {}),
    ...(options.withoutUsage
      ? {}
      : {
          usage: {
            prompt_tokens: given.length,
            completion_tokens: completionTokens,
            total_tokens: given.length + completionTokens,
            prompt_tokens_details: { cached_tokens: 1 },
          },
        }),
  };
}

/** The same answer in pieces: each token an event of its own, choices in turn. */
function streamed(body: RequestBody, options: ServerOptions): string {
  const whole = answer(body, options);
  const events: unknown[] = [];
  for (const [i, { tokens, text: _, ...rest }] of choicesOf(body, options).entries()) {
    const { logprobs } = whole.choices[i];
    for (const [k, token] of tokens.entries()) {
      const piece =
        logprobs === null
          ? null
          : 'content' in logprobs
            ? { content: [logprobs.content[k]] }
            : {
                tokens: [logprobs.tokens[k]],
                token_logprobs: [logprobs.token_logprobs[k]],
                top_logprobs: [logprobs.top_logprobs[k]],
              };
      const said = body.messages ? { delta: { content: token } } : { text: token };
      events.push({ choices: [{ index: i, ...said, logprobs: piece, finish_reason: null }] });
    }
    events.push({ choices: [{ ...rest, ...(body.messages ? { delta: {} } : { text: '' }) }] });
  }
  events.push({ choices: [], usage: whole.usage });
  return [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
}

/**
 * An HTTP server on the loopback that speaks OpenAI's chat and completions protocol, with the extras of vLLM, and that
 * misbehaves on request.
 */
export class OpenAiServer {
  readonly requests: Recorded[] = [];
  /** Most requests that were open at the same time. */
  mostAtOnce = 0;
  /** Requests that the client gave up. */
  abandoned = 0;
  options: ServerOptions = {};
  readonly #behaviours: Behaviour[] = [];
  #open = 0;
  readonly #server = createServer(async (request, response) => {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
    response.on('close', () => {
      this.#open--;
      if (!response.writableFinished) this.abandoned++;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    const parsed = bodySchema.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
    if (!parsed.success) return reply(response, 400, { error: { message: `bad request: ${parsed.error.message}` } });
    this.requests.push({ path, headers: request.headers, body: parsed.data });
    await this.#answer(path, parsed.data, this.#behaviours.shift() ?? { kind: 'answer' }, response);
  });

  async #answer(path: string, body: RequestBody, behaviour: Behaviour, response: ServerResponse): Promise<void> {
    const chat = body.messages !== undefined;
    if (new URL(path, 'http://x').pathname !== (chat ? '/v1/chat/completions' : '/v1/completions')) {
      return reply(response, 404, { detail: 'Not Found' });
    }
    if (behaviour.kind === 'status') return reply(response, behaviour.status, behaviour.body ?? '', behaviour.headers);
    if (behaviour.kind === 'text') {
      response.writeHead(200, { 'content-type': behaviour.contentType ?? 'application/json' });
      response.end(behaviour.text);
      return;
    }
    if (behaviour.kind === 'hang') return;
    if (behaviour.kind === 'slow') await wait(behaviour.ms);
    const text = body.stream ? streamed(body, this.options) : JSON.stringify(answer(body, this.options));
    response.setHeader('content-type', body.stream ? 'text/event-stream; charset=utf-8' : 'application/json');
    if (behaviour.kind === 'cut') {
      response.setHeader('content-length', Buffer.byteLength(text));
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    }
    response.end(text);
  }

  /** What happens to the next requests, in order; later ones are answered. */
  next(...behaviours: Behaviour[]): void {
    this.#behaviours.push(...behaviours);
  }

  /** Starts to listen. */
  static async start(): Promise<OpenAiServer> {
    const started = new OpenAiServer();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
