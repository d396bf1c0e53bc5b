import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Ended {
  /** Null when a signal ended it. */
  status: number | null;
  out: string;
  err: string;
}

/** Runs the command to its end. */
export function laurel(
  args: readonly string[],
  {
    input,
    env = {},
    node = [],
    during,
  }: {
    /** Standard input; closed at once unless given. */
    input?: string | Buffer;
    env?: Record<string, string>;
    /** Options of Node itself. */
    node?: readonly string[];
    /** Called with all its output so far, whenever there is more. */
    during?: (process: ReturnType<typeof spawn>, out: string) => void;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...node, main, ...args], {
    env: { ...process.env, NO_COLOR: '1', DATABASE_URL: '', ...env },
  });
  const ended = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.out += chunk.toString();
    during?.(child, ended.out);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ended.err += chunk.toString();
  });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...ended }));
  });
}
