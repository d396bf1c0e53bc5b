/** Values that survive a trip through JSON unchanged: what configurations, results and figures are made of. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * `T` where every part of it is plain data, and an unusable type where some part is not, so that a trial that returns a
 * Map, a typed array or a function fails to compile. (Interfaces have no index signature, hence the mapped form.)
 */
export type AsPlain<T> = T extends string | number | boolean | null
  ? T
  : T extends (...args: never[]) => unknown
    ? never
    : T extends ArrayBufferView | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>
      ? never
      : T extends object
        ? { [K in keyof T]: AsPlain<Exclude<T[K], undefined>> | Extract<T[K], undefined> }
        : never;

/**
 * Checks at run time what `AsPlain` says at compile time, and that every number is finite: JSON would turn NaN into null
 * without a word. Throws TypeError naming the path, such as `result.curve[3]`.
 */
export function assertPlain(value: unknown, path = 'value'): asserts value is Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} must be a finite number, got ${value}`);
    return;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertPlain(value[i], `${path}[${i}]`);
    return;
  }
  if (typeof value === 'object' && isRecord(value)) {
    for (const [key, part] of Object.entries(value)) {
      if (part !== undefined) assertPlain(part, `${path}.${key}`);
    }
    return;
  }
  const kind = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
  throw new TypeError(`${path} must be plain data (JSON), got ${kind}`);
}

function isRecord(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** JSON with keys in one order at every level: equal data, equal text. */
export function canonicalJson(value: unknown): string {
  assertPlain(value);
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}

/** SHA-256 of a text as 64 hex digits. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
