import { expect, it } from 'vitest';
import { formatNumber, formatPercent } from './format.ts';

it.each([
  [0, '0'],
  [3, '3'],
  [12345, '12,345'],
  [0.12345, '0.123'],
  [-0.5, '−0.5'],
  [45.678, '45.7'],
  [456.78, '457'],
  [1.1e-14, '1.1×10⁻¹⁴'],
  [-2_500_000, '−2.5×10⁶'],
  [1e-6, '10⁻⁶'],
  [-1e7, '−10⁷'],
])('writes %d as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it('keeps the digits asked for', () => {
  expect(formatNumber(-0.5, 3)).toBe('−0.500');
});

it('writes shares as percent', () => {
  expect([0.123456, 1, -0.05].map(formatPercent)).toEqual(['12.3%', '100%', '−5%']);
});
