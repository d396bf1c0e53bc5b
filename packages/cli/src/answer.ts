import { UsageError } from '@laurel/server';

/** The body of an answer; what a problem says becomes a UsageError. */
export async function answer<T>(response: { ok: boolean; json(): Promise<unknown> }): Promise<T> {
  const body = await response.json();
  if (response.ok) return body as T; // typed by the API's own client
  const detail =
    typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : 'it did not say why';
  throw new UsageError(`the server refused: ${detail}`);
}
