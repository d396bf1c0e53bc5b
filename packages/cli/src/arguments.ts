import { UsageError } from '@laurel/server';

/** A positive whole number from the command line. */
export function wholeNumber(name: string, given: string): number {
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${name} must be a positive whole number, got "${given}"`);
  return value;
}

/** A finite number within bounds, both allowed. */
export function numberWithin(name: string, given: string, low: number, high: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (!(Number.isFinite(value) && value >= low && value <= high)) {
    const range = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new UsageError(`${name} must be a number ${range}, got "${given}"`);
  }
  return value;
}

/** One of a few words. */
export function oneOf<T extends string>(name: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === given);
  if (found === undefined) throw new UsageError(`${name} must be one of ${allowed.join(', ')}, got "${given}"`);
  return found;
}

/** `key=value`; the value is JSON where it is JSON, else text. */
export function assignment(given: string): [string, unknown] {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`--set takes key=value, got "${given}"`);
  const [key, text] = [given.slice(0, at), given.slice(at + 1)];
  try {
    return [key, JSON.parse(text)];
  } catch {
    return [key, text];
  }
}
