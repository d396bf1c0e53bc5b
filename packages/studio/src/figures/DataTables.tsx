import type { Figure } from '@laurel/core/paper';
import { useMemo, useState } from 'react';
import { csvOf, type DataTable, dataOf, download } from './data.ts';
import styles from './figures.module.css';
import { formatNumber } from './format.ts';

/** The rows behind a figure, to read and to take away. Rendered when asked for: some figures have thousands of rows. */
export function DataTables({ figure }: { figure: Figure }) {
  const [open, setOpen] = useState(false);
  const tables = useMemo(() => dataOf(figure), [figure]);
  const readable = figure.kind === 'plot';
  return (
    <div className={styles.data}>
      <div className={styles.tools}>
        {readable && (
          <button type="button" className={styles.tool} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide data' : 'Show data'}
          </button>
        )}
        {tables.map((table, i) => (
          <button
            key={table.name}
            type="button"
            className={styles.tool}
            onClick={() => download(`${table.name}.csv`, 'text/csv', csvOf(table))}
          >
            CSV{tables.length > 1 ? ` ${i + 1}` : ''}
            <span className="visually-hidden"> of {figure.title}</span>
          </button>
        ))}
      </div>
      {open && tables.map((table) => <RowTable key={table.name} table={table} label={`Data of ${figure.title}`} />)}
    </div>
  );
}

export function RowTable({ table: { columns, rows, name }, label }: { table: DataTable; label: string }) {
  const numeric = new Set(
    columns.filter(({ key }) => rows.some((row) => typeof row[key] === 'number')).map(({ key }) => key),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within the keyboard's reach
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ key, label: head }) => (
              <th key={key} scope="col" className={numeric.has(key) ? styles.number : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity and never change places
            <tr key={`${name} ${i}`}>
              {columns.map(({ key, digits }) => {
                const value = row[key];
                return (
                  <td key={key} className={numeric.has(key) ? styles.number : undefined}>
                    {typeof value === 'number' ? formatNumber(value, digits) : (value ?? '–')}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
