import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../stats/index.ts';
import { arithChain, chainMod, chainModFix, chainModPlan } from './chain-mod.ts';
import type { ChainData } from './chain-notation.ts';
import { firstError, type Problem, type TaskFamily } from './family.ts';
import { encodeResponse } from './tokenizer.ts';

const data: ChainData = { start: 3, operators: ['+', '*', '-'], operands: [4, 2, 5] };
const problem: Problem<ChainData> = {
  family: 'chain-mod',
  id: '3+4*2-5 modulo 10',
  difficulty: 3,
  prompt: '3+4*2-5=?',
  answer: '9',
  data,
};

/** One letter a line: right, wrong, neutral; in capitals where the state is still on track. */
function marks(family: TaskFamily<ChainData>, lines: string[], of = problem): string {
  const verdicts = family.checkLines(of, lines);
  return verdicts.map(({ verdict: [letter], onTrack }) => (onTrack ? letter.toUpperCase() : letter)).join('');
}

describe('chainMod', () => {
  const family = chainMod();

  it('has 11 tokens of prompt and 27 of response with four operators, as the PRIME experiment says', () => {
    const four = family.sample(new Random(0), 4);
    expect(family.tokenizer.encode(four.prompt)).toHaveLength(11);
    expect(encodeResponse(family.tokenizer, family.solve(four))).toHaveLength(27);
    expect(family.maxPromptTokens(4)).toBe(11);
    expect(family.maxSolutionTokens(4)).toBe(27);
    expect(family.tokenizer.size).toBe(20);
  });

  it('evaluates from left to right, modulo 10', () => {
    expect(family.solve(problem)).toEqual(['3+4=7', '7*2=4', '4-5=9', 'A9']);
    const digits = fc.array(fc.tuple(fc.constantFrom('+', '-', '*'), fc.nat(9)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(9), digits, (start, steps) => {
        // Once at the end, in big integers, is the same as after every step.
        const value = steps.reduce(
          (x, [o, y]) => (o === '+' ? x + BigInt(y) : o === '-' ? x - BigInt(y) : x * BigInt(y)),
          BigInt(start),
        );
        const operators = steps.map(([o]) => (o === '+' || o === '-' ? o : '*'));
        const chain: ChainData = { start, operators, operands: steps.map(([, y]) => y) };
        const lines = family.solve({ ...problem, data: chain });
        expect(lines.at(-1)).toBe(`A${((value % 10n) + 10n) % 10n}`);
      }),
    );
  });

  it('judges a line by the one before, and the state by the truth', () => {
    // A slip: what follows from it is right, but off the track.
    expect(marks(family, ['3+4=8', '8*2=6', '6-5=1', 'A1'])).toBe('wrrr');
    // Two slips that cancel.
    expect(marks(family, ['3+4=2', '2*2=4', '4-5=9', 'A9'])).toBe('wRRR');
    // Another operand, another operator, another beginning.
    expect(marks(family, ['3+5=8'])).toBe('w');
    expect(marks(family, ['3*4=2'])).toBe('w');
    expect(marks(family, ['3+4=7', '4*2=8'])).toBe('Rw');
    // Left out, added, cut short, said twice.
    expect(marks(family, ['3+4=7', 'A7'])).toBe('Rw');
    expect(marks(family, ['3+4=7', '7*2=4', '4-5=9', '9+0=9', 'A9'])).toBe('RRRWR');
    expect(marks(family, ['3+4=', '3+4=7'])).toBe('WR');
    expect(marks(family, ['3+4=7', '7*2=4', '4-5=9', 'A8', 'A9'])).toBe('RRRww');
    expect(marks(family, ['', '3+4=7'])).toBe('NR');
    // Lines of other dialects are none here.
    expect(marks(family, ['P+4', 'R3', '!3+4=7', 'chk'])).toBe('WWWW');
    expect(family.checkLines(problem, ['3+4=8'])[0].reason).toBe('should be 3+4=7');
  });

  it('lets the verifier see nothing but the answer', () => {
    expect(family.checkAnswer(problem, 'A9').correct).toBe(true);
    expect(family.checkAnswer(problem, '3+4=1\nrubbish\nA9').correct).toBe(true);
    expect(family.checkAnswer(problem, '3+4=7\n7*2=4\n4-5=9\nA8')).toMatchObject({ correct: false, answer: '8' });
    expect(family.checkAnswer(problem, 'A9\nA9').correct).toBe(false);
    expect(family.checkAnswer(problem, 'A9 A9')).toMatchObject({ correct: false, answer: null });
    expect(family.checkAnswer(problem, 'A9\n3')).toMatchObject({ correct: false, answer: null });
  });

  it('gets harder with length: a solver that slips now and then answers rightly less often', () => {
    const rng = new Random(0, 'slips');
    const accuracy = [1, 3, 6, 12].map((difficulty) => {
      let correct = 0;
      for (let i = 0; i < 600; i++) {
        const chain = family.sample(rng, difficulty);
        const lines = family.solveWithSlips(chain, { slip: 0.15, fix: 0 }, rng);
        if (family.checkAnswer(chain, lines.join('\n')).correct) correct++;
      }
      return correct / 600;
    });
    // Four standard errors around the closed form for one step; then downwards.
    expect(Math.abs(accuracy[0] - 0.85)).toBeLessThan(0.06);
    for (let i = 1; i < accuracy.length; i++) expect(accuracy[i]).toBeLessThan(accuracy[i - 1]);
  });

  it('names what does not fit', () => {
    expect(() => chainMod({ modulus: 1 })).toThrow('modulus must be a whole number from 2 to 10000, got 1');
    expect(() => chainMod({ answerModulus: 0.5 })).toThrow('answerModulus must be');
    expect(() => chainMod({ operands: [5, 2] })).toThrow('operands must be a range of whole numbers');
    expect(() => chainMod({ plan: 2 })).toThrow('plan must lie in [0, 1], got 2');
    expect(() => chainMod({ restate: Number.NaN })).toThrow('restate must lie in [0, 1], got NaN');
    const rng = new Random(0);
    expect(() => family.solveWithSlips(problem, { slip: 2, fix: 0 }, rng)).toThrow('slip must lie in [0, 1]');
    expect(() => family.solveWithSlips(problem, { slip: 0, fix: 0.5 }, rng)).toThrow('fix must be 0');
    expect(() => chainMod({ markers: ['3'] })).toThrow('tokens must differ');
  });
});

