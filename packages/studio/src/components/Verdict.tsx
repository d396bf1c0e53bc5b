import type { Verdict as Name } from '../api.ts';
import { verdicts, verdictsInWords } from '../verdicts.ts';
import { VerdictGlyph } from './VerdictGlyph.tsx';
import styles from './verdict.module.css';

/** A verdict as glyph and word. */
export function Verdict({ verdict }: { verdict: Name }) {
  return (
    <span className={styles.verdict} style={{ color: verdicts[verdict].color }} title={verdicts[verdict].meaning}>
      <VerdictGlyph verdict={verdict} />
      {verdicts[verdict].label}
    </span>
  );
}

/** A paper's claims at a glance: one glyph each, in the paper's order. */
export function VerdictStrip({ list }: { list: readonly { claim: string; verdict: Name }[] }) {
  return (
    <span
      className={styles.strip}
      role="img"
      aria-label={`Claims: ${verdictsInWords(list.map(({ verdict }) => verdict))}`}
    >
      {list.map(({ claim, verdict }) => (
        <span key={claim} title={`${claim.replaceAll('-', ' ')}: ${verdicts[verdict].label.toLowerCase()}`}>
          <VerdictGlyph verdict={verdict} />
        </span>
      ))}
    </span>
  );
}
