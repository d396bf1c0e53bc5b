import {
  BudgetExceeded,
  dialects,
  type Endpoint,
  type EndpointOptions,
  endpoint,
  type Failure,
  type Generated,
  type Likelihood,
  type Message,
  Meter,
} from '@laurel/core/lm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerTo, logProbOf, OpenAiServer } from '../test/openai-server.ts';

let server: OpenAiServer;
beforeEach(async () => {
  server = await OpenAiServer.start();
});
afterEach(() => server.close());

const key = 'sk-very-secret-0123456789';

/** An endpoint of the server at hand that does not make a test wait. */
function model(options: Partial<EndpointOptions> = {}): Endpoint {
  return endpoint({
    baseUrl: server.baseUrl,
    model: 'tiny',
    key,
    timeoutMs: 2000,
    retry: { attempts: 3, firstDelayMs: 1, longestDelayMs: 4 },
    ...options,
  });
}

function good<T extends { ok: boolean }>(item: T): Extract<T, { ok: true }> {
  expect(item).toMatchObject({ ok: true });
  return item as Extract<T, { ok: true }>;
}

/** The only generation of the only prompt. */
async function one(lm: Endpoint, options: Parameters<Endpoint['generate']>[1] = {}): Promise<Generated | Failure> {
  const [[sample]] = await lm.generate(['What?'], options);
  return sample;
}

