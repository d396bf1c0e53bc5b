import type { RunReport } from '@laurel/core/paper';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { PaperDetail, RunSummary } from '../api.ts';
import { runningQuery } from '../data/queries.ts';
import { reportFrom } from '../figures/report.ts';
import { attach, type Run, recall, useRuns } from '../runs/store.ts';
import type { RunClaims } from './ClaimList.tsx';

/** Which outcome a paper's page shows: the recorded one, or that of a run. */
export interface ShownReport {
  report: RunReport | null;
  /** The run in question; null for the recorded outcome. */
  run: Run | null;
  claims: RunClaims | null;
  recorded: PaperDetail['recorded'];
  /** Runs that this page knows, the latest first. */
  runs: readonly Run[];
  /** Runs on the server that ended earlier and could be shown. */
  earlier: readonly RunSummary[];
  /** Shows a run by its key, or the recorded outcome. */
  show: (key: string | null) => void;
  /** Fetches an earlier run and shows it. */
  fetchEarlier: (id: string) => Promise<void>;
}

export function useReport({ paper: { slug }, recorded, runs: onRecord }: PaperDetail): ShownReport {
  const all = useRuns();
  const runs = useMemo(() => all.filter((run) => run.slug === slug).toReversed(), [all, slug]);
  // undefined: nothing chosen, so the latest run if there is one.
  const [chosen, show] = useState<string | null | undefined>(undefined);
  const { data: onServer } = useQuery(runningQuery(slug));
  useEffect(() => {
    for (const run of onServer ?? []) attach(run);
  }, [onServer]);

  const run = (chosen === undefined ? runs[0] : runs.find(({ key }) => key === chosen)) ?? null;
  const recordedReport = useMemo(() => (recorded ? reportFrom(recorded.report) : null), [recorded]);
  const own = run?.progress.report ?? null;
  const claims = useMemo(() => (run && own ? { label: labelOf(run), claims: own.claims } : null), [run, own]);
  const known = new Set(runs.map(({ key }) => key));
  return {
    // While a run has no outcome yet, the recorded figures stay.
    report: own ?? recordedReport,
    run,
    claims,
    recorded,
    runs,
    earlier: onRecord.filter(({ id, status }) => status === 'done' && !known.has(`server-${id}`)),
    show,
    fetchEarlier: async (id) => show(await recall(id)),
  };
}

export function labelOf(run: Run): string {
  return `${run.profile}, ${run.where === 'browser' ? 'in this browser' : 'on the server'}`;
}