describe('chainModPlan', () => {
  const family = chainModPlan({ restate: 0.1, markers: ['chk'] });

  it('judges plans and restatements', () => {
    expect(marks(family, ['P+4', '3+4=7', 'R7', 'P*2', '7*2=4', '4-5=9', 'A9'])).toBe('RRRRRRR');
    expect(marks(family, ['P*2', 'P+4', 'P+4', 'R7', 'R3'])).toBe('WRRWR');
    expect(marks(family, ['3+4=8', 'R8', 'R7'])).toBe('wrw');
    expect(marks(family, ['3+4=7', '7*2=4', '4-5=9', 'P-5', 'A9'])).toBe('RRRWR');
    expect(marks(family, ['chk', '3+4=8', 'chk', 'A9', 'chk'])).toBe('NwnWw');
  });

  it('plans before half the computations, never twice in a row, within 60 tokens', () => {
    const four = chainModPlan();
    const rng = new Random(0, 'plans');
    let plans = 0;
    for (let i = 0; i < 500; i++) {
      const lines = four.solve(four.sample(rng, 4), rng);
      plans += lines.filter((line) => line.startsWith('P')).length;
      expect(lines.join().includes('P') && /P[^,]*,P/.test(lines.join())).toBe(false);
    }
    expect(Math.abs(plans / 2000 - 0.5)).toBeLessThan(0.045);
    expect(four.maxSolutionTokens(4)).toBe(43);
    expect(chainModPlan({ plan: 0.3, restate: 0.1 }).maxSolutionTokens(4)).toBeLessThanOrEqual(72);
    expect(four.solve(problem)).toEqual(chainMod().solve(problem));
  });
});

