import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const unit = {
  // Generous: a busy machine is no failure, and nothing here is a timed test.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  maxWorkers: availableParallelism(),
  setupFiles: [fileURLToPath(new URL('scripts/fast-check.setup.ts', import.meta.url))],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...unit,
          name: 'library',
          include: ['packages/{core,papers}/src/**/*.test.ts'],
          // Pure code shares a process without harm; loading it once for all files makes the whole five times faster.
          isolate: false,
        },
      },
      {
        test: {
          ...unit,
          name: 'node',
          include: ['packages/{server,cli}/**/*.test.ts', '{scripts,bench,examples}/**/*.test.ts'],
        },
      },
      {
        extends: './packages/studio/vite.config.ts',
        test: { ...unit, name: 'studio', include: ['packages/studio/{src,build}/**/*.test.{ts,tsx}'] },
      },
      {
        test: {
          name: 'e2e',
          include: ['packages/studio/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser and a server want both cores: one file at a time, after everything else.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
