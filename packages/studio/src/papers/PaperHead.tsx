import { Link } from '@tanstack/react-router';
import type { PaperDetail } from '../api.ts';
import { CautionIcon } from '../components/icons.tsx';
import { Inline } from '../prose/Prose.tsx';
import { longDate } from './dates.ts';
import styles from './paper-head.module.css';

export function PaperHead({ detail: { kind, paper } }: { detail: PaperDetail }) {
  const links = [
    ...(paper.arxiv ? [{ label: `arXiv ${paper.arxiv}`, url: `https://arxiv.org/abs/${paper.arxiv}` }] : []),
    ...(paper.code ? [{ label: 'the authors’ code', url: paper.code }] : []),
    ...paper.links,
  ];
  return (
    <header className={styles.head}>
      <p className={styles.kicker}>
        {kind === 'study' ? <span>Studies</span> : <Link to="/">Papers</Link>}
        <span aria-hidden="true">/</span>
        <strong>{paper.name}</strong>
      </p>
      <h1>{paper.title}</h1>
      <p className={styles.authors}>{paper.authors.join(', ')}</p>
      <p className={styles.facts}>
        <span>{paper.venue}</span>
        <time dateTime={paper.date}>{longDate(paper.date)}</time>
        {links.map(({ label, url }) => (
          <a key={url} href={url} rel="noreferrer">
            {label}
          </a>
        ))}
      </p>
      {paper.otherTitles.length > 0 && <p className={styles.other}>Also known as: {paper.otherTitles.join('; ')}</p>}
      <ul className={styles.tags} aria-label="Tags">
        {paper.tags.map((tag) => (
          <li key={tag}>
            <Link to="/" search={{ tag }}>
              {tag}
            </Link>
          </li>
        ))}
      </ul>
      {paper.cautions.map(({ kind, text }) => (
        <div key={text} className={styles.caution}>
          <CautionIcon />
          <p>
            <strong>{kind}</strong> <Inline text={text} />
          </p>
        </div>
      ))}
    </header>
  );
}
