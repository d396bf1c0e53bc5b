import {
  type Failure,
  failure,
  type Generated,
  type LanguageModel,
  type Message,
  type Prompt,
  positiveWhole,
  sampleSeed,
} from '../lm/index.ts';
import type { Scorer, SearchItem } from './scorer.ts';
import { generateOptions, type SearchOptions, type SearchReport, SearchRun } from './search-run.ts';

export interface StepBeamOptions extends SearchOptions {
  /** Traces that are kept after each step; 1 makes it step-wise best-of-n, which is greedy. */
  width: number;
  /** Next steps that are sampled from each trace. */
  expand: number;
  /** First steps that are sampled, when the beam is still one empty trace; `expand` unless told. */
  first?: number;
  /** Most steps of a trace. */
  maxSteps: number;
  /** What ends a step; a line end unless told. `maxTokens` is that of a step. */
  stop?: readonly string[];
  /** Whether a trace is complete after these steps, for models whose servers do not tell a stop string from the end. */
  isFinal?: (steps: readonly string[], index: number) => boolean;
  /** Picks among the traces at the end, such as an outcome reward; the last score of each unless told. */
  finalScorer?: Scorer;
}

/** A way through the steps. */
export interface Trace {
  steps: readonly string[];
  /** The steps with what separates them. */
  text: string;
  /** The score after each step. */
  scores: readonly number[];
  /** What it was ranked by at the end: the final scorer's score, or the last of `scores`. */
  score: number;
  /** Whether the model, or `isFinal`, ended it. */
  complete: boolean;
}

export interface StepBeam extends SearchReport {
  /** The first of `traces`; null when no step has a score. */
  best: Trace | null;
  /** Complete ones before the others, then by falling score. */
  traces: readonly Trace[];
}

/** A trace while the search goes on. */
interface Node {
  steps: readonly string[];
  samples: readonly Generated[];
  scores: readonly number[];
  text: string;
  /** What separates the next step from the text. */
  tail: string;
  /** Its last sample was an empty line. */
  blank: boolean;
  complete: boolean;
}

/**
 * Beam search step by step: samples next steps for each trace of the beam, scores the traces they make, and keeps the best
 * (Setlur et al. 2024, arXiv 2410.08146, section 4; with width 1 the step-wise best-of-n of arXiv 2503.13551). Complete
 * traces stay and compete with their last score; equal texts count once, and among equal scores the first stands. At the
 * end complete traces come before those that `maxSteps`, the limit of tokens or a failure cut short.
 *
 * A text goes on as a text where the model takes texts, else as a begun message of the assistant (prefill). A step that is
 * an empty line belongs to the separator before it.
 *
 * @param scorer scores a trace by its steps so far, the last of them new
 * @returns one outcome a prompt
 * @throws RangeError for options out of range, or a scorer that gives too few scores or one that is not finite; the
 *   signal's reason when aborted; BudgetExceeded when the model's budget was spent before the first step
 * @example
 * const lm = simulatedModel({
 *   reply: (text) => ['2', '7'].map((last) => ({ text: text === 'Count:\n' ? `1\n${last}` : last, weight: 1 })),
 * });
 * const small: Scorer = (items) => items.map(({ steps }) => -Number(steps.at(-1)));
 * const [{ best }] = await stepBeam(lm, ['Count:\n'], small, { width: 2, expand: 8, maxSteps: 4, seed: 1 });
 * best?.text; // '1\n2'
 */
export async function stepBeam(
  lm: LanguageModel,
  prompts: readonly Prompt[],
  scorer: Scorer,
  options: StepBeamOptions,
): Promise<StepBeam[]> {
  const { width, expand, first = expand, maxSteps, stop = ['\n'], seed, isFinal, finalScorer } = options;
  for (const [name, value] of Object.entries({ width, expand, first, maxSteps })) positiveWhole(name, value);
  if (stop.length === 0) throw new RangeError('stop must hold what ends a step, got none');
  const run = new SearchRun(lm, prompts.length, options);
  const ended = isFinal ?? (() => false);
  const beams = prompts.map((prompt, index) => new Beam(prompt, index, width));
  for (let round = 0; round < maxSteps; round++) {
    run.finished(beams.filter((beam) => beam.live.length === 0).length);
    const jobs = beams.flatMap((beam) =>
      beam.live.map((node) => ({
        index: beam.index,
        node,
        prompt: continued(lm, beam.prompt, node.text + node.tail),
        cannot: maxSteps > 1 ? whyNot(lm, beam.prompt) : null,
      })),
    );
    if (jobs.length === 0) break;
    const drawn = await run.draw(jobs, {
      ...generateOptions(options),
      n: round === 0 ? first : expand,
      stop,
      ...(seed !== undefined && { seed: sampleSeed(seed, round, 0) }),
    });
    const children = jobs.flatMap(({ index, node }, j) =>
      distinct(
        drawn[j].flatMap((sample) => (sample.ok ? [child(node, sample, stop[0], (s) => ended(s, index))] : [])),
      ).map((born) => ({ ...born, index, parent: node })),
    );
    const due = children.filter(({ node, parent }) => node.steps.length > parent.steps.length);
    const scores = await run.score(
      'scorer',
      scorer,
      due.map(({ node, index }) => itemOf(prompts[index], index, node)),
    );
    for (const [i, { node }] of due.entries()) {
      const score = scores[i];
      if (score !== null) node.scores = [...node.scores, score];
    }
    // An item without a score takes no part.
    const born = children.filter(({ node }) => node.scores.length === node.steps.length);
    for (const beam of beams) beam.advance(born.filter(({ index }) => index === beam.index));
  }
  const outcomes: StepBeam[] = [];
  const finalists = beams.map((beam) => beam.finalists());
  const last = finalScorer
    ? await run.score(
        'finalScorer',
        finalScorer,
        finalists.flatMap((nodes, index) => nodes.map((node) => itemOf(prompts[index], index, node))),
      )
    : null;
  let at = 0;
  for (const [index, nodes] of finalists.entries()) {
    const traces = nodes.flatMap((node): Trace[] => {
      const score = last === null ? node.scores[node.scores.length - 1] : last[at++];
      if (score === null) return [];
      const { steps, text, scores, complete } = node;
      return [{ steps, text, scores, score, complete }];
    });
    traces.sort((a, b) => Number(b.complete) - Number(a.complete) || b.score - a.score);
    outcomes.push({ ...run.report(index), best: traces[0] ?? null, traces });
  }
  run.finished(prompts.length);
  return outcomes;
}

