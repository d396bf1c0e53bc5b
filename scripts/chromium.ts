import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A browser for the tests that need one, or the reason why there is none. */
export type Chromium = { path: string } | { missing: string };

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser that CHROMIUM names, else the first of the usual places; CHROMIUM names the right one or none. */
export function findChromium(
  given = process.env.CHROMIUM,
  exists: (path: string) => boolean = existsSync,
): Chromium | null {
  if (given) return exists(given) ? { path: given } : { missing: `CHROMIUM names ${given}, which does not exist` };
  const path = usual.find(exists);
  return path === undefined ? null : { path };
}

/** Finds a browser; installs one where that is a matter of a command, which takes a minute or two. */
export function ensureChromium(): Chromium {
  const found = findChromium();
  if (found) return found;
  const hint = 'install Chromium or Chrome, or set CHROMIUM to its path';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return { missing: `no Chromium; ${hint}` };
  console.log('installing Chromium for the browser tests (apt-get) …');
  const installed = spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  });
  const why = installed.error?.message ?? String(installed.stderr).trim().split('\n').at(-1);
  return findChromium() ?? { missing: `no Chromium, and apt-get could not install it (${why}); ${hint}` };
}
