import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'laurel-cli-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function laurel(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = { ...process.env, LAUREL_HOME: home, DATABASE_URL: '', NO_COLOR: '1', LAUREL_PARALLEL: '2' };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('laurel run', () => {
  it('ends with the table of claims, and repeats nothing the second time', async () => {
    const first = await laurel('run', 'starc', '--profile', 'smoke');
    expect(first.status).toBe(0);
    expect(first.out).toContain('A STARC distance');
    expect(first.out).toMatch(/smoke profile, \d+ of \d+ trials/);
    const again = await laurel('run', 'starc', '--profile', 'smoke', '--json');
    const { report, seconds } = JSON.parse(again.out);
    expect(report.failures).toEqual([]);
    expect(Object.keys(report.claims).length).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(60);
  });
});

describe('mistakes are one line and status 2', () => {
  it.each([
    [['run', 'nothing'], 'paper "nothing" has no experiment; these run: '],
    [['run', 'starc', '--profile', 'huge'], '--profile must be one of smoke, quick, full, got "huge"'],
    [['run', 'starc', '--seeds', '1.5'], '--seeds must be a positive whole number, got "1.5"'],
    [['run', 'starc', '--set', 'statez=1'], 'starc has no parameter statez; it has: states'],
    [['run', 'starc', '--set', 'states'], '--set takes key=value, got "states"'],
    [['run', 'starc', '--record'], '--record is for --profile full'],
    [['worker'], 'set DATABASE_URL'],
    [['papers', 'show', 'nothing'], 'there is no paper "nothing"'],
    [['papers', 'search', 'hacking', '--room', 'cellar'], 'room'],
    [['papers', 'import', '/no/such/file'], '/no/such/file'],
  ])('%j', async (args, message) => {
    const { status, err } = await laurel(...args);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });
});

describe('laurel papers', () => {
  it('searches by words before anything is encoded, and says so', async () => {
    const { out, err, status } = await laurel('papers', 'search', 'judge fooled by an empty answer', '--limit', '3');
    expect(status).toBe(0);
    expect(out).toContain('one-token');
    expect(err).toContain('by words only');
    const json = JSON.parse(
      (await laurel('papers', 'search', 'reward hacking', '--json', '--tag', 'reward hacking')).out,
    );
    expect(json.papers.length).toBeGreaterThan(0);
    for (const paper of json.papers) expect(paper.tags).toContain('reward hacking');
  });

  it('lists and shows', async () => {
    expect((await laurel('papers', 'list')).out.split('\n').filter((line) => /^\d{4}-/.test(line))).toHaveLength(74);
    expect((await laurel('papers', 'show', 'starc')).out).toContain('laurel run starc');
  });

  it('refuses a page that is none', async () => {
    const file = join(home, 'page.txt');
    await writeFile(file, 'Dear diary');
    const { err, status } = await laurel('papers', 'import', file);
    expect(status).toBe(2);
    expect(err).toContain('not a daily page');
  });
});
