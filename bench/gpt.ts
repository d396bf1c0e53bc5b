import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { median } from '../packages/core/src/stats/index.ts';
import { gptWorkload, sizes, work } from './gpt-workload.ts';

const ROUNDS = 7;

/**
 * The tiny GPT beside PyTorch on one core: a training step (64 x 32 tokens, AdamW) and sampling with log-probabilities
 * (256 x 32 tokens), in turns so that both meet the same machine; and two trainings at once beside one.
 */
export async function gpt(): Promise<void> {
  const ours = gptWorkload();
  for (let i = 0; i < 20; i++) ours.train();
  for (let i = 0; i < 3; i++) ours.sample();
  const peer = await torch();
  if (typeof peer === 'string') console.log(`PyTorch: skipped, ${peer}`);
  const here = { train: [] as number[], sample: [] as number[] };
  const there = { train: [] as number[], sample: [] as number[], cached: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < 5; i++) here.train.push(timed(ours.train));
    here.sample.push(timed(ours.sample));
    if (typeof peer === 'string') continue;
    there.train.push(...(await peer.ask('train 5')));
    there.sample.push(...(await peer.ask('sample 1')));
    there.cached.push(...(await peer.ask('cached 1')));
  }
  const line = (name: string, own: number[], other: number[], goal: string) => {
    const ratio =
      other.length > 0
        ? `, ${(median(other) / median(own)).toFixed(2)} x PyTorch's ${median(other).toFixed(0)} ms`
        : '';
    console.log(`${name}: ${median(own).toFixed(1)} ms${ratio} (${goal})`);
  };
  line('training step', here.train, there.train, 'goal 0.7 x or better');
  line('sampling, against a peer that reads the whole text each time', here.sample, there.sample, 'goal 3 x or better');
  line('sampling, against a peer with a key/value cache', here.sample, there.cached, 'no goal');
  if (typeof peer !== 'string') peer.end();
  const alone = await trainApart(1);
  const both = await trainApart(2);
  console.log(`two trainings at once: ${(both / alone).toFixed(2)} x the time of one (goal at most 1.15)`);
}

function timed(f: () => void): number {
  const began = performance.now();
  f();
  return performance.now() - began;
}

/** Milliseconds until `count` threads have each done the same 60 training steps, started together; the best of three. */
async function trainApart(count: number): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const times = await Promise.all(
      Array.from({ length: count }, async () => {
        const worker = new Worker(new URL('gpt-apart.ts', import.meta.url));
        return new Promise<number>((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
        });
      }),
    );
    best = Math.min(best, Math.max(...times));
  }
  return best;
}

interface Peer {
  ask(what: string): Promise<number[]>;
  end(): void;
}

/** PyTorch on one thread, waiting for orders; or why there is none. */
async function torch(): Promise<Peer | string> {
  const script = fileURLToPath(new URL('gpt.py', import.meta.url));
  // Debian's packages belong to Debian's Python, which another may hide.
  for (const python of ['/usr/bin/python3', 'python3']) {
    const child = spawn(python, [script, JSON.stringify({ ...sizes, ...work })], {
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.on('error', () => {});
    child.stdin.on('error', () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (what: string) => {
      child.stdin.write(`${what}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} ended`);
      return JSON.parse(value) as number[];
    };
    try {
      await ask('train 1');
      return { ask, end: () => child.stdin.end() };
    } catch {
      child.kill();
    }
  }
  return "Python's torch is not installed (Debian: python3-torch libopenblas0-pthread)";
}
