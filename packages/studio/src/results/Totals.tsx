import type { ResultRow, Verdict } from '../api.ts';
import { VerdictGlyph } from '../components/VerdictGlyph.tsx';
import { countVerdicts, verdictOrder, verdicts } from '../verdicts.ts';
import styles from './totals.module.css';

/** How many claims came out how; each total shows its claims alone. */
export function Totals({
  rows,
  chosen,
  choose,
}: {
  rows: readonly ResultRow[];
  chosen: Verdict | undefined;
  choose: (verdict: Verdict | undefined) => void;
}) {
  const counts = countVerdicts(rows.map(({ verdict }) => verdict));
  const occurring = verdictOrder.filter((verdict) => counts.get(verdict) !== 0);
  const papers = new Set(rows.map(({ slug }) => slug)).size;
  return (
    <section aria-label="Totals" className={styles.totals}>
      <div className={styles.bar} aria-hidden="true">
        {occurring.map((verdict) => (
          <span
            key={verdict}
            style={{ flexGrow: counts.get(verdict), background: verdicts[verdict].color }}
            data-verdict={verdict}
          />
        ))}
      </div>
      <ul>
        {verdictOrder.map((verdict) => (
          <li key={verdict}>
            <button
              type="button"
              aria-pressed={chosen === verdict}
              title={verdicts[verdict].meaning}
              onClick={() => choose(chosen === verdict ? undefined : verdict)}
            >
              <VerdictGlyph verdict={verdict} />
              <strong>{counts.get(verdict)}</strong>
              {verdicts[verdict].plural}
            </button>
          </li>
        ))}
      </ul>
      <p role="status">
        {rows.length} claims of {papers} papers
        {chosen && `, of which ${counts.get(chosen)} ${verdicts[chosen].plural}`}
      </p>
    </section>
  );
}
