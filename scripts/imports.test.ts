import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findViolations, readSources } from './imports.ts';

const messages = (path: string, text: string) => findViolations([{ path, text }]).map(({ message }) => message);

const starc = 'packages/papers/src/starc/experiment.ts';
const shaping = 'packages/core/src/reward/shaping.ts';

describe('allowed', () => {
  it.each([
    ['core: own room and rooms before', shaping, "import './task.ts'; import { Random } from '../stats/index.ts';"],
    ['core: a test uses later rooms', 'packages/core/src/reward/shaping.test.ts', "import '../policy/index.ts';"],
    ['core: words about clocks', shaping, "// Date.now() and import 'node:fs'\nexport const s = 'Math.random()';"],
    ['core: the default clock', 'packages/core/src/paper/run.ts', 'const now = () => performance.now();'],
    ['core: a given date', shaping, "new Date('2024-01-01');"],
    ['papers: core', starc, "import '@laurel/core/env'; import { z } from 'zod'; import './paper.ts';"],
    ['papers: the laboratory', starc, "import { chain } from '../lab/chain.ts';"],
    ['papers: the catalogue', 'packages/papers/src/experiments.ts', "import('./starc/experiment.ts');"],
    ['papers: tests', 'packages/papers/src/starc/experiment.test.ts', "import 'vitest'; import 'fast-check';"],
    [
      'server',
      'packages/server/src/run/a.ts',
      "import 'node:fs'; import '@laurel/papers'; import '@laurel/core/paper';",
    ],
    ['cli', 'packages/cli/src/main.ts', "import '@laurel/server';"],
    ['studio: types', 'packages/studio/src/api.ts', "import type { RunReport } from '@laurel/server/schemas';"],
    ['studio: end to end', 'packages/studio/e2e/feed.test.ts', "import { serve } from '@laurel/server';"],
  ])('%s', (_, path, text) => {
    expect(messages(path, text)).toEqual([]);
  });
});

describe('refused', () => {
  it.each([
    ['core -> papers', shaping, "import '@laurel/papers';", 'core may import none of the other packages'],
    ['papers -> server', starc, "import '@laurel/server';", 'papers may import core of the other packages'],
    ['server -> cli', 'packages/server/src/a.ts', "import '@laurel/cli';", 'server may import papers, core'],
    [
      'server -> studio',
      'packages/server/src/a.ts',
      "export * from '@laurel/studio';",
      'server may import papers, core',
    ],
    ['studio -> cli', 'packages/studio/src/a.tsx', "import '@laurel/cli';", 'studio may import papers, core'],
    ['studio: values', 'packages/studio/src/a.ts', "import { client } from '@laurel/server/client';", 'types only'],
    ['studio: other types', 'packages/studio/src/a.ts', "import type { Db } from '@laurel/server';", 'types only'],
    ['by path', 'packages/server/src/a.ts', "import '../../core/src/stats/index.ts';", 'leaves the package'],
    ['a later room', shaping, "import '../policy/index.ts';", 'room reward comes before policy'],
    ['a later room, type', shaping, "import type { P } from '../policy/index.ts';", 'room reward comes before policy'],
    ['a later room, in a type', shaping, "type P = import('../policy/index.ts').P;", 'room reward comes before policy'],
    ['a later room by name', shaping, "import '@laurel/core/policy';", 'room reward comes before policy'],
    ['past the index', shaping, "export { Random } from '../stats/random.ts';", 'import room stats by its index.ts'],
    ['past the index, test', 'packages/core/src/env/a.test.ts', "import '../stats/random.ts';", 'by its index.ts'],
    ['no such room', 'packages/core/src/misc/a.ts', "import '../stats/index.ts';", 'core has no room misc'],
    ['node in core', shaping, "import { readFileSync } from 'node:fs';", 'run in browsers too'],
    ['node in a paper, dynamic', starc, "const fs = await import('fs/promises');", 'run in browsers too'],
    ['chance', starc, 'export const x = Math.random();', 'Math.random'],
    ['clock', shaping, 'const t = Date.now();', 'Date.now'],
    ['clock, passed on', shaping, 'const t = performance.now;', 'performance.now'],
    ['today', starc, 'const t = new Date();', 'new Date()'],
    ['another paper', starc, "import { chain } from '../par/chain.ts';", 'only themselves and src/lab'],
    ['the catalogue from a paper', starc, "import { catalogue } from '../index.ts';", 'only themselves and src/lab'],
    ['a paper from the laboratory', 'packages/papers/src/lab/a.ts', "import '../starc/paper.ts';", 'only themselves'],
    ['packages in papers', starc, "import 'react';", 'papers import @laurel/core and zod, minisearch'],
  ])('%s', (_, path, text, expected) => {
    expect(messages(path, text)).toEqual([expect.stringContaining(expected)]);
  });

  it('names the line', () => {
    expect(findViolations([{ path: shaping, text: "import './a.ts';\n\nimport 'node:fs';\n" }])).toMatchObject([
      { path: shaping, line: 3 },
    ]);
  });

  it('does not pass over a file it cannot read', () => {
    expect(() => messages(shaping, 'const = 1;')).toThrow(shaping);
  });
});

it('finds the files of this repository', () => {
  const sources = readSources(fileURLToPath(new URL('..', import.meta.url)));
  expect(sources.map(({ path }) => path)).toContain('packages/core/src/stats/index.ts');
});
