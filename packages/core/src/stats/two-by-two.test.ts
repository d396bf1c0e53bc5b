import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from './correlation.ts';
import { chiSquareTest, crossTabulate, mantelHaenszel, oddsRatio, type TwoByTwo } from './two-by-two.ts';

const count = fc.integer({ min: 1, max: 60 });
const tables = fc.tuple(count, count, count, count);

/** Admissions to Berkeley by sex in six departments (Bickel, Hammel & O'Connell 1975), as R's `UCBAdmissions`. */
const berkeley: TwoByTwo[] = [
  [512, 89, 313, 19],
  [353, 17, 207, 8],
  [120, 202, 205, 391],
  [138, 131, 279, 244],
  [53, 94, 138, 299],
  [22, 24, 351, 317],
];

describe('crossTabulate', () => {
  it('counts both, first, second, neither', () => {
    expect(crossTabulate([true, true, false, false, true], [true, false, true, false, false])).toEqual([1, 2, 1, 1]);
    expect(() => crossTabulate([true], [])).toThrow('one length, got 1 and 0');
  });
});

describe('chiSquareTest', () => {
  it('agrees with SciPy 1.17, with and without the continuity correction', () => {
    const published: [TwoByTwo, number, number, number, number][] = [
      [[43, 7, 28, 22], 10.927634774162215, 0.0009474036992390253, 9.519184069936863, 0.002033349677455065],
      [[10, 20, 30, 40], 0.7936507936507936, 0.37299848361348686, 0.4464285714285714, 0.5040358664525046],
      [[12, 5, 0, 9], 11.798319327731095, 0.0005928421600829554, 9.128929349517586, 0.0025159891607591015],
    ];
    for (const [table, statistic, p, corrected, correctedP] of published) {
      const plain = chiSquareTest(table);
      expect(plain.statistic).toBeCloseTo(statistic, 11);
      expect(plain.p).toBeCloseTo(p, 13);
      const careful = chiSquareTest(table, { continuityCorrection: true });
      expect(careful.statistic).toBeCloseTo(corrected, 11);
      expect(careful.p).toBeCloseTo(correctedP, 13);
    }
  });

  it('is n times the squared correlation of the two observations', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [x, y]: [number[], number[]] = [[], []];
        table.forEach((cases, cell) => {
          for (let i = 0; i < cases; i++) {
            x.push(cell < 2 ? 1 : 0);
            y.push(cell % 2 === 0 ? 1 : 0);
          }
        });
        expect(chiSquareTest(table).statistic).toBeCloseTo(x.length * pearson(x, y) ** 2, 8);
      }),
    );
    expect(chiSquareTest([5, 5, 5, 5])).toEqual({ statistic: 0, p: 1 });
    expect(chiSquareTest([5, 5, 5, 6], { continuityCorrection: true })).toEqual({ statistic: 0, p: 1 });
  });

  it('refuses tables that say nothing', () => {
    expect(() => chiSquareTest([3, 4, 0, 0])).toThrow('cases of both kinds');
    expect(() => chiSquareTest([3, 4, 1.5, 1])).toThrow('table must hold whole numbers from 0, got 1.5');
  });
});

describe('oddsRatio', () => {
  it('agrees with SciPy 1.17', () => {
    const clear = oddsRatio([43, 7, 28, 22]);
    expect(clear.value).toBeCloseTo(4.826530612244898, 12);
    expect(clear.lo).toBeCloseTo(1.821186252800801, 11);
    expect(clear.hi).toBeCloseTo(12.791331866859387, 10);
    expect(clear).toMatchObject({ n: 100, level: 0.95 });
    const faint = oddsRatio([10, 20, 30, 40]);
    expect([faint.lo, faint.hi].map((end) => end?.toFixed(12))).toEqual(['0.272514847543', '1.630899925092']);
  });

  it('stays finite with an empty cell, by half a case in each', () => {
    const { value, lo, hi, n } = oddsRatio([12, 5, 0, 9]);
    expect(value).toBeCloseTo((12.5 * 9.5) / (5.5 * 0.5), 12);
    expect(lo).toBeCloseTo(2.116898031053631, 11);
    expect(hi).toBeCloseTo(880.8499011922229, 8);
    expect(n).toBe(26);
    expect(() => oddsRatio([0, 5, 0, 9])).toThrow('cases of both kinds');
    expect(() => oddsRatio([1, 5, 1, 9], { level: 0 })).toThrow('level must lie between 0 and 1, got 0');
  });

  it('turns over when an observation does', () => {
    fc.assert(
      fc.property(tables, ([a, b, c, d]) => {
        const [there, back] = [oddsRatio([a, b, c, d]), oddsRatio([b, a, d, c])];
        expect(there.value * back.value).toBeCloseTo(1, 10);
        expect((there.lo ?? 0) * (back.hi ?? 0)).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe('mantelHaenszel', () => {
  it("agrees with R's mantelhaen.test on the admissions to Berkeley", () => {
    const careful = mantelHaenszel(berkeley, { continuityCorrection: true });
    expect(careful.statistic).toBeCloseTo(1.4269462285866712, 10);
    expect(careful.p).toBeCloseTo(0.23226346281704763, 12);
    expect(careful.oddsRatio.value).toBeCloseTo(0.9046968, 7);
    expect(careful.oddsRatio.lo).toBeCloseTo(0.7719074, 7);
    expect(careful.oddsRatio.hi).toBeCloseTo(1.0603298, 7);
    expect(careful.oddsRatio.n).toBe(4526);
    expect(mantelHaenszel(berkeley).statistic).toBeCloseTo(1.524606660443418, 10);
    // Pooled, the departments seem to prefer men: the paradox that strata are for.
    const pooled = [0, 1, 2, 3].map((cell) => berkeley.reduce((sum, table) => sum + table[cell], 0));
    expect(oddsRatio([pooled[0], pooled[1], pooled[2], pooled[3]]).lo).toBeGreaterThan(1.6);
  });

  it('of one stratum is the plain odds ratio with its plain interval', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const ours = mantelHaenszel([table]);
        const plain = oddsRatio(table);
        expect(ours.oddsRatio.value / plain.value).toBeCloseTo(1, 10);
        expect((ours.oddsRatio.hi ?? 0) / (plain.hi ?? 1)).toBeCloseTo(1, 10);
        const n = table.reduce((sum, cases) => sum + cases);
        expect(ours.statistic).toBeCloseTo((chiSquareTest(table).statistic * (n - 1)) / n, 9);
      }),
    );
  });

  it('is moved by no stratum that has only one kind of case', () => {
    const [some, more]: TwoByTwo[] = [
      [20, 5, 10, 8],
      [6, 9, 7, 30],
    ];
    const without = mantelHaenszel([some, more]);
    expect(without.oddsRatio.value).toBeCloseTo(3.0, 1);
    const also = mantelHaenszel([some, [7, 4, 0, 0], more, [0, 0, 0, 0], [1, 0, 0, 0]]);
    expect(also.statistic).toBeCloseTo(without.statistic, 12);
    expect(also.oddsRatio.value).toBeCloseTo(without.oddsRatio.value, 12);
    expect(() => mantelHaenszel([[3, 0, 0, 4]])).toThrow('for and against dependence');
    expect(() => mantelHaenszel([[1, 1, 1, -1]])).toThrow('strata[0] must hold whole numbers from 0, got -1');
  });
});
