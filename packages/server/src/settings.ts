import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';

const whole = (name: string, low: number, high: number) =>
  z.coerce
    .number({ error: `${name} must be a whole number` })
    .int(`${name} must be a whole number`)
    .min(low, `${name} must be at least ${low}`)
    .max(high, `${name} must be at most ${high}`);

const schema = z.object({
  LAUREL_HOME: z.string().min(1).default('.laurel'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must start with postgres:// or postgresql://')
    .optional(),
  LAUREL_HOST: z.string().min(1).default('127.0.0.1'),
  LAUREL_PORT: whole('LAUREL_PORT', 0, 65535).default(4280),
  LAUREL_TOKEN: z.string().min(16, 'LAUREL_TOKEN must have at least 16 characters').optional(),
  LAUREL_PARALLEL: whole('LAUREL_PARALLEL', 1, 1024).optional(),
  LAUREL_TRIAL_SECONDS: whole('LAUREL_TRIAL_SECONDS', 1, 86_400).default(1800),
  LAUREL_TRIAL_MEGABYTES: whole('LAUREL_TRIAL_MEGABYTES', 64, 65_536).default(2048),
  LAUREL_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/** Everything the environment decides. One place knows the variables' names. */
export interface Settings {
  /** Where the embedded database lives. */
  home: string;
  /** PostgreSQL; null for the embedded database. */
  databaseUrl: string | null;
  host: string;
  port: number;
  /** Needed to listen on anything but the loopback. */
  token: string | null;
  /** Trials at once. */
  parallel: number;
  trialSeconds: number;
  /** JavaScript heap of one trial. */
  trialMegabytes: number;
  log: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** A mistake of the person at the keyboard: shown as one line, exit status 2. */
export class UsageError extends Error {}

/** Reads the environment. Throws UsageError naming the variable, its value and what would be right. */
export function settingsFrom(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue.path[0]);
    const shown = name === 'LAUREL_TOKEN' || name === 'DATABASE_URL' ? '' : ` (got ${JSON.stringify(given[name])})`;
    throw new UsageError(`${issue.message.startsWith(name) ? '' : `${name}: `}${issue.message}${shown}`);
  }
  const e = parsed.data;
  return {
    home: resolve(e.LAUREL_HOME),
    databaseUrl: e.DATABASE_URL ?? null,
    host: e.LAUREL_HOST,
    port: e.LAUREL_PORT,
    token: e.LAUREL_TOKEN ?? null,
    parallel: e.LAUREL_PARALLEL ?? Math.max(1, availableParallelism()),
    trialSeconds: e.LAUREL_TRIAL_SECONDS,
    trialMegabytes: e.LAUREL_TRIAL_MEGABYTES,
    log: e.LAUREL_LOG,
  };
}
