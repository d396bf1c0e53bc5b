import { Link } from '@tanstack/react-router';
import type { Evidence } from '../api.ts';
import { Verdict } from '../components/Verdict.tsx';
import { usePage } from '../use-page.ts';
import { evidences, verdictOrder, verdicts } from '../verdicts.ts';
import styles from './evidence.module.css';

const kinds: Evidence[] = ['exact', 'trained', 'simulated', 'live'];

export function EvidencePage() {
  usePage('Evidence', 'What Laurel’s verdicts mean and what the numbers behind them rest on.');
  return (
    <div className={styles.page}>
      <header>
        <h1>What the verdicts rest on</h1>
        <p className={styles.lead}>
          Each paper claims something. For each claim we state beforehand how it would be judged, measure it again over
          several seeds, and say what came out, whichever way it went.
        </p>
      </header>
      <section aria-labelledby="verdicts">
        <h2 id="verdicts">Verdicts</h2>
        <dl className={styles.list}>
          {verdictOrder.map((verdict) => (
            <div key={verdict}>
              <dt>
                <Verdict verdict={verdict} />
              </dt>
              <dd>{verdicts[verdict].meaning}</dd>
            </div>
          ))}
        </dl>
        <p>
          The first four come out of an acceptance rule that stands beside each claim. Intervals are bootstrap intervals
          over independent units: seeds, environments, prompts. One unit has no interval and so decides nothing.
        </p>
      </section>
      <section aria-labelledby="kinds">
        <h2 id="kinds">Kinds of evidence</h2>
        <dl className={styles.list}>
          {kinds.map((kind) => (
            <div key={kind} id={kind}>
              <dt>
                <strong>{evidences[kind].label}</strong>
              </dt>
              <dd>{evidences[kind].meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">House rules</h2>
        <ul className={styles.rules}>
          <li>Nothing is tuned on the seeds that are reported.</li>
          <li>Baselines get their best fair chance.</li>
          <li>
            A refuted claim is a result. It says that the claim failed in our setting, at our scale, by its own rule.
          </li>
          <li>
            Most of our settings are far smaller than the paper’s. Where we depart from it, the paper’s page says how
            and why.
          </li>
          <li>
            Recorded results carry their profile, seeds, date and machine; they are marked when the code has changed
            since.
          </li>
        </ul>
        <p>
          <Link to="/results">All papers and claims in one table</Link>
        </p>
      </section>
    </div>
  );
}
