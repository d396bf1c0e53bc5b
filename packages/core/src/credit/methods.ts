import { z } from 'zod';
import { redistribute, terminalRewards, uniformRewards, valueDifferences } from './attribution.ts';
import { clipDelta } from './clip-delta.ts';
import { gae } from './gae.ts';
import { groupRelativeAdvantages } from './group-relative.ts';
import { drGrpoAdvantages, reinforcePlusPlusBaselineAdvantages } from './group-variants.ts';
import { implicitRewards } from './implicit.ts';
import { leaveOneOutAdvantages } from './leave-one-out.ts';
import type { StepForm } from './min-form.ts';
import { primeAdvantages } from './prime.ts';
import { bestOfKValues, effectiveRewards } from './progress.ts';
import { pureAdvantages } from './pure.ts';
import { type CreditRecord, outcomeOf, stepCount } from './record.ts';
import { discountedReturns } from './returns.ts';
import { consecutiveSteps, type StepSpan } from './step-tokens.ts';

/** What a method gives each step of a response. */
export interface Credit {
  /** The step's return: what it and the steps after it earn, before any baseline. */
  readonly returns: Float64Array;
  /** What the step's log-probability is multiplied by; the returns themselves where the method has no baseline. */
  readonly advantages: Float64Array;
}

type Field = Exclude<keyof CreditRecord, 'prompt' | 'response'>;

/** A way to turn records of one prompt into returns and advantages, with its options as data. */
export interface CreditMethod {
  /** One line for a list of methods. */
  readonly summary: string;
  /** The fields a record must have: one of each entry's. */
  readonly needs: readonly (readonly Field[])[];
  /** Whether the method compares responses, and so needs at least two of a prompt. */
  readonly group: boolean;
  /** Whether it looks at several prompts at once, and so should be given more than one group, each prompt's together. */
  readonly batch: boolean;
  /** Every option has a default and a description. */
  readonly options: z.ZodObject;
  /** Why this record cannot be used with these options, naming the field; null when it can. */
  check(record: CreditRecord, options?: Readonly<Record<string, unknown>>): string | null;
  /**
   * Credit of each record, in order.
   *
   * @param group the records of one prompt, or of several for a `batch` method, parsed by `creditRecord`
   * @throws RangeError for a record that `check` objects to, a group that is too small, an option out of its range, or
   *   numbers so large that a result is not finite
   */
  run(group: readonly CreditRecord[], options?: Readonly<Record<string, unknown>>): Credit[];
}

interface Definition<S extends z.ZodObject> {
  summary: string;
  needs: readonly (readonly Field[])[];
  group?: boolean;
  batch?: boolean;
  options: S;
  /** What else a record must fulfil. */
  also?: (record: CreditRecord, options: z.output<S>) => string | null;
  credit(group: readonly CreditRecord[], options: z.output<S>): Credit[];
}

function method<S extends z.ZodObject>(definition: Definition<S>): CreditMethod {
  const { summary, needs, group = false, batch = false, options, also, credit } = definition;
  const settle = (given: Readonly<Record<string, unknown>>) => {
    const parsed = options.safeParse(given);
    if (!parsed.success) throw new RangeError(z.prettifyError(parsed.error));
    return parsed.data;
  };
  const objection = (record: CreditRecord, settled: z.output<S>) => {
    const missing = needs.find((fields) => fields.every((field) => record[field] === undefined));
    return missing === undefined ? (also?.(record, settled) ?? null) : `${missing.join(' or ')} is missing`;
  };
  return {
    summary,
    needs,
    group,
    batch,
    options,
    check: (record, given = {}) => objection(record, settle(given)),
    run(records, given = {}) {
      const settled = settle(given);
      records.forEach((record, i) => {
        const wrong = objection(record, settled);
        if (wrong !== null) throw new RangeError(`group[${i}]: ${wrong}`);
        if (!batch && record.prompt !== records[0].prompt) {
          throw new RangeError(`group[${i}] must have the prompt of group[0]`);
        }
      });
      const alone = group ? byPrompt(records).find((responses) => responses.length < 2) : undefined;
      if (alone !== undefined) {
        throw new RangeError(`group must hold at least two responses to a prompt, got ${alone.length}`);
      }
      const credits = credit(records, settled);
      credits.forEach(({ returns, advantages }, i) => {
        if (!returns.every(Number.isFinite) || !advantages.every(Number.isFinite)) {
          throw new RangeError(`group[${i}]: its numbers are too large, the result is not finite`);
        }
      });
      return credits;
    },
  };
}

