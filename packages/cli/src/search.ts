import { dialects, type Endpoint, endpoint, Meter, type Price, type Prompt, sampleSeed } from '@laurel/core/lm';
import {
  agreement,
  bestOfN,
  exactMatch,
  meanLogProb,
  type Scorer,
  type SearchOptions,
  type SearchReport,
  stepBeam,
  vote,
} from '@laurel/core/search';
import { UsageError } from '@laurel/server';
import type { Command } from 'commander';
import { numberWithin, oneOf, wholeNumber } from './arguments.ts';
import { inOrder } from './in-order.ts';
import { interruptible } from './interrupt.ts';
import { linesTo } from './lines-out.ts';
import { type Question, readQuestions } from './questions.ts';
import { loadReward } from './reward-module.ts';
import { Ticker } from './ticker.ts';

/** Options as commander gives them: texts, unless they have a default of another kind. */
interface Given {
  lm?: string;
  model?: string;
  api: string;
  dialect: string;
  prompt: string[];
  in?: string;
  reward?: string;
  n: string;
  temperature: string;
  topP: string;
  maxTokens: string;
  seed: string;
  concurrency: string;
  timeout: string;
  price?: string;
  json: boolean;
}

interface BeamGiven extends Given {
  beam: string;
  steps: string;
  stepStop: string[];
}

interface VoteGiven extends Given {
  weight: string;
}

/** What one prompt came to. */
interface Outcome {
  report: SearchReport;
  /** Fields of the JSON record. */
  fields: Record<string, unknown>;
  /** What a person reads; null when nothing was found. */
  text: string | null;
}

type Search = (lm: Endpoint, question: Question, options: SearchOptions) => Promise<Outcome>;

const collect = (value: string, all: string[]) => [...all, value];

/** `laurel search best-of | beam | vote` */
export function addSearch(program: Command): void {
  const search = program
    .command('search')
    .description('answer prompts by drawing many responses: best-of-n, step-wise beam search, voting')
    .addHelpText('after', help);
  common(search.command('best-of').description('the response that the reward likes best'), '8', 'samples a prompt')
    .option('--reward <reward>', 'exact-match, model-likelihood, vote, or the path of a module')
    .action((given: Given) => searchCommand(given, bestOf));
  common(
    search.command('beam').description('step by step, by a reward of what is written so far'),
    '4',
    'next steps a trace',
  )
    .option('--reward <reward>', 'model-likelihood, or the path of a module')
    .option('--beam <width>', 'traces that are kept after each step; 1 is greedy', '4')
    .option('--steps <n>', 'most steps of a response', '16')
    .option('--step-stop <text>', 'what ends a step (\\n is a line end, the default); may be given again', collect, [])
    .action((given: BeamGiven) => searchCommand(given, beam));
  common(search.command('vote').description('the answer that most responses come to'), '8', 'samples a prompt')
    .option('--reward <reward>', 'weighs the votes: exact-match, model-likelihood, or the path of a module')
    .option('--weight <how>', 'makes the weight of a score: logistic, score (as it stands), exp', 'logistic')
    .action((given: VoteGiven) => searchCommand(given, voting));
}

const help = `
LAUREL_LM_KEY holds the key of the endpoint, where it needs one.

A reward module exports a function by default. It is given a list of
  { prompt, response, steps, complete, reference, record }
and gives, at once or as a promise, a list of numbers, higher for better; null is no score. See examples/reward-for-search.ts.
`;

function common(command: Command, n: string, what: string): Command {
  return command
    .option('--lm <url>', 'an OpenAI-compatible endpoint, such as http://localhost:8000/v1')
    .option('--model <name>', 'the model to ask there')
    .option('--api <api>', 'chat or completions', 'chat')
    .option('--dialect <dialect>', `the kind of server: ${Object.keys(dialects).join(', ')}`, 'compatible')
    .option('--prompt <text>', 'what to answer; may be given again', collect, [])
    .option('--in <file>', 'JSONL of {"prompt", "reference"}; - reads standard input')
    .option('-n <n>', what, n)
    .option('--temperature <t>', 'of sampling', '1')
    .option('--top-p <p>', 'of sampling', '1')
    .option('--max-tokens <n>', 'most tokens of a sample', '1024')
    .option('--seed <n>', 'equal seeds give equal samples, as far as the server keeps its word', '0')
    .option('--concurrency <n>', 'requests at once', '8')
    .option('--timeout <seconds>', 'for each request', '120')
    .option('--price <prompt,completion>', 'money for a million tokens, to report the cost')
    .option('--json', 'print JSONL, a record a prompt', false);
}

