import { catalogue, findPaper } from '@laurel/papers';
import { type PaperFilter, paperFilterSchema, type Settings, UsageError } from '@laurel/server';
import Table from 'cli-table3';
import { wholeNumber } from './arguments.ts';
import { estimate } from './claims.ts';
import { openShelf } from './shelf.ts';

interface Output {
  json: boolean;
}

/** `laurel papers import FILE` */
export async function importCommand(settings: Settings, file: string, { json }: Output): Promise<void> {
  const shelf = await openShelf(settings);
  try {
    const out = process.stderr;
    const counts = await shelf.importPage(file, (text) => {
      if (out.isTTY) out.write(`\r\u001b[K${text}`);
    });
    if (out.isTTY) out.write('\r\u001b[K');
    if (json) {
      print(counts);
      return;
    }
    const { date, total, added, updated, unchanged, matched, cutShort, unmatched, notes } = counts;
    const lines = [
      `${total} papers on the page of ${date}: ${added} added, ${updated} updated, ${unchanged} unchanged`,
      `${matched} matched to the catalogue${unmatched > 0 ? `, ${unmatched} not in it` : ''}`,
      ...(cutShort.length > 0 ? [`cut short on the page: ${cutShort.join('; ')}`] : []),
      ...notes.map(({ line, message }) => `${file}:${line}: ${message}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await shelf.close();
  }
}

/** `laurel papers list` */
export async function listCommand(settings: Settings, { json }: Output): Promise<void> {
  await find(settings, paperFilterSchema.parse({}), { json, limit: catalogue.length });
}

/** `laurel papers search WORDS` */
export async function searchCommand(
  settings: Settings,
  q: string,
  { limit, json, ...filter }: Record<string, string | boolean>,
): Promise<void> {
  const most = wholeNumber('--limit', String(limit));
  await find(settings, paperFilterSchema.parse({ ...filter, q }), { json: json === true, limit: most });
}

/** `laurel papers show SLUG` */
export async function showCommand(settings: Settings, slug: string, { json }: Output): Promise<void> {
  const paper = findPaper(slug);
  if (!paper) throw new UsageError(`there is no paper "${slug}"; laurel papers list names them`);
  const shelf = await openShelf(settings);
  try {
    const detail = await shelf.detail(slug);
    if (json) {
      print(detail);
      return;
    }
    const { card, claims } = detail;
    const lines = [
      `${paper.title}  (${paper.name})`,
      [paper.date, paper.venue, paper.arxiv && `arXiv ${paper.arxiv}`].filter(Boolean).join(' · '),
      paper.authors.join(', '),
      ...paper.cautions.map(({ kind, text }) => `! ${kind}: ${text}`),
      '',
      paper.summary,
      '',
    ];
    const table = new Table({
      head: ['claim', 'paper', 'ours', 'verdict'],
      colWidths: [36, 30, 30, 15],
      wordWrap: true,
      style: { head: [], border: [] },
    });
    for (const { statement, reported, ours, verdict } of claims) {
      table.push([statement, reported, ours ? estimate(ours) : '–', verdict]);
    }
    const run = card.status === 'runs' ? `laurel run ${slug}` : 'its experiment is planned';
    process.stdout.write(`${lines.join('\n')}\n${table.toString()}\n${run}\n`);
  } finally {
    await shelf.close();
  }
}

async function find(
  settings: Settings,
  filter: PaperFilter,
  { json, limit }: Output & { limit: number },
): Promise<void> {
  const shelf = await openShelf(settings);
  try {
    const { papers, mode } = await shelf.find(filter);
    const shown = papers.slice(0, limit);
    if (json) {
      print({ mode, papers: shown });
      return;
    }
    for (const { slug, title, date, status, verdicts, cautions } of shown) {
      const counts = new Map<string, number>();
      for (const { verdict } of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      const said = status === 'planned' ? 'planned' : [...counts].map(([verdict, n]) => `${n} ${verdict}`).join(', ');
      const caution = cautions.length > 0 ? ` ! ${cautions.join(', ')}` : '';
      process.stdout.write(`${date.padEnd(10)}  ${slug.padEnd(24)}  ${title}\n${' '.repeat(38)}${said}${caution}\n`);
    }
    if (shown.length === 0) process.stdout.write('nothing found\n');
    if (mode === 'lexical' && filter.mode !== 'lexical') {
      process.stderr.write('(by words only: papers are not encoded yet; laurel papers import does that)\n');
    }
  } finally {
    await shelf.close();
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