/** Neighbours of one prompt together. */
function byPrompt(records: readonly CreditRecord[]): CreditRecord[][] {
  const groups: CreditRecord[][] = [];
  for (const [i, record] of records.entries()) {
    if (record.prompt === records[i - 1]?.prompt) groups[groups.length - 1].push(record);
    else groups.push([record]);
  }
  return groups;
}

const none = z.strictObject({});
const discount = z.number().min(0).max(1).default(1).describe('Discount from step to step');
const alpha = (value: number, what: string) => z.number().nonnegative().default(value).describe(`Weight of ${what}`);

/** What a response as a whole earned: its outcome, or the sum of its step rewards. */
const score = (record: CreditRecord) => outcomeOf(record) ?? (record.rewards ?? []).reduce((sum, r) => sum + r, 0);
const scored = [['outcome', 'correct', 'rewards']] as const;
const verified = ['outcome', 'correct'] as const;

/** One number for the whole response, given to each of its steps. */
function evenly(group: readonly CreditRecord[], advantages: ArrayLike<number>): Credit[] {
  return group.map((record, i) => {
    const n = stepCount(record);
    return { returns: new Float64Array(n).fill(score(record)), advantages: new Float64Array(n).fill(advantages[i]) };
  });
}

/** Rewards made of one record alone, summed from each step on, without a baseline. */
function summed<O extends { discount?: number }>(rewards: (record: CreditRecord, options: O) => ArrayLike<number>) {
  return (group: readonly CreditRecord[], options: O): Credit[] =>
    group.map((record) => {
      const returns = discountedReturns(rewards(record, options), options.discount);
      return { returns, advantages: returns };
    });
}

const processOptions = z.strictObject({
  discount,
  outcomeWeight: alpha(1, 'the outcomes, where the records have any'),
  maxTokens: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('Longest possible response, in tokens (in steps without spans); null: the longest of the group'),
});
const minOptions = processOptions.extend({
  temperature: z.number().positive().default(0.1).describe('Of the softmax towards the worst step, in units of reward'),
});

/** Process rewards of the given form, less the others' (PURE). */
function process(
  summary: string,
  form: StepForm,
  options: typeof processOptions | typeof minOptions = processOptions,
): CreditMethod {
  return method({
    summary,
    needs: [['rewards']],
    group: true,
    options,
    credit(group, { maxTokens, ...options }) {
      const known = group.map(outcomeOf).filter((outcome) => outcome !== null);
      if (known.length > 0 && known.length < group.length) {
        throw new RangeError(`group must have an outcome in every record or in none, got ${known.length}`);
      }
      const responses = group.map((record) => {
        const steps = spans(record) ?? consecutiveSteps(new Array(stepCount(record)).fill(1));
        return { tokens: record.logProbs?.length ?? steps[steps.length - 1].end, steps, stepRewards: record.rewards! };
      });
      const longest = maxTokens ?? Math.max(...responses.map(({ tokens }) => tokens));
      const of = (baseline: 'token' | 'none', outcomes: number[] | null) =>
        pureAdvantages(responses, { form, ...options, baseline, maxTokens: longest, outcomes });
      const returns = of('none', null);
      return of('token', known.length > 0 ? known : null).map((advantages, i) => {
        const { steps } = responses[i];
        return { returns: atEnds(returns[i], steps), advantages: atEnds(advantages, steps) };
      });
    },
  });
}

/** Step scores refined, with the outcome on the last step where the record has one. */
function refined(summary: string, { clip, delta }: { clip: boolean; delta: boolean }): CreditMethod {
  return method({
    summary,
    needs: [['rewards']],
    options: z.strictObject({
      discount,
      alpha: alpha(0.3, 'the step rewards against the outcome'),
      ...(clip && { eta: z.number().default(0.5).describe('Threshold: scores from here on cost nothing') }),
    }),
    credit: summed((record, options: { discount: number; alpha: number; eta?: number }) => {
      const rewards = clipDelta(record.rewards!, { eta: options.eta ?? 0, clip, delta }).map((r) => options.alpha * r);
      rewards[rewards.length - 1] += outcomeOf(record) ?? 0;
      return rewards;
    }),
  });
}

/** Where the steps lie, or null where the record has only their texts or none. */
function spans({ steps = [] }: CreditRecord): StepSpan[] | null {
  const located = steps.filter((step) => typeof step !== 'string');
  return located.length > 0 ? located : null;
}