describe('generate', () => {
  it('asks a chat model, and reports text, finish and tokens', async () => {
    const lm = model();
    const sample = good(await one(lm, { temperature: 0 }));
    expect(sample).toMatchObject({ text: 'certainly: What?\nThe end.', finish: 'end', stopString: null, tokens: null });
    expect(sample.count).toEqual({ prompt: 3, completion: 4 });
    const [{ path, headers, body }] = server.requests;
    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(body).toMatchObject({ model: 'tiny', messages: [{ role: 'user', content: 'What?' }], max_tokens: 1024 });
    expect(lm.meter.totals).toMatchObject({ requests: 1, promptTokens: 3, cachedTokens: 1, completionTokens: 4 });
  });

  it.each([{ api: 'chat' as const }, { api: 'completions' as const }])(
    'gives log-probabilities on $api',
    async ({ api }) => {
      const sample = good(await one(model({ api }), { logProbs: 1, temperature: 0, maxTokens: 2 }));
      expect(sample.finish).toBe('length');
      const context = api === 'chat' ? '<|user|>What?<|assistant|>' : 'What?';
      const logProb = logProbOf(context, 'certainly:');
      expect(sample.tokens).toHaveLength(2);
      expect(sample.tokens?.[0]).toEqual({ token: 'certainly:', logProb, top: [{ token: 'certainly:', logProb }] });
    },
  );

  it('draws n samples in one request where the server can, with one seed', async () => {
    const lm = model({ dialect: 'vllm' });
    const [samples] = await lm.generate(['What?'], { n: 4, seed: 5 });
    expect(samples.map((sample) => good(sample).text.split(':')[0])).toEqual(
      [0, 1, 2, 3].map((i) => `draw ${server.requests[0].body.seed}/${i}`),
    );
    expect(samples.map((sample) => good(sample).count)).toEqual([null, null, null, null]);
    expect(server.requests).toHaveLength(1);
    // What the model's own files would change is said outright.
    expect(server.requests[0].body).toMatchObject({ temperature: 1, top_p: 1, top_k: -1, min_p: 0 });
  });

  it('draws one sample a request elsewhere, each with a seed of its own that does not depend on n', async () => {
    const seeds = async (n: number) => {
      server.requests.length = 0;
      await model().generate(['What?', 'What?'], { n, seed: 5 });
      return new Set(server.requests.map(({ body }) => body.seed));
    };
    const four = await seeds(4);
    expect(four.size).toBe(8);
    const six = await seeds(6);
    expect([...four].every((seed) => six.has(seed))).toBe(true);
    expect(server.requests.every(({ body }) => body.n === 1)).toBe(true);
  });

  it('asks again for what a server that ignores n left out', async () => {
    server.options = { ignoresN: true };
    const [samples] = await model({ dialect: 'openai' }).generate(['What?'], { n: 3, seed: 1 });
    expect(new Set(samples.map((sample) => good(sample).text)).size).toBe(3);
    expect(server.requests.map(({ body }) => body.n)).toEqual([3, 1, 1]);
    expect(server.requests[0].body.max_completion_tokens).toBe(1024);
  });

  it('tells a stop string from the end where the server does', async () => {
    server.options = { tellsStop: true };
    const vllm = model({ dialect: 'vllm' });
    expect(await one(vllm, { stop: ['\n'] })).toMatchObject({ finish: 'stop', stopString: '\n' });
    expect(await one(vllm, { stop: ['never'] })).toMatchObject({ finish: 'end', stopString: null });
    expect(await one(model(), { stop: ['\n'] })).toMatchObject({ finish: 'end-or-stop', stopString: null });
  });

  it('keeps reasoning apart from the text', async () => {
    server.options = { reasoning: 'Let me think.' };
    expect(await one(model())).toMatchObject({ reasoning: 'Let me think.' });
  });

  it('goes on with a message that was begun, or says that it cannot', async () => {
    const conversation: Message[] = [
      { role: 'user', content: 'What?' },
      { role: 'assistant', content: 'Step 1.' },
    ];
    const [[cannot]] = await model().generate([conversation]);
    expect(cannot).toMatchObject({ ok: false, kind: 'unsupported' });
    expect(server.requests).toHaveLength(0);
    good((await model({ dialect: 'vllm' }).generate([conversation]))[0][0]);
    expect(server.requests[0].body).toMatchObject({
      messages: conversation,
      continue_final_message: true,
      add_generation_prompt: false,
    });
    good((await model({ dialect: 'deepseek' }).generate([conversation]))[0][0]);
    expect(server.requests[1].body).toMatchObject({
      messages: [conversation[0], { role: 'assistant', content: 'Step 1.', prefix: true }],
    });
  });

  it('writes conversations as texts for the completions API only when told how', async () => {
    const conversation: Message[] = [{ role: 'user', content: 'What?' }];
    const [[cannot]] = await model({ api: 'completions' }).generate([conversation]);
    expect(cannot).toMatchObject({ kind: 'unsupported', reason: expect.stringContaining('set render') });
    const render = (messages: readonly Message[]) => messages.map(({ content }) => `Q: ${content}\nA:`).join('');
    good((await model({ api: 'completions', render }).generate([conversation]))[0][0]);
    expect(server.requests[0].body.prompt).toBe('Q: What?\nA:');
  });

  it.each([{ api: 'chat' as const }, { api: 'completions' as const }])(
    'gives the same in a stream ($api)',
    async ({ api }) => {
      const options = { n: 2, seed: 3, logProbs: 1 };
      const plain = await model({ api }).generate(['What?', 'Why?'], options);
      const lm = model({ api, stream: true });
      expect(await lm.generate(['What?', 'Why?'], options)).toEqual(plain);
      expect(lm.meter.totals.completionTokens).toBeGreaterThan(0);
    },
  );

  it('runs no more requests at once than allowed, and keeps the order of prompts', async () => {
    const prompts = Array.from({ length: 12 }, (_, i) => `prompt ${i}`);
    server.next(...prompts.map((_, i) => ({ kind: 'slow' as const, ms: (i * 7) % 20 })));
    const generations = await model({ concurrency: 3 }).generate(prompts, { temperature: 0 });
    expect(generations.map(([sample]) => good(sample).text)).toEqual(
      prompts.map((prompt) => answerTo(prompt, undefined, 0, 0)),
    );
    expect(server.mostAtOnce).toBe(3);
  });

  it('sends headers, extra fields and a query as they are', async () => {
    const lm = model({
      baseUrl: `${server.baseUrl}/?api-version=2024-10-21`,
      headers: { 'api-key': 'abcdefgh' },
      body: { reasoning_effort: 'low', temperature: 0.5 },
    });
    good(await one(lm));
    const [{ path, headers, body }] = server.requests;
    expect(path).toBe('/v1/chat/completions?api-version=2024-10-21');
    expect(headers['api-key']).toBe('abcdefgh');
    expect(body).toMatchObject({ reasoning_effort: 'low', temperature: 0.5 });
  });
});