/** Reads everything that can be wrong first; then asks, and prints each prompt's outcome as soon as its turn comes. */
async function searchCommand<G extends Given>(given: G, searchOf: (given: G) => Promise<Search>): Promise<void> {
  const concurrency = wholeNumber('--concurrency', given.concurrency);
  const price = given.price === undefined ? undefined : priceOf(given.price);
  const seed = Number(given.seed);
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed must be a whole number, got "${given.seed}"`);
  const sampling: SearchOptions = {
    temperature: numberWithin('--temperature', given.temperature, 0, Infinity),
    topP: numberWithin('--top-p', given.topP, 0, 1),
    maxTokens: wholeNumber('--max-tokens', given.maxTokens),
    ...(given.reward === 'model-likelihood' && { logProbs: 0 }),
    ...(price && { price }),
  };
  const lm = endpointOf(given, concurrency, price);
  const search = await searchOf(given);
  let done = 0;
  let total = 0;
  process.exitCode = await interruptible(
    async (signal) => {
      const questions = await readQuestions(given, signal);
      total = questions.length;
      const unanswerable = questions.findIndex(({ reference }) => reference === null);
      if (given.reward === 'exact-match' && unanswerable >= 0) {
        throw new UsageError(`--reward exact-match needs a reference; prompt ${unanswerable + 1} has none`);
      }
      const out = linesTo(process.stdout);
      const ticker = new Ticker(process.stderr);
      const sum = new Summary();
      const stop = new AbortController();
      const either = AbortSignal.any([signal, stop.signal]);
      const tell = () => ticker.show(() => `${done} of ${total} prompts, ${lm.meter.totals.requests} requests`);
      try {
        const outcomes = inOrder(questions, concurrency, (question, index) =>
          search(lm, question, {
            ...sampling,
            seed: sampleSeed(seed, index, 0),
            signal: either,
            onProgress: tell,
          }).catch((error) => {
            // One that fails for good ends all: the others would only cost.
            stop.abort(error);
            throw error;
          }),
        );
        for await (const outcome of outcomes) {
          ticker.clear();
          sum.add(outcome);
          const line = given.json ? jsonLine(questions[done], done, outcome) : readable(questions[done], done, outcome);
          done++;
          if (!(await out.write(line))) {
            stop.abort(new Error('nobody reads the answers'));
            break;
          }
          tell();
        }
      } finally {
        ticker.clear();
      }
      process.stderr.write(`${sum.text(lm.meter, price !== undefined)}\n`);
      return sum.found > 0 || stop.signal.aborted ? 0 : 1;
    },
    () => process.stderr.write(`Stopped after ${done} of ${total} prompts.\n`),
  );
}

async function bestOf(given: Given): Promise<Search> {
  const n = wholeNumber('-n', given.n);
  if (given.reward === undefined) throw new UsageError('--reward must say what to choose by');
  const scorerFor = await rewardOf(given.reward);
  return async (lm, question, options) => {
    const [{ best, samples, scores, ...report }] = await bestOfN(lm, [question.prompt], scorerFor(question), {
      ...options,
      n,
    });
    const found = best && { response: best.sample.text, score: best.score, at: best.at };
    return {
      report,
      fields: { best: found, samples: samplesOf(samples, scores) },
      text: found && `${found.response}\n(score ${figure(found.score)}, the best of ${n})`,
    };
  };
}

async function beam(given: BeamGiven): Promise<Search> {
  const expand = wholeNumber('-n', given.n);
  const width = wholeNumber('--beam', given.beam);
  const maxSteps = wholeNumber('--steps', given.steps);
  const stop = (given.stepStop.length > 0 ? given.stepStop : ['\\n']).map((text) =>
    text.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
  );
  if (stop.includes('')) throw new UsageError('--step-stop must not be empty');
  if (given.reward === undefined) throw new UsageError('--reward must say what to choose by');
  if (given.reward === 'exact-match' || given.reward === 'vote') {
    throw new UsageError(
      `--reward ${given.reward} needs whole responses; for a beam give model-likelihood or a module's path`,
    );
  }
  const scorerFor = await rewardOf(given.reward);
  return async (lm, question, options) => {
    const [{ best, traces, ...report }] = await stepBeam(lm, [question.prompt], scorerFor(question), {
      ...options,
      width,
      expand,
      maxSteps,
      stop,
    });
    const cut = best?.complete ? '' : ', cut short';
    return {
      report,
      fields: { best, traces },
      text: best && `${best.text}\n(score ${figure(best.score)} after ${best.steps.length} steps${cut})`,
    };
  };
}

const weights = { logistic: undefined, score: (score: number) => score, exp: Math.exp };

