import { defaults } from './defaults.ts';
import styles from './figures.module.css';
import { formatNumber } from './format.ts';
import type { Colors } from './layout.ts';

/** HTML rather than Plot's own legend: its texts wrap, and its colours follow the theme. */
export function Legend({ colors: { label, scheme, domain } }: { colors: Colors }) {
  if (scheme === 'categorical') {
    return (
      <div className={styles.legend}>
        {label && <span className={styles.legendLabel}>{label}</span>}
        <ul>
          {domain.map((name, i) => (
            <li key={name}>
              <span className={styles.swatch} style={{ background: defaults.series[i % defaults.series.length] }} />
              {name}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const ramp = scheme === 'sequential' ? defaults.sequential : defaults.diverging;
  const stops = [0, 0.25, 0.5, 0.75, 1].map(ramp).join(', ');
  return (
    <div className={styles.legend}>
      {label && <span className={styles.legendLabel}>{label}</span>}
      <span>{formatNumber(Number(domain[0]))}</span>
      <span className={styles.ramp} style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span>{formatNumber(Number(domain.at(-1)))}</span>
    </div>
  );
}
