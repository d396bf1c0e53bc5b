import type { Figure, RunReport } from '@laurel/core/paper';
import type { RecordedResult } from '../api.ts';

/** A report as HTTP gives it, its figures checked for the parts that drawing relies on; others are left out. */
export function reportFrom(report: RecordedResult['report']): RunReport {
  return {
    ...report,
    figures: figuresOf(report.figures),
    artifacts: report.artifacts.map(({ name, description, figures }) => ({
      name,
      description,
      figures: figuresOf(figures),
    })),
  };
}

function figuresOf(values: unknown): Figure[] {
  return Array.isArray(values) ? values.filter(isFigure) : [];
}

function isFigure(value: unknown): value is Figure {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return false;
  if (value.kind === 'plot') return 'marks' in value && Array.isArray(value.marks);
  if (value.kind === 'table') return 'rows' in value && Array.isArray(value.rows);
  return value.kind === 'text' && 'items' in value && Array.isArray(value.items);
}
