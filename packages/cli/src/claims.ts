import { styleText } from 'node:util';
import type { Evidence, Paper, RunReport } from '@laurel/core/paper';
import type { Estimate } from '@laurel/core/stats';
import Table from 'cli-table3';

const colours = { holds: 'green', refuted: 'red', mixed: 'yellow', inconclusive: 'yellow' } as const;

/** The table of claims that a run ends with: the paper's figure, ours with its interval, the verdict, the evidence. */
export function claimTable(paper: Paper, report: RunReport, evidence: Evidence, columns: number): string {
  const fixed = 14 + 11 + 6;
  const room = Math.max(columns, 90) - fixed;
  const [claimWidth, paperWidth] = [Math.floor(room * 0.36), Math.floor(room * 0.28)];
  const table = new Table({
    head: ['claim', 'paper', 'ours', 'verdict', 'evidence'],
    colWidths: [claimWidth, paperWidth, room - claimWidth - paperWidth, 14, 11],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const [id, claim] of Object.entries(paper.claims)) {
    const result = report.claims[id];
    if (result) {
      const ours = `${estimate(result.ours)}\n${result.measure}`;
      const verdict = styleText(colours[result.verdict], result.verdict, { stream: process.stdout });
      table.push([claim.statement, claim.reported, ours, verdict, evidence]);
    } else if (claim.test !== 'record') {
      table.push([claim.statement, claim.reported, '–', claim.test === 'model' ? 'needs a model' : 'not judged', '–']);
    }
  }
  return table.toString();
}

/** A figure with its interval: `0.074 [0.049, 0.089] n=64`. */
export function estimate({ value, lo, hi, n }: Estimate): string {
  const interval = lo === null || hi === null ? 'no interval' : lo === hi ? 'exact' : `[${short(lo)}, ${short(hi)}]`;
  return `${short(value)} ${interval} n=${n}`;
}

function short(x: number): string {
  if (x === 0) return '0';
  return Math.abs(x) >= 1e5 || Math.abs(x) < 1e-3 ? x.toExponential(2) : String(Number(x.toPrecision(3)));
}
