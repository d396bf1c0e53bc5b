import { Link } from '@tanstack/react-router';
import type { Evidence } from '../api.ts';
import { evidences } from '../verdicts.ts';
import styles from './evidence-note.module.css';

/** What an experiment's numbers rest on, in a line. */
export function EvidenceNote({ evidence }: { evidence: Evidence }) {
  return (
    <p className={styles.note}>
      <Link to="/evidence" hash={evidence}>
        Evidence: {evidences[evidence].label}
      </Link>
      <span>{evidences[evidence].meaning}</span>
    </p>
  );
}