/** The same for log-probabilities: a single step is the whole response, and null means that each token is a step. */
function tokenSpans(record: CreditRecord): StepSpan[] | null {
  const tokens = record.logProbs!.length;
  return spans(record) ?? (stepCount(record) === 1 ? [{ start: 0, end: tokens }] : null);
}

/** Log-probabilities cannot be cut by texts. */
function cuttable(record: CreditRecord): string | null {
  if (tokenSpans(record) !== null || stepCount(record) === record.logProbs!.length) return null;
  return 'steps must say where they lie in the tokens, as { start, end }';
}

/** Each step's own, of a number a token. */
const atEnds = (perToken: Float64Array, steps: readonly StepSpan[]) =>
  Float64Array.from(steps, ({ end }) => perToken[end - 1]);

/** What stands where each step begins: right behind the one before. */
const atStarts = (perToken: Float64Array, steps: readonly StepSpan[] | null) =>
  steps === null ? perToken : Float64Array.from(steps, (_, k) => perToken[k === 0 ? 0 : steps[k - 1].end]);

/**
 * The methods by name, for tools that are given a name and records; in code, call the functions themselves.
 *
 * @example
 * const group = [{ prompt: 'q', rewards: [0.8, -0.7] }, { prompt: 'q', rewards: [0.6, 0.6] }];
 * creditMethods.returns.run(group)[0].returns; // [0.1, -0.7]
 */