describe('score', () => {
  const pairs = [
    { prompt: 'Is it? Answer:', continuation: ' yes sir' },
    { prompt: 'Is it? Answer: ', continuation: 'no' },
  ];

  it.each([
    { dialect: 'openai' as const, how: 'echo' },
    { dialect: 'vllm' as const, how: 'prompt_logprobs' },
  ])('sums the log-probabilities of the continuation by $how', async ({ dialect }) => {
    const lm = model({ api: 'completions', dialect });
    const [yes, no] = (await lm.score(pairs)).map(good<Likelihood | Failure>);
    expect(yes.tokens.map(({ token }) => token)).toEqual([' yes', ' sir']);
    const expected = logProbOf('Is it? Answer:', ' yes') + logProbOf('Is it? Answer: yes', ' sir');
    expect(yes.logProb).toBeCloseTo(expected, 12);
    expect(no.logProb).toBe(logProbOf('Is it? Answer:', ' no'));
    expect(lm.capabilities.score).toBe(true);
  });

  it('scores what the assistant would say in a conversation (vLLM)', async () => {
    const asked: Message = { role: 'user', content: 'Is it?' };
    const lm = model({ dialect: 'vllm' });
    const [plain, text, begun] = (
      await lm.score([
        { prompt: [asked], continuation: 'yes sir' },
        { prompt: 'Is it?', continuation: 'yes sir' },
        { prompt: [asked, { role: 'assistant', content: 'yes' }], continuation: ' sir' },
      ])
    ).map(good<Likelihood | Failure>);
    const context = '<|user|>Is it?<|assistant|>';
    expect(plain.logProb).toBeCloseTo(logProbOf(context, 'yes') + logProbOf(`${context}yes`, ' sir'), 12);
    expect(text).toEqual(plain);
    expect(begun.logProb).toBe(logProbOf(`${context}yes`, ' sir'));
  });

  it('is a failure with its reason, never a number, where the server cannot', async () => {
    expect(await model().score(pairs)).toMatchObject([
      { ok: false, kind: 'unsupported', reason: expect.stringContaining('does not score given texts on the chat API') },
      { ok: false },
    ]);
    expect(server.requests).toHaveLength(0);
    server.options = { ignoresEcho: true };
    expect(await model({ api: 'completions' }).score(pairs)).toMatchObject([
      { ok: false, kind: 'malformed', reason: expect.stringContaining('do not spell the continuation') },
      { ok: false },
    ]);
  });

  it('keeps the rest of a batch when one item has no score of its own', async () => {
    const lm = model({ api: 'completions' });
    const scored = await lm.score([
      { prompt: '', continuation: 'yes' },
      { prompt: 'Is it tru', continuation: 'e? Yes' },
      pairs[0],
    ]);
    expect(scored).toMatchObject([
      { ok: false, kind: 'unsupported', reason: expect.stringContaining('first token of a text') },
      { ok: false, kind: 'boundary', reason: expect.stringContaining('" true?"') },
      { ok: true },
    ]);
  });
});

