import type { Random } from '../../stats/index.ts';
import {
  type CountdownNumbers,
  type Expression,
  expressionLines,
  expressions,
  join,
  leaf,
  reachable,
} from './countdown-search.ts';
import { assertDifficulty, type LineVerdict, type Problem, type TaskFamily } from './family.ts';
import { splitLines } from './lines.ts';
import { formatRational, type Operator, type Rational, rational } from './rational.ts';
import { createTokenizer } from './tokenizer.ts';

export type CountdownData = { readonly numbers: readonly number[]; readonly target: number };

/** Countdown's own questions, besides those of every family. */
export interface CountdownFamily extends TaskFamily<CountdownData> {
  /** Canonical forms of all solutions, sorted: how many there are says how hard the problem is. */
  solutions(problem: Problem<CountdownData>): string[];
  /**
   * The canonical form of a response's solution, null when it is not correct. Responses that differ only in the order of
   * independent or commuting steps are one solution. Where equal numbers leave open which was used, the first given is.
   */
  canonical(problem: Problem<CountdownData>, response: string): string | null;
}

/**
 * Make a target from numbers, each used exactly once. The prompt `8,1,3,12=24?` is followed by lines such as `3-1=2`,
 * `12*2=24`, …: two of the numbers left, an operation (`:` divides), and the exact result, which takes their place. The
 * last line gives the target. Difficulty is how many numbers there are. Every problem can be solved. Since the prompt
 * names the target, the verifier checks the whole derivation: each line right, every number used.
 *
 * @param options.range least and greatest number given; 1 to 13 unless told
 * @param options.targets a problem has one of these, each as likely; 24 unless told
 * @param options.results `natural` forbids fractions and numbers below 0 on the way; `rational` unless told
 * @param options.minSolutions least number of solutions that differ in canonical form; 1 unless told
 * @throws RangeError for a range or targets that are no positive whole numbers up to 99 and 9999, or minSolutions below 1
 * @example
 * const family = countdown({ results: 'natural', range: [1, 12], targets: [24], minSolutions: 2 });
 * const problem = family.sample(new Random(0, 'problems'), 4);
 * family.checkAnswer(problem, family.solve(problem).join('\n')).correct; // true
 */
export function countdown({
  name = 'countdown',
  range: [least, most] = [1, 13],
  targets = [24],
  results = 'rational',
  minSolutions = 1,
}: {
  name?: string;
  range?: readonly [number, number];
  targets?: readonly number[];
  results?: CountdownNumbers;
  minSolutions?: number;
} = {}): CountdownFamily {
  assertWithin('range', [least, most], 99);
  assertWithin('targets', targets, 9999);
  if (most < least) throw new RangeError(`range must go upwards, got [${least}, ${most}]`);
  if (!Number.isInteger(minSolutions) || minSolutions < 1) {
    throw new RangeError(`minSolutions must be a positive whole number, got ${minSolutions}`);
  }
  const solutionsOf = ({ numbers, target }: CountdownData): Expression[] => {
    const wanted = String(target);
    return expressions(numbers.map(whole), results).filter(({ value }) => formatRational(value) === wanted);
  };
  const isSolvable = (pool: readonly Expression[], target: number) =>
    reachable(
      pool.map(({ value }) => value),
      results,
    ).has(String(target));
  const family: CountdownFamily = {
    name,
    difficulties: { least: 2, most: 5 },
    tokenizer: createTokenizer([...'0123456789+-*:/=?,']),
    maxPromptTokens: (difficulty) => difficulty * (String(most).length + 1) + String(Math.max(...targets)).length + 1,
    maxSolutionTokens: (difficulty) => {
      // No result is greater than the greatest product or sum; a fraction has a sign, a bar and two of them.
      const digits = String(Math.max(most ** difficulty, most * difficulty)).length;
      const number = results === 'natural' ? digits : 2 * digits + 2;
      return (difficulty - 1) * (3 * number + 3);
    },
    sample: (rng, difficulty) => {
      assertDifficulty(difficulty, family.difficulties);
      const target = rng.pick(targets);
      for (let i = 0; i < TRIES; i++) {
        const numbers = Array.from({ length: difficulty }, () => least + rng.int(most - least + 1));
        // What can be reached is far quicker to find than all ways to reach it.
        if (!reachable(numbers.map(whole), results).has(String(target))) continue;
        const data = { numbers, target };
        if (minSolutions > 1 && solutionsOf(data).length < minSolutions) continue;
        const id = `${[...numbers].sort((a, b) => a - b).join(',')}=${target}`;
        return {
          family: name,
          id,
          difficulty,
          prompt: `${numbers.join(',')}=${target}?`,
          answer: String(target),
          data,
        };
      }
      throw new RangeError(
        `targets must be reachable from ${difficulty} numbers of ${least} to ${most}, got ${target}`,
      );
    },
    solve: ({ data }, rng?: Random) => {
      const all = solutionsOf(data);
      if (all.length === 0)
        throw new RangeError(`problem must have a solution, got ${data.numbers} for ${data.target}`);
      const plain = all.filter(({ natural }) => natural);
      const candidates = plain.length > 0 ? plain : all;
      return expressionLines(rng ? rng.pick(candidates) : candidates[0]);
    },
    solutions: ({ data }) =>
      solutionsOf(data)
        .map(({ text }) => text)
        .sort(),
    checkLines: ({ data }, lines) => {
      const { problems, pools } = replay(data, lines, results);
      let onTrack = true;
      return problems.map((problem, i): LineVerdict => {
        // Every line must be right, and the target must be within reach of what is left.
        onTrack &&= problem === null && isSolvable(pools[i], data.target);
        return { verdict: problem === null ? 'right' : 'wrong', reason: problem ?? 'follows', onTrack };
      });
    },
    checkAnswer: ({ data, answer: expected }, response) => {
      const lines = splitLines(response);
      const answer = lineForm.exec(lines.at(-1) ?? '')?.[4] ?? null;
      const { problems, pool } = replay(data, lines, results);
      const error = problems.findIndex((problem) => problem !== null);
      if (error >= 0) return { correct: false, answer, reason: `line ${error + 1} ${problems[error]}` };
      if (pool.length > 1) return { correct: false, answer, reason: `${pool.length} numbers are left` };
      const correct = answer === expected;
      return { correct, answer, reason: correct ? 'makes the target' : `makes ${answer}, not ${expected}` };
    },
    canonical: (problem, response) => {
      if (!family.checkAnswer(problem, response).correct) return null;
      return replay(problem.data, splitLines(response), results).pool[0].text;
    },
  };
  return family;
}

