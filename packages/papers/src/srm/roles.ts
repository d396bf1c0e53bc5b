import {
  type PlanMathData,
  type Problem,
  planMath,
  type QuantityDefinition,
  type QuantityOperator,
  sayThought,
  type TwoFieldStep,
} from '@laurel/core/env';
import type { Random } from '@laurel/core/stats';

/** A problem and what was thought and written so far. */
export interface ReasoningState {
  readonly problem: Problem<PlanMathData>;
  readonly steps: readonly TwoFieldStep[];
}

/** What the agent proposes: the sentence, and what it means, which nobody but the world gets to see. */
export interface Proposal {
  readonly thought: string;
  readonly meaning: QuantityDefinition;
}

/** How often the two roles are wrong. */
export interface Roles {
  /** Chance that a thought is wrong. */
  readonly thoughtError: number;
  /** Chance that a right or wrong thought is carried out wrongly. */
  readonly mathError: number;
}

/** Chance that the agent goes for a quantity that is needed, where there is one. */
const FOCUS = 0.8;
const operators: readonly QuantityOperator[] = ['+', '-', '*'];

/**
 * The agent: names a quantity that can be computed, and how. Of its errors a third each is another operation, another
 * operand, and a quantity whose turn has not come, made of one not yet known.
 */
export function propose({ problem, steps }: ReasoningState, { thoughtError }: Roles, random: Random): Proposal {
  const values = valuesIn(problem, steps);
  const open = problem.data.definitions.filter(({ name }) => !values.has(name));
  const isReady = ({ left, right }: QuantityDefinition) => [left, right].every((each) => isKnown(each, values));
  const ready = open.filter(isReady);
  const early = open.filter((each) => !isReady(each));
  // What is open is never empty before the answer, and its first is always ready: each stands after what it is made of.
  const wanted = ready.filter(({ name }) => neededIn(problem).has(name));
  const next = random.pick(wanted.length > 0 && random.bool(FOCUS) ? wanted : ready);
  const meaning = random.bool(thoughtError) ? misconceive(next, early, values, random) : next;
  return { thought: sayThought(meaning, random), meaning };
}

function misconceive(
  right: QuantityDefinition,
  early: readonly QuantityDefinition[],
  values: ReadonlyMap<string, number>,
  random: Random,
): QuantityDefinition {
  const kind = random.int(3);
  if (kind === 0 && early.length > 0) return random.pick(early);
  if (kind < 2) return { ...right, operator: random.pick(operators.filter((each) => each !== right.operator)) };
  const side = random.bool() ? 'left' : 'right';
  const others = [...values.keys(), ...'123456789'].filter((each) => each !== right[side] && each !== right.name);
  const isName = !/\d/.test(right[side]);
  // A quantity is mistaken for a quantity where there is another, a number for a number.
  const alike = others.filter((each) => !/\d/.test(each) === isName);
  return { ...right, [side]: random.pick(alike.length > 0 ? alike : others) };
}

/**
 * The world: carries a thought out. Half of its errors are misread values, half wrong results. A value that nobody has
 * computed is made up.
 */
function execute(
  { problem, steps }: ReasoningState,
  { meaning }: Proposal,
  { mathError }: Roles,
  random: Random,
): string {
  const values = valuesIn(problem, steps);
  const { name, left, operator, right } = meaning;
  const operands = [left, right].map((each) => (/\d/.test(each) ? Number(each) : (values.get(each) ?? random.int(10))));
  const isWrong = random.bool(mathError);
  const misread = isWrong && random.bool();
  if (misread) operands[random.int(2)] = random.int(10);
  const [x, y] = operands;
  const result = { '+': x + y, '-': x - y + 10, '*': x * y }[operator] % 10;
  const z = isWrong && !misread ? (result + 1 + random.int(9)) % 10 : result;
  return `${name}=${x}${operator}${y}=${z}`;
}

/** One step of both roles. */
export function take(state: ReasoningState, roles: Roles, random: Random): ReasoningState {
  return follow(state, propose(state, roles, random), roles, random);
}

/** The state after the world has carried out a proposal. */
export function follow(state: ReasoningState, proposal: Proposal, roles: Roles, random: Random): ReasoningState {
  const math = execute(state, proposal, roles, random);
  return { problem: state.problem, steps: [...state.steps, { thought: proposal.thought, math }] };
}

/** 1 or 0 once the asked quantity is computed, null before. */
export function outcome({ problem, steps }: ReasoningState): number | null {
  const last = steps.at(-1)?.math;
  if (last === undefined || last[0] !== problem.data.asked) return null;
  return Number(last.endsWith(`=${problem.answer}`));
}

function valuesIn({ data }: Problem<PlanMathData>, steps: readonly Pick<TwoFieldStep, 'math'>[]): Map<string, number> {
  return new Map([
    [data.given.name, data.given.value],
    ...steps.map(({ math }): [string, number] => [math[0], Number(math[math.length - 1])]),
  ]);
}

function isKnown(operand: string, values: ReadonlyMap<string, number>): boolean {
  return /\d/.test(operand) || values.has(operand);
}

const family = planMath();
const neededOf = new WeakMap<Problem<PlanMathData>, ReadonlySet<string>>();

/** Names of the quantities on the way to the one asked for. */
function neededIn(problem: Problem<PlanMathData>): ReadonlySet<string> {
  const known = neededOf.get(problem) ?? new Set(family.solve(problem).map(([name]) => name));
  neededOf.set(problem, known);
  return known;
}
