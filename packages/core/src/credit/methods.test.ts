import { describe, expect, it } from 'vitest';
import { creditMethods } from './methods.ts';
import { primeAdvantages } from './prime.ts';
import { pureAdvantages } from './pure.ts';
import { type CreditRecord, creditRecord, stepCount } from './record.ts';

/** Two responses with everything that any method reads. */
const group: CreditRecord[] = [
  {
    steps: [
      { start: 0, end: 2 },
      { start: 2, end: 3 },
    ],
    rewards: [0.8, -0.7],
    outcome: 1,
    values: [0.5, 0.75, 0.25],
    contributions: [0.25, 0.5],
    executed: [true, false],
    logProbs: [-1, -2, -1],
    referenceLogProbs: [-2, -2, -1.5],
  },
  {
    steps: [{ start: 0, end: 2 }],
    rewards: [0.6],
    outcome: 0,
    values: [0.5, 0],
    contributions: [0.1],
    executed: [true],
    logProbs: [-1, -1],
    referenceLogProbs: [-0.5, -1],
  },
].map((record) => creditRecord.parse({ prompt: 'q', ...record }));

const names = Object.keys(creditMethods);

/** Advantages by a method, rounded. */
const advantages = (name: string, options = {}) =>
  creditMethods[name].run(group, options).map((credit) => Array.from(credit.advantages, (a) => Number(a.toFixed(6))));

