import { Link } from '@tanstack/react-router';
import { useTheme } from '../theme.ts';
import styles from './header.module.css';
import { AutoIcon, KeyboardIcon, MoonIcon, SunIcon } from './icons.tsx';
import { Mark } from './Mark.tsx';
import { RunIndicator } from './RunIndicator.tsx';

const themes = {
  auto: { Icon: AutoIcon, label: 'Theme: as the system says' },
  light: { Icon: SunIcon, label: 'Theme: light' },
  dark: { Icon: MoonIcon, label: 'Theme: dark' },
};

export function Header({ showKeys }: { showKeys: () => void }) {
  const [theme, nextTheme] = useTheme();
  const { Icon, label } = themes[theme];
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link to="/" className={styles.brand} aria-label="Laurel">
          <Mark />
          <span>Laurel</span>
        </Link>
        <nav aria-label="Main" className={styles.nav}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            Papers
          </Link>
          <Link to="/results" activeOptions={{ includeSearch: false }}>
            Results
          </Link>
          <Link to="/papers/$slug" params={{ slug: 'process-rewards' }}>
            Compared
          </Link>
          <Link to="/evidence">Evidence</Link>
        </nav>
        <div className={styles.tools}>
          <RunIndicator />
          <button
            type="button"
            className={`${styles.tool} ${styles.keys}`}
            aria-label="Keys"
            title="Keys (?)"
            onClick={showKeys}
          >
            <KeyboardIcon />
          </button>
          <button type="button" className={styles.tool} aria-label={label} title={label} onClick={nextTheme}>
            <Icon />
          </button>
        </div>
      </div>
    </header>
  );
}
