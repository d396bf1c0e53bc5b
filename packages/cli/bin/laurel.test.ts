import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

// The launcher with a small command behind it: what the command itself does is tested elsewhere.
const folder = mkdtempSync(join(tmpdir(), 'laurel-launcher-'));
mkdirSync(join(folder, 'bin'));
mkdirSync(join(folder, 'src'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
cpSync(fileURLToPath(new URL('laurel.js', import.meta.url)), join(folder, 'bin/laurel.js'));
symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'));
writeFileSync(
  join(folder, 'src/main.ts'),
  `const [word, status]: string[] = process.argv.slice(2);
   process.exitCode = Number(status);
   if (word === 'wait') {
     setTimeout(() => {}, 20_000);
     process.on('SIGINT', () => process.exit(7));
   }
   console.log(word);`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const old = "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.19.0'}})";

describe.each([
  ['this Node', []],
  ['a Node that is too old', ['--import', old]],
])('laurel on %s', (_, nodeOptions) => {
  const laurel = (...args: string[]) =>
    spawn(process.execPath, [...nodeOptions, join(folder, 'bin/laurel.js'), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  it('passes arguments, output and exit status through', async () => {
    const child = laurel('hello', '5');
    const [[output], [status]] = await Promise.all([once(child.stdout, 'data'), once(child, 'close')]);
    expect(String(output)).toBe('hello\n');
    expect(status).toBe(5);
  });

  it.each([
    ['SIGINT', [7, null]],
    ['SIGTERM', [null, 'SIGTERM']],
  ] as const)('passes %s through', async (signal, expected) => {
    const child = laurel('wait', '0');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'close')).toEqual(expected);
  });
});
