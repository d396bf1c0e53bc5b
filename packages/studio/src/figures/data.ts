import type { Figure, Row } from '@laurel/core/paper';

/** The numbers behind a figure, as tables: one for each set of rows, however many marks draw it. */
export interface DataTable {
  name: string;
  columns: { key: string; label: string; digits?: number }[];
  rows: readonly Row[];
}

export function dataOf(figure: Figure): DataTable[] {
  if (figure.kind === 'table') return [{ name: figure.id, columns: [...figure.columns], rows: figure.rows }];
  if (figure.kind === 'text') {
    const columns = [
      { key: 'label', label: 'label' },
      { key: 'text', label: 'text' },
    ];
    return [{ name: figure.id, columns, rows: figure.items.map(({ label, text }) => ({ label, text })) }];
  }
  const sets = new Map<string, readonly Row[]>();
  for (const mark of figure.marks) {
    // Rows that were one array are equal arrays after a trip through JSON.
    if (mark.mark !== 'rule' && mark.data.length > 0) sets.set(JSON.stringify(mark.data), mark.data);
  }
  return [...sets.values()].map((rows, i) => ({
    name: sets.size === 1 ? figure.id : `${figure.id}-${i + 1}`,
    columns: [...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => ({ key, label: key })),
    rows,
  }));
}

/** RFC 4180, with a header line. */
export function csvOf({ columns, rows }: DataTable): string {
  const cell = (value: string | number | null | undefined) => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ key }) => cell(key)), ...rows.map((row) => columns.map(({ key }) => cell(row[key])))];
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
