import { hc } from 'hono/client';
import type { Api } from './app.ts';

/**
 * A typed client of the API; works in browsers and in Node.
 *
 * @example
 * const api = createClient('http://127.0.0.1:4280');
 * const answer = await api.api.papers.$get({ query: { q: 'reward hacking' } });
 * const { papers } = await answer.json();
 */
export function createClient(baseUrl: string, headers: Record<string, string> = {}) {
  return hc<Api>(baseUrl, { headers });
}