describe('chainModFix', () => {
  const family = chainModFix();

  it('brings a corrected chain back on track', () => {
    expect(marks(family, ['3+4=8', '!3+4=7', '7*2=4', '4-5=9', 'A9'])).toBe('wRRRR');
    // A correction may be wrong itself, come too early, or be needless.
    expect(marks(family, ['3+4=8', '!3+4=6', '!3+4=7'])).toBe('wwR');
    expect(marks(family, ['!3+4=7'])).toBe('w');
    expect(marks(family, ['3+4=7', '!3+4=7', '7*2=4'])).toBe('RRR');
    // It does the latest computation again, from where that had to begin.
    expect(marks(family, ['3+4=8', '8*2=0', '!8*2=6', '!7*2=4'])).toBe('wwrW');
  });

  it('slips and corrects as often as told', () => {
    const rng = new Random(0, 'slips');
    let computations = 0;
    let slips = 0;
    let fixes = 0;
    for (let i = 0; i < 1000; i++) {
      const chain = family.sample(rng, 5);
      const lines = family.solveWithSlips(chain, { slip: 0.15, fix: 0.6 }, rng);
      const verdicts = family.checkLines(chain, lines);
      const fixed = lines.filter((line) => line.startsWith('!')).length;
      const wrong = verdicts.filter(({ verdict }) => verdict === 'wrong').length;
      computations += 5;
      slips += wrong;
      fixes += fixed;
      expect(lines).toHaveLength(6 + fixed);
      // Without slips, or with all of them corrected, the answer is right.
      if (wrong === fixed) expect(family.checkAnswer(chain, lines.join('\n')).correct).toBe(true);
    }
    expect(Math.abs(slips / computations - 0.15)).toBeLessThan(4 * Math.sqrt(0.1275 / 5000));
    expect(Math.abs(fixes / slips - 0.6)).toBeLessThan(4 * Math.sqrt(0.24 / slips));
  });
});

describe('arithChain', () => {
  it('writes two digits', () => {
    const family = arithChain();
    const chain: ChainData = { start: 17, operators: ['*', '-'], operands: [6, 9] };
    const seventeen = { ...problem, data: chain, answer: '93' };
    expect(family.solve(seventeen)).toEqual(['17*6=02', '02-9=93', 'A93']);
    expect(marks(family, ['17*6=2'], seventeen)).toBe('W');
    expect(marks(family, ['17*6=02', '2-9=93'], seventeen)).toBe('RW');
    for (let i = 0; i < 50; i++) {
      const { data, prompt } = family.sample(new Random(i), 6);
      expect(prompt).toMatch(/^\d\d([-+*][2-9]){6}=\?$/);
      expect(data.start).toBeLessThan(100);
    }
  });

  it('accepts wrong chains about as often as its answer modulus lets it', () => {
    const rng = new Random(0, 'false positives');
    const rate = (answerModulus: number) => {
      const family = arithChain({ answerModulus });
      let wrong = 0;
      let accepted = 0;
      while (wrong < 1500) {
        const chain = family.sample(rng, 4);
        const lines = family.solveWithSlips(chain, { slip: 0.3, fix: 0 }, rng);
        if (firstError(family.checkLines(chain, lines)) < 0) continue;
        wrong++;
        if (family.checkAnswer(chain, lines.join('\n')).correct) accepted++;
      }
      return accepted / wrong;
    };
    // Multiplication by 5 and 0 merges chains, so a little more than 1/5 and 0.
    expect(rate(5)).toBeGreaterThan(0.15);
    expect(rate(5)).toBeLessThan(0.4);
    expect(rate(100)).toBeLessThan(0.12);
  });
});
