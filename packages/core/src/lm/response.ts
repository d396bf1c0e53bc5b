import { z } from 'zod';
import { continuationStart } from './continuation.ts';
import type { Dialect } from './dialect.ts';
import {
  type Failure,
  type Finish,
  failure,
  type Generation,
  type Scored,
  type TokenLogProb,
} from './language-model.ts';
import type { Sampling } from './sampling.ts';
import type { Usage } from './usage.ts';

const chatLogProbs = z
  .object({
    content: z
      .array(
        z.object({
          token: z.string(),
          logprob: z.number(),
          top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish(),
        }),
      )
      .nullish(),
  })
  .transform(({ content }) =>
    (content ?? []).map(
      ({ token, logprob, top_logprobs }): Token => ({
        token,
        logProb: logprob,
        top: (top_logprobs ?? []).map((other) => ({ token: other.token, logProb: other.logprob })),
      }),
    ),
  );

const textLogProbs = z
  .object({
    tokens: z.array(z.string()),
    token_logprobs: z.array(z.number().nullable()),
    top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
  })
  .refine(({ tokens, token_logprobs }) => tokens.length === token_logprobs.length, {
    error: 'tokens and token_logprobs must have equal lengths',
  })
  .transform(({ tokens, token_logprobs, top_logprobs }) =>
    tokens.map(
      (token, i): Token => ({
        token,
        logProb: token_logprobs[i],
        top: Object.entries(top_logprobs?.[i] ?? {})
          .map(([other, logProb]) => ({ token: other, logProb }))
          .sort((a, b) => b.logProb - a.logProb),
      }),
    ),
  );

/** vLLM: for each token of the prompt its log-probability by the token's number; null for the first. */
const promptLogProbs = z.array(
  z.record(z.string(), z.object({ logprob: z.number(), decoded_token: z.string() })).nullable(),
);

/** The first token of a text has no log-probability. */
type Token = Omit<TokenLogProb, 'logProb'> & { logProb: number | null };

const stopReason = z.union([z.string(), z.number()]).nullish();

const choice = z.object({
  index: z.int().default(0),
  // Chat.
  message: z
    .object({
      content: z.string().nullish(),
      refusal: z.string().nullish(),
      reasoning_content: z.string().nullish(),
      reasoning: z.string().nullish(),
    })
    .nullish(),
  // Completions.
  text: z.string().nullish(),
  finish_reason: z.string().nullish(),
  stop_reason: stopReason,
  matched_stop: stopReason,
  logprobs: z.union([textLogProbs, chatLogProbs]).nullish(),
  prompt_logprobs: promptLogProbs.nullish(),
});

const count = z.int().min(0);
const answerSchema = z.object({
  choices: z
    .array(
      choice.refine(
        ({ message, text }) => Boolean(message) || typeof text === 'string',
        'must hold a message or a text',
      ),
    )
    .min(1),
  prompt_logprobs: promptLogProbs.nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count.nullish(),
      prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
    })
    .nullish(),
});

export type Answer = z.output<typeof answerSchema>;

/** The answer, its choices in order, or in which place it breaks the protocol, as `choices[0].message must …`. */
export function readAnswer(body: unknown): Answer | string {
  const { data, error } = answerSchema.safeParse(body);
  if (data) return { ...data, choices: data.choices.sort((a, b) => a.index - b.index) };
  const { path, message } = error.issues[0];
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${place.replace(/^\./, '') || 'the answer'}: ${message}`;
}

export function usageOf({ usage }: Answer): Usage | null {
  if (!usage) return null;
  return {
    promptTokens: usage.prompt_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    completionTokens: usage.completion_tokens ?? 0,
  };
}

/** Sample `index` of an answer, or why it is none. */
export function generationOf(answer: Answer, index: number, sampling: Sampling, dialect: Dialect): Generation {
  const { message, text, finish_reason, logprobs, ...choice } = answer.choices[index];
  if (message?.refusal) return failure('filtered', `the model refused: ${message.refusal}`);
  if (finish_reason === 'content_filter') return failure('filtered', "the server's content filter cut the answer");
  const tokens = logprobs?.every(hasLogProb) && logprobs.length > 0 ? logprobs : null;
  const content = text ?? message?.content ?? '';
  if (sampling.logProbs !== null && tokens === null && content !== '') {
    return failure(
      'unsupported',
      'asked for log-probabilities, but the server gave none; leave logProbs out, or enable them in the server',
    );
  }
  const usage = usageOf(answer);
  // The server counts the completion tokens of all samples together.
  const completion = answer.choices.length === 1 ? usage?.completionTokens : tokens?.length;
  return {
    ok: true,
    text: content,
    ...finishOf(finish_reason ?? '', dialect.stopField && choice[dialect.stopField], sampling.stop, dialect),
    reasoning: message?.reasoning_content ?? message?.reasoning ?? null,
    tokens: sampling.logProbs === null ? null : (tokens ?? []).map(limitTop(sampling.logProbs)),
    count: usage && completion !== undefined ? { prompt: usage.promptTokens, completion } : null,
  };
}

function finishOf(
  reason: string,
  by: string | number | null | undefined,
  stop: readonly string[],
  { stopField }: Dialect,
): { finish: Finish; stopString: string | null } {
  if (reason === 'length') return { finish: 'length', stopString: null };
  if (reason !== 'stop') return { finish: 'other', stopString: null };
  if (stop.length === 0) return { finish: 'end', stopString: null };
  if (stopField === null) return { finish: 'end-or-stop', stopString: null };
  // A number is the token that ended the text.
  return typeof by === 'string' ? { finish: 'stop', stopString: by } : { finish: 'end', stopString: null };
}

/** Completions servers list the token drawn among the alternatives, and so one more than was asked for. */
function limitTop(most: number): (token: TokenLogProb) => TokenLogProb {
  return ({ token, logProb, top }) => ({ token, logProb, top: top.slice(0, most) });
}

/** The likelihood of the continuation, from an answer to `scoreBody`; or why there is none. */
export function likelihoodOf(answer: Answer, continuation: string, method: 'echo' | 'prompt_logprobs'): Scored {
  const tokens = method === 'echo' ? answer.choices[0].logprobs : promptTokens(answer);
  if (!tokens) {
    return failure(
      'unsupported',
      `the server gave no log-probabilities of the given text; does it support ${method}? See dialect.score`,
    );
  }
  const start = continuationStart(
    tokens.map(({ token }) => token),
    continuation,
  );
  if (typeof start !== 'number') return start;
  const scored = tokens.slice(start).filter(hasLogProb);
  if (scored.length < tokens.length - start) return withoutContext;
  const logProb = scored.reduce((sum, token) => sum + token.logProb, 0);
  return { ok: true, tokens: scored.map(limitTop(0)), logProb };
}

const withoutContext: Failure = failure(
  'unsupported',
  'the first token of a text has no log-probability: give a prompt before the continuation, if only a newline',
);

/** With `prompt_logprobs: 0` each entry holds one token: the prompt's own. */
function promptTokens(answer: Answer): Token[] | null {
  const entries = answer.prompt_logprobs ?? answer.choices[0].prompt_logprobs;
  if (!entries) return null;
  return entries.map((entry) => {
    const [own] = Object.values(entry ?? {});
    return own ? { token: own.decoded_token, logProb: own.logprob, top: [] } : { token: '', logProb: null, top: [] };
  });
}

function hasLogProb(token: Token): token is TokenLogProb {
  return token.logProb !== null;
}
