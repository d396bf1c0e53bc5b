import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { UsageError } from '../settings.ts';
import { problem } from './problem.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Throws UsageError for an address beyond this machine unless there is a token to ask for. */
export function checkAddress(host: string, token: string | null): void {
  if (!LOOPBACK.has(host) && token === null) {
    throw new UsageError(
      `LAUREL_HOST is ${host}, which other machines can reach: set LAUREL_TOKEN (at least 16 characters) as well, or leave LAUREL_HOST at 127.0.0.1`,
    );
  }
}

/** Asks for the token, as `Authorization: Bearer …` or in the cookie that `/?token=…` sets. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = Buffer.from(token);
  const fits = (given: string | undefined) => {
    const bytes = Buffer.from(given ?? '');
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  };
  return async (c, next) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    const cookie = /(?:^|;\s*)laurel_token=([^;]+)/.exec(c.req.header('cookie') ?? '')?.[1];
    const query = c.req.query('token');
    if (query !== undefined && fits(query)) {
      c.header('set-cookie', `laurel_token=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`);
      return c.redirect(c.req.path);
    }
    if (fits(bearer) || fits(cookie && decodeURIComponent(cookie))) return next();
    c.header('www-authenticate', 'Bearer');
    return problem(
      c,
      401,
      'Token needed',
      'Send the access token as "Authorization: Bearer TOKEN", or open /?token=TOKEN',
    );
  };
}

/**
 * Refuses requests that a foreign page makes through the reader's browser: by name (DNS rebinding) when the server is on
 * the loopback, and by origin when they would change something.
 */
export function sameSite(host: string): MiddlewareHandler {
  return async (c, next) => {
    const { host: asked, hostname } = new URL(c.req.url); // made from the Host header
    const name = hostname.replace(/^\[|\]$/g, '');
    if (LOOPBACK.has(host) && !LOOPBACK.has(name)) {
      return problem(c, 403, 'Refused', `this server answers for ${[...LOOPBACK].join(', ')}, not for "${name}"`);
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && c.req.method !== 'GET' && c.req.method !== 'HEAD' && new URL(origin).host !== asked) {
      return problem(c, 403, 'Refused', `requests that change something must come from this site, not from ${origin}`);
    }
    return next();
  };
}
