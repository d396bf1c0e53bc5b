import type { ClaimResult } from '@laurel/core/paper';
import type { ClaimState } from '../api.ts';
import { Verdict } from '../components/Verdict.tsx';
import { formatNumber } from '../figures/format.ts';
import { Inline } from '../prose/Prose.tsx';
import styles from './claims.module.css';
import { longDate } from './dates.ts';

/** What a run that the reader looks at says of the claims. */
export interface RunClaims {
  /** "quick, in this browser". */
  label: string;
  claims: Readonly<Partial<Record<string, ClaimResult>>>;
}

/** The paper's claims: its figure beside ours, the verdict and why. */
export function ClaimList({ claims, run }: { claims: readonly ClaimState[]; run: RunClaims | null }) {
  return (
    <div className={styles.claims}>
      <div className={styles.columns} aria-hidden="true">
        <span>Claim</span>
        <span>The paper reports</span>
        <span>We measure</span>
      </div>
      <ol>
        {claims.map((claim) => (
          <Claim key={claim.id} claim={claim} run={run} />
        ))}
      </ol>
    </div>
  );
}

function Claim({ claim, run }: { claim: ClaimState; run: RunClaims | null }) {
  const { id, statement, reported, setting, baseline, judged, verdict, ours, measure, because, source } = claim;
  const fresh = run?.claims[id];
  return (
    <li id={`claim-${id}`} className={styles.claim}>
      <div>
        <h3 className={styles.statement}>
          <Inline text={statement} />
        </h3>
        {/* What a run on this page says stands beside; "planned" would contradict it. */}
        {!(fresh && verdict === 'planned') && (
          <p className={styles.verdict}>
            <Verdict verdict={verdict} />
          </p>
        )}
      </div>
      <div>
        <h4 className={styles.label}>The paper reports</h4>
        <p className={styles.reported}>
          <Inline text={reported} />
        </p>
        <p className={styles.small}>
          <Inline text={setting} />
        </p>
        {baseline !== null && (
          <p className={styles.small}>
            against <Inline text={baseline} />
          </p>
        )}
      </div>
      <div>
        <h4 className={styles.label}>We measure</h4>
        {ours ? (
          <Ours ours={ours} measure={measure} />
        ) : fresh ? null : (
          <p className={styles.none}>{absence[claim.verdict] ?? 'Nothing yet.'}</p>
        )}
        {source && (
          <p className={styles.small}>
            {source.kind === 'recorded' ? 'Recorded' : 'Run on this server'}: {source.profile}, {source.seeds}{' '}
            {source.seeds === 1 ? 'seed' : 'seeds'}, {longDate(source.date)}
            {source.stale && <span className={styles.stale}> · the code has changed since</span>}
          </p>
        )}
        {fresh && (
          <div className={styles.fresh}>
            <p className={styles.small}>This run: {run.label}</p>
            <Verdict verdict={fresh.verdict} />
            <Ours ours={fresh.ours} measure={fresh.measure} />
          </div>
        )}
      </div>
      <div className={styles.why}>
        {(fresh?.because ?? because) && (
          <p>
            <Inline text={fresh?.because ?? because ?? ''} />
          </p>
        )}
        <details>
          <summary>{claim.test === 'experiment' ? 'How it is judged' : 'Why it is not judged here'}</summary>
          <p>
            <Inline text={judged} />
          </p>
        </details>
      </div>
    </li>
  );
}

const absence: Partial<Record<ClaimState['verdict'], string>> = {
  'needs a model': 'Nothing: only a large model can tell.',
  'not judged': 'Nothing: kept for the record.',
  planned: 'Nothing yet.',
};

function Ours({ ours, measure }: { ours: NonNullable<ClaimState['ours']>; measure: string | null }) {
  const { value, lo, hi, n, level } = ours;
  const exact = lo === value && hi === value;
  return (
    <>
      <p className={styles.ours}>
        <strong>{formatNumber(value)}</strong>
        {!exact && lo !== null && hi !== null && (
          <span>
            {' '}
            [{formatNumber(lo)}, {formatNumber(hi)}]
          </span>
        )}
      </p>
      <p className={styles.small}>
        {measure}
        {measure && '; '}
        {exact
          ? 'exact'
          : lo === null
            ? `one unit, so no interval`
            : `${formatNumber(100 * level)}% interval over ${n} units`}
      </p>
    </>
  );
}
