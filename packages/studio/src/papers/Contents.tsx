import { useEffect, useState } from 'react';
import type { PaperCard } from '../api.ts';
import { VerdictStrip } from '../components/Verdict.tsx';
import { verdictsInWords } from '../verdicts.ts';
import styles from './contents.module.css';

export interface Section {
  id: string;
  title: string;
}

/** Where the reader is on the page, and how the claims stand. */
export function Contents({ sections, card }: { sections: readonly Section[]; card: PaperCard }) {
  const current = useCurrent(sections);
  return (
    <aside className={styles.contents}>
      <div className={styles.sticky}>
        <div className={styles.standing}>
          <VerdictStrip list={card.verdicts} />
          <p>{verdictsInWords(card.verdicts.map(({ verdict }) => verdict))}</p>
        </div>
        <nav aria-label="On this page">
          <ul>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`} aria-current={id === current ? 'location' : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </aside>
  );
}

function useCurrent(sections: readonly Section[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const ids = sections.map(({ id }) => id).join(' ');
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find(({ isIntersecting }) => isIntersecting);
        if (entered) setCurrent(entered.target.id);
      },
      { rootMargin: '-20% 0px -70% 0px' },
    );
    for (const id of ids.split(' ')) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [ids]);
  return current;
}
