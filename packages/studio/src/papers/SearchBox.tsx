import { useEffect, useRef, useState } from 'react';
import { CrossIcon, SearchIcon } from '../components/icons.tsx';
import styles from './search-box.module.css';

const DEBOUNCE = 160;

/** Search as you type. The field leads and the address follows after a pause; the back button leads the field. */
export function SearchBox({
  ref,
  q,
  change,
  leave,
}: {
  ref: React.RefObject<HTMLInputElement | null>;
  q: string;
  change: (q: string) => void;
  /** The reader goes on to the list. */
  leave: () => void;
}) {
  const [text, setText] = useState(q);
  const sent = useRef(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next;
    change(next);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(next), DEBOUNCE);
  };
  const clear = () => {
    setText('');
    send('');
  };
  return (
    <search className={styles.box}>
      <SearchIcon />
      <input
        ref={ref}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label="Search papers"
        aria-keyshortcuts="/"
        placeholder="Search titles, methods, people, ideas…"
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (text === '') event.currentTarget.blur();
            else clear();
          } else if (event.key === 'Enter') {
            send(text);
            leave();
          } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            leave();
          }
        }}
      />
      {text === '' ? (
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            clear();
            ref.current?.focus();
          }}
        >
          <CrossIcon />
        </button>
      )}
    </search>
  );
}