export const creditMethods: Readonly<Record<string, CreditMethod>> = {
  returns: method({
    summary: 'sum of the rewards from each step on; no baseline',
    needs: [['rewards']],
    options: z.strictObject({ discount }),
    credit: summed((record) => record.rewards!),
  }),
  gae: method({
    summary: 'generalised advantage estimation with the values given (Schulman et al. 2016)',
    needs: [['rewards'], ['values']],
    options: z.strictObject({
      discount,
      lambda_: z.number().min(0).max(1).default(0.95).describe('λ: 0 trusts the values, 1 the rewards'),
    }),
    credit: (group, options) =>
      group.map(({ rewards = [], values = [] }) => {
        const last = rewards.map((_, k) => Number(k === rewards.length - 1));
        const transitions = { rewards, values: values.slice(0, -1), nextValues: values.slice(1), terminated: last };
        const { returns, advantages } = gae({ envs: 1, ended: last, ...transitions }, options);
        return { returns: Float64Array.from(returns), advantages: Float64Array.from(advantages) };
      }),
  }),
  rloo: method({
    summary: "response's score less the mean of the others (Ahmadian et al. 2024)",
    needs: scored,
    group: true,
    options: none,
    credit: (group) => evenly(group, leaveOneOutAdvantages(group.map(score))),
  }),
  grpo: method({
    summary: "response's score less the group's mean, over its standard deviation (Shao et al. 2024)",
    needs: scored,
    group: true,
    options: z.strictObject({
      floor: z.number().nonnegative().default(0).describe('The standard deviation counts as at least this'),
    }),
    credit: (group, options) => evenly(group, groupRelativeAdvantages(group.map(score), options)),
  }),
  'dr-grpo': method({
    summary: "response's score less the group's mean (Dr. GRPO, Liu et al. 2025)",
    needs: scored,
    group: true,
    options: none,
    credit: (group) => evenly(group, drGrpoAdvantages(group.map(score))),
  }),
  'reinforce++': method({
    summary: "response's score less the group's mean, whitened over all steps given (REINFORCE++-baseline, Hu 2025)",
    needs: scored,
    group: true,
    batch: true,
    options: none,
    credit(records) {
      const groups = byPrompt(records);
      const white = reinforcePlusPlusBaselineAdvantages(
        groups.map((group) => ({ rewards: group.map(score), lengths: group.map(stepCount) })),
      ).flat();
      return records.map((record, i) => ({
        returns: new Float64Array(stepCount(record)).fill(score(record)),
        advantages: white[i],
      }));
    },
  }),
  pure: process(
    'worst step reward from each step on, softly, less the others (PURE, Cheng et al. 2025)',
    'min',
    minOptions,
  ),
  sum: process('sum of step rewards from each step on, less the others: what PURE warns of', 'sum'),
  mean: process('step rewards over their number, summed from each step on, less the others', 'mean'),
  clip: refined('step rewards above a threshold count as zero; no baseline (Gao et al. 2024)', {
    clip: true,
    delta: false,
  }),
  delta: refined('each step earns the difference to the next; no baseline (Gao et al. 2024)', {
    clip: false,
    delta: true,
  }),
  'clip-delta': refined('clipped, then differences: bounded whatever the length (Gao et al. 2024)', {
    clip: true,
    delta: true,
  }),
  implicit: method({
    summary: 'log-ratios to a reference model as step rewards; no baseline (Yuan et al. 2024)',
    needs: [['logProbs'], ['referenceLogProbs']],
    also: cuttable,
    options: z.strictObject({ discount, beta: z.number().positive().default(0.05).describe('Reward per nat') }),
    credit: summed(
      (record, { beta }) =>
        implicitRewards(record.logProbs!, record.referenceLogProbs!, { beta, steps: tokenSpans(record) }).perStep,
    ),
  }),
  prime: method({
    summary: 'log-ratios and outcomes, each less the others (PRIME, Cui et al. 2025)',
    needs: [['logProbs'], ['referenceLogProbs'], verified],
    also: cuttable,
    group: true,
    options: z.strictObject({
      estimator: z.enum(['rloo', 'reinforce', 'grpo']).default('rloo').describe('Which baselines'),
      scale: z.enum(['raw', 'beta', 'maxReturn']).default('maxReturn').describe('What is done to the log-ratios'),
      beta: z.number().positive().default(0.05).describe('Of the scale beta'),
      discount: discount.describe('Discount of the log-ratios from token to token'),
    }),
    credit(group, options) {
      const process = group.map(
        ({ logProbs, referenceLogProbs }) => implicitRewards(logProbs!, referenceLogProbs!, { beta: 1 }).perToken,
      );
      const outcomes = group.map((record) => outcomeOf(record)!);
      const returns = primeAdvantages(process, outcomes, { ...options, estimator: 'reinforce' });
      return primeAdvantages(process, outcomes, options).map((advantages, i) => {
        const steps = tokenSpans(group[i]);
        return { returns: atStarts(returns[i], steps), advantages: atStarts(advantages, steps) };
      });
    },
  }),
  progress: method({
    summary: "outcome plus each step's own progress under a prover whose values are given (PAV, Setlur et al. 2024)",
    needs: [['values'], verified],
    options: z.strictObject({
      alpha: alpha(3, 'the progress against the outcome'),
      bestOf: z.int().positive().default(1).describe('The prover is the best of this many attempts'),
    }),
    also({ values = [] }) {
      const k = values.findIndex((value) => !(value >= 0 && value <= 1));
      return k < 0 ? null : `values[${k}] must be a chance of success, from 0 to 1, got ${values[k]}`;
    },
    credit: (group, options) =>
      group.map((record) => {
        const prover = bestOfKValues(record.values!, options.bestOf);
        const outcome = outcomeOf(record)!;
        return {
          returns: new Float64Array(prover.length - 1).fill(outcome),
          advantages: effectiveRewards(outcome, prover, options.alpha),
        };
      }),
  }),
  spa: method({
    summary: 'predicted contributions and a bonus for accepted actions; no baseline (SPA, Wang et al. 2025)',
    needs: [['contributions']],
    options: z.strictObject({
      discount,
      alpha: alpha(1, 'the contributions'),
      beta: alpha(0.2, 'an accepted action, where the record says which were'),
      conserve: z.boolean().default(false).describe('Shift the contributions so that they sum to the outcome'),
    }),
    also: (record, { conserve }) =>
      conserve && outcomeOf(record) === null ? 'outcome or correct is missing, which conserve needs' : null,
    credit: summed((record, { conserve, ...options }) =>
      redistribute({
        ...options,
        contributions: record.contributions!,
        executed: record.executed ?? null,
        total: conserve ? outcomeOf(record) : null,
      }),
    ),
  }),
  'value-difference': method({
    summary: 'what each step changes in the expected outcome; no baseline (RUDDER, Arjona-Medina et al. 2019)',
    needs: [['values']],
    options: z.strictObject({ discount }),
    credit: summed((record) => valueDifferences(record.values!.slice(1))),
  }),
  uniform: method({
    summary: 'the outcome in equal parts; no baseline',
    needs: [verified],
    options: z.strictObject({ discount }),
    credit: summed((record) => uniformRewards(outcomeOf(record)!, stepCount(record))),
  }),
  terminal: method({
    summary: 'the outcome on the last step; no baseline',
    needs: [verified],
    options: z.strictObject({ discount }),
    credit: summed((record) => terminalRewards(outcomeOf(record)!, stepCount(record))),
  }),
};
