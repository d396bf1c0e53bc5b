import type { PaperDetail } from '../api.ts';
import { Figures } from '../figures/FigureView.tsx';
import { Inline, Prose } from '../prose/Prose.tsx';
import { Equation } from '../prose/Tex.tsx';
import { EvidenceNote } from '../runs/EvidenceNote.tsx';
import { RunForm } from '../runs/RunForm.tsx';
import { RunView } from '../runs/RunView.tsx';
import { ClaimList } from './ClaimList.tsx';
import { CodeSection } from './CodeSection.tsx';
import { Contents, type Section } from './Contents.tsx';
import { PaperHead } from './PaperHead.tsx';
import styles from './paper.module.css';
import { ReportSource } from './ReportSource.tsx';
import { useReport } from './use-report.ts';

/** A paper's page, once everything about it is here. */
export function PaperBody({ detail }: { detail: PaperDetail }) {
  const { kind, paper, claims, card, experiment, abstract } = detail;
  const shown = useReport(detail);
  const { report } = shown;
  const sections: Section[] = [
    { id: 'summary', title: 'Summary' },
    { id: 'method', title: 'The method' },
    { id: 'pitfalls', title: 'Pitfalls' },
    { id: 'claims', title: 'Claims' },
    { id: 'run', title: experiment ? 'Run it' : 'The experiment' },
    ...(report && report.figures.length > 0 ? [{ id: 'figures', title: 'Figures' }] : []),
    ...(experiment && experiment.departures.length > 0 ? [{ id: 'departures', title: 'Departures' }] : []),
    ...(experiment ? [{ id: 'code', title: 'In code' }] : []),
  ];
  return (
    <article>
      <PaperHead detail={detail} />
      <div className={styles.columns}>
        <div className={styles.content}>
          <section id="summary" aria-label="Summary" className={styles.summary}>
            <Prose text={paper.summary} />
            {abstract !== null && (
              <details className={styles.abstract}>
                <summary>The paper’s abstract{card.cutShort ? ', as far as the page gives it' : ''}</summary>
                <div>
                  <Prose text={abstract} />
                </div>
              </details>
            )}
          </section>

          <section id="method" aria-labelledby="method-title" className={styles.section}>
            <h2 id="method-title">The method in brief</h2>
            <ol className={styles.method}>
              {paper.method.map(({ text, tex }) => (
                <li key={text}>
                  <p>
                    <Inline text={text} />
                  </p>
                  {tex !== undefined && <Equation tex={tex} />}
                </li>
              ))}
            </ol>
          </section>

          <section id="pitfalls" aria-labelledby="pitfalls-title" className={styles.section}>
            <h2 id="pitfalls-title">Pitfalls worth knowing</h2>
            <ul className={styles.pitfalls}>
              {paper.pitfalls.map((pitfall) => (
                <li key={pitfall}>
                  <Inline text={pitfall} />
                </li>
              ))}
            </ul>
          </section>

          <section id="claims" aria-labelledby="claims-title" className={styles.section}>
            <h2 id="claims-title">Claims</h2>
            <ClaimList claims={claims} run={shown.claims} />
          </section>

          <section id="run" aria-labelledby="run-title" className={styles.section}>
            <h2 id="run-title">{experiment ? 'Run it' : 'The experiment'}</h2>
            {experiment ? (
              <>
                <div className={styles.prose}>
                  <Prose text={experiment.description} />
                </div>
                <EvidenceNote evidence={experiment.evidence} />
                <RunForm slug={paper.slug} experiment={experiment} started={shown.show} />
                {shown.run && <RunView run={shown.run} preset={experiment.profiles[shown.run.profile].params} />}
              </>
            ) : (
              <p className={styles.planned}>
                The experiment is planned. Each claim above says how it will be judged; nothing has been measured yet.
              </p>
            )}
          </section>

          {report && report.figures.length > 0 && (
            <section id="figures" aria-labelledby="figures-title" className={styles.section}>
              <h2 id="figures-title">Figures</h2>
              <ReportSource shown={shown} />
              <Figures figures={report.figures} />
              {report.artifacts
                .filter(({ figures }) => figures.length > 0)
                .map(({ name, description, figures }) => (
                  <details key={name} className={styles.artifact}>
                    <summary>
                      What the trials share: {name}. {description}
                    </summary>
                    <Figures figures={figures} />
                  </details>
                ))}
            </section>
          )}

          {experiment && experiment.departures.length > 0 && (
            <section id="departures" aria-labelledby="departures-title" className={styles.section}>
              <h2 id="departures-title">
                {kind === 'study' ? 'What to know before believing it' : 'Where we depart from the paper'}
              </h2>

              <ul className={styles.pitfalls}>
                {experiment.departures.map((departure) => (
                  <li key={departure}>
                    <Inline text={departure} />
                  </li>
                ))}
              </ul>
            </section>
          )}

          {experiment && <CodeSection paper={paper} />}
        </div>
        <Contents sections={sections} card={card} />
      </div>
    </article>
  );
}
