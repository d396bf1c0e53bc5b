import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { creditMethods, creditRecord } from '@laurel/core/credit';
import { UsageError } from '@laurel/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, laurel } from '../test/laurel.ts';
import { type CreditOptions, credit as credits } from './credit.ts';

const example = fileURLToPath(new URL('../../../examples/rollouts.jsonl', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laurel-credit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const usual = { method: 'returns', in: example, set: [], batch: '64', skipBad: false, json: false, table: false };
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const good = (prompt: string, ...rewards: number[]) => JSON.stringify({ prompt, rewards });
const credit = (input: string | Buffer, ...args: string[]): Promise<Ended> =>
  laurel(['credit', '--in', '-', ...args], { input });
const lastLine = (text: string) => text.trim().split('\n').at(-1);

describe('laurel credit', () => {
  it('gives what the library gives, group by group', async () => {
    const { status, out, err } = await laurel([
      'credit',
      '--method',
      'pure',
      '--in',
      example,
      '--set',
      'temperature=0.2',
    ]);
    expect(status).toBe(0);
    const raw = lines(await readFile(example, 'utf8'));
    const records = raw.map((value) => creditRecord.parse(value));
    const groups = Map.groupBy(records, ({ prompt }) => prompt);
    const credits = [...groups.values()].flatMap((group) => creditMethods.pure.run(group, { temperature: 0.2 }));
    expect(lines(out)).toEqual(
      credits.map(({ returns, advantages }, i) => ({
        line: i + 1,
        id: raw[i].id,
        returns: [...returns],
        advantages: [...advantages],
      })),
    );
    expect(lastLine(err)).toBe(`${records.length} records in ${groups.size} groups`);
  });

  it('reads the example with every method that its fields allow', async () => {
    const [first] = lines(await readFile(example, 'utf8')).map((value) => creditRecord.parse(value));
    const names = Object.keys(creditMethods).filter((name) => creditMethods[name].check(first) === null);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const out = join(folder, 'credit.jsonl');
      expect(await credits({ ...usual, method: name, out })).toBe(0);
      expect(lines(await readFile(out, 'utf8'))).toHaveLength(10);
      await rm(out);
    }
  });

  it('takes the first records for a table, and all when asked', async () => {
    const { out, status } = await laurel(['credit', '--in', example, '--table']);
    expect(status).toBe(0);
    expect(out).toContain('│ line │ step │ reward │ return │ advantage │');
    expect(out).toMatch(/│ +2 │ +-0.81 │ +-1.45 │ +-1.45 │ She gives away 7 boxes/);
    const many = await credit(`${good('p', 1)}\n`.repeat(50), '--table');
    expect(many.out).toContain('The first 20 records; --json gives all.');
    expect(lines((await credit(`${good('p', 1)}\n`.repeat(50))).out)).toHaveLength(50);
  });

  it('gives a method that looks across prompts several of them', async () => {
    const groups = [0, 1, 2].map((p) => [1, 4, p].map((reward) => good(`p${p}`, reward)));
    const args = ['--method', 'reinforce++', '--batch', '2'];
    const { out, status, err } = await credit(groups.flat().join('\n'), ...args);
    expect(status).toBe(0);
    const records = groups.map((group) => group.map((line) => creditRecord.parse(JSON.parse(line))));
    const method = creditMethods['reinforce++'];
    const expected = [...method.run([...records[0], ...records[1]]), ...method.run(records[2])];
    expect(lines(out).map(({ advantages }) => advantages)).toEqual(expected.map(({ advantages }) => [...advantages]));
    expect(err).toBe('9 records in 3 groups\n');
  });

  it('stops at the first bad line with whole groups before it', async () => {
    const input = [good('a', 1), good('a', 2), good('b', 1), good('b', 2), '{"prompt": "b"}', good('c', 1)].join('\n');
    const { status, out, err } = await credit(input, '--method', 'pure');
    expect(status).toBe(2);
    expect(err).toBe('laurel: standard input:5: rewards is missing\n');
    expect(lines(out).map(({ line }) => line)).toEqual([1, 2]);
    expect(out.endsWith('\n')).toBe(true);
  });

  it('skips bad lines when told, and a group loses that record only', async () => {
    const invalid = Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"\n')]);
    const input = Buffer.concat([
      Buffer.from(`\ufeff${good('a', 1)}\r\n\r\nnonsense\n${good('a', 2)}\n`),
      invalid,
      Buffer.from(
        `{"prompt":"a","rewards":["1"]}\n${good('a', 3)}\n${good('alone', 1)}\n${good('b', 1)}\n${good('b', 0)}\n{"pro`,
      ),
    ]);
    const { status, out, err } = await credit(input, '--method', 'rloo', '--skip-bad');
    expect(status).toBe(0);
    expect(lines(out).map(({ line, advantages }) => [line, ...advantages])).toEqual([
      [1, -1.5],
      [4, 0],
      [7, 1.5],
      [9, 1],
      [10, -1],
    ]);
    const where = (line: number) => expect.stringMatching(new RegExp(`^standard input:${line}: `));
    expect(err.trim().split('\n')).toEqual([
      where(3),
      'standard input:5: is not UTF-8',
      expect.stringMatching(/^standard input:6: rewards\[0\]: /),
      'standard input:8: is the only response to its prompt, and the method compares at least two',
      'standard input:11: is cut off: the file ends before the record does',
      '5 records in 2 groups, 5 bad lines skipped',
    ]);
    const none = await credit('x\n'.repeat(100), '--skip-bad');
    expect(none.status).toBe(1);
    expect(none.err.split('\n').length).toBeLessThan(30);
  });

  it('writes a file that appears whole or not at all', async () => {
    const out = join(folder, 'out.jsonl');
    const bad = await credit(`${good('a', 1)}\n{}\n`, '--out', out);
    expect(bad.status).toBe(2);
    expect(await readdir(folder)).toEqual([]);
    const fine = await credit(`${good('a', 1)}\n`, '--out', out);
    expect({ status: fine.status, out: fine.out }).toEqual({ status: 0, out: '' });
    expect(lines(await readFile(out, 'utf8'))).toEqual([{ line: 1, returns: [1], advantages: [1] }]);
    await credit(`${good('a', 1)}\n{}\n`, '--out', out);
    expect(lines(await readFile(out, 'utf8'))).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['out.jsonl']);
  });

  it('ends quietly when nobody reads on, and with 130 when interrupted', async () => {
    const file = join(folder, 'long.jsonl');
    await writeFile(file, `${good('p', 1, 2, 3)}\n`.repeat(200_000));
    const headed = await laurel(['credit', '--in', file], { during: (child) => child.stdout?.destroy() });
    expect(headed.status).toBe(0);
    expect(headed.err).not.toContain('laurel:');
    let asked = false;
    const out = join(folder, 'never.jsonl');
    const stopped = await laurel(['credit', '--in', file, '--json'], {
      during: (child) => {
        if (!asked) child.kill('SIGINT');
        asked = true;
      },
    });
    expect(stopped.status).toBe(130);
    expect(stopped.err).toBe('Stopped.\n');
    for (const line of stopped.out.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(await readdir(folder)).not.toContain(out);
  });

  it('needs no more memory for more lines', async () => {
    // Prints the peak at the end, in kB.
    const report = 'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';
    const peak = async (count: number) => {
      const file = join(folder, `${count}.jsonl`);
      const line = JSON.stringify({ prompt: 'x'.repeat(800), rewards: [0.5, -0.25, 1] });
      await writeFile(file, `${line}\n`.repeat(count));
      const { err, status } = await laurel(['credit', '--in', file, '--out', join(folder, 'o.jsonl')], {
        // V8 lets garbage lie as long as there is room.
        node: [`--import=${report}`, '--max-old-space-size=192'],
      });
      expect(status).toBe(0);
      return Number(lastLine(err)) / 1024;
    };
    const [some, many] = [await peak(20_000), await peak(120_000)];
    // The larger file has 85 MB more.
    expect(many - some).toBeLessThan(50);
  });
});

describe('mistakes of laurel credit', () => {
  it.each<[Partial<CreditOptions>, string]>([
    [{ in: '/' }, '/ is a folder'],
    [{ method: 'magic' }, '--method must be one of returns, '],
    [{ method: 'toString' }, '--method must be one of returns, '],
    [{ set: ['discount=2'] }, '--set for returns: discount'],
    [{ set: ['speed=2'] }, 'speed'],
    [{ set: ['speed'] }, '--set takes key=value'],
    [{ method: 'reinforce++', batch: '0' }, '--batch must be a positive whole number, got "0"'],
    [{ table: true, json: true }, '--table is for reading'],
    [{ out: '/no/such/folder/x' }, '/no/such/folder/x: ENOENT'],
  ])('%j', async (given, message) => {
    const result = credits({ ...usual, ...given });
    await expect(result).rejects.toThrow(UsageError);
    await expect(result).rejects.toThrow(message);
  });

  it('are to give no input', async () => {
    const { in: _, ...rest } = usual;
    await expect(credits(rest)).rejects.toThrow('--in must name a JSONL file');
  });

  it('are one line and status 2', async () => {
    const { status, err, out } = await laurel(['credit', '--in', '/no/such/file']);
    expect(err).toMatch(/^laurel: \/no\/such\/file: ENOENT[^\n]*\n$/);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });
});
