import { pureAdvantages, stepCredit, whiten } from '@laurel/core/credit';
import type { ChainData, Problem } from '@laurel/core/env';
import type { StepScorer } from '@laurel/core/model';
import type { Gpt } from '@laurel/core/nn';
import type { TrialContext } from '@laurel/core/paper';
import { answerReward, evaluatePolicy, isCorrect, type LanguageRollout, promptsOf, rloo } from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { stepsOf } from '../lab/process-model.ts';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';
import { lineRewards, linesOf } from './scorer.ts';

/** One way to train the language model. */
export interface LanguageArm {
  name: string;
  /** How line scores make up the return; null trains on answers alone. */
  form: 'sum' | 'min' | null;
  /** Share of the problems with a known answer. */
  answers: number;
}

/*
 * All arms share one learning rate, 3e-4: of 1e-4, 3e-4 and 1e-3 it had the largest area under the accuracy curve for
 * answers alone, with 1e-3 (0.39, 0.42, 0.42; one tuning seed). Neither sum nor min is saved by a smaller one: at 1e-4,
 * on the same seed, both fall as well, the sum from iteration 28 on (0.17 at the end), the min from 48 on (0.21).
 */
export const languageSum: LanguageArm = { name: 'sum', form: 'sum', answers: 0 };
export const languageMin: LanguageArm = { name: 'min', form: 'min', answers: 0 };
export const languageTenth: LanguageArm = { name: 'min + 10% answers', form: 'min', answers: 0.1 };
export const languageVerifier: LanguageArm = { name: 'answers only', form: null, answers: 1 };
export const languageArms: readonly LanguageArm[] = [languageSum, languageMin, languageTenth, languageVerifier];

export interface LanguageTraining {
  iterations: number;
  /** Problems an iteration, and responses to each. */
  problems: number;
  samples: number;
  learningRate: number;
  /** Advantages of a batch scaled to mean 0 and variance 1. */
  whiten: boolean;
  /** Held-out problems at the start and at the end. */
  heldOut: number;
}

/** What a run of the language model amounts to. */
export interface LanguageOutcome {
  /** Held-out accuracy after so many iterations; the first before training. */
  measured: { iteration: number; accuracy: number }[];
  /** Lines a response, one value an iteration, before it learned. */
  lines: number[];
  /** Mean reward of a response as the form adds it up, likewise; null for an arm without. */
  process: number[] | null;
  start: number;
  /** Iteration of the first of two measurements in a row below 80% of the start; null when there are none. */
  onset: number | null;
  /** Mean of the last three measurements. */
  final: number;
  /** Whether `final` is below 80% of the start. */
  collapsed: boolean;
  /** Lines of a held-out response at the end that neither compute nor answer. */
  filler: number;
  /** Responses to one held-out problem that the base policy solves without an error: before training, at the onset, and at the end. */
  rollouts: { prompt: string; start: string; onset: string | null; end: string };
}

type Rollout = LanguageRollout<Problem<ChainData>>;

const TEMPERATURE = 0.1;
/** Updates until the learning rate is whole. */
const WARM_UP = 10;
/** Iterations between measurements, and measurements in a row that make an onset. */
const EVERY = 4;
const PATIENCE = 2;

