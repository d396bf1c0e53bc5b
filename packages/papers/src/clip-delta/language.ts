import { leaveOneOutAdvantages, pureAdvantages } from '@laurel/core/credit';
import { type ChainData, decodeResponse, type Problem, splitLines } from '@laurel/core/env';
import type { Gpt } from '@laurel/core/nn';
import {
  answerReward,
  evaluatePolicy,
  greedyAccuracy,
  grpo,
  isCorrect,
  type LanguageRollout,
  promptsOf,
} from '@laurel/core/policy';
import { mean, Random } from '@laurel/core/stats';
import { type ChainProcessModel, stepsOf } from '../lab/process-model.ts';
import { type ChainTask, familyOf, heldOutProblems, trainProblems } from '../lab/task.ts';
import { type Levels, type Refinement, refine } from './refine.ts';

/** What is added to the verifier's word. */
export interface LanguageReward {
  /** Line scores, refined; null for none. */
  refinement: Refinement | null;
  /** Weight of the line scores, or of the outcome model's. */
  alpha: number;
  /** Add the outcome model's score at the end. */
  outcome?: boolean;
  /** Score a line that repeats an earlier one 0. */
  unrepeated?: boolean;
}

export interface LanguageTraining {
  iterations: number;
  /** Problems an iteration, and responses to each. */
  problems: number;
  responses: number;
  learningRate: number;
  /** Held-out problems that the result is measured on, sixteen responses each. */
  measured: number;
}

export interface LanguageResult {
  /** Of the responses of each iteration. */
  accuracy: number[];
  lines: number[];
  repeated: number[];
  /** On held-out problems, after training: sampled, greedy, any of sixteen. */
  sampled: number;
  greedy: number;
  anyOf16: number;
  /** Means of those responses. */
  finalLines: number;
  finalRepeated: number;
  ended: number;
  /** Of the last iteration: mean process reward of a response as it was paid, and the share of lines that paid or cost anything. */
  paid: number;
  nonzero: number;
  /** Two held-out responses with the score of each line. */
  texts: string[];
}

type Rollout = LanguageRollout<Problem<ChainData>>;

const MEASURED_RESPONSES = 16;
/** A reward below this, in units of score, counts as none. */
const NOTHING = 1e-3;

/** Trains a policy, in place, on the verifier and a refinement of line scores. */
export function trainLanguage(
  policy: Gpt,
  task: ChainTask,
  models: ChainProcessModel,
  levels: Levels,
  { refinement, alpha, outcome = false, unrepeated = false }: LanguageReward,
  { iterations, problems, responses, learningRate, measured }: LanguageTraining,
  seed: number,
  context: { signal: AbortSignal; progress(fraction: number): void; point(series: string, x: number, y: number): void },
): LanguageResult {
  const family = familyOf(task);
  const random = new Random(seed, 'clip-delta', 'language');
  const sampling = { maxTokens: task.room, stop: [family.tokenizer.eos] };
  const linesOf = ({ response }: Rollout) => splitLines(decodeResponse(family.tokenizer, response));
  const repeatedIn = (all: readonly Rollout[]) => mean(all.map((rollout) => shareRepeated(linesOf(rollout))));
  const stepCounts = (all: readonly Rollout[]) => mean(all.map(({ response }) => stepsOf(task, response).length));
  const result = { accuracy: [] as number[], lines: [] as number[], repeated: [] as number[] };
  let paid = 0;
  let nonzero = 0;

  /** The rewards of the lines of each response, before their weight. */
  const lineRewards = (all: readonly Rollout[]): Float64Array[] => {
    if (refinement === null) return all.map(({ response }) => new Float64Array(stepsOf(task, response).length));
    const scores = models.lines(all);
    if (unrepeated) {
      all.forEach((rollout, i) => {
        const seen = new Set<string>();
        stepsOf(task, rollout.response).forEach(({ start, end }, k) => {
          const line = family.tokenizer.decode(rollout.response.subarray(start, end));
          if (seen.has(line)) scores[i][k] = 0;
          seen.add(line);
        });
      });
    }
    return scores.map((ours) => refine(refinement, ours, levels));
  };

  const loop = grpo(policy, {
    random,
    iterations,
    prompts: (iteration) => promptsOf(family, trainProblems(task, problems, random.split('problems', iteration))),
    sampling: { ...sampling, n: responses },
    reward: answerReward(family),
    correct: (rollout) => isCorrect(family, rollout),
    optimiser: { learningRate, maxGradientNorm: 1 },
    variant: 'dr-grpo',
    credit: (groups, outcomes) => {
      const all = groups.flat();
      const rewards = lineRewards(all);
      const bonus = outcome ? models.outcomes(all) : null;
      result.lines.push(stepCounts(all));
      result.repeated.push(repeatedIn(all));
      paid = alpha * mean(rewards.map((ours) => ours.reduce((sum, r) => sum + r, 0)));
      nonzero = mean(rewards.flatMap((ours) => Array.from(ours, (r) => Number(Math.abs(r) > NOTHING))));
      let at = 0;
      return groups.map((group, g) => {
        const from = at;
        at += group.length;
        const earned = outcomes[g].map((reward, i) => reward + (bonus === null ? 0 : alpha * bonus[from + i]));
        if (refinement === null) {
          const advantages = leaveOneOutAdvantages(earned);
          return group.map(({ response }, i) => new Float64Array(response.length).fill(advantages[i]));
        }
        return pureAdvantages(
          group.map(({ response }, i) => ({
            tokens: response.length,
            steps: stepsOf(task, response),
            stepRewards: rewards[from + i].map((reward) => alpha * reward),
          })),
          { form: 'sum', maxTokens: task.room, outcomes: earned },
        );
      });
    },
  });
  for (const { iteration, accuracy } of loop) {
    context.signal.throwIfAborted();
    context.progress((iteration + 1) / iterations);
    result.accuracy.push(accuracy ?? 0);
    context.point('verifier accuracy', iteration, accuracy ?? 0);
    context.point('lines a response', iteration, result.lines[iteration]);
  }

  const held = heldOutProblems(task, 'test', measured, random.split('held out'));
  const evaluation = evaluatePolicy(policy, family, held, {
    ...sampling,
    n: MEASURED_RESPONSES,
    ks: [MEASURED_RESPONSES],
    random: random.split('evaluation'),
  });
  const all = evaluation.groups.flat();
  const shown = evaluation.groups.slice(0, 2).map(([first]) => first);
  const scores = models.lines(shown);
  return {
    accuracy: result.accuracy.map(rounded),
    lines: result.lines.map(rounded),
    repeated: result.repeated.map(rounded),
    sampled: evaluation.accuracy,
    greedy: greedyAccuracy(policy, family, held, sampling),
    anyOf16: evaluation.passAtK[0],
    finalLines: stepCounts(all),
    finalRepeated: repeatedIn(all),
    ended: evaluation.ended,
    paid,
    nonzero,
    texts: shown.map((rollout, i) => {
      const lines = stepsOf(task, rollout.response).map(({ start, end }, k) => {
        const line = family.tokenizer.decode(rollout.response.subarray(start, end)).replaceAll('\n', '');
        return `${line.replace('<eos>', '')} (${scores[i][k].toFixed(2)})`;
      });
      return `${rollout.problem.prompt} ${lines.join(' → ')}: ${isCorrect(family, rollout) ? 'correct' : rollout.ended ? 'wrong' : 'cut off'}`;
    }),
  };
}

/** Share of lines that stand earlier in the same response already. */
function shareRepeated(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : 1 - new Set(lines).size / lines.length;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
