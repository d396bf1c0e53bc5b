import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { UsageError } from '../settings.ts';

export interface FieldError {
  path: string;
  message: string;
}

/** An answer that is no success, as RFC 9457 has it. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  title: string,
  detail: string,
  errors?: FieldError[],
) {
  const body = { type: 'about:blank', title, status, detail, ...(errors ? { errors } : {}) };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

/** Zod's complaints as fields and sentences. */
export function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
}

/** What goes wrong in a handler, as a problem. Mistakes of the caller say what would be right; ours say little. */
export function problemOf(error: unknown, c: Context, report: (error: unknown) => void) {
  if (error instanceof HTTPException) return problem(c, error.status, 'Refused', error.message);
  if (error instanceof z.core.$ZodError) {
    const errors = fieldErrors(error);
    const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
    return problem(c, 422, 'The request does not fit', detail, errors);
  }
  if (error instanceof UsageError || error instanceof RangeError) {
    return problem(c, 422, 'The request does not fit', error.message);
  }
  report(error);
  return problem(c, 500, 'Something broke here', 'The server failed to answer; its log says why.');
}

/** What OpenAPI routes do with a request that fails its schema: the same as with every other misfit. */
export function refuse(result: { success: true } | { success: false; error: z.core.$ZodError }): void {
  if (!result.success) throw result.error;
}
