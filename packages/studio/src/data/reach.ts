import { useSyncExternalStore } from 'react';
import { api, Unreachable } from '../api.ts';

/** Where what the reader sees comes from: the server, or the catalogue that ships with the studio. */
export type Reach = 'unknown' | 'server' | 'bundled';

let reach: Reach = 'unknown';
const listeners = new Set<() => void>();

function setReach(next: Reach): void {
  if (next === reach) return;
  reach = next;
  for (const listener of listeners) listener();
}

export function subscribeReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentReach = (): Reach => reach;

export function useReach(): Reach {
  return useSyncExternalStore(subscribeReach, currentReach);
}

/** Asks the server first; what ships with the studio answers while the server is out of reach. */
export async function fromServerOr<T>(remote: () => Promise<T>, bundled: () => Promise<T>): Promise<T> {
  if (reach === 'bundled') return bundled();
  try {
    const answer = await remote();
    setReach('server');
    return answer;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    setReach('bundled');
    return bundled();
  }
}

/** Looks whether the server is back. */
export async function knock(): Promise<boolean> {
  try {
    await api.health(AbortSignal.timeout(5000));
    setReach('server');
    return true;
  } catch {
    return false;
  }
}
