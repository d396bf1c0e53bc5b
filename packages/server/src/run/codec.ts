import { deserialize, serialize } from 'node:v8';
import type { Stored } from '@laurel/core/paper';

/** An artifact's value as bytes: the structured-clone format, which keeps typed arrays as they are. */
export function encodeStored(value: Stored): Uint8Array {
  return new Uint8Array(serialize(value));
}

/** The value of `encodeStored`'s bytes. Throws RangeError for bytes that are not such a value. */
export function decodeStored(bytes: Uint8Array): Stored {
  try {
    return deserialize(bytes);
  } catch (error) {
    throw new RangeError(
      `the stored artifact cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