describe('when the server misbehaves', () => {
  const busy = { kind: 'status', status: 429 } as const;
  const broken = { kind: 'status', status: 500, body: { error: { message: 'out of memory' } } } as const;
  const where = () => `POST ${server.baseUrl}/chat/completions`;

  it('tries again after 429, 500, a cut connection and what is not JSON', async () => {
    for (const fault of [busy, broken, { kind: 'cut' }, { kind: 'text', text: '<html>busy</html>' }] as const) {
      server.next(fault);
      good(await one(model()));
    }
    expect(server.requests).toHaveLength(8);
  });

  it('waits as long as it is asked to', async () => {
    server.next({ ...busy, headers: { 'retry-after': '0.2' } });
    const began = performance.now();
    good(await one(model()));
    expect(performance.now() - began).toBeGreaterThan(199);
    server.next({ ...busy, headers: { 'retry-after': '3600' } });
    expect(await one(model())).toMatchObject({
      kind: 'unavailable',
      reason: `${where()} answered 429 and asks to wait 3600 s: (nothing); lower concurrency, or check the quota`,
    });
  });

  it('gives up after the last attempt, and says how often it tried', async () => {
    server.next(broken, broken, broken);
    expect(await one(model())).toEqual({
      ok: false,
      kind: 'unavailable',
      reason: `${where()} answered 500: out of memory; look at the log of the server (tried 3 times)`,
    });
    server.next({ kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' });
    expect(await one(model())).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('the connection broke before the answer was complete'),
    });
    const text = 'sorry, try later';
    server.next({ kind: 'text', text }, { kind: 'text', text }, { kind: 'text', text });
    expect(await one(model())).toMatchObject({
      kind: 'malformed',
      reason: `${where()} answered 200 with what is not JSON: sorry, try later (tried 3 times)`,
    });
  });

  it.each([
    [400, { error: { message: 'stop takes at most 4' } }, /answered 400: stop takes at most 4; check the options/],
    [401, { error: 'who are you' }, /answered 401: who are you; check key$/],
    [
      404,
      { detail: 'no such model' },
      /answered 404: no such model; check baseUrl \(it usually ends in \/v1\) and model$/,
    ],
    [422, '<h1>No</h1>', /answered 422: <h1>No<\/h1>; check/],
    [301, '', /answered 301: \(nothing\); this is a redirect: give the address it leads to as baseUrl/],
  ])('does not repeat what is refused with %i', async (status, body, reason) => {
    server.next({ kind: 'status', status, body, headers: { location: 'http://127.0.0.1:1/' } });
    expect(await one(model())).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    expect(server.requests).toHaveLength(1);
  });

  it('does not repeat a request when the quota is used up', async () => {
    server.next({ ...busy, body: { error: { message: 'you exceeded your quota', code: 'insufficient_quota' } } });
    expect(await one(model())).toMatchObject({ kind: 'unavailable' });
    expect(server.requests).toHaveLength(1);
  });

  it('names the place where an answer has the wrong shape', async () => {
    for (const [body, place] of [
      [{ status: 'fine' }, /choices: /],
      [{ choices: [] }, /choices: /],
      [{ choices: [{ message: { content: 3 } }] }, /choices\[0\].message.content: /],
      [{ choices: [{ index: 0 }] }, /choices\[0\]: must hold a message or a text/],
      [[], /no chat answer: the answer: /],
    ] as const) {
      server.next({ kind: 'text', text: JSON.stringify(body) });
      expect(await one(model())).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(place) });
    }
    expect(server.requests).toHaveLength(5);
  });

  it('takes an error that comes with status 200 for one', async () => {
    const text = JSON.stringify({ error: { message: 'provider is down', code: 503 } });
    server.next({ kind: 'text', text });
    good(await one(model()));
    const refused = JSON.stringify({ error: { message: 'no such model', code: 404 } });
    server.next({ kind: 'text', text: refused });
    expect(await one(model())).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no such model') });
  });

  it('gives up on one that is too slow or says nothing, and lets go of the connection', async () => {
    server.next({ kind: 'slow', ms: 500 }, { kind: 'hang' }, { kind: 'hang' });
    expect(await one(model({ timeoutMs: 40 }))).toMatchObject({
      kind: 'timeout',
      reason: expect.stringContaining('gave no full answer within 40 ms; raise timeoutMs'),
    });
    await expect.poll(() => server.abandoned).toBe(3);
  });

  it('notices a stream that ends before its end', async () => {
    const half = 'data: {"choices":[{"index":0,"delta":{"content":"half"}}]}\n\n';
    const behaviour = { kind: 'text', text: half, contentType: 'text/event-stream' } as const;
    server.next(behaviour, { kind: 'cut' });
    good(await one(model({ stream: true })));
    expect(server.requests).toHaveLength(3);
    server.next(behaviour, behaviour, behaviour);
    expect(await one(model({ stream: true }))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('the stream broke off before its end'),
    });
    server.requests.length = 0;
    server.next({ ...behaviour, text: 'data: {"choices":[{"text":1}]}\n\n' });
    expect(await one(model({ stream: true }))).toMatchObject({
      kind: 'malformed',
      reason: expect.stringContaining('an event of the stream has another shape than a chunk: choices.0.text'),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('says that nobody is there', async () => {
    const lm = model();
    await server.close();
    expect(await one(lm)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/could not be reached; check baseUrl, .* \(ECONNREFUSED\) \(tried 3 times\)$/),
    });
    server = await OpenAiServer.start();
  });

  it('stops all requests when aborted', async () => {
    const controller = new AbortController();
    server.next(...Array.from({ length: 6 }, () => ({ kind: 'hang' as const })));
    const call = model({ concurrency: 4 }).generate(['a', 'b', 'c', 'd', 'e', 'f'], {}, controller.signal);
    call.catch(() => {});
    await expect.poll(() => server.requests.length).toBe(4);
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await expect.poll(() => server.abandoned).toBe(4);
    expect(server.requests).toHaveLength(4);
    await expect(model().generate(['a'], {}, controller.signal)).rejects.toThrow('enough');
  });

  it('loses one item and not the batch', async () => {
    server.next({ kind: 'answer' }, { kind: 'status', status: 400, body: { error: { message: 'too long' } } });
    const generations = await model({ concurrency: 1 }).generate(['a', 'b', 'c']);
    expect(generations.map(([sample]) => sample.ok)).toEqual([true, false, true]);
  });

  it('takes a refusal or a filtered answer for no answer', async () => {
    const choice = (rest: object) => ({ kind: 'text' as const, text: JSON.stringify({ choices: [rest] }) });
    server.next(choice({ message: { content: null, refusal: 'I would rather not.' }, finish_reason: 'stop' }));
    expect(await one(model())).toMatchObject({ kind: 'filtered', reason: 'the model refused: I would rather not.' });
    server.next(choice({ message: { content: 'Well' }, finish_reason: 'content_filter' }));
    expect(await one(model())).toMatchObject({ kind: 'filtered' });
    server.next(choice({ message: { content: 'Well' }, finish_reason: 'stop' }));
    expect(await one(model(), { logProbs: 0 })).toMatchObject({ kind: 'unsupported' });
  });

  it('never shows a key, even one that the server quotes', async () => {
    const secret = 'header-secret-42';
    const lm = model({ headers: { 'x-token': secret } });
    server.next({ kind: 'status', status: 401, body: { error: { message: `bad key ${key}, token ${secret}` } } });
    const failed = await one(lm);
    expect(failed).toMatchObject({ reason: expect.stringContaining('bad key [hidden], token [hidden]') });
    expect(JSON.stringify(failed)).not.toContain('secret');
    expect(() => model({ key: `${key}\n1` })).toThrow(/^key must be a text that fits an HTTP header[^0-9]*$/);
    expect(() => model({ headers: { 'x-token': `${secret}\u2026` } })).toThrow(/^headers.x-token must be [^0-9]*$/);
    expect(JSON.stringify(lm)).not.toContain('secret');
  });
});