/** Trains a copy of the base with one form of credit, by RLOO. */
export function trainLanguage(
  base: Gpt,
  scorer: StepScorer,
  task: ChainTask,
  arm: LanguageArm,
  training: LanguageTraining,
  seed: number,
  context: Pick<TrialContext, 'signal' | 'progress' | 'point'>,
): LanguageOutcome {
  const { iterations, problems, samples, learningRate, heldOut } = training;
  const policy = base.clone();
  const family = familyOf(task);
  const random = new Random(seed, 'pure', 'language');
  const known = new Random(seed, 'pure', 'language answers');
  const held = heldOutProblems(task, 'test', heldOut, new Random(seed, 'pure', 'held out'));
  const measured: { iteration: number; accuracy: number; rollouts: Rollout[] }[] = [];
  const measure = (iteration: number) => {
    const how = { maxTokens: task.room, random: random.split('measure', iteration) };
    const { accuracy, groups } = evaluatePolicy(policy, family, held, how);
    measured.push({ iteration, accuracy, rollouts: groups.map(([rollout]) => rollout) });
    context.point('verifier accuracy', iteration, accuracy);
  };
  measure(0);
  const lines: number[] = [];
  const process: number[] = [];
  const loop = rloo<Problem<ChainData>>(policy, {
    random: random.split('loop'),
    iterations,
    // Equal seeds meet equal problems, whatever the arm.
    prompts: (iteration) => promptsOf(family, trainProblems(task, problems, random.split('problems', iteration))),
    sampling: { n: samples, maxTokens: task.room, stop: [family.tokenizer.eos] },
    reward: answerReward(family),
    correct: (rollout) => isCorrect(family, rollout),
    // Adam's first steps have the same size however uncertain the gradient, and would cost the policy much of what it knows.
    optimiser: { learningRate: (step) => learningRate * Math.min(1, (step + 1) / WARM_UP), maxGradientNorm: 1 },
    credit: (groups, outcomes) => {
      const given = creditOf(groups, outcomes, arm, scorer, task, known);
      lines.push(given.lines);
      process.push(given.process);
      const flat = training.whiten ? whiten(given.advantages) : given.advantages;
      return groups.map((_, g) => flat.slice(g * samples, (g + 1) * samples));
    },
  });
  for (const { iteration } of loop) {
    context.signal.throwIfAborted();
    context.progress((iteration + 1) / iterations);
    context.point('lines a response', iteration, lines[iteration]);
    if ((iteration + 1) % EVERY === 0 || iteration + 1 === iterations) measure(iteration + 1);
  }
  const start = measured[0].accuracy;
  const final = mean(measured.slice(-3).map(({ accuracy }) => accuracy));
  const first = firstBelow(
    measured.map(({ accuracy }) => accuracy),
    0.8 * start,
  );
  const last = measured[measured.length - 1];
  const shown = Math.max(
    0,
    measured[0].rollouts.findIndex((rollout) => isSolution(task, rollout)),
  );
  const text = ({ rollouts }: { rollouts: readonly Rollout[] }) => rolloutText(rollouts[shown], scorer, task);
  return {
    measured: measured.map(({ iteration, accuracy }) => ({ iteration, accuracy })),
    lines: rounded(lines),
    process: arm.form === null ? null : rounded(process),
    start,
    onset: first === null ? null : measured[first].iteration,
    final,
    collapsed: final < 0.8 * start,
    filler: mean(last.rollouts.map((rollout) => linesOf(task, rollout).filter(isFiller).length)),
    rollouts: {
      prompt: held[shown].prompt,
      start: text(measured[0]),
      onset: first === null ? null : text(measured[first]),
      end: text(last),
    },
  };
}

/** Place of the first of several measurements in a row that lie below the bar; null when there are none. */
export function firstBelow(accuracy: readonly number[], bar: number): number | null {
  const first = accuracy.findIndex(
    (_, t) => t + PATIENCE <= accuracy.length && accuracy.slice(t, t + PATIENCE).every((value) => value < bar),
  );
  return first < 0 ? null : first;
}

/** Advantages of all responses; how many lines they have, and what the form makes of them, on average. */
export function creditOf(
  groups: readonly (readonly Rollout[])[],
  outcomes: readonly ArrayLike<number>[],
  { form, answers }: LanguageArm,
  scorer: StepScorer,
  task: ChainTask,
  known: Random,
): { advantages: Float64Array[]; lines: number; process: number } {
  const scores = form === null ? null : lineRewards(task, scorer, groups.flat());
  let lines = 0;
  let process = 0;
  let at = 0;
  const advantages = groups.flatMap((group, g) => {
    const responses = group.map(({ response }) => {
      const steps = stepsOf(task, response);
      const stepRewards = scores?.[at++] ?? new Float64Array(steps.length);
      lines += steps.length;
      process += sum(stepCredit(stepRewards, form ?? 'sum', TEMPERATURE));
      return { tokens: response.length, steps, stepRewards };
    });
    return pureAdvantages(responses, {
      form: form ?? 'sum',
      temperature: TEMPERATURE,
      maxTokens: task.room,
      outcomes: known.bool(answers) ? outcomes[g] : null,
    });
  });
  return { advantages, lines: lines / advantages.length, process: process / advantages.length };
}

/** A response line by line, each with its process reward and what the checker says of it. */
function rolloutText(rollout: Rollout, scorer: StepScorer, task: ChainTask): string {
  const family = familyOf(task);
  const [rewards] = lineRewards(task, scorer, [rollout]);
  const lines = linesOf(task, rollout);
  const verdicts = family.checkLines(rollout.problem, lines);
  const ending = isCorrect(family, rollout) ? 'right' : rollout.ended ? 'wrong' : 'cut off';
  const rows = lines.map((line, k) => {
    const reward = `${rewards[k] < 0 ? '−' : '+'}${Math.abs(rewards[k]).toFixed(2)}`;
    return `${line.padEnd(8)} ${reward}  ${verdicts[k].verdict}: ${verdicts[k].reason}`;
  });
  const answered = lines.some((line) => line.startsWith('A'));
  return [...rows, `→ ${ending}${answered ? '' : ', without an answer'}`].join('\n');
}

/** Whether the answer is right and no line is wrong. */
function isSolution(task: ChainTask, rollout: Rollout): boolean {
  const family = familyOf(task);
  const verdicts = family.checkLines(rollout.problem, linesOf(task, rollout));
  return isCorrect(family, rollout) && verdicts.every(({ verdict }) => verdict !== 'wrong');
}

/** Plans and restatements: what neither computes nor answers. */
function isFiller(line: string): boolean {
  return !line.includes('=') && !line.startsWith('A');
}

function rounded(curve: readonly number[]): number[] {
  return curve.map((value) => Math.round(value * 1e4) / 1e4);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}
