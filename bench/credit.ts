import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@laurel/core/stats';

const BYTES = 2 ** 30;
const main = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
/** Prints the peak of the resident set at the end, in kB. */
const report = 'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';

/**
 * How long `laurel credit` takes for a gigabyte of rollouts, and how much memory: it should be that of a small file. The
 * heap is limited, because V8 lets garbage lie as long as there is room.
 */
export async function credit(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'laurel-bench-'));
  try {
    for (const bytes of [2 ** 24, 2 ** 28, BYTES]) {
      const file = join(home, `${bytes}.jsonl`);
      await generate(file, bytes);
      for (const output of ['file', 'stdout'] as const) {
        const out = join(home, 'out.jsonl');
        const args = ['credit', '--method', 'pure', '--in', file, ...(output === 'file' ? ['--out', out] : ['--json'])];
        const began = performance.now();
        const child = spawn(process.execPath, [`--import=${report}`, '--max-old-space-size=256', main, ...args], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let said = '';
        child.stderr.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
        let written = 0;
        child.stdout.on('data', (chunk: Buffer) => {
          written += chunk.length;
        });
        const [status] = await once(child, 'close');
        if (status !== 0) throw new Error(`laurel credit ended with ${status}: ${said}`);
        if (output === 'file') written = (await stat(out)).size;
        const seconds = (performance.now() - began) / 1000;
        const lines = said.trim().split('\n');
        const peak = Number(lines.at(-1)) / 1024;
        console.log(
          `${megabytes(bytes)} in, ${megabytes(written)} out to ${output}: ${seconds.toFixed(1)} s, ` +
            `${(bytes / 2 ** 20 / seconds).toFixed(0)} MiB/s, peak ${peak.toFixed(0)} MiB  (${lines.at(-2)})`,
        );
      }
      await rm(file);
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Groups of 8 responses of up to 24 steps. */
async function generate(file: string, bytes: number): Promise<void> {
  const rng = new Random(1, 'rollouts');
  const words = 'so we add both sides and find that the sum is even which gives the next term'.split(' ');
  const out = createWriteStream(file);
  let written = 0;
  for (let group = 0; written < bytes; group++) {
    let text = '';
    for (let k = 0; k < 8; k++) {
      const n = 1 + rng.int(24);
      const steps = Array.from({ length: n }, () => Array.from({ length: 12 }, () => rng.pick(words)).join(' '));
      const rewards = steps.map(() => Number(rng.normal().toFixed(4)));
      text += `${JSON.stringify({ id: `${group}-${k}`, prompt: `problem ${group}`, steps, rewards, correct: rng.bool() })}\n`;
    }
    written += text.length;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
