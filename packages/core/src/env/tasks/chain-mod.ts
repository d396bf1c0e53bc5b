import type { Random } from '../../stats/index.ts';
import {
  assertChance,
  type ChainData,
  type ChainNotation,
  type ChainOperator,
  type ChainOptions,
  chainNotation,
} from './chain-notation.ts';
import { assertDifficulty, judgeLastLine, type LineVerdict, type Problem, type TaskFamily } from './family.ts';
import { splitLines } from './lines.ts';
import { createTokenizer } from './tokenizer.ts';

const operators: readonly ChainOperator[] = ['+', '-', '*'];

/** A family of chains; besides gold solutions it writes such with slips in them. */
export interface ChainFamily extends TaskFamily<ChainData> {
  /**
   * A solution with deliberate slips: each computation gets a wrong result with chance `slip`, and after a slip a
   * correction follows with chance `fix` (else the error goes on). For corpora from which a policy learns both.
   *
   * @throws RangeError for chances outside [0, 1], or a positive `fix` in a family without corrections
   * @example
   * chainModFix().solveWithSlips(problem, { slip: 0.15, fix: 0.6 }, rng);
   */
  solveWithSlips(problem: Problem<ChainData>, chances: { slip: number; fix: number }, rng: Random): string[];
}

/**
 * Left-to-right arithmetic modulo a number. The prompt `3+4*2-5=?` is followed by a line `x o y=z` an operation and the
 * answer line `A z`, without spaces: `3+4=7`, `7*2=4`, `4-5=9`, `A9`. Difficulty is the number of operations. A
 * computation is right iff `x` is the previous result (the start, at first), `o y` the next operation, and
 * `z = x o y mod m`.
 *
 * @throws RangeError for a modulus or answer modulus below 2, operands that are no range of whole numbers, or chances outside [0, 1]
 * @example
 * const family = chainMod();
 * const problem = family.sample(new Random(0, 'problems'), 4); // 11 tokens; its solution has 27
 * family.checkLines(problem, family.solve(problem)).every(({ verdict }) => verdict === 'right'); // true
 */
export function chainMod(options: ChainOptions = {}): ChainFamily {
  const notation = chainNotation(options);
  const { name, modulus, operands, plan, restate, corrections } = notation.options;
  const { digits } = notation;
  const family: ChainFamily = {
    name,
    difficulties: { least: 1, most: 64 },
    tokenizer: createTokenizer(notation.tokens),
    maxPromptTokens: (difficulty) => digits.result + difficulty * (1 + digits.operand) + 2,
    maxSolutionTokens: (difficulty) => {
      const computation = 2 * digits.result + digits.operand + 3;
      const planned = plan > 0 ? digits.operand + 3 : 0;
      const restated = restate > 0 ? digits.result + 2 : 0;
      return difficulty * (computation + planned + restated) + 1 + digits.answer + 1;
    },
    sample: (rng, difficulty) => {
      assertDifficulty(difficulty, family.difficulties);
      const [least, most] = operands;
      const data: ChainData = {
        start: rng.int(modulus),
        operators: Array.from({ length: difficulty }, () => rng.pick(operators)),
        operands: Array.from({ length: difficulty }, () => least + rng.int(most - least + 1)),
      };
      const chain = notation.result(data.start) + data.operators.map((o, t) => `${o}${data.operands[t]}`).join('');
      const answer = notation.answer(notation.values(data)[difficulty]);
      return { family: name, id: `${chain} modulo ${modulus}`, difficulty, prompt: `${chain}=?`, answer, data };
    },
    solve: ({ data }, rng) => write(notation, data, rng, { slip: 0, fix: 0 }),
    solveWithSlips: ({ data }, chances, rng) => {
      assertChance('slip', chances.slip);
      assertChance('fix', chances.fix);
      if (chances.fix > 0 && !corrections) throw new RangeError('fix must be 0 in a family without corrections');
      return write(notation, data, rng, chances);
    },
    checkAnswer: ({ answer }, response) => {
      const read = (text: string) => {
        const line = notation.read(text);
        return line?.kind === 'answer' ? line.answer : null;
      };
      return judgeLastLine(splitLines(response), read, answer);
    },
    checkLines: ({ data, answer }, lines) => judgeLines(notation, data, answer, lines),
  };
  return family;
}