const TRIES = 10_000;
const numberForm = '(-?\\d{1,15}(?:/\\d{1,15})?)';
const lineForm = new RegExp(`^${numberForm}([-+*:])${numberForm}=${numberForm}$`);

const whole = (n: number): Rational => [n, 1];

/**
 * Follows the lines: each takes two numbers from the pool and puts its result there, as stated, even a wrong one. A line
 * that cannot be followed changes nothing. `problems` has what is wrong with each line, `pools` what is left after it.
 */
function replay({ numbers }: CountdownData, lines: readonly string[], results: CountdownNumbers) {
  let pool: readonly Expression[] = numbers.map((n) => leaf(whole(n)));
  const pools: (readonly Expression[])[] = [];
  const problemWith = (text: string): string | null => {
    const match = lineForm.exec(text);
    if (match === null) return 'is not a line of the language';
    const [, first, operator, second, stated] = match;
    const i = pool.findIndex(({ value }) => formatRational(value) === first);
    const j = pool.findIndex(({ value }, at) => at !== i && formatRational(value) === second);
    if (i < 0 || j < 0) return `uses ${i < 0 ? first : second}, which is not left`;
    const joined = join(pool[i], asOperator(operator), pool[j]);
    if (joined === null) return 'has no result';
    const result = formatRational(joined.value);
    const isRight = stated === result;
    const claimed = isRight ? joined : claim(stated);
    if (claimed === null) return `should end in ${result}`;
    // Numbers given stay in front of results, so that they are the first to be used.
    pool = [...pool.filter((_, at) => at !== i && at !== j), claimed];
    if (!isRight) return `should end in ${result}`;
    return results === 'natural' && !joined.natural ? 'leaves the whole numbers' : null;
  };
  const problems = lines.map((text) => {
    const problem = problemWith(text);
    pools.push(pool);
    return problem;
  });
  return { problems, pools, pool };
}

/** A wrong result as a number to go on with; null when it is none, such as 8/2 or 1/0. */
function claim(stated: string): Expression | null {
  const [numerator, denominator = 1] = stated.split('/').map(Number);
  const value = rational(numerator, denominator);
  return value !== null && formatRational(value) === stated ? leaf(value) : null;
}

function asOperator(text: string): Operator {
  if (text === '+' || text === '-' || text === '*') return text;
  return ':';
}

function assertWithin(name: string, values: readonly number[], most: number): void {
  if (values.length === 0 || values.some((value) => !Number.isInteger(value) || value < 1 || value > most)) {
    throw new RangeError(`${name} must hold whole numbers from 1 to ${most}, got [${values.join(', ')}]`);
  }
}
