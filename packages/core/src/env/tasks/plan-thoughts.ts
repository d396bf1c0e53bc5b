import type { Random } from '../../stats/index.ts';
import type { Problem } from './family.ts';
import type { PlanMathData, QuantityDefinition, QuantityOperator } from './plan-math.ts';
import { createTokenizer } from './tokenizer.ts';

/** A step of reasoning in two fields: a sentence that says what to do, and the formula that does it. */
export type TwoFieldStep = {
  readonly thought: string;
  readonly math: string;
};

/** Words between the operands. A sentence begins with what is done: a small model then finds it at the same place. */
const connectives: Record<QuantityOperator, readonly string[]> = {
  '+': ['plus', 'increased by', 'together with', 'added to'],
  '-': ['minus', 'less', 'reduced by', 'without'],
  '*': ['times', 'multiplied by', 'scaled by'],
};
/** Words between the operation and the quantity that it is good for. */
const leads = [
  'is',
  'gives',
  'makes',
  'should be',
  'tells us',
  'is what we call',
  'leads us to',
  'must equal',
  ', to get',
  ': let us call it',
  ', then we have',
  'in order to find',
  'and write down',
  ': the result is',
];
const asides = [
  'this is easy',
  'keep going',
  'we are close',
  'mind the signs',
  'that should help',
  'as stated above',
  'modulo ten of course',
  'next one after this',
  'nothing else is needed here',
];
const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const quantities = [...'abcdefghijklmnopq'];
/** Stands between the thought and the formula of a step. */
const SEPARATOR = '|';
const symbols = [...'0123456789', '+', '-', '*', '=', '?', SEPARATOR, ';'];

/**
 * Says in a sentence which quantity to compute, and how: one of some hundreds of wordings, numbers in digits or words, now and
 * then with words that add nothing. `readThought` is its inverse.
 *
 * @example
 * sayThought({ name: 'b', left: 'a', operator: '+', right: '3' }, rng); // 'a plus three gives b'
 */
export function sayThought({ name, left, operator, right }: QuantityDefinition, rng: Random): string {
  const operand = (text: string) => (/\d/.test(text) && rng.bool() ? numerals[Number(text)] : text);
  const operation = `${operand(left)} ${rng.pick(connectives[operator])} ${operand(right)}`;
  const sentence = `${operation} ${rng.pick(leads)} ${name}`;
  return rng.bool(0.4) ? `${sentence} ; ${rng.pick(asides)}` : sentence;
}

/**
 * What a thought says to do; null when it is no sentence of the language. Whether it is a good idea is another question.
 *
 * @example
 * readThought('a plus three gives b'); // { name: 'b', left: 'a', operator: '+', right: '3' }
 */
export function readThought(thought: string): QuantityDefinition | null {
  const [sentence, aside, ...more] = thought.split(' ; ');
  if (more.length > 0 || (aside !== undefined && !asides.includes(aside))) return null;
  for (const { operator, form } of readers) {
    const said = form.exec(sentence)?.groups;
    if (said) return { name: said.name, left: digits(said.x), operator, right: digits(said.y) };
  }
  return null;
}

/** The words of thoughts, the symbols of formulas, `|` between the two, and names of quantities. */
export const planTokenizer = createTokenizer(vocabulary(), 'word');

/** A formula of `planMath` with spaces between its symbols, as `planTokenizer` reads them. @example spellMath('b=4+3=7'); // 'b = 4 + 3 = 7' */
export function spellMath(math: string): string {
  return [...math].join(' ');
}

/** What is wrong with a step, the thought first: of several faults the first in this order. */
export type StepFault =
  /** The thought is no sentence, or names a quantity that is given, already known, or not there. */
  | 'quantity'
  /** The thought has another operation or other operands than the problem. */
  | 'operation'
  | 'operands'
  /** The thought uses a quantity that has no value yet. */
  | 'too early'
  /** The formula does not do what the thought says. */
  | 'misread'
  /** The formula has the right operands and the wrong result. */
  | 'arithmetic';

/** What the exact checker says of a step in two fields; null for a step without a fault of its own. */
export function stepFaults({ data }: Problem<PlanMathData>, steps: readonly TwoFieldStep[]): (StepFault | null)[] {
  const values = new Map([[data.given.name, data.given.value]]);
  const valueFor = (operand: string) => (/\d/.test(operand) ? Number(operand) : values.get(operand));
  return steps.map(({ thought, math }) => {
    const said = readThought(thought);
    const fault = faultOfThought(data, said, valueFor) ?? faultOfMath(said, math, valueFor);
    const written = formula.exec(math)?.groups;
    if (written) values.set(written.name, Number(written.z));
    return fault;
  });
}

type Values = (operand: string) => number | undefined;

const formula = /^(?<name>[a-q])=(?<x>\d)(?<operator>[-+*])(?<y>\d)=(?<z>\d)$/;

function faultOfThought(data: PlanMathData, said: QuantityDefinition | null, valueFor: Values): StepFault | null {
  const definition = data.definitions.find(({ name }) => name === said?.name);
  if (said === null || definition === undefined || valueFor(said.name) !== undefined) return 'quantity';
  if (said.operator !== definition.operator) return 'operation';
  if (said.left !== definition.left || said.right !== definition.right) return 'operands';
  return valueFor(said.left) === undefined || valueFor(said.right) === undefined ? 'too early' : null;
}

function faultOfMath(said: QuantityDefinition | null, math: string, valueFor: Values): StepFault | null {
  const written = formula.exec(math)?.groups;
  if (said === null || !written || written.name !== said.name || written.operator !== said.operator) return 'misread';
  const [x, y] = [Number(written.x), Number(written.y)];
  if (x !== valueFor(said.left) || y !== valueFor(said.right)) return 'misread';
  const result = { '+': x + y, '-': x - y + 10, '*': x * y }[said.operator] % 10;
  return result === Number(written.z) ? null : 'arithmetic';
}

function vocabulary(): string[] {
  const words = [...Object.values(connectives).flat(), ...leads, ...asides].flatMap((text) => text.split(' '));
  return [...new Set([...symbols, ...quantities, ...numerals, ...words])];
}

const readers = Object.entries(connectives).map(([operator, words]) => {
  const operand = `[a-q]|\\d|${numerals.join('|')}`;
  const operation = `(?<x>${operand}) (?:${words.join('|')}) (?<y>${operand})`;
  const form = new RegExp(`^${operation} (?:${leads.join('|')}) (?<name>[a-q])$`);
  return { operator: operator as QuantityOperator, form };
});

function digits(operand: string): string {
  const numeral = numerals.indexOf(operand);
  return numeral < 0 ? operand : String(numeral);
}
