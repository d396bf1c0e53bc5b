import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuidedSearchOptions, guidedSearch } from './guided.ts';

const digits = (value: (digits: string) => number, length = 3) =>
  ({
    roots: ['', '7'],
    candidates: 3,
    maxSteps: 9,
    propose: (states, n) => states.map(() => ['0', '1', '2'].slice(0, n)),
    execute: (moves) => moves.map(({ state, action }) => state + action),
    scorer: { scores: 'states', score: (states) => states.map(value) },
    isFinished: (state) => state.length === length,
  }) satisfies GuidedSearchOptions<string, string>;

describe('guidedSearch', () => {
  it('is greedy with a beam of one, all searches in lockstep', async () => {
    const [first, second] = await guidedSearch(digits(Number));
    expect(first).toEqual({ beam: [{ state: '222', score: 222, steps: 3 }], scored: 9 });
    expect(second).toEqual({ beam: [{ state: '722', score: 722, steps: 2 }], scored: 6 });
  });

  it('finds with a beam what greed misses', async () => {
    // 0 looks worse than the others at first and leads to the best end.
    const value = (state: string) => (state === '012' ? 100 : state.startsWith('0') ? 0.5 : Number(state[0]) / 2);
    const [greedy] = await guidedSearch({ ...digits(value), roots: [''] });
    const [wide] = await guidedSearch({ ...digits(value), roots: [''], beam: 9 });
    expect(greedy.beam[0].state).toMatch(/^2/);
    expect(wide.beam[0]).toEqual({ state: '012', score: 100, steps: 3 });
    expect(wide.beam).toHaveLength(9);
  });

  it('scores moves before the world makes them, and asks it only for what is kept', async () => {
    let executed = 0;
    const [found] = await guidedSearch({
      ...digits(() => Number.NaN),
      roots: [''],
      execute: (moves) => {
        executed += moves.length;
        return moves.map(({ state, action }) => state + action);
      },
      scorer: { scores: 'moves', score: (moves) => moves.map(({ action }) => -Number(action)) },
    });
    expect(found.beam[0].state).toBe('000');
    expect(executed).toBe(3);
  });

  it('lets finished states compete, and stops where nothing is proposed', async () => {
    const options: GuidedSearchOptions<string, string> = {
      ...digits((state) => (state === '1' ? 5 : state.length)),
      roots: [''],
      beam: 2,
      isFinished: (state) => state === '1',
      propose: (states) => states.map((state) => (state.length < 2 ? ['0', '1'] : [])),
    };
    const [{ beam }] = await guidedSearch(options);
    expect(beam).toEqual([
      { state: '1', score: 5, steps: 1 },
      { state: '00', score: 2, steps: 2 },
    ]);
    expect((await guidedSearch({ ...options, roots: ['1'] }))[0]).toEqual({
      beam: [{ state: '1', score: null, steps: 0 }],
      scored: 0,
    });
  });

  it('with a full beam finds the best of all ends, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 9, maxLength: 9 }), async (values) => {
        const value = (state: string) => (state.length === 2 ? values[Number.parseInt(state, 3)] : 0);
        const [{ beam }] = await guidedSearch({ ...digits(value, 2), roots: [''], beam: 9 });
        expect(beam[0].score).toBe(Math.max(...values));
      }),
    );
  });

  it('names what cannot be', async () => {
    const good = digits(Number);
    await expect(guidedSearch({ ...good, beam: 0 })).rejects.toThrow('beam must be');
    await expect(guidedSearch({ ...good, candidates: 1.5 })).rejects.toThrow('candidates must be');
    await expect(guidedSearch({ ...good, propose: () => [] })).rejects.toThrow('propose must give 2 answers, got 0');
    await expect(guidedSearch({ ...good, propose: (states) => states.map(() => [...'0000']) })).rejects.toThrow(
      'at most 3 moves a state, got 4',
    );
    await expect(guidedSearch({ ...good, execute: () => [] })).rejects.toThrow('execute must give 6 answers, got 0');
    await expect(guidedSearch(digits(() => Number.NaN))).rejects.toThrow('score must give finite numbers, got NaN');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(guidedSearch({ ...good, signal })).rejects.toThrow('enough');
  });
});
