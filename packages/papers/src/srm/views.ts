import { planTokenizer, spellMath, type TwoFieldStep } from '@laurel/core/env';
import { Random } from '@laurel/core/stats';
import type { ReasoningState } from './roles.ts';

/** What a scorer may see of a state, or of a thought that is not yet carried out (`nextThought`). */
export type View =
  | 'full'
  | 'mathOnly'
  | 'lastMathOnly'
  | 'nextThought'
  | 'thoughtOnly'
  | 'shuffledMath'
  | 'problemAndLastMath';

/** The four of the paper. */
export const paperViews: readonly View[] = ['full', 'mathOnly', 'lastMathOnly', 'nextThought'];
/** What they leave open. */
export const controlViews: readonly View[] = ['thoughtOnly', 'shuffledMath', 'problemAndLastMath'];
export const viewNames: Record<View, string> = {
  full: 'everything',
  mathOnly: 'all formulas',
  lastMathOnly: 'newest formula',
  nextThought: 'next thought',
  thoughtOnly: 'thoughts only',
  shuffledMath: 'formulas shuffled',
  problemAndLastMath: 'problem and newest formula',
};

/**
 * A state as a scorer reads it, newest step first: what matters most is then always at the same places. The problem is
 * shown by quoting before each step the statement of the quantity that it is about; the same in every view that has it.
 */
export function viewTokens(view: View, { problem, steps }: ReasoningState): Int32Array {
  const newest = [...steps].reverse();
  const { given } = problem.data;
  const math = ({ math }: TwoFieldStep) => ` ${spellMath(math.slice(2).replace('=', ''))}`;
  const thought = ({ thought }: TwoFieldStep) => ` ${thought}`;
  const told = (of: (step: TwoFieldStep) => string) => (step: TwoFieldStep) => statementOf(problem, step) + of(step);
  const start = `${given.name} ${given.value}`;
  switch (view) {
    case 'full':
      return encode([...newest.map(told(math)), start, ...newest.slice(0, 1).map(thought)]);
    case 'mathOnly':
      return encode([...newest.map(told(math)), start]);
    case 'lastMathOnly':
      return encode(newest.slice(0, 1).map(math));
    case 'problemAndLastMath':
      return encode([...newest.slice(0, 1).map(told(math)), start]);
    case 'shuffledMath':
      return encode([...new Random(JSON.stringify(steps), 'shuffled').shuffle(newest).map(told(math)), start]);
    case 'nextThought':
      // What the thought led to is not there yet; the thought takes its place.
      return encode([...newest.slice(0, 1).map(told(thought)), ...newest.slice(1).map(told(math)), start]);
    case 'thoughtOnly':
      return encode([...newest.map(told(thought)), start]);
  }
}

/** Most tokens of any view of so many steps. */
export function contextOf(steps: number): number {
  return steps * (9 + LONGEST_THOUGHT + 1) + 4;
}

const LONGEST_THOUGHT = 22;

function statementOf({ data }: ReasoningState['problem'], { math: [name] }: TwoFieldStep): string {
  const definition = data.definitions.find((each) => each.name === name);
  return definition ? spellMath(`${name}${definition.left}${definition.operator}${definition.right}`) : name;
}

function encode(lines: readonly string[]): Int32Array {
  return Int32Array.from([...planTokenizer.encode(lines.map((each) => `${each} |`).join(' ')), planTokenizer.eos]);
}
