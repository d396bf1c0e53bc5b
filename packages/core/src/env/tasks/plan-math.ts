import type { Random } from '../../stats/index.ts';
import { assertDifficulty, judgeLastLine, type LineVerdict, type TaskFamily } from './family.ts';
import { splitLines } from './lines.ts';
import { createTokenizer } from './tokenizer.ts';

export type QuantityOperator = '+' | '-' | '*';
const operators: readonly QuantityOperator[] = ['+', '-', '*'];

/** `name = left o right`, where an operand is a digit or the name of another quantity. */
export type QuantityDefinition = {
  readonly name: string;
  readonly left: string;
  readonly operator: QuantityOperator;
  readonly right: string;
};

export type PlanMathData = {
  /** The quantity that is given, and its value. */
  readonly given: { readonly name: string; readonly value: number };
  /** The others, each after those it is defined from. */
  readonly definitions: readonly QuantityDefinition[];
  /** The order in which the prompt states given and definitions, by name. */
  readonly order: readonly string[];
  readonly asked: string;
};

/**
 * Quantities defined from one another modulo 10, stated in shuffled order, some of them beside the point: what to compute
 * next is a matter of planning. The prompt `b=a+3 d=c*b a=4 e=a-1 c=b*2 f=e+e ?d` is followed by a line for each
 * quantity computed, `b=4+3=7`, with the values of its operands; the line of the quantity asked for is the answer.
 * Difficulty is the number of quantities that must be computed.
 *
 * @param options.distractors quantities that the answer does not need; 2 unless told
 * @throws RangeError for distractors outside 0 to 8
 * @example
 * const family = planMath();
 * const problem = family.sample(new Random(0, 'problems'), 3); // six quantities
 * family.solve(problem); // ['b=4+3=7', 'c=7*2=4', 'd=4*7=8']
 */
export function planMath({ distractors = 2 }: { distractors?: number } = {}): TaskFamily<PlanMathData> {
  if (!Number.isInteger(distractors) || distractors < 0 || distractors > 8) {
    throw new RangeError(`distractors must be a whole number from 0 to 8, got ${distractors}`);
  }
  const family: TaskFamily<PlanMathData> = {
    name: 'plan-math',
    difficulties: { least: 1, most: 8 },
    tokenizer: createTokenizer([...'0123456789+-*=? ', ...letters]),
    maxPromptTokens: (difficulty) => 6 * (difficulty + distractors) + 4 + 2,
    maxSolutionTokens: (difficulty) => 8 * difficulty,
    sample: (rng, difficulty) => {
      assertDifficulty(difficulty, family.difficulties);
      const data = draw(rng, difficulty, distractors);
      const prompt = promptOf(data);
      // The order of statements is wording, not content.
      const id = promptOf({ ...data, order: [data.given.name, ...data.definitions.map(({ name }) => name)].sort() });
      return { family: family.name, id, difficulty, prompt, answer: String(valuesOf(data).get(data.asked)), data };
    },
    solve: ({ data }, rng) => {
      const values = valuesOf(data);
      return planOf(data, rng).map((definition) => lineOf(definition, operandsOf(definition, values)!));
    },
    checkAnswer: ({ data, answer }, response) => {
      const read = (line: string) => {
        const match = lineForm.exec(line);
        return match?.[1] === data.asked ? match[2] : null;
      };
      return judgeLastLine(splitLines(response), read, answer);
    },
    checkLines: ({ data }, lines) => judgeLines(data, lines),
  };
  return family;
}

const letters = 'abcdefghijklmnopq';
const lineForm = /^([a-q])=\d[-+*]\d=(\d)$/;

/** Draws quantities until one of them needs exactly as many others as the difficulty says. */
function draw(rng: Random, needed: number, distractors: number): PlanMathData {
  for (;;) {
    const names = rng.shuffle([...letters].slice(0, 1 + needed + distractors));
    const definitions = names.slice(1).map((name, i): QuantityDefinition => {
      const earlier = names.slice(0, i + 1);
      const right = rng.bool() ? rng.pick(earlier) : String(1 + rng.int(9));
      return { name, left: rng.pick(earlier), operator: rng.pick(operators), right };
    });
    const given = { name: names[0], value: rng.int(10) };
    const candidates = names.filter((asked) => neededFor(definitions, asked).size === needed);
    if (candidates.length > 0) return { given, definitions, order: rng.shuffle(names), asked: rng.pick(candidates) };
  }
}