describe('budget', () => {
  it('keeps what was paid for, fails the rest, and stops the next call', async () => {
    const lm = model({ concurrency: 1, meter: new Meter({ budget: { requests: 2 } }) });
    const generations = await lm.generate(['a', 'b', 'c', 'd']);
    expect(generations.map(([sample]) => (sample.ok ? 'ok' : sample.kind))).toEqual(['ok', 'ok', 'budget', 'budget']);
    expect(server.requests).toHaveLength(2);
    await expect(lm.generate(['e'])).rejects.toThrow(BudgetExceeded);
    await expect(lm.score([{ prompt: 'a', continuation: 'b' }])).rejects.toThrow(/the budget of 2 requests is spent/);
  });

  it('says so when the server counts no tokens', async () => {
    server.options = { withoutUsage: true };
    const lm = model({ meter: new Meter({ budget: { tokens: 1000 } }) });
    expect(good(await one(lm)).count).toBeNull();
    await expect(one(lm)).rejects.toThrow(/a budget of 1000 tokens cannot be kept/);
  });
});

describe('options', () => {
  it.each<[Partial<EndpointOptions>, RegExp]>([
    [{ baseUrl: 'localhost:8000' }, /baseUrl must be an address such as/],
    [{ baseUrl: 'http://me:pass@host/v1' }, /baseUrl must not hold a name and password/],
    [{ baseUrl: 'http://host/v1/chat/completions' }, /baseUrl must end before \/chat\/completions/],
    [{ model: '' }, /model must not be empty/],
    [{ key: '' }, /key must not be empty/],
    [{ timeoutMs: 0 }, /timeoutMs must lie between 0 and 2147483647, got 0/],
    [{ concurrency: 0 }, /concurrency must be a positive whole number, got 0/],
    [{ dialect: { ...dialects.vllm, prefill: null } }, /dialect.score.chat needs dialect.prefill/],
  ])('refuses %j', (options, message) => {
    expect(() => model(options)).toThrow(message);
  });

  it('refuses more alternatives than the server gives', async () => {
    await expect(model().generate(['a'], { logProbs: 21 })).rejects.toThrow(/logProbs must be at most 20/);
  });
});
