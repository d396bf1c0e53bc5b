import { Link } from '@tanstack/react-router';
import type { PaperList } from '../api.ts';
import { Skeleton } from '../components/Skeleton.tsx';
import { VerdictGlyph } from '../components/VerdictGlyph.tsx';
import { countVerdicts, reached, verdicts } from '../verdicts.ts';
import { pageDay } from './dates.ts';
import styles from './feed-head.module.css';

/** The masthead: the page's day, what the feed is, and how the claims stand. */
export function FeedHead({ all }: { all: PaperList | undefined }) {
  const day = all?.papers.find(({ listed }) => listed !== null)?.listed;
  return (
    <div className={styles.head}>
      <h1>
        Daily Papers
        {day && (
          <>
            <span className={styles.dot}> · </span>
            <em>{pageDay(day)}</em>
          </>
        )}
      </h1>
      <p className={styles.lead}>
        What is known about reward: the papers, what they claim, and what holds when we measure the claims again.
      </p>
      {all ? <Counts all={all} /> : <Skeleton width="26rem" height="1.4rem" />}
    </div>
  );
}

function Counts({ all }: { all: PaperList }) {
  const counts = countVerdicts(all.papers.flatMap((card) => card.verdicts.map(({ verdict }) => verdict)));
  const claims = all.papers.reduce((sum, card) => sum + card.verdicts.length, 0);
  const judged = reached.filter((verdict) => counts.get(verdict) !== 0);
  const run = all.papers.filter(({ status }) => status === 'runs').length;
  return (
    <ul className={styles.counts}>
      <li>
        <strong>{all.papers.length}</strong> papers
      </li>
      <li>
        <Link to="/" search={{ runs: true }}>
          <strong>{run}</strong> {run === 1 ? 'runs' : 'run'}
        </Link>
      </li>
      <li>
        <Link to="/results">
          <strong>{claims}</strong> claims
        </Link>
      </li>
      {(judged.length > 0 ? judged : (['planned'] as const)).map((verdict) => (
        <li key={verdict}>
          <Link to="/results" search={{ verdict }}>
            <VerdictGlyph verdict={verdict} />
            <strong>{counts.get(verdict)}</strong> {verdicts[verdict].plural}
          </Link>
        </li>
      ))}
    </ul>
  );
}
