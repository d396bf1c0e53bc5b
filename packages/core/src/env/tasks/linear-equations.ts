import type { Random } from '../../stats/index.ts';
import { assertDifficulty, judgeLastLine, type LineVerdict, type TaskFamily } from './family.ts';
import { splitLines } from './lines.ts';
import { createTokenizer } from './tokenizer.ts';

/** The equation `a(x+b)+c=dx+e`, without the bracket where b is 0. */
export type LinearData = {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
};

/** `px + q`, with whole numbers. */
interface Linear {
  readonly p: number;
  readonly q: number;
}

interface Equation {
  readonly left: Linear;
  readonly right: Linear;
}

/**
 * Equations in one unknown, solved step by step over small whole numbers. The prompt `3x+4=19?` is followed by equations,
 * each of which must have the same solution as the one before: `3x=15`, `x=5`. The answer is the last line, `x=5`.
 * Difficulty is the number of lines of a plain solution: 1 `x+4=9`, 2 `3x+4=19`, 3 `5x+4=2x+19`, 4 `5(x+2)-6=2x+19`.
 *
 * @param options.solutions least and greatest solution, -9 to 9 unless told
 * @throws RangeError for solutions that are no range of whole numbers within ±20
 * @example
 * const family = linearEquations();
 * const problem = family.sample(new Random(0, 'problems'), 3);
 * family.checkAnswer(problem, family.solve(problem).join('\n')).correct; // true
 */
export function linearEquations({
  solutions: [least, most] = [-9, 9],
}: {
  solutions?: readonly [number, number];
} = {}): TaskFamily<LinearData> {
  if (!Number.isInteger(least) || !Number.isInteger(most) || most < least || least < -20 || most > 20) {
    throw new RangeError(`solutions must be a range of whole numbers within -20 to 20, got [${least}, ${most}]`);
  }
  const family: TaskFamily<LinearData> = {
    name: 'linear-equations',
    difficulties: { least: 1, most: 4 },
    tokenizer: createTokenizer([...'0123456789x+-=()?']),
    maxPromptTokens: (difficulty) => [9, 11, 14, 18][difficulty - 1],
    // A line is at most `10x-110=5x-210`.
    maxSolutionTokens: (difficulty) => 15 * difficulty,
    sample: (rng, difficulty) => {
      assertDifficulty(difficulty, family.difficulties);
      const x = least + rng.int(most - least + 1);
      const d = difficulty >= 3 ? 1 + rng.int(5) : 0;
      // The unknown never drops out, nor is left with coefficient 1 before its time: solutions of one level are equally long.
      const a = difficulty === 1 ? 1 : d + 2 + rng.int(difficulty >= 3 ? 4 : 8);
      const b = difficulty === 4 ? signed(rng, 9) : 0;
      const c = constant(rng, a * b);
      const data: LinearData = { a, b, c, d, e: (a - d) * x + a * b + c };
      const text = formatEquation(data);
      return { family: family.name, id: text, difficulty, prompt: `${text}?`, answer: String(x), data };
    },
    solve: ({ data: { a, b, c, d, e } }, rng?: Random) => {
      const s = a * b + c;
      const lines: string[] = [];
      if (b !== 0) lines.push(`${format({ p: a, q: s })}=${format({ p: d, q: e })}`);
      if (d !== 0) {
        const numbersFirst = rng?.bool() ?? false;
        lines.push(
          numbersFirst
            ? `${format({ p: a, q: 0 })}=${format({ p: d, q: e - s })}`
            : `${format({ p: a - d, q: s })}=${format({ p: 0, q: e })}`,
        );
      }
      if (a - d !== 1) lines.push(`${format({ p: a - d, q: 0 })}=${e - s}`);
      lines.push(`x=${(e - s) / (a - d)}`);
      return lines;
    },
    checkAnswer: (problem, response) => judgeLastLine(splitLines(response), readSolution, problem.answer),
    checkLines: ({ data }, lines) => {
      const { a, b, c, d, e } = data;
      const original: Equation = { left: { p: a, q: a * b + c }, right: { p: d, q: e } };
      let current = original;
      let currentText = formatEquation(data);
      let answered = false;
      return lines.map((text): LineVerdict => {
        if (answered) return { verdict: 'wrong', reason: 'comes after the answer', onTrack: false };
        const [before, textBefore] = [current, currentText];
        const equation = parseEquation(text);
        if (equation !== null) [current, currentText] = [equation, text];
        answered = equation !== null && readSolution(text) !== null;
        const onTrack = isEquivalent(current, original);
        if (equation === null) return { verdict: 'wrong', reason: 'is not a line of the language', onTrack };
        if (text === textBefore) return { verdict: 'neutral', reason: 'repeats the equation', onTrack };
        if (isEquivalent(equation, before)) return { verdict: 'right', reason: 'has the same solution', onTrack };
        return { verdict: 'wrong', reason: `has another solution than ${textBefore}`, onTrack };
      });
    },
  };
  return family;
}

