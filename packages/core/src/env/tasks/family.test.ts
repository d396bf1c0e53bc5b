import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertPlain, type Plain } from '../../paper/index.ts';
import { Random } from '../../stats/index.ts';
import { arithChain, chainMod, chainModFix, chainModPlan } from './chain-mod.ts';
import { countdown } from './countdown.ts';
import { firstError, judgeLastLine, type TaskFamily } from './family.ts';
import { household } from './household-family.ts';
import { linearEquations } from './linear-equations.ts';
import { lineSpans, responseLines } from './lines.ts';
import { planMath } from './plan-math.ts';
import { sampleDistinct, sampleFrom, splitOf } from './split.ts';
import { decodeResponse, encodeResponse } from './tokenizer.ts';

const families: [string, TaskFamily, number[]][] = [
  ['chainMod', chainMod(), [1, 2, 4, 7]],
  ['chainModPlan', chainModPlan({ restate: 0.1 }), [1, 4, 7]],
  ['chainModFix', chainModFix(), [2, 5]],
  ['arithChain', arithChain({ answerModulus: 5 }), [4, 8, 16]],
  ['countdown', countdown(), [2, 3, 4]],
  ['countdown of whole numbers', countdown({ results: 'natural', range: [1, 12], targets: [10, 17, 24] }), [3, 4]],
  ['linearEquations', linearEquations(), [1, 2, 3, 4]],
  ['planMath', planMath(), [1, 3, 6]],
  ['household', household(), [2, 3, 4]],
  ['household with contents told', household({ knowledge: 'contents', rooms: 6, objects: 12 }), [2, 3, 4]],
];

const draws = 12;

describe.each(families)('%s', (_, family, difficulties) => {
  const problems = difficulties.flatMap((difficulty) => {
    const rng = new Random(difficulty, 'problems');
    return Array.from({ length: draws }, () => family.sample(rng, difficulty));
  });

  it('solves its problems with right lines, plainly and in style', () => {
    const rng = new Random(0, 'style');
    for (const problem of problems) {
      for (const lines of [family.solve(problem), family.solve(problem, rng)]) {
        const verdicts = family.checkLines(problem, lines);
        expect(verdicts.map(({ verdict }) => verdict)).toEqual(lines.map(() => 'right'));
        expect(verdicts.every(({ onTrack }) => onTrack)).toBe(true);
        expect(firstError(verdicts)).toBe(-1);
        expect(family.checkAnswer(problem, lines.join('\n'))).toMatchObject({ correct: true, answer: problem.answer });
      }
      expect(family.solve(problem)).toEqual(family.solve(problem));
    }
  });

  it('fits its vocabulary and its lengths, and survives the trip through tokens', () => {
    for (const problem of problems) {
      const prompt = family.tokenizer.encode(problem.prompt);
      expect(family.tokenizer.decode(prompt)).toBe(problem.prompt);
      expect(prompt.length).toBeLessThanOrEqual(family.maxPromptTokens(problem.difficulty));
      const lines = family.solve(problem, new Random(1, problem.id));
      const response = encodeResponse(family.tokenizer, lines);
      expect(response.length).toBeLessThanOrEqual(family.maxSolutionTokens(problem.difficulty));
      expect(decodeResponse(family.tokenizer, response)).toBe(lines.join('\n'));
      expect(responseLines(family.tokenizer, response)).toEqual(lines);
      expect(lineSpans(family.tokenizer, response)).toHaveLength(lines.length);
    }
  });

  it('draws plain data, the same from the same seed', () => {
    for (const difficulty of difficulties) {
      const draw = () => family.sample(new Random(3, 'again'), difficulty);
      expect(draw()).toEqual(draw());
      assertPlain(draw());
      const copy: unknown = JSON.parse(JSON.stringify(draw()));
      expect(copy).toEqual(draw());
      expect(draw().difficulty).toBe(difficulty);
    }
    const { least, most } = family.difficulties;
    expect(() => family.sample(new Random(0), least - 1)).toThrow(`from ${least} to ${most}, got ${least - 1}`);
    expect(() => family.sample(new Random(0), most + 1)).toThrow('difficulty must be a whole number');
    expect(() => family.sample(new Random(0), 2.5)).toThrow('got 2.5');
  });

  it('is not shaken by any text, and believes none of it', () => {
    const word = fc.constantFrom(...family.tokenizer.tokens, '§', ' ');
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 6 }),
        fc.nat(problems.length - 1),
        (parts, i) => {
          const problem = problems[i];
          const lines = parts.map((tokens) => tokens.join(family.tokenizer.level === 'word' ? ' ' : ''));
          const verdicts = family.checkLines(problem, lines);
          expect(verdicts).toHaveLength(lines.length);
          for (const { verdict, reason } of verdicts) {
            expect(['right', 'wrong', 'neutral']).toContain(verdict);
            expect(reason).not.toBe('');
          }
          expect(family.checkAnswer(problem, lines.join('\n')).reason).not.toBe('');
        },
      ),
      { numRuns: 100 },
    );
    for (const problem of problems) expect(family.checkAnswer(problem, '').correct).toBe(false);
  });

  it('gets no easier with difficulty: solutions do not get shorter', () => {
    const mean = difficulties.map((difficulty) => {
      const lengths = problems
        .filter((problem) => problem.difficulty === difficulty)
        .map((problem) => encodeResponse(family.tokenizer, family.solve(problem)).length);
      return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    });
    for (let i = 1; i < mean.length; i++) expect(mean[i]).toBeGreaterThan(mean[i - 1]);
  });
});

