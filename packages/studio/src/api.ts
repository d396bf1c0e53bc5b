import type {
  experimentInfoSchema,
  paperCardSchema,
  paperDetailSchema,
  paperListSchema,
  problemSchema,
  recordedSchema,
  resultRowSchema,
  runSchema,
} from '@laurel/server/schemas';
import type { z } from 'zod';

/** The server's HTTP API as the studio uses it. Only types come from the server. */

export type PaperCard = z.output<typeof paperCardSchema>;
export type PaperList = z.output<typeof paperListSchema>;
export type PaperDetail = z.output<typeof paperDetailSchema>;
export type ClaimState = PaperDetail['claims'][number];
export type Verdict = ClaimState['verdict'];
export type ExperimentInfo = z.output<typeof experimentInfoSchema>;
export type RecordedResult = z.output<typeof recordedSchema>;
export type ResultRow = z.output<typeof resultRowSchema>;
export type ServerRun = z.output<typeof runSchema>;
export type RunSummary = Omit<ServerRun, 'report'>;
export type Evidence = ExperimentInfo['evidence'];
export type Profile = ServerRun['profile'];
type Problem = z.output<typeof problemSchema>;

export interface PaperSearch {
  q?: string;
  tag?: string;
  room?: string;
  verdict?: Verdict;
  status?: PaperCard['status'];
  from?: string;
  to?: string;
  mode?: string;
}

export interface RunRequest {
  slug: string;
  profile: Profile;
  seeds?: number;
  params?: Record<string, unknown>;
}

/** Nothing that speaks this API answers. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** The server answered with a problem (RFC 9457). */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly errors: readonly { path: string; message: string }[];

  constructor({ title, detail, status, errors }: Pick<Problem, 'title' | 'detail' | 'status' | 'errors'>) {
    super(detail || title);
    this.status = status;
    this.errors = errors ?? [];
  }
}

async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, init);
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw new Unreachable('the server does not answer', { cause });
  }
  // A static host answers with a page, a proxy without its server with plain text.
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) throw new Unreachable(`the server answered ${response.status} with ${type || 'no type'}`);
  const body = await response.json();
  if (!response.ok) {
    throw new ApiProblem({
      title: body?.title ?? response.statusText,
      detail: body?.detail ?? `HTTP ${response.status}`,
      status: response.status,
      errors: body?.errors,
    });
  }
  return body;
}

function post(body?: object): RequestInit {
  return body === undefined
    ? { method: 'POST' }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function query(fields: object): string {
  const filled = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return filled.length > 0 ? `?${new URLSearchParams(filled)}` : '';
}

const segment = encodeURIComponent;

export const api = {
  health: (signal?: AbortSignal) => request<{ status: string; version: string }>('/health', signal ? { signal } : {}),
  papers: (search: PaperSearch, signal: AbortSignal) => request<PaperList>(`/papers${query(search)}`, { signal }),
  paper: (slug: string, signal: AbortSignal) => request<PaperDetail>(`/papers/${segment(slug)}`, { signal }),
  results: (signal: AbortSignal) => request<{ rows: ResultRow[] }>('/results', { signal }),
  startRun: (run: RunRequest) => request<ServerRun>('/runs', post(run)),
  runs: (filter: { slug?: string; status?: ServerRun['status'] }, signal: AbortSignal) =>
    request<{ runs: RunSummary[] }>(`/runs${query(filter)}`, { signal }),
  run: (id: string) => request<ServerRun>(`/runs/${segment(id)}`),
  cancelRun: (id: string) => request<ServerRun>(`/runs/${segment(id)}/cancel`, post()),
  runEvents: (id: string) => new EventSource(`/api/runs/${segment(id)}/events`),
};
