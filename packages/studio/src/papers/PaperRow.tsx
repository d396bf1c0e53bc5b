import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { PaperCard } from '../api.ts';
import { CautionIcon } from '../components/icons.tsx';
import { VerdictStrip } from '../components/Verdict.tsx';
import { Inline } from '../prose/Prose.tsx';
import { reached, verdictsInWords } from '../verdicts.ts';
import { longDate, shortDate } from './dates.ts';
import styles from './paper-row.module.css';

/** A paper in the feed. */
export const PaperRow = memo(function PaperRow({ card }: { card: PaperCard }) {
  const judged = card.verdicts.map(({ verdict }) => verdict).filter((verdict) => reached.includes(verdict));
  return (
    <li className={styles.row}>
      <p className={styles.meta}>
        <time dateTime={card.date} title={longDate(card.date)}>
          {shortDate(card.date)}
        </time>
        <span>{card.venue}</span>
      </p>
      <div className={styles.body}>
        <p className={styles.name}>
          {card.name}
          {card.cautions.map((caution) => (
            <span key={caution} className={styles.caution}>
              <CautionIcon />
              {caution}
            </span>
          ))}
        </p>
        <h2>
          <Link to="/papers/$slug" params={{ slug: card.slug }} data-paper={card.slug}>
            {card.title}
          </Link>
        </h2>
        <p className={styles.summary}>
          <Inline text={firstSentences(card.summary)} />
        </p>
        <p className={styles.tags}>{card.tags.slice(0, 5).join(' · ')}</p>
      </div>
      <div className={styles.state}>
        <VerdictStrip list={card.verdicts} />
        {judged.length > 0 && <p className={styles.words}>{verdictsInWords(judged)}</p>}
        <p className={card.status === 'runs' ? styles.runs : styles.planned}>
          {card.status === 'runs' ? `Runs${card.evidence ? ` · ${card.evidence}` : ''}` : 'Experiment planned'}
        </p>
      </div>
    </li>
  );
});

/** Whole sentences up to about two lines; the row's style cuts what is still too long. */
function firstSentences(summary: string): string {
  const sentences = summary.replace(/\s+/g, ' ').split(/(?<=[.!?]) (?=[A-Z])/);
  let text = sentences[0] ?? '';
  for (const sentence of sentences.slice(1)) {
    if (text.length + sentence.length > 230) break;
    text += ` ${sentence}`;
  }
  return text;
}
