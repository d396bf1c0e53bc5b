import { assertSteps, type StepSpan } from '../../credit/index.ts';
import { positiveWhole } from '../../lm/index.ts';
import { type Gpt, sampleGpt } from '../../nn/index.ts';
import type { Random } from '../../stats/index.ts';
import { monteCarloLabels, type StepLabel, stepLabel } from '../step-labels.ts';
import type { StepTargets } from './step-scorer.ts';

/** A response whose steps are to be labelled. */
export interface SteppedResponse<P = unknown> {
  /** At least one token. */
  readonly prompt: ArrayLike<number>;
  readonly response: ArrayLike<number>;
  /** Where the steps lie in the response, in order: `lineSpans`, for lines. */
  readonly steps: readonly StepSpan[];
  /** Whatever `isCorrect` needs to know. */
  readonly problem: P;
}

export interface MonteCarloOptions<P> {
  /** Completions of each prefix. */
  completions: number;
  /** Most tokens of a whole response, prefix and completion together; with the prompt they must fit the context. */
  maxTokens: number;
  /** Tokens that end a response. */
  stop: readonly number[];
  /** Of a whole response, up to and with the token that ended it. */
  isCorrect: (problem: P, response: Int32Array) => boolean;
  /** Split by response, step and completion, so that no label depends on the others. */
  random: Random;
  /** Completes the bare prompt as well: the value before the first step. False unless told. */
  start?: boolean;
  /** 1 unless told. */
  temperature?: number;
  /** Prefixes completed at a time; 512 unless told. */
  batch?: number;
  signal?: AbortSignal;
}

export interface MonteCarloSteps {
  /** One a step: what completions from its end came to. A finished response has itself for its only completion. */
  readonly steps: StepLabel[];
  /** The same before the first step; null unless `start`. */
  readonly start: StepLabel | null;
}

export interface MonteCarloResult {
  /** One a response, in their order. */
  readonly labels: MonteCarloSteps[];
  /** Tokens that were sampled for all of them, for comparisons at equal cost. */
  readonly sampledTokens: number;
}

interface Prefix {
  readonly owner: number;
  /** -1 before the first step. */
  readonly step: number;
  readonly length: number;
}

/**
 * Monte-Carlo labels of steps with a tiny GPT as the one that completes them (`monteCarloLabels`, Math-Shepherd, arXiv
 * 2312.08935). The policy whose value is wanted need not be the one that wrote the responses: a prover is another
 * (Setlur et al. 2024, arXiv 2410.08146).
 *
 * @throws RangeError for numbers that are not positive and whole, steps that do not fit their response, a response longer
 *   than `maxTokens`, or what does not fit the context; the signal's reason when aborted
 * @example
 * const { labels, sampledTokens } = await labelSteps(policy, solutions, {
 *   completions: 4, maxTokens: 40, stop: [tokenizer.eos], random: new Random(0, 'labels'),
 *   isCorrect: (problem, response) => family.checkAnswer(problem, decodeResponse(tokenizer, response)).correct,
 * });
 * trainStepScorer({ examples: solutions.map((s, i) => labelledSteps(s, labels[i], 'soft')), ...rest });
 */
export async function labelSteps<P>(
  gpt: Gpt,
  responses: readonly SteppedResponse<P>[],
  options: MonteCarloOptions<P>,
): Promise<MonteCarloResult> {
  const {
    completions,
    maxTokens,
    stop,
    isCorrect,
    random,
    start = false,
    temperature = 1,
    batch = 512,
    signal,
  } = options;
  positiveWhole('completions', completions);
  positiveWhole('maxTokens', maxTokens);
  const labels: { steps: StepLabel[]; start: StepLabel | null }[] = responses.map(() => ({ steps: [], start: null }));
  const set = ({ owner, step }: Prefix, label: StepLabel) => {
    if (step < 0) labels[owner].start = label;
    else labels[owner].steps[step] = label;
  };
  // Prefixes of one length have the same number of tokens left, so a call can hold them all to the limit.
  const open = new Map<number, Prefix[]>();
  responses.forEach((response, owner) => {
    if (response.response.length > maxTokens) {
      throw new RangeError(
        `responses[${owner}].response must have at most maxTokens, ${maxTokens}, got ${response.response.length}`,
      );
    }
    assertSteps({ length: response.steps.length }, response.steps, response.response.length);
    const prefixes = response.steps.map(({ end }, step) => ({ owner, step, length: end }));
    for (const prefix of start ? [{ owner, step: -1, length: 0 }, ...prefixes] : prefixes) {
      const { length } = prefix;
      const ended = length > 0 && stop.includes(response.response[length - 1]);
      if (ended || length === maxTokens) {
        set(prefix, stepLabel(isCorrect(response.problem, part(response, length)) ? 1 : 0, 1));
        continue;
      }
      const ours = open.get(length);
      if (ours === undefined) open.set(length, [prefix]);
      else ours.push(prefix);
    }
  });
  let sampledTokens = 0;
  for (const [length, prefixes] of open) {
    const found = await monteCarloLabels<Prefix, Int32Array>(prefixes, {
      completions,
      batch,
      ...(signal && { signal }),
      complete: (asked, n) => {
        const prompts = asked.map(({ owner }) => join(responses[owner].prompt, part(responses[owner], length)));
        const stream = (i: number, j: number) => random.split(asked[i].owner, asked[i].step, j);
        const samples = sampleGpt(gpt, prompts, {
          n,
          maxTokens: maxTokens - length,
          stop,
          temperature,
          random: stream,
        });
        return samples.map((group) =>
          group.map(({ tokens }) => {
            sampledTokens += tokens.length;
            return tokens;
          }),
        );
      },
      isCorrect: (completion, { owner }) =>
        isCorrect(responses[owner].problem, join(part(responses[owner], length), completion)),
    });
    prefixes.forEach((prefix, i) => {
      set(prefix, found[i]);
    });
  }
  return { labels, sampledTokens };
}

/**
 * Labels as what a step scorer learns from: `soft` shares, or `hard` ones whether any completion was right. With a label
 * before the first step the prompt's last token is a position too. Tokens are those of prompt and response.
 *
 * @example
 * const examples = solutions.map((solution, i) => labelledSteps(solution, labels[i], 'soft'));
 */
export function labelledSteps(
  { prompt, response, steps }: SteppedResponse,
  labels: MonteCarloSteps,
  kind: 'soft' | 'hard',
): StepTargets {
  const all = [
    ...(labels.start === null ? [] : [{ at: prompt.length - 1, label: labels.start }]),
    ...steps.map(({ end }, k) => ({ at: prompt.length + end - 1, label: labels.steps[k] })),
  ].flatMap(({ at, label }) => (label[kind] === null ? [] : [{ at, target: label[kind] }]));
  return {
    tokens: join(prompt, response),
    positions: all.map(({ at }) => at),
    targets: all.map(({ target }) => target),
  };
}

/** The first tokens of a response. */
function part({ response }: SteppedResponse, length: number): Int32Array {
  return Int32Array.from({ length }, (_, t) => response[t]);
}

function join(first: ArrayLike<number>, second: ArrayLike<number>): Int32Array {
  const tokens = new Int32Array(first.length + second.length);
  tokens.set(first);
  tokens.set(second, first.length);
  return tokens;
}
