import { z } from 'zod';

const chatLogProbs = z.object({ content: z.array(z.unknown()).nullish() });
const textLogProbs = z.object({
  tokens: z.array(z.unknown()),
  token_logprobs: z.array(z.unknown()),
  top_logprobs: z.array(z.unknown()).nullish(),
});

const chunk = z.looseObject({
  error: z.unknown().optional(),
  usage: z.unknown().optional(),
  choices: z
    .array(
      z.looseObject({
        index: z.int().default(0),
        delta: z
          .looseObject({
            content: z.string().nullish(),
            reasoning_content: z.string().nullish(),
            reasoning: z.string().nullish(),
            refusal: z.string().nullish(),
          })
          .nullish(),
        text: z.string().nullish(),
        logprobs: z.union([textLogProbs, chatLogProbs]).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
});
type Chunk = z.output<typeof chunk>;
type Delta = Chunk['choices'][number];

/**
 * Joins an event stream of completion chunks into the answer that the server would have given without streaming; chat and
 * completions alike. Throws SyntaxError for events that are no JSON, TypeError for those of another shape, and Error when
 * the stream ends too soon.
 *
 * @example
 * joinStream('data: {"choices":[{"index":0,"text":"Hi","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
 * // { choices: [{ index: 0, text: 'Hi', message: { … }, logprobs: null, finish_reason: 'stop' }] }
 */
export function joinStream(text: string): unknown {
  const events = dataOf(text);
  const chunks = events.filter((data) => data !== '[DONE]').map((data) => chunk.safeParse(JSON.parse(data)));
  const choices = new Map<number, Delta[]>();
  let usage: unknown;
  for (const { data, error } of chunks) {
    if (error)
      throw new TypeError(`an event of the stream has another shape than a chunk: ${error.issues[0].path.join('.')}`);
    if (data.error) return data;
    usage = data.usage ?? usage;
    for (const delta of data.choices) {
      const parts = choices.get(delta.index);
      if (parts) parts.push(delta);
      else choices.set(delta.index, [delta]);
    }
  }
  const joined = [...choices.values()].map(joinChoice);
  const complete = events.at(-1) === '[DONE]' || joined.every((choice) => choice.finish_reason !== null);
  if (joined.length === 0 || !complete) throw new Error('the stream broke off before its end');
  return { choices: joined, usage };
}

/**
 * The data of each server-sent event (WHATWG HTML, 9.2). Comments, which keep a connection alive, are left out, and so is
 * an event that the end of the stream cuts in half.
 */
function dataOf(text: string): string[] {
  const events = text.split(/\r?\n\r?\n/).map((event) =>
    event
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).trim())
      .join('\n'),
  );
  // Some servers forget the blank line after the last one.
  if (events.at(-1) !== '[DONE]') events.pop();
  return events.filter((data) => data !== '');
}

function joinChoice(parts: readonly Delta[]) {
  const words = (pick: (part: Delta) => string | null | undefined) => {
    const found = parts.map(pick).filter((piece) => typeof piece === 'string');
    return found.length > 0 ? found.join('') : null;
  };
  const last = parts.findLast((part) => part.finish_reason);
  return {
    index: parts[0].index,
    // With the fields that only some servers send: stop_reason, matched_stop.
    ...last,
    finish_reason: last?.finish_reason ?? null,
    text: words((part) => part.text),
    message: {
      content: words((part) => part.delta?.content),
      reasoning_content: words((part) => part.delta?.reasoning_content ?? part.delta?.reasoning),
      refusal: words((part) => part.delta?.refusal),
    },
    logprobs: joinLogProbs(parts),
  };
}

function joinLogProbs(parts: readonly Delta[]) {
  const all = parts.map((part) => part.logprobs).filter((part) => part !== null && part !== undefined);
  if (all.length === 0) return null;
  const asText = all.filter((part) => 'tokens' in part);
  if (asText.length === 0) return { content: all.flatMap((part) => ('content' in part ? (part.content ?? []) : [])) };
  return {
    tokens: asText.flatMap((part) => part.tokens),
    token_logprobs: asText.flatMap((part) => part.token_logprobs),
    top_logprobs: asText.flatMap((part) => part.top_logprobs ?? part.tokens.map(() => null)),
  };
}
