import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CreditRecord, creditRecord, outcomeOf, stepCount } from './record.ts';

/** What is wrong with a record, as a reader would see it. */
function complaint(record: Partial<Record<keyof CreditRecord, unknown>>): string {
  const parsed = creditRecord.safeParse({ prompt: 'q', ...record });
  return parsed.success ? '' : z.prettifyError(parsed.error);
}

describe('creditRecord', () => {
  it('takes what a line may hold and drops the rest', () => {
    const record = { prompt: 'q', response: 'a b', steps: ['a', 'b'], rewards: [0.5, 1], correct: true };
    expect(creditRecord.parse({ ...record, id: 7 })).toEqual(record);
    expect(complaint({ steps: [{ start: 0, end: 2 }], logProbs: [-1, -2], referenceLogProbs: [-1, -1] })).toBe('');
    expect(
      complaint({ values: [0.5, 0.75, 1], rewards: [0, 1], contributions: [0.5, 0.5], executed: [true, false] }),
    ).toBe('');
  });

  it('says which list does not fit', () => {
    expect(complaint({ steps: ['a', 'b'], rewards: [1] })).toMatch(/one entry a step, 2, got 1[\s\S]*rewards/);
    expect(complaint({ rewards: [1, 2], values: [0, 1] })).toMatch(/one value more than there are steps, 3, got 2/);
    expect(complaint({ outcome: 0, correct: true })).toMatch(/must agree with outcome, 0/);
    expect(complaint({ outcome: 1, correct: true })).toBe('');
    expect(complaint({ logProbs: [-1, -1], referenceLogProbs: [-1] })).toMatch(/one number a token, 2, got 1/);
    expect(complaint({ steps: [{ start: 0, end: 3 }], logProbs: [-1, -1] })).toMatch(/within the tokens; got 0 to 3/);
    const overlapping = [
      { start: 0, end: 2 },
      { start: 1, end: 3 },
    ];
    expect(complaint({ steps: overlapping })).toMatch(/must lie in order.*got 1 to 3/);
    expect(complaint({ logProbs: [0.5] })).toMatch(/logProbs\[0\]/);
    expect(complaint({ rewards: [Number.NaN] })).toMatch(/rewards\[0\]/);
    expect(complaint({ prompt: undefined })).toMatch(/prompt/);
  });
});

describe('stepCount and outcomeOf', () => {
  it('go by what there is', () => {
    expect(stepCount({ prompt: 'q', steps: ['a', 'b'], logProbs: [-1] })).toBe(2);
    expect(stepCount({ prompt: 'q', values: [0.5, 0.7, 1] })).toBe(2);
    expect(stepCount({ prompt: 'q', logProbs: [-1, -1, -1] })).toBe(3);
    expect(stepCount({ prompt: 'q', outcome: 1 })).toBe(1);
    expect(outcomeOf({ prompt: 'q', outcome: 0.5 })).toBe(0.5);
    expect(outcomeOf({ prompt: 'q', correct: true })).toBe(1);
    expect(outcomeOf({ prompt: 'q' })).toBeNull();
  });
});
