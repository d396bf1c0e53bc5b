import { type RefObject, useEffect, useRef, useState } from 'react';
import styles from './tex.module.css';

/** A formula within a line. */
export function Tex({ tex }: { tex: string }) {
  const [place, set] = useTypeset<HTMLSpanElement>(tex, false);
  return (
    <span className={styles.inline}>
      <span ref={place} />
      {!set && <code className={styles.source}>{tex}</code>}
    </span>
  );
}

/** A displayed equation. One that is wider than its place scrolls, and the keyboard can reach it then. */
export function Equation({ tex }: { tex: string }) {
  const [place, set] = useTypeset<HTMLDivElement>(tex, true);
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const observed = frame.current;
    if (!observed || !set) return;
    const measure = () => setWide(observed.scrollWidth > observed.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(observed);
    // The equation grows when its own fonts arrive.
    document.fonts.addEventListener('loadingdone', measure);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', measure);
    };
  }, [set]);
  return (
    <div
      ref={frame}
      className={styles.display}
      {...(wide ? { tabIndex: 0, role: 'group', 'aria-label': 'Equation' } : {})}
    >
      <div ref={place} />
      {!set && <code className={styles.source}>{tex}</code>}
    </div>
  );
}

let katex: typeof import('./katex.ts') | undefined;

/** Typesets into an element. KaTeX comes in its own chunk; until it is there, and if it never comes, the TeX is shown. */
function useTypeset<E extends HTMLElement>(tex: string, display: boolean): [RefObject<E | null>, boolean] {
  const place = useRef<E>(null);
  const [set, setSet] = useState(false);
  useEffect(() => {
    let live = true;
    const typeset = (module: typeof import('./katex.ts')) => {
      katex = module;
      if (!live || !place.current) return;
      module.render(tex, place.current, display);
      setSet(true);
    };
    if (katex) typeset(katex);
    else import('./katex.ts').then(typeset, () => {});
    return () => {
      live = false;
    };
  }, [tex, display]);
  return [place, set];
}
