import { type PlanMathData, type Problem, planMath, type Split, sampleDistinct, sampleFrom } from '@laurel/core/env';
import type { Random } from '@laurel/core/stats';
import { z } from 'zod';

/** Problems, the two roles that work on them, and how preferences between their steps are made. */
export const taskFields = {
  needed: z.int().min(1).max(4).default(3).describe('Quantities that a problem needs'),
  distractors: z.int().min(0).max(4).default(1).describe('Quantities beside the point'),
  thoughtError: z.number().min(0).max(1).default(0.3).describe('Chance that a thought of the agent is wrong'),
  mathError: z.number().min(0).max(1).default(0.08).describe('Chance that the world carries a thought out wrongly'),
  problems: z.int().min(2).default(800).describe('Problems that a tree is grown for'),
  iterations: z.int().min(4).default(60).describe('Rollouts of each tree'),
  children: z.int().min(2).default(4).describe('Next steps sampled at a node'),
  minGap: z.number().min(0).max(0.95).default(0.5).describe('Pairs must differ in value by more than this'),
  pairs: z.int().min(8).default(16000).describe('Most pairs to train on'),
};

const task = z.object(taskFields);
export type Task = z.output<typeof task>;

/** Most steps: every quantity once. */
export function mostSteps({ needed, distractors }: Task): number {
  return needed + distractors;
}

export function problemsOf(task: Task, split: Split, count: number, random: Random): Problem<PlanMathData>[] {
  const family = planMath({ distractors: task.distractors });
  return split === 'train'
    ? Array.from({ length: count }, () => sampleFrom(family, split, random, task.needed))
    : sampleDistinct(family, split, count, random, task.needed);
}
