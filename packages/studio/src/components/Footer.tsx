import { Link } from '@tanstack/react-router';
import styles from './footer.module.css';

export function Footer() {
  return (
    <footer className={styles.footer}>
      <p>Rewards you can trust before you train on them.</p>
      <p>
        <Link to="/evidence">What the verdicts rest on</Link>
      </p>
    </footer>
  );
}
