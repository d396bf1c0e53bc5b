import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createVitest, parseCLI, type TestModule } from 'vitest/node';
import { ensureChromium } from './chromium.ts';

/**
 * `npm test`: all tests, or those whose path contains one of the arguments (`npm test -- packages/core`); Vitest's own
 * options pass through. The last line is the count; the status is 0 only when something passed and nothing failed.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** What browser tests need: a browser, named by CHROMIUM, and the studio, built. Without a browser they skip. */
async function prepareBrowserTests(): Promise<void> {
  const chromium = ensureChromium();
  if ('missing' in chromium) {
    console.log(`browser tests are skipped: ${chromium.missing}`);
    process.env.LAUREL_NO_BROWSER = chromium.missing;
    return;
  }
  process.env.CHROMIUM = chromium.path;
  console.log('building the studio …');
  // In a process of its own, because here NODE_ENV is `test`.
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'packages/studio'),
    env,
  });
}

/** Counts tests; what fails outside a test (a file that does not load, a hook) counts as one that failed. */
function count(modules: readonly TestModule[]): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      if (state === 'failed') failed++;
    }
    for (const part of [module, ...module.children.allSuites()]) {
      if (part.errors().length > 0) failed++;
    }
  }
  return { passed, failed };
}

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await createVitest({ reporters: ['default'], ...options, root, watch: false });
let passed = 0;
let failed = 0;
try {
  const tests = await vitest.globTestSpecifications(filter);
  if (tests.some(({ project }) => project.name === 'e2e')) {
    await prepareBrowserTests().catch((error: unknown) => {
      console.error(`the studio cannot be built: ${String(error)}`);
      process.env.LAUREL_NO_BROWSER = 'the studio cannot be built';
      failed++;
    });
  }
  const { testModules, unhandledErrors } = await vitest.start(filter);
  const counted = count(testModules);
  passed += counted.passed;
  failed += counted.failed + unhandledErrors.length;
} catch (error) {
  console.error(error instanceof Error ? error.message : error); // no test file matches, for one
} finally {
  await vitest.close();
}
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
// Something a test left open must not keep the process alive.
process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit());