describe('creditMethods', () => {
  it.each(names)('%s gives finite numbers, one a step, and leaves the records alone', (name) => {
    const before = JSON.stringify(group);
    const credits = creditMethods[name].run(group);
    expect(credits).toHaveLength(group.length);
    credits.forEach(({ returns, advantages: a }, i) => {
      for (const list of [returns, a]) {
        expect(list).toHaveLength(stepCount(group[i]));
        for (const value of list) expect(Number.isFinite(value)).toBe(true);
      }
    });
    expect(JSON.stringify(group)).toBe(before);
  });

  it.each(names)('%s names a missing field, and a group that is too small', (name) => {
    const method = creditMethods[name];
    for (const fields of method.needs) {
      const without = { ...group[1] };
      for (const field of fields) delete without[field];
      const complaint = `${fields.join(' or ')} is missing`;
      expect(method.check(without)).toBe(complaint);
      expect(() => method.run([group[0], without])).toThrow(`group[1]: ${complaint}`);
    }
    expect(method.check(group[0])).toBeNull();
    if (method.group) {
      expect(() => method.run([group[0]])).toThrow('group must hold at least two responses to a prompt, got 1');
    } else {
      expect(method.run([group[0]])).toHaveLength(1);
    }
    expect(() => method.run(group, { unheardOf: 1 })).toThrow(/unheardOf/);
  });

  it('describes every option and gives it a default', () => {
    for (const name of names) {
      const { options, summary } = creditMethods[name];
      expect(() => options.parse({})).not.toThrow();
      for (const [key, field] of Object.entries(options.shape)) {
        expect(field.meta()?.description, `${name}.${key}`).toBeTruthy();
      }
      expect(summary).not.toMatch(/\n|\.$/);
    }
  });

  it('needs one prompt, but for a method that looks at the batch', () => {
    const other = group.map((record) => ({ ...record, prompt: 'p' }));
    expect(() => creditMethods.rloo.run([...group, ...other])).toThrow('group[2] must have the prompt of group[0]');
    expect(creditMethods['reinforce++'].run([...group, ...other])).toHaveLength(4);
    expect(() => creditMethods['reinforce++'].run([...group, other[0]])).toThrow('at least two responses');
  });

  it('gives what can be worked out by hand', () => {
    expect(advantages('returns')).toEqual([[0.1, -0.7], [0.6]]);
    expect(advantages('returns', { discount: 0.5 })).toEqual([[0.45, -0.7], [0.6]]);
    expect(advantages('gae', { lambda_: 0 })).toEqual([[1.05, -1.45], [0.1]]);
    expect(advantages('gae', { lambda_: 1 })).toEqual([[-0.4, -1.45], [0.1]]);
    expect(advantages('rloo')).toEqual([[1, 1], [-1]]);
    expect(advantages('dr-grpo')).toEqual([[0.5, 0.5], [-0.5]]);
    expect(advantages('grpo', { floor: 1 - 1e-6 })).toEqual([[0.5, 0.5], [-0.5]]);
    // Two steps at 0.5 and one at -0.5: mean 1/6, deviation 1/√3.
    expect(advantages('reinforce++')).toEqual([[0.57735, 0.57735], [-1.154701]]);
    expect(advantages('clip', { alpha: 1 })).toEqual([[-0.2, -0.2], [0]]);
    expect(advantages('delta', { alpha: 1 })).toEqual([[1.8, 1], [0]]);
    expect(advantages('clip-delta', { alpha: 0.5, eta: 1 })).toEqual([[0.9, 1], [0]]);
    expect(advantages('implicit', { beta: 1 })).toEqual([[1.5, 0.5], [-0.5]]);
    expect(advantages('progress', { alpha: 2 })).toEqual([[1.5, 0], [-1]]);
    expect(advantages('progress', { alpha: 1, bestOf: 2 })).toEqual([[1.1875, 0.5], [-0.75]]);
    expect(advantages('spa')).toEqual([[0.95, 0.5], [0.3]]);
    expect(advantages('spa', { conserve: true, beta: 0 })).toEqual([[1, 0.625], [0]]);
    expect(advantages('value-difference')).toEqual([[0.25, -0.5], [0]]);
    expect(advantages('uniform')).toEqual([[1, 0.5], [0]]);
    expect(advantages('terminal')).toEqual([[1, 1], [0]]);
  });

  it('objects to a record by its number', () => {
    const { outcome: _, ...unknown } = group[1];
    expect(creditMethods.spa.check(unknown)).toBeNull();
    expect(creditMethods.spa.check(unknown, { conserve: true })).toBe(
      'outcome or correct is missing, which conserve needs',
    );
    expect(() => creditMethods.progress.run([group[0], { ...group[1], values: [0.5, 2] }])).toThrow(
      'group[1]: values[1] must be a chance of success, from 0 to 1, got 2',
    );
    const huge = { prompt: 'q', rewards: [1e308, 1e308] };
    expect(() => creditMethods.returns.run([group[0], huge])).toThrow('group[1]: its numbers are too large');
    expect(() => creditMethods.gae.run(group, { lambda_: 2 })).toThrow(/lambda_/);
  });

  it('gives process methods their tokens: spans where there are any, else one a step', () => {
    const responses = [
      { tokens: 3, steps: group[0].steps as { start: number; end: number }[], stepRewards: [0.8, -0.7] },
      { tokens: 2, steps: [{ start: 0, end: 2 }], stepRewards: [0.6] },
    ];
    for (const [name, form] of [
      ['pure', 'min'],
      ['sum', 'sum'],
      ['mean', 'mean'],
    ] as const) {
      const tokens = pureAdvantages(responses, { form, maxTokens: 10, outcomes: [1, 0] });
      const expected = [[tokens[0][0], tokens[0][2]], [tokens[1][0]]].map((row) =>
        row.map((a) => Number(a.toFixed(6))),
      );
      expect(advantages(name, { maxTokens: 10 })).toEqual(expected);
    }
    const bare = [
      { prompt: 'q', rewards: [1, 1] },
      { prompt: 'q', rewards: [0.5] },
    ];
    expect([...creditMethods.sum.run(bare)[0].advantages]).toEqual([2 - 0.25, 1 - 0.25]);
    expect(() => creditMethods.sum.run([{ ...bare[0], correct: true }, bare[1]])).toThrow(
      'group must have an outcome in every record or in none, got 1',
    );
  });

  it('gives a step of PRIME what stands at its start', () => {
    const tokens = primeAdvantages(
      [
        [1, 0, 0.5],
        [-0.5, 0],
      ],
      [1, 0],
    );
    expect(advantages('prime')).toEqual(
      [[tokens[0][0], tokens[0][2]], [tokens[1][0]]].map((row) => row.map((a) => Number(a.toFixed(6)))),
    );
    const texts: CreditRecord = { ...group[0], steps: ['a', 'b'] };
    expect(creditMethods.prime.check(texts)).toMatch(/steps must say where they lie/);
    const { steps: _, ...whole } = group[1];
    expect([...creditMethods.implicit.run([whole], { beta: 1 })[0].returns]).toEqual([-0.5]);
    const { rewards: _r, values: _v, contributions: _c, executed: _e, ...tokenwise } = whole;
    expect([...creditMethods.implicit.run([tokenwise], { beta: 1 })[0].returns]).toEqual([-0.5, 0]);
  });
});
