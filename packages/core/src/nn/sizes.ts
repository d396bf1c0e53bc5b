/** Throws RangeError with the name of the first size that is no positive whole number. */
export function checkSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${name} must be a positive whole number, got ${size}`);
  }
}
