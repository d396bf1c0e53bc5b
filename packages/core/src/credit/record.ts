import { z } from 'zod';

const numbers = z.array(z.number());

/**
 * One response to a prompt as plain data, a line of JSONL: what credit methods read. Everything but the prompt may be
 * absent; each method says what it needs. Numbers are finite; lists with one entry a step agree on how many steps
 * there are. What is not listed here is dropped.
 *
 * @example
 * creditRecord.parse({ prompt: '2 + 2 * 3', steps: ['2 * 3 = 6', '2 + 6 = 8'], rewards: [0.9, 0.8], correct: true });
 */
export const creditRecord = z
  .object({
    /** Records one after another with the same prompt form a group. */
    prompt: z.string(),
    response: z.string().optional(),
    /** The steps' texts, or where they lie in the response's tokens: from `start` up to and without `end`. */
    steps: z
      .union([
        z.array(z.string()).min(1),
        z.array(z.object({ start: z.int().nonnegative(), end: z.int().positive() })).min(1),
      ])
      .optional(),
    /** One reward a step. */
    rewards: numbers.min(1).optional(),
    /** What the whole response earned, such as a verifier's 0 or 1. */
    outcome: z.number().optional(),
    /** The same as an outcome of 1 or 0. */
    correct: z.boolean().optional(),
    /** Value of the response so far, before the first step and after each: one more than there are steps. */
    values: numbers.min(2).optional(),
    /** Predicted contribution of each step to the outcome. */
    contributions: numbers.min(1).optional(),
    /** Whether the environment accepted each step. */
    executed: z.array(z.boolean()).min(1).optional(),
    /** Log-probability of each token under the model that serves as the reward. */
    logProbs: z.array(z.number().max(0)).min(1).optional(),
    /** The same tokens under its reference model. */
    referenceLogProbs: z.array(z.number().max(0)).min(1).optional(),
  })
  .superRefine((record, context) => {
    const issue = (path: keyof CreditRecord, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const n = stepCount(record);
    for (const field of ['steps', 'rewards', 'contributions', 'executed'] as const) {
      const length = record[field]?.length ?? n;
      if (length !== n) issue(field, `must hold one entry a step, ${n}, got ${length}`);
    }
    const values = record.values?.length ?? n + 1;
    if (values !== n + 1) issue('values', `must hold one value more than there are steps, ${n + 1}, got ${values}`);
    if (record.outcome !== undefined && record.correct !== undefined && record.outcome !== Number(record.correct)) {
      issue('correct', `must agree with outcome, ${record.outcome}; give one of the two`);
    }
    const { steps, logProbs, referenceLogProbs } = record;
    if (logProbs !== undefined && referenceLogProbs !== undefined && logProbs.length !== referenceLogProbs.length) {
      issue('referenceLogProbs', `must hold one number a token, ${logProbs.length}, got ${referenceLogProbs.length}`);
    }
    let previous = 0;
    for (const step of steps ?? []) {
      if (typeof step === 'string') break;
      const most = logProbs?.length ?? Infinity;
      if (step.start < previous || step.end <= step.start || step.end > most) {
        issue('steps', `must lie in order, none empty, within the tokens; got ${step.start} to ${step.end}`);
        break;
      }
      previous = step.end;
    }
  });

export type CreditRecord = z.infer<typeof creditRecord>;

/**
 * How many steps a record has, by the first of its fields that says so. Without any, log-probabilities count each token
 * as a step, and a bare outcome is one step.
 *
 * @example
 * stepCount({ prompt: 'q', values: [0.5, 0.7, 1] }); // 2
 */
export function stepCount({ steps, rewards, contributions, executed, values, logProbs }: CreditRecord): number {
  const listed = steps ?? rewards ?? contributions ?? executed;
  if (listed !== undefined) return listed.length;
  return values !== undefined ? values.length - 1 : (logProbs?.length ?? 1);
}

/** What the response earned, or null where the record does not say. @example outcomeOf({ prompt: 'q', correct: true }) // 1 */
export function outcomeOf({ outcome, correct }: CreditRecord): number | null {
  if (outcome !== undefined) return outcome;
  return correct === undefined ? null : Number(correct);
}
