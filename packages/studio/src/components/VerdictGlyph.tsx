import type { Verdict } from '../api.ts';
import { verdicts } from '../verdicts.ts';
import styles from './verdict.module.css';

/** One shape a verdict, so that colour is never all that tells them apart. Decorative: words stand beside it. */
export function VerdictGlyph({ verdict, size = 15 }: { verdict: Verdict; size?: number }) {
  return (
    <svg
      className={styles.glyph}
      style={{ color: verdicts[verdict].color }}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {shapes[verdict]}
    </svg>
  );
}

const cut = {
  fill: 'none',
  stroke: 'var(--page)',
  strokeWidth: 1.9,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
const outline = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round' } as const;

const shapes = {
  holds: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.9 8.3l2.2 2.2 4-4.7" {...cut} />
    </>
  ),
  refuted: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" {...cut} />
    </>
  ),
  mixed: (
    <>
      <circle cx="8" cy="8" r="6.2" {...outline} />
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
    </>
  ),
  inconclusive: (
    <>
      <circle cx="8" cy="8" r="6.2" {...outline} />
      <path d="M4.8 8.7c1-1.5 2.1-1.5 3.2-.6s2.2.9 3.2-.6" {...outline} />
    </>
  ),
  'needs a model': <path d="M8 1.5L14.5 8 8 14.5 1.5 8z" {...outline} strokeLinejoin="round" />,
  planned: <circle cx="8" cy="8" r="6" {...outline} strokeWidth={1.3} strokeDasharray="1.8 2.4" />,
  'not judged': <path d="M4.5 8h7" {...outline} />,
} satisfies Record<Verdict, React.ReactNode>;
