export type ChainOperator = '+' | '-' | '*';

/** The chain `start o_1 a_1 o_2 a_2 …`, evaluated strictly from left to right. */
export type ChainData = {
  readonly start: number;
  readonly operators: readonly ChainOperator[];
  readonly operands: readonly number[];
};

/** A chain, and what its solutions may contain. */
export interface ChainOptions {
  name?: string;
  /** All results are taken modulo this; 10 unless told. Results are written with as many digits as the greatest has. */
  modulus?: number;
  /** Least and greatest operand; the digits 0 to 9 unless told. */
  operands?: readonly [number, number];
  /** The reported answer is the last result modulo this; `modulus` unless told. Below it, wrong chains may answer rightly. */
  answerModulus?: number;
  /** Chance of a line `P*2` that names the next operation, before its computation. With 0 there are no such lines. */
  plan?: number;
  /** Chance of a line `R7` that repeats the current value, before a computation. With 0 there are no such lines. */
  restate?: number;
  /** Lines `!7*2=4` that do the latest computation again are part of the language. */
  corrections?: boolean;
  /** Words that make a line of their own and claim nothing, such as `chk`: neutral to the checker. */
  markers?: readonly string[];
}

/** What a line says, by its form; null is no line of the language. */
export type ChainLine =
  | { kind: 'computation'; text: string; result: number }
  /** Does the latest computation again. */
  | { kind: 'correction'; text: string; result: number }
  | { kind: 'plan'; operation: string }
  | { kind: 'restatement'; value: string }
  | { kind: 'answer'; answer: string }
  | { kind: 'marker' }
  | null;

/** How chains are computed, written and read. */
export interface ChainNotation {
  readonly options: Readonly<Required<ChainOptions>>;
  /** The vocabulary. */
  readonly tokens: readonly string[];
  /** Digits of a result, an operand and an answer. */
  readonly digits: { readonly result: number; readonly operand: number; readonly answer: number };
  compute(x: number, operator: ChainOperator, y: number): number;
  /** The start and all results. */
  values(data: ChainData): number[];
  /** A result as text, zeros in front: `02`. */
  result(value: number): string;
  /** The answer that a last result gives, as text. */
  answer(value: number): string;
  /** `x o y=z`. */
  computation(x: number, operator: ChainOperator, y: number, z: number): string;
  read(line: string): ChainLine;
}

/**
 * @throws RangeError for a modulus or answer modulus below 2, operands that are no range of whole numbers, or chances
 *   outside [0, 1]
 */
export function chainNotation(given: ChainOptions): ChainNotation {
  const { modulus = 10 } = given;
  const options: Required<ChainOptions> = {
    name: 'chain-mod',
    modulus,
    operands: [0, 9],
    answerModulus: modulus,
    plan: 0,
    restate: 0,
    corrections: false,
    markers: [],
    ...given,
  };
  assertOptions(options);
  const { answerModulus, plan, restate, corrections, markers } = options;
  const digits = {
    result: String(modulus - 1).length,
    operand: String(options.operands[1]).length,
    answer: String(answerModulus - 1).length,
  };
  const computationLine = new RegExp(
    `^(!?)(\\d{${digits.result}}[-+*]\\d{1,${digits.operand}}=(\\d{${digits.result}}))$`,
  );
  const planLine = new RegExp(`^P([-+*]\\d{1,${digits.operand}})$`);
  const restateLine = new RegExp(`^R(\\d{${digits.result}})$`);
  const answerLine = new RegExp(`^A(\\d{${digits.answer}})$`);

  const notation: ChainNotation = {
    options,
    digits,
    tokens: [
      ...'0123456789+-*=?A',
      ...(plan > 0 ? 'P' : ''),
      ...(restate > 0 ? 'R' : ''),
      ...(corrections ? '!' : ''),
      ...markers,
    ],
    compute: (x, operator, y) => {
      const value = operator === '+' ? x + y : operator === '-' ? x - y : x * y;
      return ((value % modulus) + modulus) % modulus;
    },
    values: ({ start, operators, operands }) => {
      const values = [start];
      for (let t = 0; t < operators.length; t++) values.push(notation.compute(values[t], operators[t], operands[t]));
      return values;
    },
    result: (value) => String(value).padStart(digits.result, '0'),
    answer: (value) => String(value % answerModulus).padStart(digits.answer, '0'),
    computation: (x, operator, y, z) => `${notation.result(x)}${operator}${y}=${notation.result(z)}`,
    read: (line) => {
      if (line === '' || markers.includes(line)) return { kind: 'marker' };
      const computed = computationLine.exec(line);
      if (computed) {
        const [, again, text, z] = computed;
        if (again === '') return { kind: 'computation', text, result: Number(z) };
        return corrections ? { kind: 'correction', text, result: Number(z) } : null;
      }
      const answer = answerLine.exec(line)?.[1];
      if (answer !== undefined) return { kind: 'answer', answer };
      const operation = plan > 0 ? planLine.exec(line)?.[1] : undefined;
      if (operation !== undefined) return { kind: 'plan', operation };
      const value = restate > 0 ? restateLine.exec(line)?.[1] : undefined;
      return value === undefined ? null : { kind: 'restatement', value };
    },
  };
  return notation;
}

/** Throws RangeError for a chance outside [0, 1]. */
export function assertChance(name: string, chance: number): void {
  if (!(chance >= 0 && chance <= 1)) throw new RangeError(`${name} must lie in [0, 1], got ${chance}`);
}

function assertOptions({
  modulus,
  answerModulus,
  operands: [least, most],
  plan,
  restate,
}: Required<ChainOptions>): void {
  for (const [name, value] of Object.entries({ modulus, answerModulus })) {
    // 10,000 keeps products of results and operands of that size far within exact whole numbers.
    if (!Number.isInteger(value) || value < 2 || value > 10_000) {
      throw new RangeError(`${name} must be a whole number from 2 to 10000, got ${value}`);
    }
  }
  if (!Number.isInteger(least) || !Number.isInteger(most) || least < 0 || most < least || most > 10_000) {
    throw new RangeError(`operands must be a range of whole numbers within 0 to 10000, got [${least}, ${most}]`);
  }
  assertChance('plan', plan);
  assertChance('restate', restate);
}
