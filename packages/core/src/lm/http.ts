import type { FailureKind } from './language-model.ts';
import type { Again } from './retry.ts';
import { joinStream } from './stream.ts';

/** A request that came to nothing: the sentence for the `Failure`, and whether another attempt may help. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly kind: FailureKind;
  readonly again: Again;

  constructor(kind: FailureKind, message: string, again: Again) {
    super(message);
    this.kind = kind;
    this.again = again;
  }
}

const atOnce: Again = { retry: true, afterMs: null };
const never: Again = { retry: false };

/** What every request of one endpoint shares. */
export interface Connection {
  /** Sent as they are. Their values are struck out of every message. */
  headers: Headers;
  /** For one attempt, from the first byte sent to the last received. */
  timeoutMs: number;
  fetch: typeof fetch;
}

/**
 * Posts JSON and gives the JSON that comes back; an event stream comes back joined, as if it had not been one. Rejects with
 * RequestFailure naming the address, what happened and what would be right; with the signal's reason when aborted.
 */
export async function postJson(
  connection: Connection,
  url: URL,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { timeoutMs } = connection;
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const hide = concealer(connection.headers, url);
  // Without the query, which may hold a key.
  const where = `POST ${url.origin}${url.pathname}`;
  const fail = (kind: FailureKind, what: string, again: Again) =>
    new RequestFailure(kind, hide(`${where} ${what}`), again);
  const interrupted = (error: unknown, what: string): RequestFailure => {
    signal?.throwIfAborted();
    return timeout.aborted
      ? fail(
          'timeout',
          `gave no full answer within ${timeoutMs} ms; raise timeoutMs, ask for fewer tokens, or lower concurrency`,
          atOnce,
        )
      : fail('unavailable', `${what} (${causeOf(error)})`, atOnce);
  };

  let response: Response;
  try {
    response = await connection.fetch(url, {
      method: 'POST',
      headers: connection.headers,
      body: JSON.stringify(body),
      // Following one would carry the prompts, and keys in headers of one's own, to an address nobody named.
      redirect: 'manual',
      signal: either,
    });
  } catch (error) {
    throw interrupted(
      error,
      'could not be reached; check baseUrl, that the server runs, and in a browser that it allows this origin',
    );
  }
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw interrupted(error, `answered ${response.status}, but the connection broke before the answer was complete`);
  }

  if (!response.ok) {
    const { kind, advice, retry } = judgeStatus(response.status);
    const asked = response.headers.get('x-should-retry');
    const afterMs = retryAfterMs(response.headers);
    const patience = afterMs === null ? '' : ` and asks to wait ${afterMs / 1000} s`;
    const again = asked === null ? retry && !/"insufficient_quota"/.test(text) : asked === 'true';
    throw fail(
      kind,
      `answered ${response.status}${patience}: ${messageOf(text)}; ${advice}`,
      again ? { retry: true, afterMs } : never,
    );
  }
  let answer: unknown;
  try {
    const streamed = response.headers.get('content-type')?.startsWith('text/event-stream');
    answer = streamed ? joinStream(text) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw fail('malformed', `answered ${response.status} with what is not JSON: ${excerpt(text)}`, atOnce);
    }
    if (error instanceof TypeError) throw fail('malformed', `answered ${response.status}, but ${error.message}`, never);
    if (error instanceof Error) throw fail('unavailable', `answered ${response.status}, but ${error.message}`, atOnce);
    throw error;
  }
  // Gateways answer 200 before they know that the model behind them fails.
  if (typeof answer === 'object' && answer !== null && 'error' in answer && answer.error) {
    const code = typeof answer.error === 'object' && 'code' in answer.error ? Number(answer.error.code) : Number.NaN;
    const { kind, advice, retry } = judgeStatus(code >= 400 ? code : 502);
    throw fail(
      kind,
      `answered ${response.status} with an error: ${messageOf(text)}; ${advice}`,
      retry ? atOnce : never,
    );
  }
  return answer;
}

/** What a status other than 2xx means for the request. */
function judgeStatus(status: number): { kind: FailureKind; advice: string; retry: boolean } {
  const refused = (advice: string) => ({ kind: 'refused' as const, advice, retry: false });
  if (status === 401) return refused('check key');
  if (status === 403) return refused('check that the key may use this model');
  if (status === 404) return refused('check baseUrl (it usually ends in /v1) and model');
  if (status === 405) return refused('check baseUrl and api');
  if (status === 413) return refused('shorten the prompt');
  if (status === 429) return { kind: 'unavailable', advice: 'lower concurrency, or check the quota', retry: true };
  if (status === 501 || status === 505) return refused('the server lacks what was asked; check api and dialect');
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    return { kind: 'unavailable', advice: 'look at the log of the server', retry: true };
  }
  // A browser shows a redirect as status 0.
  if (status < 400) return refused('this is a redirect: give the address it leads to as baseUrl');
  return refused('check the options, model and dialect against what the server takes');
}

/**
 * How long a server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date, which is measured by the
 * server's own clock (`date`). Null where it does not say.
 *
 * @example
 * retryAfterMs(new Headers({ 'retry-after': '2' })); // 2000
 */
export function retryAfterMs(headers: Headers): number | null {
  const milliseconds = headers.get('retry-after-ms');
  const seconds = headers.get('retry-after');
  const wait =
    milliseconds !== null
      ? Number(milliseconds)
      : seconds === null
        ? Number.NaN
        : /^\s*[\d.]+\s*$/.test(seconds)
          ? Number(seconds) * 1000
          : Date.parse(seconds) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** The server's own words, in one short line. */
function messageOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const found = [body, field(body, 'error')].flatMap((at) => [field(at, 'message'), field(at, 'detail'), at]);
    const words = found.find((candidate) => typeof candidate === 'string');
    if (typeof words === 'string') return excerpt(words);
  } catch {
    // Not JSON: a proxy's page, say. Its beginning will do.
  }
  return excerpt(text);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return '(nothing)';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Strikes out whatever a server quotes of what nobody should read: keys in headers and in the address. */
function concealer(headers: Headers, url: URL): (text: string) => string {
  const secrets = [...headers]
    .filter(([name]) => name !== 'content-type' && name !== 'accept')
    .flatMap(([, value]) => [value, value.replace(/^Bearer /, '')])
    .concat([...url.searchParams.values()])
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '[hidden]'), text);
}

/** Node hides the reason of a failed fetch in its cause; browsers give none. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = field(cause, 'code');
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : error.message;
}
