import {
  type ChainData,
  type ChainFamily,
  chainMod,
  encodeResponse,
  type Problem,
  sampleDistinct,
  sampleFrom,
} from '@laurel/core/env';
import type { LanguageExample } from '@laurel/core/policy';
import type { Random } from '@laurel/core/stats';
import { z } from 'zod';

/** A family of chains with its difficulty, as plain data: what the papers about process rewards share. */
export const chainTask = z.object({
  operations: z.int().min(2).max(16).default(4).describe('Operations of a problem'),
  plan: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Chance of a plan line before a computation in the demonstrations'),
  restate: z.number().min(0).max(1).default(0).describe('Chance of a restatement before a computation'),
  slip: z.number().min(0).max(1).default(0).describe('Chance that a demonstrated computation has a wrong result'),
  fix: z.number().min(0).max(1).default(0).describe('Chance that a slip is corrected in the next line'),
  room: z.int().min(1).default(32).describe('Most tokens of a response'),
});

export type ChainTask = z.output<typeof chainTask>;

/** The family of a task. */
export function familyOf({ plan, restate, slip, fix }: ChainTask): ChainFamily {
  return chainMod({ plan, restate, corrections: slip > 0 || fix > 0 });
}

/** Tokens that a model of the task must be able to read at once. */
export function contextOf(task: ChainTask): number {
  return familyOf(task).maxPromptTokens(task.operations) + task.room;
}

/** Problems to train on, with repetitions. */
export function trainProblems(task: ChainTask, count: number, random: Random): Problem<ChainData>[] {
  const family = familyOf(task);
  return Array.from({ length: count }, () => sampleFrom(family, 'train', random, task.operations));
}

/** Different problems that nothing is trained on. */
export function heldOutProblems(
  task: ChainTask,
  split: 'validation' | 'test',
  count: number,
  random: Random,
): Problem<ChainData>[] {
  return sampleDistinct(familyOf(task), split, count, random, task.operations);
}

/** Demonstrations in the style that the task allows, slips included. */
export function demonstrations(task: ChainTask, count: number, random: Random): LanguageExample[] {
  const family = familyOf(task);
  const { tokenizer } = family;
  return trainProblems(task, count, random).map((problem) => ({
    prompt: tokenizer.encode(problem.prompt),
    response: encodeResponse(tokenizer, family.solveWithSlips(problem, { slip: task.slip, fix: task.fix }, random)),
  }));
}
