import { describe, expect, it } from 'vitest';
import { clipDelta, clipReward, deltaReward } from '../../credit/index.ts';
import { repetitionProbe } from './repetition-probe.ts';

const solutions = [
  ['3+4=7', '7*2=4', 'A4'],
  ['1+1=2', 'A2'],
  ['5-2=3', '3+3=6', '6*2=2', 'A2'],
];
/** A process reward model that likes empty steps, and computations a little less. */
const score = (given: readonly (readonly string[])[]) =>
  given.map((steps) => steps.map((step) => (step.startsWith('ok') ? 0.9 : step.startsWith('A') ? 0.95 : 0.8)));

describe('repetitionProbe', () => {
  it('finds a reward that pays for empty steps, and is silent about those that do not', async () => {
    const curves = await repetitionProbe({
      solutions,
      filler: ['ok'],
      maxCopies: 6,
      score,
      refine: {
        raw: (g) => g,
        clip: (g) => clipReward(g, 0.85),
        delta: deltaReward,
        both: (g) => clipDelta(g, { eta: 0.85 }),
      },
    });
    const [raw, clipped, differences, both] = curves;
    expect(curves.map(({ name }) => name)).toEqual(['raw', 'clip', 'delta', 'both']);
    expect(raw.copies).toEqual([0, 1, 2, 3, 4, 5, 6]);
    raw.gain.forEach(({ value }, copies) => {
      expect(value).toBeCloseTo(0.9 * copies, 10);
    });
    expect(raw.farmedFrom).toBe(1);
    expect(raw.total[0]).toBeCloseTo((2 * 0.8 + 0.8 + 3 * 0.8) / 3 + 0.95, 10);
    clipped.gain.forEach(({ value }) => {
      expect(value).toBeCloseTo(0, 10);
    });
    expect([clipped.farmedFrom, differences.farmedFrom, both.farmedFrom]).toEqual([null, null, null]);
    // Differences telescope to the first score, whatever comes after.
    differences.total.forEach((total) => {
      expect(total).toBeCloseTo(0.8, 10);
    });
  });

  it('sees farming that needs many copies, and penalties that grow', async () => {
    const [late, penalty] = await repetitionProbe({
      solutions,
      filler: ['ok'],
      maxCopies: 5,
      score,
      refine: {
        late: (g) => Array.from(g, (x) => (x === 0.9 && g.length > 7 ? 1 : 0)),
        penalty: (g) => Array.from(g, () => -0.1),
      },
    });
    // With 3, 2 and 4 steps of their own, one has more than seven with the fourth copy, two with the fifth.
    expect(late.farmedFrom).toBe(null);
    expect(late.gain.map(({ value }) => value)).toEqual([0, 0, 0, 0, 4 / 3, 10 / 3].map((x) => expect.closeTo(x, 10)));
    expect(penalty.gain[5].hi).toBeCloseTo(-0.5, 10);
    expect(penalty.farmedFrom).toBe(null);
  });

  it('puts the copies before the last step, averages fillers, and asks once for each number', async () => {
    const seen: string[][] = [];
    const [curve] = await repetitionProbe({
      solutions: [
        ['a', 'z'],
        ['b', 'y'],
      ],
      filler: ['ok', 'eh'],
      maxCopies: 2,
      score: async (given) => {
        seen.push(given.map((steps) => steps.join('')));
        return given.map((steps) => steps.map((step) => (step === 'ok' ? 1 : step === 'eh' ? 3 : 0)));
      },
    });
    expect(seen).toEqual([
      ['az', 'by'],
      ['aokz', 'boky', 'aehz', 'behy'],
      ['aokokz', 'bokoky', 'aehehz', 'behehy'],
    ]);
    expect(curve).toMatchObject({ name: 'raw', total: [0, 2, 4], farmedFrom: 1 });
  });

  it('decides nothing from one solution, and names what does not fit', async () => {
    const base = { solutions, filler: ['ok'], maxCopies: 1, score };
    const [one] = await repetitionProbe({ ...base, solutions: solutions.slice(0, 1) });
    expect(one).toMatchObject({ farmedFrom: null });
    expect(one.gain[1]).toMatchObject({ value: expect.closeTo(0.9, 10), lo: null });
    await expect(repetitionProbe({ ...base, solutions: [] })).rejects.toThrow('solutions must not be empty');
    await expect(repetitionProbe({ ...base, solutions: [['a'], []] })).rejects.toThrow(
      'solutions[1] must have at least',
    );
    await expect(repetitionProbe({ ...base, filler: [] })).rejects.toThrow('filler must not be empty');
    await expect(repetitionProbe({ ...base, maxCopies: 0 })).rejects.toThrow(
      'maxCopies must be a positive whole number',
    );
    await expect(repetitionProbe({ ...base, tolerance: -1 })).rejects.toThrow('tolerance must be at least 0');
    await expect(repetitionProbe({ ...base, score: () => [] })).rejects.toThrow('score must score 3 solutions, got 0');
    await expect(repetitionProbe({ ...base, score: (s) => s.map(() => [1]) })).rejects.toThrow(
      'one score a step, 3, got 1',
    );
    const refine = { bad: () => [Number.NaN] };
    await expect(repetitionProbe({ ...base, refine })).rejects.toThrow(
      'rewards of bad must be finite, got a total of NaN',
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(repetitionProbe({ ...base, signal })).rejects.toThrow('enough');
  });
});