async function voting(given: VoteGiven): Promise<Search> {
  const n = wholeNumber('-n', given.n);
  const weight = weights[oneOf('--weight', given.weight, ['logistic', 'score', 'exp'])];
  if (given.reward === 'vote') throw new UsageError('--reward vote is what laurel search vote does without --reward');
  const scorerFor = given.reward === undefined ? null : await rewardOf(given.reward);
  return async (lm, question, options) => {
    const [{ answer, tally, unanswered, samples, scores, ...report }] = await vote(lm, [question.prompt], {
      ...options,
      n,
      ...(scorerFor && { scorer: scorerFor(question) }),
      ...(weight && { weight }),
    });
    const others = tally.map((votes) => `${votes.answer}: ${votes.votes.length} (${figure(votes.weight)})`);
    return {
      report,
      fields: { answer, tally, unanswered, samples: samplesOf(samples, scores) },
      text: answer === null ? null : `${answer}\n(votes and their weight: ${others.join(', ')})`,
    };
  };
}

async function rewardOf(name: string): Promise<(question: Question) => Scorer> {
  if (name === 'exact-match') return ({ reference }) => exactMatch([reference]);
  if (name === 'model-likelihood') return () => meanLogProb;
  if (name === 'vote') return () => agreement();
  return loadReward(name);
}

function endpointOf(given: Given, concurrency: number, price: Price | undefined): Endpoint {
  if (given.lm === undefined) throw new UsageError('--lm must name an endpoint, such as http://localhost:8000/v1');
  if (given.model === undefined) throw new UsageError('--model must name the model to ask');
  const key = process.env.LAUREL_LM_KEY;
  return endpoint({
    baseUrl: given.lm,
    model: given.model,
    api: oneOf('--api', given.api, ['chat', 'completions']),
    dialect: oneOf('--dialect', given.dialect, Object.keys(dialects) as (keyof typeof dialects)[]),
    concurrency,
    timeoutMs: 1000 * numberWithin('--timeout', given.timeout, 0.001, 86_400),
    meter: new Meter(price && { price }),
    ...(key && { key }),
  });
}

function priceOf(given: string): Price {
  const parts = given.split(',');
  if (parts.length !== 2) throw new UsageError(`--price takes two numbers, PROMPT,COMPLETION, got "${given}"`);
  const [prompt, completion] = parts.map((part) => numberWithin('--price', part, 0, Infinity));
  return { prompt, completion };
}

function samplesOf(
  samples: readonly ({ ok: true; text: string; finish: string } | { ok: false; kind: string; reason: string })[],
  scores: readonly (number | null)[],
) {
  return samples.map((sample, i) =>
    sample.ok
      ? { ok: true, response: sample.text, finish: sample.finish, score: scores[i] }
      : { ok: false, kind: sample.kind, reason: sample.reason },
  );
}

function jsonLine({ prompt, reference, id }: Question, index: number, { report, fields }: Outcome): string {
  const known = { index, ...(id !== null && { id }), prompt, ...(reference !== null && { reference }) };
  return `${JSON.stringify({ ...known, ...fields, ...report })}\n`;
}

function readable({ prompt }: Question, index: number, { report, text }: Outcome): string {
  const asked = lastWords(prompt).replaceAll(/\s+/g, ' ');
  const heading = `── ${index + 1}. ${asked.length > 70 ? `${asked.slice(0, 69)}…` : asked}`;
  const lost =
    report.failed > 0 ? `${report.failed} of ${report.usage.samples} samples failed: ${report.failure?.reason}\n` : '';
  return `${heading}\n${text ?? 'nothing found'}\n${lost}\n`;
}

function lastWords(prompt: Prompt): string {
  return typeof prompt === 'string' ? prompt : (prompt.at(-1)?.content ?? '');
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** What all prompts came to, for the last line. */
class Summary {
  found = 0;
  #prompts = 0;
  #samples = 0;
  #failed = 0;
  #abstained = 0;
  #reason: string | null = null;

  add({ report, text }: Outcome): void {
    this.#prompts++;
    if (text !== null) this.found++;
    this.#samples += report.usage.samples;
    this.#failed += report.failed;
    this.#abstained += report.abstained;
    this.#reason ??= report.failure?.reason ?? null;
  }

  text(meter: Meter, priced: boolean): string {
    const { requests, promptTokens, completionTokens, cost } = meter.totals;
    const parts = [
      `${this.found} of ${this.#prompts} prompts answered`,
      `${this.#samples} samples`,
      ...(this.#failed > 0 ? [`${this.#failed} failed`] : []),
      ...(this.#abstained > 0 ? [`${this.#abstained} without a score`] : []),
      `${requests} requests, ${promptTokens} + ${completionTokens} tokens`,
      ...(priced ? [`cost ${figure(cost)}`] : []),
    ];
    return `${parts.join(', ')}${this.#reason === null ? '' : `\nthe first failure: ${this.#reason}`}`;
  }
}
