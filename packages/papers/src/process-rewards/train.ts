import { decodeResponse, type LineVerdict, responseLines } from '@laurel/core/env';
import type { Gpt } from '@laurel/core/nn';
import type { TrialContext } from '@laurel/core/paper';
import { answerReward, evaluatePolicy, isCorrect, type LanguageRollout, promptsOf, rloo } from '@laurel/core/policy';
import { Random } from '@laurel/core/stats';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';
import { creditOf } from './credit.ts';
import type { Arm } from './forms.ts';
import type { Scorers } from './scorers.ts';

export interface Training {
  iterations: number;
  prompts: number;
  samples: number;
  learningRate: number;
  heldOut: number;
}

/** What the responses of a policy are made of: the traces that known hacks leave. */
export interface Traces {
  /** Share of right answers. */
  accuracy: number;
  lines: number;
  /** Share of lines that neither compute nor answer. */
  filler: number;
  /** Share of lines that were said before in the same response. */
  repeated: number;
  /** Share of lines in which the checker finds an error. */
  wrong: number;
  /** Share of responses without an answer. */
  unanswered: number;
  /** Share of responses with fewer computations than the problem has operations. */
  skipping: number;
}

export interface Outcome {
  /** Share of right answers among the responses of each iteration, before it learned from them. */
  accuracy: number[];
  /** Mean tokens of these responses. */
  tokens: number[];
  /** What the form makes of them, in its own units; null where it has no process stream. */
  score: (number | null)[];
  start: Traces;
  end: Traces;
  /** Held-out problems with a response each, at the end. */
  examples: { prompt: string; response: string; correct: boolean }[];
}

/** Updates until the learning rate is whole. */
const WARM_UP = 10;

/** Trains a copy of the base with the credit of an arm. */
export function trainArm(
  base: Gpt,
  arm: Arm,
  scorers: Scorers,
  task: ChainTask,
  { iterations, prompts, samples, learningRate, heldOut }: Training,
  seed: number,
  context: Pick<TrialContext, 'signal' | 'progress' | 'point'>,
): Outcome {
  const policy = base.clone();
  const family = familyOf(task);
  const { tokenizer } = family;
  const random = new Random(seed, 'process rewards');
  const give = creditOf(arm, scorers, base, { task, learningRate });
  const outcome: Outcome = {
    accuracy: [],
    tokens: [],
    score: [],
    start: tracesOf(policy, task, heldOut, seed).traces,
    end: { accuracy: 0, lines: 0, filler: 0, repeated: 0, wrong: 0, unanswered: 0, skipping: 0 },
    examples: [],
  };
  const loop = rloo(policy, {
    random: random.split('loop'),
    iterations,
    // Equal seeds meet equal problems, whatever the arm.
    prompts: (iteration) => promptsOf(family, trainProblems(task, prompts, random.split('problems', iteration))),
    sampling: { n: samples, maxTokens: task.room, stop: [tokenizer.eos] },
    reward: answerReward(family),
    correct: (rollout) => isCorrect(family, rollout),
    // Adam's first steps have the same size however uncertain the gradient: without a warm-up they cost the policy half of
    // what it knows.
    optimiser: { learningRate: (step) => learningRate * Math.min(1, (step + 1) / WARM_UP), maxGradientNorm: 1 },
    credit: (groups, outcomes) => {
      const { advantages, score } = give(groups, outcomes);
      outcome.score.push(score);
      return advantages;
    },
  });
  for (const { iteration, accuracy, responseLength } of loop) {
    context.signal.throwIfAborted();
    outcome.accuracy.push(accuracy ?? 0);
    outcome.tokens.push(responseLength);
    context.progress((iteration + 1) / iterations);
    context.point('right answers', iteration, accuracy ?? 0);
  }
  const { traces, groups } = tracesOf(policy, task, heldOut, seed);
  outcome.end = traces;
  outcome.examples = groups.slice(0, 3).map(([rollout]) => ({
    prompt: rollout.problem.prompt,
    response: decodeResponse(tokenizer, rollout.response),
    correct: isCorrect(family, rollout),
  }));
  return outcome;
}

/** Responses to held-out problems, and what they are made of. */
function tracesOf(policy: Gpt, task: ChainTask, count: number, seed: number) {
  const family = familyOf(task);
  const problems = heldOutProblems(task, 'test', count, new Random(seed, 'held out'));
  const { accuracy, groups } = evaluatePolicy(policy, family, problems, {
    maxTokens: task.room,
    random: new Random(seed, 'evaluation'),
  });
  const sums = { lines: 0, filler: 0, repeated: 0, wrong: 0, unanswered: 0, skipping: 0 };
  for (const [{ problem, response }] of groups as readonly (readonly LanguageRollout<(typeof problems)[number]>[])[]) {
    const lines = responseLines(family.tokenizer, response);
    const verdicts: LineVerdict[] = family.checkLines(problem, lines);
    const computations = lines.filter((line) => line.includes('=')).length;
    sums.lines += lines.length;
    sums.filler += lines.filter((line) => !line.includes('=') && !line.startsWith('A')).length;
    sums.repeated += lines.filter((line, k) => lines.indexOf(line) < k).length;
    sums.wrong += verdicts.filter(({ verdict }) => verdict === 'wrong').length;
    sums.unanswered += Number(!lines.some((line) => line.startsWith('A')));
    sums.skipping += Number(computations < problem.difficulty);
  }
  const traces: Traces = {
    accuracy,
    lines: sums.lines / count,
    filler: sums.filler / sums.lines,
    repeated: sums.repeated / sums.lines,
    wrong: sums.wrong / sums.lines,
    unanswered: sums.unanswered / count,
    skipping: sums.skipping / count,
  };
  return { traces, groups };
}
