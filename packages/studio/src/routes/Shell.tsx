import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Footer } from '../components/Footer.tsx';
import { Header } from '../components/Header.tsx';
import { KeysDialog } from '../components/KeysDialog.tsx';
import { ReachNotice } from '../components/ReachNotice.tsx';
import { useKeys } from '../components/use-keys.ts';
import styles from './shell.module.css';

/** What every page has: header, notices, keyboard help; and the focus moves to the page when it changes. */
export function Shell() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  const [keys, setKeys] = useState(false);
  useKeys({ '?': () => setKeys(true) });
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Header showKeys={() => setKeys(true)} />
      <ReachNotice />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Footer />
      <KeysDialog open={keys} close={() => setKeys(false)} />
    </>
  );
}
