import { parentPort } from 'node:worker_threads';
import { gptWorkload } from './gpt-workload.ts';

/** One of several trainings at once: tells how long 60 steps took. */
const { train } = gptWorkload();
for (let i = 0; i < 20; i++) train();
const began = performance.now();
for (let i = 0; i < 60; i++) train();
parentPort?.postMessage(performance.now() - began);
