import type { Random } from '../../stats/index.ts';
import type { Problem } from './family.ts';
import type { PlanMathData, QuantityDefinition, QuantityOperator } from './plan-math.ts';
import { createTokenizer } from './tokenizer.ts';

/** A step of reasoning in two fields: a sentence that says what to do, and the formula that does it. */
export interface TwoFieldStep {
  readonly thought: string;
  readonly math: string;
}

/** Ways to speak of an operation: as a noun, which has a name in a sentence, and as an order. */
const phrases: Record<QuantityOperator, { noun: readonly string[]; order: readonly string[] }> = {
  '+': {
    noun: ['X plus Y', 'the sum of X and Y', 'X increased by Y', 'the total of X and Y'],
    order: ['add X and Y', 'sum X and Y', 'put X and Y together'],
  },
  '-': {
    noun: ['X minus Y', 'the difference of X and Y', 'X less Y', 'X reduced by Y'],
    order: ['subtract Y from X', 'take Y away from X', 'reduce X by Y'],
  },
  '*': {
    noun: ['X times Y', 'the product of X and Y', 'X multiplied by Y'],
    order: ['multiply X by Y', 'multiply X and Y', 'form the product of X and Y'],
  },
};
/** Sentences begin with what is done: a small model then finds it at much the same place. */
const frames: { noun: readonly string[]; order: readonly string[] } = {
  noun: [
    'NOUN is N',
    'NOUN gives N',
    'NOUN makes N',
    'NOUN should be N',
    'NOUN tells us N',
    'NOUN is what we call N',
    'NOUN leads us to N',
    'NOUN must equal N',
  ],
  order: [
    'ORDER to get N',
    'ORDER for N',
    'ORDER and call it N',
    'ORDER , then we have N',
    'ORDER in order to find N',
    'ORDER and write down N',
    'ORDER : the result is N',
    'ORDER , which is N',
  ],
};
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
 * Says in a sentence which quantity to compute, and how: one of some hundred wordings, numbers in digits or words, now and
 * then with words that add nothing. `readThought` is its inverse.
 *
 * @example
 * sayThought({ name: 'b', left: 'a', operator: '+', right: '3' }, rng); // 'add a and three to get b'
 */
export function sayThought({ name, left, operator, right }: QuantityDefinition, rng: Random): string {
  const kind = rng.bool() ? 'noun' : 'order';
  const operand = (text: string) => (/\d/.test(text) && rng.bool() ? numerals[Number(text)] : text);
  const phrase = fill(rng.pick(phrases[operator][kind]), { X: operand(left), Y: operand(right) });
  const sentence = fill(rng.pick(frames[kind]), { N: name, NOUN: phrase, ORDER: phrase });
  return rng.bool(0.4) ? `${sentence} ; ${rng.pick(asides)}` : sentence;
}

/**
 * What a thought says to do; null when it is no sentence of the language. Whether it is a good idea is another question.
 *
 * @example
 * readThought('add a and three to get b'); // { name: 'b', left: 'a', operator: '+', right: '3' }
 */
export function readThought(thought: string): QuantityDefinition | null {
  const [sentence, aside, ...more] = thought.split(' ; ');
  if (more.length > 0 || (aside !== undefined && !asides.includes(aside))) return null;
  for (const frame of readers.frames) {
    const found = frame.form.exec(sentence)?.groups;
    if (!found) continue;
    for (const { operator, form } of readers[frame.kind]) {
      const operands = form.exec(found.phrase)?.groups;
      if (operands) return { name: found.name, left: digits(operands.x), operator, right: digits(operands.y) };
    }
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
  const spoken = [...Object.values(phrases), frames].flatMap(({ noun, order }) => [...noun, ...order]);
  const words = [...spoken, ...asides].flatMap((text) => text.split(' '));
  const slots = new Set(['N', 'X', 'Y', 'NOUN', 'ORDER']);
  return [...new Set([...symbols, ...quantities, ...numerals, ...words.filter((word) => !slots.has(word))])];
}

function fill(template: string, slots: Readonly<Record<string, string>>): string {
  return template
    .split(' ')
    .map((word) => slots[word] ?? word)
    .join(' ');
}

const readers = {
  frames: (['noun', 'order'] as const).flatMap((kind) =>
    frames[kind].map((frame) => ({
      kind,
      form: whole(fill(frame, { N: '(?<name>[a-q])', NOUN: '(?<phrase>.+)', ORDER: '(?<phrase>.+)' })),
    })),
  ),
  noun: phraseReaders('noun'),
  order: phraseReaders('order'),
};

function phraseReaders(kind: 'noun' | 'order'): { operator: QuantityOperator; form: RegExp }[] {
  const operand = `[a-q]|\\d|${numerals.join('|')}`;
  return Object.entries(phrases).flatMap(([operator, ways]) =>
    ways[kind].map((phrase) => ({
      operator: operator as QuantityOperator,
      form: whole(fill(phrase, { X: `(?<x>${operand})`, Y: `(?<y>${operand})` })),
    })),
  );
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function digits(operand: string): string {
  const numeral = numerals.indexOf(operand);
  return numeral < 0 ? operand : String(numeral);
}