/** Names of the quantities that must be computed for `asked`, itself included; the given one is not among them. */
function neededFor(definitions: readonly QuantityDefinition[], asked: string): Set<string> {
  const needed = new Set([asked]);
  // Definitions stand after those they use, so one pass backwards finds all.
  for (const { name, left, right } of definitions.toReversed()) {
    if (needed.has(name)) needed.add(left).add(right);
  }
  return new Set(definitions.map(({ name }) => name).filter((name) => needed.has(name)));
}

/** The definitions to compute, in an order that works: as they stand, or any, drawn with `rng`. */
function planOf({ definitions, asked }: PlanMathData, rng: Random | undefined): QuantityDefinition[] {
  const needed = neededFor(definitions, asked);
  let left = definitions.filter(({ name }) => needed.has(name));
  if (!rng) return left;
  const plan: QuantityDefinition[] = [];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const next = rng.pick(left.filter((definition) => !waiting.has(definition.left) && !waiting.has(definition.right)));
    plan.push(next);
    left = left.filter((definition) => definition !== next);
  }
  return plan;
}

function valuesOf({ given, definitions }: PlanMathData): Map<string, number> {
  const values = new Map([[given.name, given.value]]);
  for (const definition of definitions) {
    // Each stands after those it is defined from, so its operands have values.
    const [x, y] = operandsOf(definition, values)!;
    values.set(definition.name, compute(x, definition.operator, y));
  }
  return values;
}

/** The values of a definition's operands, null while one has none. */
function operandsOf({ left, right }: QuantityDefinition, values: ReadonlyMap<string, number>): [number, number] | null {
  const [x, y] = [left, right].map((operand) => (/\d/.test(operand) ? Number(operand) : values.get(operand)));
  return x === undefined || y === undefined ? null : [x, y];
}

function compute(x: number, operator: QuantityOperator, y: number): number {
  return operator === '+' ? (x + y) % 10 : operator === '-' ? (x - y + 10) % 10 : (x * y) % 10;
}

/** The line that computes a quantity from the values of its operands. */
function lineOf({ name, operator }: QuantityDefinition, [x, y]: readonly [number, number]): string {
  return `${name}=${x}${operator}${y}=${compute(x, operator, y)}`;
}

function promptOf({ given, definitions, order, asked }: PlanMathData): string {
  const statements = new Map([[given.name, `${given.name}=${given.value}`]]);
  for (const { name, left, operator, right } of definitions) statements.set(name, `${name}=${left}${operator}${right}`);
  return `${order.map((name) => statements.get(name)).join(' ')} ?${asked}`;
}

function judgeLines(data: PlanMathData, lines: readonly string[]): LineVerdict[] {
  const { given, definitions, asked } = data;
  const truth = valuesOf(data);
  const needed = neededFor(definitions, asked);
  const stated = new Map([[given.name, given.value]]);
  let answered = false;
  const isOnTrack = () => [...stated].every(([name, value]) => !needed.has(name) || value === truth.get(name));

  return lines.map((line): LineVerdict => {
    if (answered) return { verdict: 'wrong', reason: 'comes after the answer', onTrack: false };
    const wrong = (reason: string): LineVerdict => ({ verdict: 'wrong', reason, onTrack: isOnTrack() });
    const match = lineForm.exec(line);
    if (match === null) return wrong('is not a line of the language');
    const [, name, value] = match;
    const definition = definitions.find((each) => each.name === name);
    if (definition === undefined) return wrong(name === given.name ? `${name} is given` : `there is no ${name}`);
    const operands = operandsOf(definition, stated);
    const before = stated.get(name);
    stated.set(name, Number(value));
    answered = name === asked;
    if (operands === null) return wrong(`${name} is defined from what has no value yet`);
    const right = lineOf(definition, operands);
    if (line !== right) return wrong(`should be ${right}`);
    const onTrack = isOnTrack();
    if (before === Number(value)) return { verdict: 'neutral', reason: `computes ${name} again`, onTrack };
    return { verdict: 'right', reason: needed.has(name) ? 'follows' : 'follows, but is not needed', onTrack };
  });
}
