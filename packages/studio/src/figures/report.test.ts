import { expect, it } from 'vitest';
import { reportFrom } from './report.ts';

it('keeps figures that can be drawn', () => {
  const plot = { kind: 'plot' as const, id: 'a', title: 'A', caption: '', marks: [] };
  const broken = { kind: 'plot' as const, id: 'b' };
  const report = { claims: {}, figures: [plot, broken], trials: 1, failures: [] };
  const artifacts = [
    { name: 'base', description: 'A base', figures: [plot, null] },
    { name: 'other', description: 'Without figures' },
  ];
  expect(reportFrom({ ...report, artifacts })).toEqual({
    ...report,
    figures: [plot],
    artifacts: [
      { name: 'base', description: 'A base', figures: [plot] },
      { name: 'other', description: 'Without figures', figures: [] },
    ],
  });
});
