import { expect, it } from 'vitest';
import { verdictsInWords } from './verdicts.ts';

it('says verdicts in words, in the order of the list', () => {
  expect(verdictsInWords(['planned', 'holds', 'needs a model', 'holds'])).toBe('2 hold, 1 needs a model, 1 planned');
  expect(verdictsInWords(['holds'])).toBe('1 holds');
  expect(verdictsInWords([])).toBe('');
});