describe('single corrupted characters', () => {
  // In these families every character of a plain solution matters: another digit, operator or letter is an error in its line.
  const exact: [string, TaskFamily, number][] = [
    ['chainMod', chainMod(), 4],
    ['chainModPlan', chainModPlan(), 4],
    ['arithChain', arithChain(), 4],
    ['countdown', countdown(), 4],
    // With the solution 0 the coefficient would not matter.
    ['linearEquations', linearEquations({ solutions: [1, 9] }), 3],
    ['planMath', planMath(), 3],
  ];

  it.each(exact)('are caught in %s', (_, family, difficulty) => {
    let changes = 0;
    let missed = 0;
    for (let seed = 0; seed < 6; seed++) {
      const rng = new Random(seed, 'corrupt');
      const problem = family.sample(rng, difficulty);
      const lines = family.solve(problem, rng);
      lines.forEach((line, at) => {
        for (let i = 0; i < line.length; i++) {
          for (const token of family.tokenizer.tokens.slice(4)) {
            if (token === line[i]) continue;
            const corrupted = lines.with(at, line.slice(0, i) + token + line.slice(i + 1));
            const error = firstError(family.checkLines(problem, corrupted));
            changes++;
            // Nothing before the change is blamed; what slips through must be a true statement that leads on.
            expect(error === -1 || error >= at).toBe(true);
            if (error !== at) missed++;
            // The last character of all is the answer's.
            if (at === lines.length - 1 && i === line.length - 1) {
              expect(family.checkAnswer(problem, corrupted.join('\n')).correct).toBe(false);
            }
          }
        }
      });
    }
    expect(changes).toBeGreaterThan(500);
    expect(missed / changes).toBeLessThan(0.01);
  });
});

describe('splits', () => {
  const shares = (ids: Iterable<string>) => {
    const count = { train: 0, validation: 0, test: 0 };
    let n = 0;
    for (const id of ids) {
      count[splitOf(id)]++;
      n++;
    }
    return { train: count.train / n, validation: count.validation / n, test: count.test / n, n };
  };

  it('take 80, 10 and 10 % of the problems', () => {
    const rng = new Random(0, 'balance');
    const chains = new Set(Array.from({ length: 5000 }, () => chainMod().sample(rng, 4).id));
    const texts = Array.from({ length: 20000 }, (_, i) => `problem ${i}`);
    for (const ids of [chains, texts]) {
      const { train, validation, test, n } = shares(ids);
      // Four standard errors.
      expect(Math.abs(train - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / n));
      expect(Math.abs(validation - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / n));
      expect(Math.abs(test - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / n));
    }
  });

  it('share no problem, however it is worded', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const train = sampleDistinct(countdown({ results: 'natural' }), 'train', 10, new Random(one), 3);
        const test = sampleDistinct(countdown({ results: 'natural' }), 'test', 3, new Random(other), 3);
        const key = ({ data, answer }: (typeof train)[number]) => [...data.numbers].sort().join() + answer;
        const trained = new Set(train.map(key));
        expect(trained.size).toBe(10);
        expect(test.some((problem) => trained.has(key(problem)))).toBe(false);
      }),
      { numRuns: 10 },
    );
    const same = (plan: number) => sampleFrom(chainMod({ plan }), 'test', new Random(5), 4).id;
    expect(same(0)).toBe(same(0.5));
  });

  it('take difficulties in turn, and say when there is nothing left', () => {
    const mixed = sampleDistinct(chainMod(), 'test', 6, new Random(0), [3, 5, 7]);
    expect(mixed.map(({ difficulty }) => difficulty)).toEqual([3, 5, 7, 3, 5, 7]);
    expect(mixed.every(({ id }) => splitOf(id) === 'test')).toBe(true);
    const tiny = linearEquations({ solutions: [1, 1] });
    expect(() => sampleDistinct(tiny, 'train', 41, new Random(0), 1)).toThrow(
      /linear-equations has too few problems of difficulty 1 for train besides \d+ taken/,
    );
    expect(() => sampleDistinct(tiny, 'train', -1, new Random(0), 1)).toThrow('count must be a whole number, got -1');
    expect(() => sampleDistinct(tiny, 'train', 1, new Random(0), [])).toThrow('difficulty must name at least one');
  });
});

describe('judgeLastLine', () => {
  const read = (line: string) => /^A(\d)$/.exec(line)?.[1] ?? null;

  it('takes one answer, at the end', () => {
    expect(judgeLastLine(['3+4=7', 'A7'], read, '7')).toMatchObject({ correct: true, answer: '7' });
    expect(judgeLastLine(['A7'], read, '4')).toMatchObject({ correct: false, answer: '7', reason: 'the answer is 4' });
    expect(judgeLastLine(['A4', 'A7'], read, '7')).toMatchObject({ correct: false, answer: '7' });
    expect(judgeLastLine(['A7', 'x'], read, '7')).toMatchObject({ correct: false, answer: null });
    expect(judgeLastLine([], read, '7')).toMatchObject({ correct: false, answer: null });
  });
});

it('a family of whatever data is a family', () => {
  const any: TaskFamily<Plain> = chainMod();
  expect(any.name).toBe('chain-mod');
});
