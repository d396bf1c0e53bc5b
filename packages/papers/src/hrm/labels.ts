import { lineSpans, responseLines } from '@laurel/core/env';
import {
  compressTree,
  growTrees,
  mergeLabelled,
  type StepExample,
  type StepTree,
  scoreTree,
  stepExamples,
} from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import { isCorrect, type LanguageRollout, promptsOf, sampleRollouts } from '@laurel/core/policy';
import { sampleSteps } from '@laurel/core/search';
import type { Random } from '@laurel/core/stats';
import { type Chain, family, MOST_LINES, ROOM, rateLines, tokenizer } from './world.ts';

/** A solution of the policy with a rating of each line. */
export interface RatedPath {
  problem: Chain;
  tokens: readonly number[];
  /** The lines as text, each with its end. */
  steps: readonly string[];
  right: readonly (0 | 1)[];
  correct: boolean;
}

export type Example = StepExample<string, Chain>;

export function ratedPath(rollout: LanguageRollout<Chain>): RatedPath {
  const { problem, response } = rollout;
  return {
    problem,
    tokens: [...rollout.prompt, ...response],
    steps: lineSpans(tokenizer, response).map(({ start, end }) => tokenizer.decode(response.subarray(start, end))),
    right: rateLines(problem, responseLines(tokenizer, response)),
    correct: isCorrect(family, rollout),
  };
}

/** Solutions of the policy, one a problem, every line rated by the checker: what people did in PRM800K. */
export function ratedPaths(gpt: Gpt, problems: readonly Chain[], random: Random): RatedPath[] {
  const sampling = { maxTokens: ROOM, stop: [tokenizer.eos] };
  return sampleRollouts(gpt, promptsOf(family, problems), sampling, random).flat().map(ratedPath);
}

/** Single lines, and with `merge` 1 pairs of lines as well. */
export function pathExamples(paths: readonly RatedPath[], merge: 0 | 1): Example[] {
  return paths.flatMap(({ problem, steps, right }) =>
    mergeLabelled(
      problem,
      steps.map((step, i) => ({ candidates: [{ step, rating: right[i] === 1 ? 1 : -1 }], chosen: step })),
      { merge },
    ),
  );
}

/** Children of nodes in the first levels of a tree; compression asks for 4. Below, each node has one. */
const CHILDREN = 4;
const LEVELS = 2;

/** Trees of sampled lines with nothing known but the answers. */
export function labelTrees(
  gpt: Gpt,
  problems: readonly Chain[],
  random: Random,
  signal: AbortSignal,
): Promise<StepTree<string, Chain>[]> {
  const how = { gpt, stop: [tokenizer.newline], end: tokenizer.eos };
  const sample = (prefixes: readonly { problem: Chain; steps: readonly string[] }[]) => {
    const depth = prefixes[0].steps.length;
    const written = prefixes.map(({ problem, steps }) => tokenizer.encode(problem.prompt + steps.join('')));
    const room = prefixes.map(({ problem }, i) => ROOM + tokenizer.encode(problem.prompt).length - written[i].length);
    const n = depth < LEVELS ? CHILDREN : 1;
    return sampleSteps(how, written, room, n, (i, j) => random.split(depth, i, j)).map((steps) =>
      steps.map(({ tokens }) => tokenizer.decode(tokens)),
    );
  };
  return growTrees({ problems, sample, outcome, children: CHILDREN, maxDepth: MOST_LINES, signal });
}

const END = '<eos>';

/** A line without an end came to the limit of tokens, as did one that leaves no room for another. */
function outcome(steps: readonly string[], problem: Chain): boolean | null {
  const text = steps.join('');
  if (text.endsWith(END)) return family.checkAnswer(problem, text.slice(0, -END.length)).correct;
  return text.endsWith('\n') && tokenizer.encode(text).length < ROOM ? null : false;
}

/** Scores of nodes, evened out as the authors do: of the trees, of their compressed copies, or of both. */
export function treeExamples(
  trees: readonly StepTree<string, Chain>[],
  { compressed, merge }: { compressed: boolean; merge: 0 | 1 },
  random: Random,
): Example[] {
  const rng = random.split('compression');
  const all = compressed ? [...trees, ...trees.map((tree) => compressTree(tree, { rng }))] : trees;
  const ex = stepExamples(all.map(scoreTree), { merge, balance: { rng: random.split('balance') } });
  const keep = random.split('keep'); return ex.filter(() => keep.bool(Number((globalThis as any).KEEP ?? 1)));
}
