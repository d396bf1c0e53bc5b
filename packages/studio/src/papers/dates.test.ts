import { expect, it } from 'vitest';
import { longDate, pageDay, shortDate } from './dates.ts';

it('writes days, months and what it does not know', () => {
  expect(['2025-08-09', '2025-08', '2025-08-09T10:00:00Z', 'soon'].map(longDate)).toEqual([
    '9 August 2025',
    'August 2025',
    '9 August 2025',
    'soon',
  ]);
  expect(shortDate('2025-08')).toBe('Aug 2025');
  expect(['2025-08-20', 'Aug 20'].map(pageDay)).toEqual(['Aug 20', 'Aug 20']);
});
