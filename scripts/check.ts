import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMisfits, readPapers } from './catalogue.ts';
import { findViolations, readSources } from './imports.ts';
import { findStaleKernels } from './kernels.ts';

/** `npm run check`: everything that can be known without running tests. One line a check; exit 1 if any fails. */

const root = fileURLToPath(new URL('..', import.meta.url));

const LONGEST = 80;

/** Gives what is wrong, one complaint a line; empty when all is well. */
type Check = () => Promise<string>;

/** Runs a tool of node_modules/.bin; its output is the complaint when it exits with another status than 0. */
function tool(name: string, ...args: string[]): Check {
  return () =>
    new Promise((resolve, reject) => {
      let output = '';
      const child = spawn(join(root, 'node_modules/.bin', name), args, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1' },
      });
      child.stdout.on('data', (data) => {
        output += data;
      });
      child.stderr.on('data', (data) => {
        output += data;
      });
      child.on('error', reject);
      child.on('close', (status) => resolve(status === 0 ? '' : output.trim() || `${name} ended with ${status}`));
    });
}

const imports: Check = async () =>
  findViolations(readSources(root))
    .map(({ path, line, message }) => `${path}:${line} ${message}`)
    .join('\n');

const catalogue: Check = async () => findMisfits(await readPapers(join(root, 'packages/papers'))).join('\n');

const checks: Record<string, Check> = {
  'types: core': tool('tsc', '-p', 'packages/core'),
  'types: papers': tool('tsc', '-p', 'packages/papers'),
  'types: server, cli, scripts, bench, examples': tool('tsc', '-p', '.'),
  'types: studio': tool('tsc', '-p', 'packages/studio'),
  'types: studio, build and end-to-end tests': tool('tsc', '-p', 'packages/studio/tsconfig.node.json'),
  style: tool('biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'),
  'unused code': tool('knip', '--no-progress', '--no-config-hints'),
  'import rules': imports,
  catalogue,
  kernels: findStaleKernels,
};

/** The first screen of a complaint: whoever needs the rest runs that tool alone. */
function shorten(complaint: string): string {
  const lines = complaint.split('\n');
  const rest = lines.length - LONGEST;
  return rest > 0 ? [...lines.slice(0, LONGEST), `… and ${rest} more lines`].join('\n') : complaint;
}

const began = performance.now();
const passed = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => {
    const complaint = await check().catch((error: unknown) => String(error));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${complaint === '' ? 'ok    ' : 'FAILED'} ${name} (after ${seconds} s)`);
    if (complaint !== '') console.log(shorten(complaint).replace(/^/gm, '       '));
    return complaint === '';
  }),
);
const failed = passed.filter((ok) => !ok).length;
console.log(failed === 0 ? `all ${passed.length} checks passed` : `${failed} of ${passed.length} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