/** A number other than 0, at most `most` in size. */
function signed(rng: Random, most: number): number {
  return (1 + rng.int(most)) * (rng.bool() ? 1 : -1);
}

/** A constant that does not cancel against `other`, so that there is something to move. */
function constant(rng: Random, other: number): number {
  for (;;) {
    const c = signed(rng, 20);
    if (c + other !== 0) return c;
  }
}

function readSolution(line: string): string | null {
  return /^x=(0|-?[1-9]\d{0,2})$/.exec(line)?.[1] ?? null;
}

function plus(n: number): string {
  return n === 0 ? '' : n > 0 ? `+${n}` : String(n);
}

function format({ p, q }: Linear): string {
  if (p === 0) return String(q);
  return `${p === 1 ? '' : p === -1 ? '-' : p}x${plus(q)}`;
}

function formatEquation({ a, b, c, d, e }: LinearData): string {
  const left = b === 0 ? format({ p: a, q: c }) : `${a}(x${plus(b)})${plus(c)}`;
  return `${left}=${format({ p: d, q: e })}`;
}

const MOST_TERMS = 6;

/**
 * Reads sums of numbers, multiples of x, and multiples of brackets such as `3(2x-1)`; numbers of at most three digits
 * and at most six terms a side, so that comparisons stay within exact whole numbers. Null for anything else.
 */
function parseEquation(text: string): Equation | null {
  const sides = text.split('=');
  if (sides.length !== 2) return null;
  const left = parseSide(sides[0]);
  const right = parseSide(sides[1]);
  return left && right && { left, right };
}

function parseSide(text: string): Linear | null {
  const term = /([+-]?)(?:(\d{0,3})\((-?\d{0,3})x([+-]\d{1,3})\)|(\d{0,3})x|(\d{1,3}))/y;
  let [p, q, terms] = [0, 0, 0];
  while (term.lastIndex < text.length) {
    const match = term.exec(text);
    if (match === null || ++terms > MOST_TERMS || (terms > 1 && match[1] === '')) return null;
    const [, minus, factor, inner, added, multiple, number] = match;
    const sign = minus === '-' ? -1 : 1;
    if (inner !== undefined) {
      p += sign * coefficient(factor) * coefficient(inner);
      q += sign * coefficient(factor) * Number(added);
    } else if (multiple !== undefined) {
      p += sign * coefficient(multiple);
    } else {
      q += sign * Number(number);
    }
  }
  return terms === 0 ? null : { p, q };
}

function coefficient(text: string): number {
  return text === '' ? 1 : text === '-' ? -1 : Number(text);
}

/** Whether both equations have exactly one solution, and the same. */
function isEquivalent(one: Equation, other: Equation): boolean {
  const [p, q] = [one.left.p - one.right.p, one.left.q - one.right.q];
  const [r, s] = [other.left.p - other.right.p, other.left.q - other.right.q];
  return p !== 0 && r !== 0 && p * s === r * q;
}
