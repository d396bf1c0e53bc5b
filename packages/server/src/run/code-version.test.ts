import { describe, expect, it } from 'vitest';
import { codeVersion, sourcesOf } from './code-version.ts';

describe('codeVersion', () => {
  it('is the same for the same files, and differs between papers', async () => {
    expect(await codeVersion('starc')).toBe(await codeVersion('starc'));
    expect(await codeVersion('starc')).not.toBe(await codeVersion('policy-cliff'));
    expect(await codeVersion('starc')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('follows what is used and leaves alone what is not', async () => {
    const files = await sourcesOf('starc');
    expect(files).toContain('papers/src/starc/experiment.ts');
    expect(files).toContain('core/src/assess/distance/canonical.ts');
    expect(files).toContain('core/src/stats/random.ts');
    expect(files).toContain('core/src/policy/planning.ts');
    for (const other of ['core/src/env/intersection.ts', 'core/src/policy/ppo.ts', 'core/src/stats/mmd.ts']) {
      expect(files).not.toContain(other);
    }
  });
});
