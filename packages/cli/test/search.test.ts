import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@laurel/server';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerTo, logProbOf, OpenAiServer } from '../../server/test/openai-server.ts';
import { addSearch } from '../src/search.ts';
import { laurel } from './laurel.ts';

const secret = 'sk-very-secret-0123456789';
const example = fileURLToPath(new URL('../../../examples/reward-for-search.ts', import.meta.url));
let folder: string;
let reward: string;
let server: OpenAiServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laurel-search-'));
  // Likes some draws better than others, and has no score for a few.
  reward = join(folder, 'reward.ts');
  await writeFile(reward, `${worth.toString()}\nexport default async (items: any[]) => items.map(worth);\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  server = await OpenAiServer.start();
});
afterEach(() => server.close());

function worth({ steps }: { steps: readonly string[] }): number | null {
  const found = /draw (\d+)\/(\d+)/.exec(steps[steps.length - 1]);
  const value = Number(found?.[1]) + 7919 * Number(found?.[2]);
  return value % 5 === 0 ? null : value % 1009;
}

const search = (how: string, ...args: string[]) =>
  laurel(['search', how, '--lm', server.baseUrl, '--model', 'tiny', ...args], { env: { LAUREL_LM_KEY: secret } });
const records = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('laurel search best-of', () => {
  it('picks the arg max over the very responses of the server, prompt by prompt, in order', async () => {
    const file = join(folder, 'prompts.jsonl');
    const prompts = ['What?', 'Why?', 'Who?'];
    await writeFile(file, prompts.map((prompt, i) => `${JSON.stringify({ prompt, id: `q${i}` })}\n`).join(''));
    const args = ['--in', file, '--reward', reward, '-n', '6', '--json', '--price', '1,2', '--temperature', '0.7'];
    const { status, out, err } = await search('best-of', ...args);
    expect(status).toBe(0);
    const found = records(out);
    expect(found.map(({ id, prompt, index }) => [id, prompt, index])).toEqual(prompts.map((p, i) => [`q${i}`, p, i]));
    for (const { prompt, best, samples, usage, abstained, failed } of found) {
      const sent = server.requests.filter(({ body }) => body.messages?.[0].content === prompt);
      const answers = sent.map(({ body }) => answerTo(prompt, body.seed, 0, 0.7));
      expect(new Set(samples.map(({ response }: { response: string }) => response))).toEqual(new Set(answers));
      const scores = samples.map(({ response }: { response: string }) => worth({ steps: [response] }));
      expect(samples.map(({ score }: { score: number }) => score)).toEqual(scores);
      expect(best.score).toBe(Math.max(...scores.filter((score: number | null) => score !== null)));
      expect(best).toEqual({ at: scores.indexOf(best.score), score: best.score, response: samples[best.at].response });
      expect(abstained).toBe(scores.filter((score: number | null) => score === null).length);
      expect(failed).toBe(0);
      expect(usage).toMatchObject({ samples: 6, unknown: 0, scored: 6 });
      expect(usage.cost).toBeCloseTo((usage.promptTokens + 2 * usage.completionTokens) / 1e6, 12);
    }
    expect(server.requests[0].headers.authorization).toBe(`Bearer ${secret}`);
    expect(server.requests[0].body).toMatchObject({ model: 'tiny', temperature: 0.7, max_tokens: 1024 });
    expect(err).toMatch(/^3 of 3 prompts answered, 18 samples,.* 18 requests, \d+ \+ \d+ tokens, cost /);
    // The same seed gives the same again.
    expect((await search('best-of', ...args)).out).toBe(out);
  });

  it('takes the built-in rewards', async () => {
    const file = join(folder, 'references.jsonl');
    const asked = [
      { prompt: 'the answer is 7', reference: '7.0' },
      { prompt: 'the answer is 8', reference: 9 },
    ];
    await writeFile(file, asked.map((one) => JSON.stringify(one)).join('\n'));
    const match = await search('best-of', '--in', file, '--reward', 'exact-match', '-n', '2', '--json');
    expect(records(match.out).map(({ best }) => best.score)).toEqual([1, 0]);
    const vote = await search('best-of', '--prompt', 'the answer is 7', '--reward', 'vote', '-n', '2');
    expect(vote.out).toContain('(score 1, the best of 2)');
    const likely = await search('best-of', '--prompt', 'Hm', '--reward', 'model-likelihood', '-n', '3', '--json');
    for (const { response, score } of records(likely.out)[0].samples) {
      let context = '<|user|>Hm<|assistant|>';
      const tokens: string[] = response.match(/\s*\S+/g) ?? [];
      const logProbs = tokens.map((token) => {
        const logProb = logProbOf(context, token);
        context += token;
        return logProb;
      });
      expect(score).toBeCloseTo(logProbs.reduce((sum, x) => sum + x, 0) / logProbs.length, 12);
    }
    const equations = await search(
      'best-of',
      '--prompt',
      '1 + 1 = 2, 2 * 2 = 5',
      '--reward',
      example,
      '-n',
      '1',
      '--json',
    );
    expect(records(equations.out)[0].best.score).toBe(0.5);
  });

  it('reports failures, which are no zeros, and never the key', async () => {
    server.next({ kind: 'status', status: 400, body: { error: `no, ${secret}` } });
    const one = ['--prompt', 'What?', '--reward', 'model-likelihood', '--concurrency', '1'];
    const some = await search('best-of', ...one, '-n', '3', '--json');
    expect(some.status).toBe(0);
    const [{ samples, failed, failure }] = records(some.out);
    expect(samples[0]).toEqual({ ok: false, kind: 'refused', reason: failure.reason });
    expect(failed).toBe(1);
    expect(some.err).toContain('3 samples, 1 failed');
    server.next({ kind: 'status', status: 401 });
    const none = await search('best-of', ...one, '-n', '1');
    expect(none.status).toBe(1);
    expect(none.out).toContain('nothing found\n1 of 1 samples failed: ');
    expect(some.out + some.err + none.out + none.err).not.toContain(secret);
  });

  it('stops with whole records when it is interrupted, and quietly when nobody reads', async () => {
    const file = join(folder, 'many.jsonl');
    await writeFile(file, `${JSON.stringify({ prompt: 'What?' })}\n`.repeat(40));
    server.next(...Array.from({ length: 40 }, (_, i) => ({ kind: 'slow' as const, ms: 20 * i })));
    const args = ['--lm', server.baseUrl, '--model', 'tiny', '--in', file, '--reward', 'vote', '-n', '1', '--json'];
    const options = ['search', 'best-of', ...args, '--concurrency', '2'];
    const stopped = await laurel(options, { during: (child) => child.kill('SIGINT') });
    expect(stopped.status).toBe(130);
    const { length } = records(stopped.out);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(40);
    expect(stopped.err).toBe(`Stopped after ${length} of 40 prompts.\n`);
    const headed = await laurel(options, { during: (child) => child.stdout?.destroy() });
    expect(headed.status).toBe(0);
    expect(headed.err).not.toContain('laurel:');
  });
});

describe('laurel search beam', () => {
  it('goes on with the best step, by the reward', async () => {
    server.options = { tellsStop: true };
    const args = ['--prompt', 'Go', '--reward', reward, '--dialect', 'vllm', '-n', '4', '--beam', '1', '--steps', '3'];
    const { status, out, err } = await search('beam', ...args, '--json', '--step-stop', '\\n', '--seed', '4');
    expect(status).toBe(0);
    const [{ best, usage }] = records(out);
    expect(server.requests).toHaveLength(3);
    const begun = server.requests.map(({ body }) => body.messages?.slice(1));
    expect(begun).toEqual([
      [],
      [{ role: 'assistant', content: `${best.steps[0]}\n` }],
      [{ role: 'assistant', content: `${best.steps[0]}\n${best.steps[1]}\n` }],
    ]);
    expect(server.requests.map(({ body }) => [body.n, body.stop])).toEqual([4, 4, 4].map((n) => [n, ['\n']]));
    expect(best.complete).toBe(false);
    expect(best.text).toBe(best.steps.join('\n'));
    expect(best.scores).toEqual(best.steps.map((step: string) => worth({ steps: [step] })));
    expect(usage.samples).toBe(12);
    expect(err).toContain('1 of 1 prompts answered');
  });

  it('says what to do when the server cannot go on with a message', async () => {
    const { status, out, err } = await search('beam', '--prompt', 'Go', '--reward', reward);
    expect(status).toBe(1);
    expect(out).toContain('nothing found');
    expect(err).toContain('server and dialect that take a begun message');
    expect(server.requests).toHaveLength(0);
  });
});

describe('laurel search vote', () => {
  it('counts answers, or weighs them by a reward', async () => {
    // The only number in a response is its seed.
    const plain = await search('vote', '--prompt', 'the answer is 7', '-n', '3', '--json');
    expect(records(plain.out)[0]).toMatchObject({
      answer: '7',
      tally: [{ answer: '7', weight: 3, votes: [0, 1, 2] }],
      unanswered: 0,
      failed: 0,
    });
    const weighed = await search(
      'vote',
      '--prompt',
      'Hm',
      '-n',
      '5',
      '--reward',
      reward,
      '--weight',
      'score',
      '--json',
    );
    const [{ answer, samples }] = records(weighed.out);
    const best = samples.toSorted((a: { score: number }, b: { score: number }) => b.score - a.score)[0];
    expect(best.score).toBe(worth({ steps: [best.response] }));
    expect(records(weighed.out)[0].tally[0].weight).toBeGreaterThanOrEqual(best.score);
    expect(answer).toBe('0');
    const text = await search('vote', '--prompt', 'the answer is 7', '-n', '2');
    expect(text.out).toContain('── 1. the answer is 7\n7\n(votes and their weight: 7: 2 (2))');
  });
});

describe('mistakes of laurel search', () => {
  const asked = ['--prompt', 'What?', '--reward', 'vote'];
  it.each<[string, string[], string]>([
    ['best-of', asked.slice(0, 2), '--reward must say what to choose by'],
    ['best-of', asked.slice(2), 'there is no prompt: give --prompt TEXT or --in FILE'],
    ['best-of', [...asked, '-n', '0'], '-n must be a positive whole number, got "0"'],
    ['best-of', [...asked, '--temperature', 'hot'], '--temperature must be a number of at least 0, got "hot"'],
    ['best-of', [...asked, '--dialect', 'klingon'], '--dialect must be one of openai, vllm'],
    ['best-of', [...asked, '--lm', 'nowhere'], 'baseUrl must be an address'],
    ['best-of', [...asked, '--price', '3'], '--price takes two numbers'],
    ['best-of', [...asked.slice(0, 3), 'exact-match'], 'exact-match needs a reference; prompt 1 has none'],
    ['best-of', [...asked.slice(0, 3), './no-such-reward.ts'], 'there is no file ./no-such-reward.ts'],
    ['best-of', [...asked.slice(0, 3), 'BROKEN'], 'cannot be loaded: '],
    ['best-of', [...asked.slice(0, 3), 'SILENT'], 'must export a function by default, got undefined'],
    ['best-of', [...asked.slice(0, 3), 'SHORT'], 'scorer must give 8 scores, one an item, got 1'],
    ['best-of', [...asked.slice(2), '--in', 'PROMPTS'], 'prompts-bad.jsonl:2: prompt: must be a text or a list'],
    ['beam', asked, '--reward vote needs whole responses'],
    ['vote', asked, '--reward vote is what'],
  ])('%s %j', async (how, args, message) => {
    const files: Record<string, [string, string]> = {
      BROKEN: ['broken.ts', 'export default ((('],
      SILENT: ['silent.ts', 'export const reward = 1;'],
      SHORT: ['short.ts', 'export default () => [1];'],
      PROMPTS: ['prompts-bad.jsonl', '{"prompt":"a"}\n{"prompt":7}\n'],
    };
    const given = await Promise.all(
      args.map(async (arg) => {
        if (!Object.hasOwn(files, arg)) return arg;
        const [name, text] = files[arg];
        await writeFile(join(folder, name), text);
        return join(folder, name);
      }),
    );
    const program = new Command().exitOverride();
    addSearch(program);
    const common = ['--lm', server.baseUrl, '--model', 'tiny'];
    const result = program.parseAsync(['node', 'laurel', 'search', how, ...common, ...given]);
    await expect(result).rejects.toThrow(message);
    // These two are the person's mistakes; see main.ts.
    await expect(result).rejects.toSatisfy((error) => error instanceof UsageError || error instanceof RangeError);
  });

  it('is one line and status 2', async () => {
    const { status, err, out } = await search('best-of', ...asked, '-n', '1.5');
    expect({ status, err, out }).toEqual({
      status: 2,
      err: 'laurel: -n must be a positive whole number, got "1.5"\n',
      out: '',
    });
  });
});
