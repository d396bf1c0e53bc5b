import { useEffect, useRef } from 'react';
import { CrossIcon } from './icons.tsx';
import styles from './keys.module.css';
import { useKeysEnabled } from './use-keys.ts';

const keys = [
  { keys: ['/'], does: 'Search the papers' },
  { keys: ['j', 'k'], does: 'Next paper, previous paper' },
  { keys: ['Enter'], does: 'Open the paper' },
  { keys: ['Esc'], does: 'Clear the search, or leave it' },
  { keys: ['?'], does: 'Show these keys' },
];

export function KeysDialog({ open, close }: { open: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [enabled, setEnabled] = useKeysEnabled();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={close} aria-labelledby="keys-title">
      <div className={styles.head}>
        <h2 id="keys-title">Keys</h2>
        <button type="button" className={styles.close} aria-label="Close" onClick={close}>
          <CrossIcon />
        </button>
      </div>
      <dl>
        {keys.map(({ keys: names, does }) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.option}>
        <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
        Single keys are on
      </label>
    </dialog>
  );
}