/** Chains with plan lines, one before every other computation on average. @example chainModPlan().solve(problem, rng) */
export function chainModPlan(options: ChainOptions = {}): ChainFamily {
  return chainMod({ name: 'chain-mod-plan', plan: 0.5, ...options });
}

/** Chains with correction lines. @example chainModFix().solveWithSlips(problem, { slip: 0.15, fix: 0.6 }, rng) */
export function chainModFix(options: ChainOptions = {}): ChainFamily {
  return chainMod({ name: 'chain-mod-fix', corrections: true, ...options });
}

/** Chains modulo 100 with operands from 2 to 9: longer lines, harder to guess. @example arithChain({ answerModulus: 5 }) */
export function arithChain(options: ChainOptions = {}): ChainFamily {
  return chainMod({ name: 'arith-chain', modulus: 100, operands: [2, 9], ...options });
}

/** Writes a solution. Without `rng` it has neither optional lines nor slips. */
function write(
  { options: { modulus, plan, restate }, ...notation }: ChainNotation,
  { start, operators, operands }: ChainData,
  rng: Random | undefined,
  { slip, fix }: { slip: number; fix: number },
): string[] {
  const lines: string[] = [];
  let value = start;
  for (let t = 0; t < operators.length; t++) {
    const [operator, operand] = [operators[t], operands[t]];
    if (restate > 0 && rng?.bool(restate)) lines.push(`R${notation.result(value)}`);
    if (plan > 0 && rng?.bool(plan)) lines.push(`P${operator}${operand}`);
    const right = notation.compute(value, operator, operand);
    // A slip gives one of the other results, each as likely.
    const stated = slip > 0 && rng?.bool(slip) ? (right + 1 + rng.int(modulus - 1)) % modulus : right;
    lines.push(notation.computation(value, operator, operand, stated));
    const fixed = stated !== right && rng?.bool(fix);
    if (fixed) lines.push(`!${notation.computation(value, operator, operand, right)}`);
    value = fixed ? right : stated;
  }
  lines.push(`A${notation.answer(value)}`);
  return lines;
}

function judgeLines(notation: ChainNotation, data: ChainData, answer: string, lines: readonly string[]): LineVerdict[] {
  const { operators, operands } = data;
  const truth = notation.values(data);
  let done = 0; // computations so far
  let value = data.start; // the current result, as stated
  let before = data.start; // what the latest computation had to begin with
  let answered: string | null = null;

  const judge = (problem: string | null, praise = ''): LineVerdict => ({
    verdict: problem === null ? 'right' : 'wrong',
    reason: problem ?? praise,
    onTrack: answered === null ? value === truth[done] : answered === answer,
  });
  /** The computation that is due at step t, when it begins with `before`. */
  const due = (t: number) =>
    notation.computation(before, operators[t], operands[t], notation.compute(before, operators[t], operands[t]));

  return lines.map((text): LineVerdict => {
    if (answered !== null) return { verdict: 'wrong', reason: 'comes after the answer', onTrack: false };
    const line = notation.read(text);
    const left = operators.length - done;
    if (line === null) return judge('is not a line of the language');
    switch (line.kind) {
      case 'marker':
        return { ...judge(null, 'claims nothing'), verdict: 'neutral' };
      case 'computation': {
        const begun = value;
        value = line.result;
        if (left === 0) return judge('no operation is left');
        before = begun;
        const right = due(done++);
        return judge(line.text === right ? null : `should be ${right}`, 'follows');
      }
      case 'correction': {
        value = line.result;
        if (done === 0) return judge('there is nothing to correct');
        const right = due(done - 1);
        return judge(line.text === right ? null : `should be !${right}`, 'does the latest computation again');
      }
      case 'plan': {
        if (left === 0) return judge('no operation is left');
        const next = `${operators[done]}${operands[done]}`;
        return judge(line.operation === next ? null : `the next operation is ${next}`, 'names the next operation');
      }
      case 'restatement': {
        const current = notation.result(value);
        return judge(line.value === current ? null : `the current value is ${current}`, 'repeats the current value');
      }
    }
    answered = line.answer;
    if (left > 0) return judge(`${left} of the operations are still to do`);
    const last = notation.answer(value);
    return judge(line.answer === last ? null : `the last result gives ${last}`, 'reports the last result');
  });
}
