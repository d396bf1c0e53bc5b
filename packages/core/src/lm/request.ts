import type { Api, Body, Dialect } from './dialect.ts';
import { type Failure, failure, type Message, type Prompt, type ScorePair } from './language-model.ts';
import { isPrefilled, type Sampling } from './sampling.ts';

/** What decides how a request is written. */
export interface Target {
  model: string;
  api: Api;
  dialect: Dialect;
  /** Writes a conversation as one text, for the completions API; null where nobody said how. */
  render: ((messages: readonly Message[]) => string) | null;
  /** Further fields, which win over all others. */
  body: Body;
}

/** Why the target cannot take a prompt; null when it can. */
export function whyNotPrompt({ api, dialect, render }: Target, prompt: Prompt): Failure | null {
  if (typeof prompt === 'string') return null;
  if (api === 'completions') {
    if (render !== null) return null;
    return failure(
      'unsupported',
      'the completions API takes texts: set render to write a conversation as one, or api to chat',
    );
  }
  if (dialect.prefill !== null || !isPrefilled(prompt)) return null;
  return failure(
    'unsupported',
    'this dialect cannot go on with a message that the assistant has begun: use a server and dialect that can (vllm, sglang, llamaCpp, deepseek), or the completions API',
  );
}

/** The body that asks for `n` samples. */
export function generateBody(target: Target, prompt: Prompt, sampling: Sampling, n: number, seed: number | null): Body {
  const { api, dialect, model } = target;
  const { maxTokens, temperature, topP, stop, logProbs } = sampling;
  return {
    model,
    ...dialect.body,
    ...promptFields(target, prompt),
    ...(n > 1 ? { n } : {}),
    [api === 'chat' ? dialect.maxTokens : 'max_tokens']: maxTokens,
    // Always said, because servers take the default from wherever they like.
    temperature,
    ...(topP < 1 ? { top_p: topP } : {}),
    ...(stop.length > 0 ? { stop } : {}),
    ...(seed !== null && dialect.seed ? { seed } : {}),
    ...(logProbs === null ? {} : api === 'chat' ? { logprobs: true, top_logprobs: logProbs } : { logprobs: logProbs }),
    ...target.body,
  };
}

/** The body that asks for the log-probabilities of a given text. Its dialect must be able to. */
export function scoreBody(target: Target, { prompt, continuation }: ScorePair): Body {
  const echo = target.dialect.score[target.api] === 'echo';
  return {
    model: target.model,
    ...promptFields(target, extended(target.api === 'chat' ? messagesOf(prompt) : prompt, continuation)),
    // vLLM refuses 0 tokens with prompt_logprobs; with echo a generated token would stand among those to be scored.
    ...(echo ? { echo: true, logprobs: 1, max_tokens: 0 } : { prompt_logprobs: 0, max_tokens: 1 }),
    temperature: 0,
    ...target.body,
  };
}

function promptFields({ api, dialect, render }: Target, prompt: Prompt): Body {
  if (api === 'completions') {
    if (typeof prompt === 'string') return { prompt };
    if (render === null) throw new TypeError('render must be given for conversations on the completions API');
    return { prompt: render(prompt) };
  }
  const messages: Body[] = messagesOf(prompt).map(({ role, content }) => ({ role, content }));
  if (dialect.prefill === null || !isPrefilled(prompt)) return { messages };
  const begun = { ...messages[messages.length - 1], ...dialect.prefill.message };
  return { messages: [...messages.slice(0, -1), begun], ...dialect.prefill.body };
}

function messagesOf(prompt: Prompt): readonly Message[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
}

/** The prompt with the continuation in the place where the model would write it. */
function extended(prompt: Prompt, continuation: string): Prompt {
  if (typeof prompt === 'string') return prompt + continuation;
  return isPrefilled(prompt)
    ? [...prompt.slice(0, -1), { role: 'assistant', content: prompt[prompt.length - 1].content + continuation }]
    : [...prompt, { role: 'assistant', content: continuation }];
}