interface Born {
  node: Node;
  /** Stopped by a limit: it neither goes on nor is complete. */
  cut: boolean;
}

/** The traces of one prompt. */
class Beam {
  readonly prompt: Prompt;
  readonly index: number;
  readonly #width: number;
  /** Best first, complete ones among them. */
  #nodes: Node[] = [{ steps: [], samples: [], scores: [], text: '', tail: '', blank: false, complete: false }];
  /** Cut short. They take no place in the beam and count only when nothing is complete. */
  readonly #cut: Node[] = [];

  constructor(prompt: Prompt, index: number, width: number) {
    this.prompt = prompt;
    this.index = index;
    this.#width = width;
  }

  get live(): Node[] {
    return this.#nodes.filter(({ complete }) => !complete);
  }

  /** Takes the next steps of the live traces and keeps the best of all. */
  advance(born: readonly (Born & { parent: Node })[]): void {
    const parents = new Set(born.map(({ parent }) => parent));
    this.#cut.push(
      ...this.live.filter((node) => !parents.has(node)),
      ...born.flatMap(({ node, cut }) => (cut ? [node] : [])),
    );
    const pool = [
      ...this.#nodes.filter(({ complete }) => complete),
      ...born.flatMap(({ node, cut }) => (cut ? [] : [node])),
    ];
    this.#nodes = pool.sort((a, b) => compare(b, a)).slice(0, this.#width);
  }

  finalists(): Node[] {
    return [...this.#nodes, ...this.#cut].filter(({ steps }) => steps.length > 0);
  }
}

/** By the last score. A trace of empty lines alone has none yet and comes last. */
function compare(a: Node, b: Node): number {
  const [first, second] = [a.scores.at(-1) ?? -Infinity, b.scores.at(-1) ?? -Infinity];
  return first === second ? 0 : first - second;
}

/** What becomes of a trace by one more sample. */
function child(
  parent: Node,
  sample: Generated,
  separator: string,
  isFinal: (steps: readonly string[]) => boolean,
): Born {
  const { text, finish, stopString } = sample;
  const stopped = finish === 'stop' || finish === 'end-or-stop';
  const between = stopString ?? separator;
  // Servers that do not tell a stop string from the end give nothing, and again nothing, at the end.
  const empty = text.trim() === '';
  const over = finish === 'end' || (finish === 'end-or-stop' && empty && parent.blank);
  if (empty && (over ? parent.steps.length > 0 : stopped)) {
    const tail = over ? '' : parent.tail + text + between;
    return { node: { ...parent, tail, blank: true, complete: over }, cut: false };
  }
  const steps = [...parent.steps, text];
  const complete = over || isFinal(steps);
  const node = {
    steps,
    samples: [...parent.samples, sample],
    scores: parent.scores,
    text: parent.text + parent.tail + text,
    tail: between,
    blank: false,
    complete,
  };
  return { node, cut: !complete && !stopped };
}

/** The first of each text. */
function distinct(born: readonly Born[]): Born[] {
  const first = new Map<string, Born>();
  for (const one of born) {
    const { text, tail, complete } = one.node;
    const key = JSON.stringify([text, one.cut || complete ? '' : tail, one.cut, complete]);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function itemOf(prompt: Prompt, index: number, node: Node): SearchItem {
  const { steps, text, samples, complete } = node;
  return { prompt, index, response: text, steps, complete, samples };
}

/** The prompt with the text so far in the place where the model would write it. */
function continued(lm: LanguageModel, prompt: Prompt, text: string): Prompt {
  if (typeof prompt === 'string' && lm.capabilities.texts) return prompt + text;
  if (text === '') return prompt;
  const messages: readonly Message[] = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
  const begun = messages.at(-1);
  return begun?.role === 'assistant'
    ? [...messages.slice(0, -1), { role: 'assistant', content: begun.content + text }]
    : [...messages, { role: 'assistant', content: text }];
}

/** Why a model cannot go from step to step; null when it can. */
function whyNot({ capabilities }: LanguageModel, prompt: Prompt): Failure | null {
  if (capabilities.prefill || (typeof prompt === 'string' && capabilities.texts)) return null;
  return failure(
    'unsupported',
    'the model cannot go on with an answer that was begun, as each step does: use the completions API with a text, or a ' +
      'server and dialect that take a begun message (vllm, sglang, llamaCpp, deepseek)',
  );
}
