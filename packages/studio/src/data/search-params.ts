import type { PaperSearch, Verdict } from '../api.ts';
import { isVerdict } from '../verdicts.ts';

/** What the address says of the feed. Years come as numbers, everything else as text; what does not fit is dropped. */
export interface FeedSearch {
  q?: string;
  tag?: string;
  room?: string;
  verdict?: Verdict;
  from?: number;
  to?: number;
  /** Only papers that run. */
  runs?: true;
  mode?: 'lexical' | 'semantic';
}

/** Some fields set anew; undefined takes one away. */
export type Change<T> = { [K in keyof T]?: T[K] | undefined };

export interface ResultsSearch {
  q?: string;
  verdict?: Verdict;
  evidence?: string;
}

export function feedSearch(raw: Record<string, unknown>): FeedSearch {
  const { mode } = raw;
  return defined({
    q: text(raw.q),
    tag: text(raw.tag),
    room: text(raw.room),
    verdict: verdict(raw.verdict),
    from: year(raw.from),
    to: year(raw.to),
    runs: raw.runs === true ? (true as const) : undefined,
    mode: mode === 'lexical' || mode === 'semantic' ? mode : undefined,
  });
}

export function resultsSearch(raw: Record<string, unknown>): ResultsSearch {
  return defined({ q: text(raw.q), verdict: verdict(raw.verdict), evidence: text(raw.evidence) });
}

/** The feed's search as the API takes it. */
export function paperSearchOf({ q, tag, room, verdict, from, to, runs, mode }: FeedSearch): PaperSearch {
  return defined({
    q: q?.trim() || undefined,
    tag,
    room,
    verdict,
    from: from === undefined ? undefined : String(from),
    to: to === undefined ? undefined : String(to),
    status: runs ? 'runs' : undefined,
    mode,
  });
}

export function isFiltered(search: FeedSearch): boolean {
  return Object.entries(search).some(([key, value]) => key !== 'mode' && value !== undefined);
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function verdict(value: unknown): Verdict | undefined {
  return typeof value === 'string' && isVerdict(value) ? value : undefined;
}

function year(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1900 && number <= 2200 ? number : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that are undefined, so that equal searches make equal addresses. */
function defined<T extends object>(fields: T): Defined<T> {
  const kept: Defined<T> = { ...fields };
  for (const key in kept) if (kept[key] === undefined) delete kept[key];
  return kept;
}
