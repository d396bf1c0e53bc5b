import {
  type ChainData,
  type ChainFamily,
  chainMod,
  decodeResponse,
  encodeResponse,
  extendTokenizer,
  type Problem,
  sampleDistinct,
  sampleFrom,
} from '@laurel/core/env';
import type { Gpt } from '@laurel/core/nn';
import { type LanguageExample, type LanguageRollout, sampleRollouts } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';

const chains = chainMod();

/** Chains whose tokens also serve to judge: what is asked, where the solution begins and ends, and the marks of lines. */
export const family: ChainFamily = {
  ...chains,
  tokenizer: extendTokenizer(chains.tokenizer, ['S', 'J', '|', 'y', 'n']),
};
export const { tokenizer } = family;

export type ChainProblem = Problem<ChainData>;

/** A solution to judge. */
export interface Written {
  readonly problem: ChainProblem;
  /** Tokens of the solution, without the one that ends it. */
  readonly solution: ArrayLike<number>;
}

/** Most tokens of a judgement: two a line, the index and the end. */
const judgeRoom = (most: number) => 2 * (most + 1) + 2;

/** Tokens that a model must be able to read at once: the longest problem, a solution of it and a judgement of that. */
export function contextOf(most: number): number {
  return 3 + chains.maxPromptTokens(most) + chains.maxSolutionTokens(most) + judgeRoom(most);
}

/** A problem as it is asked. */
function asked(problem: ChainProblem): ChainProblem {
  return { ...problem, prompt: `S${problem.prompt}` };
}

/** Problems to train on, of all difficulties alike. */
export function trainProblems(difficulties: readonly number[], count: number, random: Random): ChainProblem[] {
  return Array.from({ length: count }, () => asked(sampleFrom(family, 'train', random, random.pick(difficulties))));
}

/** Different problems that nothing is trained on. */
export function heldOutProblems(
  split: 'validation' | 'test',
  count: number,
  random: Random,
  difficulty: number | readonly number[],
): ChainProblem[] {
  return sampleDistinct(family, split, count, random, difficulty).map(asked);
}

/** `J3+4*2=?|3+4=7⏎7*2=4⏎A4|`. */
function judgePrompt({ problem, solution }: Written): Int32Array {
  const [bar] = tokenizer.encode('|');
  return Int32Array.from([...tokenizer.encode(`J${problem.prompt.slice(1)}|`), ...Array.from(solution), bar]);
}

/** What a judgement says: the index of the first wrong line, -1 for none, null when it cannot be read. */
export function readVerdict({ response, ended }: LanguageRollout): number | null {
  const found = ended && /^(?:\d[yn])+(-|\d)$/.exec(decodeResponse(tokenizer, response));
  return found ? (found[1] === '-' ? -1 : Number(found[1])) : null;
}

/** The judgements of a model on each solution, as it writes them. */
export function judge(
  gpt: Gpt,
  written: readonly Written[],
  { votes = 1, temperature = 1 }: { votes?: number; temperature?: number },
  random: Random,
): LanguageRollout<Written>[][] {
  const prompts = written.map((one) => ({ tokens: judgePrompt(one), problem: one }));
  const most = Math.max(...written.map(({ problem }) => problem.difficulty));
  return sampleRollouts(
    gpt,
    prompts,
    { n: votes, temperature, maxTokens: judgeRoom(most), stop: [tokenizer.eos] },
    random,
  );
}

/** Demonstrations of solving: right solutions. */
export function solveExamples(problems: readonly ChainProblem[]): LanguageExample[] {
  return problems.map((problem) => ({
    prompt: tokenizer.encode(problem.prompt),
    response: encodeResponse(tokenizer, family.solve(problem)),
  }));
}

/**
 * Demonstrations of judging: every other solution is right, the others have one wrong result in a line picked at random,
 * from which they go on rightly. The judgement states for every line what should be there and whether it is, stops at the
 * first that is wrong, and names it.
 */
export function judgeExamples(problems: readonly ChainProblem[], random: Random): LanguageExample[] {
  return problems.map((problem, i) => {
    const { start, operators, operands } = problem.data;
    const wrong = i % 2 === 0 ? -1 : random.int(operators.length + 1);
    const state = (line: number, due: number) => (line === wrong ? (due + 1 + random.int(9)) % 10 : due);
    const lines: string[] = [];
    let judgement = '';
    let value = start;
    for (let k = 0; k <= operators.length; k++) {
      const due = k === operators.length ? value : compute(value, operators[k], operands[k]);
      const stated = state(k, due);
      lines.push(k === operators.length ? `A${stated}` : `${value}${operators[k]}${operands[k]}=${stated}`);
      if (wrong < 0 || k <= wrong) judgement += `${due}${k === wrong ? 'n' : 'y'}`;
      value = stated;
    }
    return {
      prompt: judgePrompt({ problem, solution: tokenizer.encode(lines.join('\n')) }),
      response: encodeResponse(tokenizer, [`${judgement}${wrong < 0 ? '-' : wrong}`]),
    };
  });
}

function compute(x: number, operator: ChainData['operators'][number], y: number): number {
  const result = operator === '+' ? x + y : operator === '-' ? x - y : x * y;
  return ((result % 10) + 10) % 10;
}

/** Demonstrations of both, three of solving for one of judging. */
export function jointExamples(difficulties: readonly number[], count: number, random: Random): LanguageExample[] {
  const quarter = Math.ceil(count / 4);
  return [
    ...solveExamples(trainProblems(difficulties, 3 * quarter, random.split('solve'))),
    ...judgeExamples(trainProblems(difficulties, quarter, random.split('judge')), random.split('errors')),
  ];
}
